"""The Fellegi-Sunter weights of `rules/topics/weights.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.rulebook import Rulebook, default_rulebook

FILE = "topics/weights.yaml"


class Weights(msgspec.Struct, frozen=True):
    """threshold: mean score at which a claim joins a group; link: score from which a pair is a link; veto: score under
    which a pair keeps two groups apart. of: weight by name; why: the reason of each."""

    threshold: float
    link: float
    veto: float
    of: Mapping[str, float]
    why: Mapping[str, str]


@lru_cache(maxsize=8)
def weights(rules: Rulebook | None = None) -> Weights:
    """The weights of a rulebook. Raises RuleError for a weight without a number or a reason."""
    data: dict[str, Any] = (rules or default_rulebook()).load(FILE)
    of: dict[str, float] = {}
    why: dict[str, str] = {}
    for name, entry in data["weights"].items():
        if not isinstance(entry, dict) or not isinstance(entry.get("w"), int | float) or not entry.get("why"):
            raise RuleError(f"the weight {name!r} needs a number w and a reason why", FILE)
        of[name] = float(entry["w"])
        why[name] = str(entry["why"])
    return Weights(float(data["threshold"]), float(data["link"]), float(data["veto"]), of, why)

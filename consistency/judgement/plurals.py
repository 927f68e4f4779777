"""English plurals and the words for units, from `rules/wording/units.yaml`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from consistency.rulebook import default_rulebook


@lru_cache(maxsize=1)
def units() -> dict[str, Any]:
    """The content of the file."""
    out: dict[str, Any] = default_rulebook().load("wording/units.yaml")
    return out


@lru_cache(maxsize=4096)
def plural(noun: str) -> str:
    """The English plural of a noun or noun phrase (its last word)."""
    table = units()
    head, _, last = noun.rpartition(" ")
    lower = last.lower()
    if lower in table["same"] or last in table["same"] or noun in table["same"] or not lower[-1:].isalpha():
        return noun
    if lower in table["plurals"]:
        last = table["plurals"][lower]
    elif lower.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif lower.endswith("y") and lower[-2:-1] not in set("aeiou"):
        last = last[:-1] + "ies"
    else:
        last += "s"
    return f"{head} {last}" if head else last

"""How a measure lives in time. Profiles are data (`rules/profiles/*.yaml`); a topic has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.judgement.knowledge import Knowledge, knowledge
from consistency.judgement.vocabulary import FACTS
from consistency.model import Claim, Record
from consistency.rulebook import Rulebook, default_rulebook

FACETS = ("nouns", "relations", "kinds", "dimensions", "aspects", "granularities", "per")


_RATE = "rate"


class Profile(Record, frozen=True, forbid_unknown_fields=True):
    """How a measure lives in time.

    id: its name; kind: one of the fact `profile`'s values; about: a sentence for readers; directions: ways the value
    may go ("up", "down").
    max_rate_per_year: the fastest plausible change as a share of the smaller value, None where nobody knows;
    max_step_per_year: the same as an amount, which a curated topic may set; free_step: an amount always plausible.
    negligible_gap_days: dates so near count as one; short_gap_days: dates so near allow a small change alone.
    revision: up to which share a later figure is a revision. monotone: "up" where the value never falls.
    match: conditions on a claim, each a mapping of facet to allowed values ("per": ["rate"] for so many per
    something).
    """

    id: str
    kind: str
    about: str = ""
    directions: tuple[str, ...] = ("up", "down")
    monotone: str | None = None
    max_rate_per_year: float | None = None
    max_step_per_year: float | None = None
    free_step: float = 0.0
    negligible_gap_days: int = 7
    short_gap_days: int = 60
    revision: float = 0.0
    match: tuple[dict[str, tuple[str, ...]], ...] = ()


class Profiles:
    """All profiles of a rulebook; a user's file of one name replaces the built-in one."""

    def __init__(self, rules: Rulebook) -> None:
        self.by_id: dict[str, Profile] = {}
        for path in rules.files("profiles"):
            profile = _read(rules, path)
            self.by_id.setdefault(profile.id, profile)
        if "unknown" not in self.by_id:
            raise RuleError("there is no profile called unknown", "profiles")
        self.conditions = sorted(
            ((cond, p) for p in self.by_id.values() for cond in p.match), key=lambda cp: (-len(cp[0]), cp[1].id)
        )
        self.words: Knowledge = knowledge(rules)
        self._memo: dict[tuple[str | None, ...], tuple[int, str]] = {}

    def of_claim(self, claim: Claim) -> tuple[int, Profile]:
        """The profile whose most specific condition holds, with the number of facets that spoke for it."""
        key = (
            claim.measure.noun,
            claim.measure.relation,
            claim.kind,
            claim.dimension,
            claim.aspect,
            claim.period.granularity if claim.period.basis in {"stated", "relative"} else None,
            _RATE if claim.per else None,
        )
        if key not in self._memo:
            self._memo[key] = self._look_up(key)
        strength, name = self._memo[key]
        return strength, self.by_id[name]

    def _look_up(self, key: tuple[str | None, ...]) -> tuple[int, str]:
        facets: dict[str, set[str | None]] = dict(zip(FACETS, ({k} for k in key), strict=True))
        facets["nouns"].add(self.words.noun(key[0]))
        for condition, profile in self.conditions:
            if _RATE in facets["per"] and profile.kind == "cumulative":
                continue  # so many dead per thousand are no running total
            if all(facets[facet] & set(allowed) for facet, allowed in condition.items()):
                return len(condition), profile.id
        return 0, "unknown"

    def of_topic(
        self, claims: Iterable[Claim], named: str | None = None, changes: Mapping[str, Any] | None = None
    ) -> Profile:
        """The profile a curated topic names, else the one most claims speak for, weighed by strength."""
        if named is not None:
            if named not in self.by_id:
                raise RuleError(f"names a profile that does not exist: {named}", "topics")
            chosen = self.by_id[named]
        else:
            votes: Counter[str] = Counter()
            for claim in claims:
                strength, profile = self.of_claim(claim)
                votes[profile.id] += strength
            chosen = self.by_id[max(sorted(votes), key=lambda p: votes[p])] if votes else self.by_id["unknown"]
            if votes and not votes[chosen.id]:
                chosen = self.by_id["unknown"]
        return msgspec.structs.replace(chosen, **changes) if changes else chosen


def _read(rules: Rulebook, path: Any) -> Profile:
    from consistency.rulebook import read_yaml

    try:
        profile = msgspec.convert(read_yaml(path), Profile)
    except msgspec.ValidationError as error:
        raise RuleError(f"is not a profile: {error}", str(path)) from error
    if profile.kind not in FACTS["profile"]:
        raise RuleError(f"kind must be one of {', '.join(FACTS['profile'])}, not {profile.kind}", str(path))
    for condition in profile.match:
        if not condition or set(condition) - set(FACETS):
            raise RuleError(f"match knows {', '.join(FACETS)} alone, not {sorted(condition)}", str(path))
    return profile


@lru_cache(maxsize=8)
def profiles(rules: Rulebook | None = None) -> Profiles:
    """The profiles of a rulebook (the built-in one by default), read once in a process."""
    return Profiles(rules or default_rulebook())

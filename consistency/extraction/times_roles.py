"""What the words in front of a time expression make of it: "by 2035", "since May", "as of June 1"."""

from __future__ import annotations

from functools import lru_cache

from consistency.extraction.times_context import Doc
from consistency.rulebook import default_rulebook

FILE = "lexicon/times_roles.yaml"


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    single: dict[str, str] = {}
    longer: dict[tuple[str, ...], str] = {}
    for role, phrases in default_rulebook().load(FILE)["roles"].items():
        for phrase in phrases:
            parts = tuple(phrase.split())
            if len(parts) == 1:
                single[phrase] = role
            else:
                longer[parts] = role
    return single, longer


def role_of(doc: Doc, first: int, last: int) -> str | None:
    """in | by | since | until | as-of | before | after | during | None: from the one to three words in front."""
    lower = doc.lower
    if first == 0:
        return None
    single, longer = _phrases()
    if first > 1:
        role = longer.get((lower[first - 2], lower[first - 1]))
        if role is not None:
            return role
    return single.get(lower[first - 1])

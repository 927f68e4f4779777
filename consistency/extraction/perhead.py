"""Amounts for each person whose words stand before them: "income per capita was 50,000 dollars"."""

from __future__ import annotations

from functools import lru_cache

from consistency.extraction.spans import Quantity
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

PERSON = "person"
_KINDS = frozenset({"money", "measure"})


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], int]:
    data = default_rulebook().load("lexicon/perhead.yaml")
    return frozenset(data["heads"]), frozenset(data["words"]), frozenset(data["stops"]), int(data["reach"])


def per_of(tokens: Tokens, q: Quantity, first: int) -> str | None:
    """What an amount is counted for: its own unit's, else "person" where its clause says "per capita" before it.

    first: the first token of the sentence. Only the words right before are looked at.
    """
    if q.per is not None or q.kind not in _KINDS or q.aspect == "change":
        return q.per
    heads, single, stops, reach = _words()
    lower = tokens.lower
    for i in range(q.first - 1, max(first, q.first - reach) - 1, -1):
        word = lower[i]
        if word in stops:
            return None
        if word in single or (
            word in heads and "per" in lower[max(first, i - 2) : i]
        ):  # "per-capita" may be three tokens
            return PERSON
    return None

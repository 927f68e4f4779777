"""Words around a number that make it a bound or an approximation ("more than", "or so"): `lexicon/hedges.yaml`."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.numbers import vocabulary
from consistency.extraction.tries import Trie, build, longest, longest_before
from consistency.rulebook import default_rulebook

# A bound beside an approximation is a bound, and a stronger word replaces a weaker one: "at least about 40".
_STRENGTH = {
    "exact": 0,
    "about": 1,
    "nearly": 2,
    "between": 3,
    "order": 3,
    "at-least": 4,
    "at-most": 4,
    "more-than": 5,
    "less-than": 5,
}


class _Table(msgspec.Struct, frozen=True):
    before: Trie
    after: Trie
    prepositions: frozenset[str]
    firm_after: frozenset[str]
    moves: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/hedges.yaml")
    return _Table(
        build(((p, hedge) for hedge, phrases in data["before"].items() for p in phrases), backwards=True),
        build((p, hedge) for hedge, phrases in data["after"].items() for p in phrases),
        frozenset(data["prepositions"]),
        frozenset(data["still_hedge_after"]),
        frozenset(data["moves"]),
    )


_OPENERS = frozenset(
    (
        "below",
        "above",
        "under",
        "over",
        "approximately",
        "roughly",
        "maximum",
        "minimum",
        "max",
        "plus",
        "least",
        "most",
    )
)


def stronger(a: str, b: str) -> str:
    """Which of two hedges of one number holds."""
    return a if _STRENGTH[a] >= _STRENGTH[b] else b


def hedge_before(lower: list[str], i: int, span_of_time: bool = False) -> tuple[str, int]:
    """(hedge, first token of its words) for a number that starts at token `i`.

    span_of_time: the number measures days or years, where a bare "over" or "under" is more often a preposition.
    """
    table = _table()
    if lower[i - 1] not in table.before:
        return "exact", i
    hedge, start = "exact", i
    for _ in range(3):  # "at least about", "only some"
        if lower[start - 1] not in table.before:
            break
        found, first = longest_before(table.before, lower, start)
        if found is None:
            break
        word = lower[first]
        if word == ">" and lower[first - 1] == ">":
            break
        if (
            span_of_time
            and first == start - 1
            and word in table.prepositions
            and lower[first - 1] not in table.firm_after
        ):
            break
        if word in ("up", "above", "over") and first and lower[first - 1] in table.moves:
            break
        hedge, start = stronger(found, hedge), first
    return hedge, start


def _number_starts(word: str) -> bool:
    return word[0].isdecimal() or word[0] in "$€£¥" or vocabulary().letter.get(word, "x") in "oOtTHMavhqS"


def hedge_after(lower: list[str], i: int) -> tuple[str, int]:
    """(hedge, token after its words) for a quantity that ends before token `i`."""
    after = _table().after
    if lower[i] not in after:
        return "exact", i
    found, end = longest(after, lower, i)
    if found is None:
        return "exact", i
    if lower[end] == "than":
        return "exact", i
    if lower[end - 1] in _OPENERS and lower[end - 2] != "-" and _number_starts(lower[end]):
        return "exact", i  # "above 1000 and below 1500": the words belong to the next number
    return found, end

"""Two numbers that are one level before and after: "from 12 billion in 2000 to 18 billion", "4.1 percent, up from 4.5".

Which words stand around and between them tells so (`hedges_trends.yaml`): times are passed over, each end's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from consistency.extraction.changes import way_near, way_of
from consistency.extraction.clauses import Clauses
from consistency.extraction.spans import Quantity
from consistency.extraction.wordsets import word_sets

_GAP = 24  # tokens between the two ends
_KINDS = frozenset({"count", "money", "measure", "percent"})
_REACHED = frozenset({"to", "at"})
_MOST = 40  # a sentence with more numbers than this is a table


class Move(msgspec.Struct, frozen=True, gc=False):
    """A level before and after. trend: up | down, or None where they are only set side by side ("compared with") or the
    words and the numbers differ.

    told: whether a number of its own tells the change ("rose 6 percent from 50 to 53").
    """

    before: Quantity
    after: Quantity
    trend: str | None
    told: bool


def end_of(q: Quantity) -> int:
    """The token after a quantity and the noun phrase it counts."""
    return max(q.last, q.noun[1]) if q.noun else q.last


def find_moves(clauses: Clauses, quantities: Sequence[Quantity], first: int) -> list[Move]:
    """The moves of a sentence that begins at token `first`; no quantity is an end of two."""
    if not 2 <= len(quantities) <= _MOST:
        return []
    if _told_words().isdisjoint(clauses.tokens.lower[quantities[0].first - 1 : quantities[-1].first]):
        return []
    levels = [q for q in quantities if q.kind in _KINDS and q.aspect in ("level", "cumulative")]
    out: list[Move] = []
    taken: Quantity | None = None
    for a, b in pairwise(levels):
        if a is taken or not 0 < b.first - end_of(a) <= _GAP or not _alike(a, b):
            continue
        found = _ordered(clauses, a, b, first)
        if found is None:
            continue
        before, after, way = found
        trend = _trend(before, after)
        agrees = way is not None and way in (trend, "moved")
        out.append(Move(before, after, trend if agrees else None, _is_told(clauses, quantities, a, b)))
        taken = b
    return out


@lru_cache(maxsize=1)
def _told_words() -> frozenset[str]:
    """The words of which one stands before the second number of every move."""
    beside = word_sets("hedges_trends")["set_beside"]
    return frozenset({"from", "to"}.union(*(phrase.split() for phrase in beside)))


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers are amounts of one thing, as far as their units tell; a bare one takes the other's."""
    if a.per != b.per and a.per is not None and b.per is not None:
        return False
    if a.unit == b.unit:
        return a.kind == b.kind
    return (a.unit is None and a.kind == "count") or (b.unit is None and b.kind == "count")


def _ordered(clauses: Clauses, a: Quantity, b: Quantity, first: int) -> tuple[Quantity, Quantity, str | None] | None:
    """(before, after, way): up, down, "moved" (which way, the numbers tell) or None (only set side by side)."""
    lower = clauses.tokens.lower
    lead = lower[a.first - 1] if a.first > first else ""
    between = _between(clauses, end_of(a), b.first)
    if lead == "from":
        way = way_near(lower, a.first - 1) if between == ["to"] else None
        return None if way is None else (a, b, way)
    if between and between[-1] == "to" and (way := _way_of_all(between[:-1])) is not None:
        return a, b, way
    if between and between[-1] == "from":
        reached = between == ["from"] and (lead in _REACHED or a.first < a.number[0])
        way = way_near(lower, a.first) if reached else _way_of_all(between[:-1])
        return None if way is None else (b, a, way)
    return (b, a, None) if _is_beside(lower, b.first) and b.unit in (a.unit, None) else None


def _is_beside(lower: Sequence[str], at: int) -> bool:
    """Whether the words before token `at` set what follows beside the number before them."""
    if lower[at - 1] in ("the", "a"):
        at -= 1
    told = word_sets("hedges_trends")["set_beside"]
    return lower[at - 1] in told or " ".join(lower[max(0, at - 2) : at]) in told


def _way_of_all(told: list[str]) -> str | None:
    """The way that the words between two numbers tell; None if others stand among them."""
    words = word_sets("hedges_trends")
    way = next((w for word in told if (w := way_of(word)) is not None), None)
    rest = (word for word in told if way_of(word) is None)
    return way if way is None or all(w in words["beside_change"] or w in words["between"] for w in rest) else None


def _between(clauses: Clauses, first: int, last: int) -> list[str]:
    """The words of tokens first..last-1 behind the last comma, but times and what leads to these."""
    first = max(first, clauses.tags.rfind(",", first, last) + 1)
    tags, lower, leads = clauses.tags, clauses.tokens.lower, word_sets("hedges_trends")["time_leads"]
    out: list[str] = []
    timed = tags[first:last].find("e") >= 0
    for i in range(first, last):
        if tags[i] == "e" or (timed and lower[i] in leads and "e" in tags[i + 1 : i + 4]):
            continue
        out.append(lower[i])
    return out


def _trend(before: Quantity, after: Quantity) -> str | None:
    a, b = before.value.point, after.value.point
    if a is None or b is None or isinstance(a, str) or isinstance(b, str) or a == b:
        return None
    return "up" if b > a else "down"


def _is_told(clauses: Clauses, quantities: Sequence[Quantity], a: Quantity, b: Quantity) -> bool:
    """Whether a neighbour of the two ends, in their part of the sentence, is the change as a number."""
    tags = clauses.tags
    for other in quantities:
        if other.aspect not in ("change", "multiple"):
            continue
        low, high = min(other.last, b.last), max(other.first, a.first)
        if a.first < other.first < b.first or not any(c in tags[low:high] for c in ";:s"):
            return True
    return False

"""The fact `values`: whether two printed values can both be right, and how."""

from __future__ import annotations

from typing import NamedTuple

from consistency.judgement import conversion, intervals, lists, quotes
from consistency.judgement.intervals import Interval
from consistency.judgement.pair import Pair
from consistency.model import Claim

_TURNED = {"at-least", "at-most"}
UNLIKE = frozenset({"list", "quote", "date"})


class Compared(NamedTuple):
    """The relation, and both intervals in one unit (that of the earlier claim) where there are numbers."""

    relation: str
    a: Interval | None = None
    b: Interval | None = None
    conflict: bool = True


def compare(pair: Pair) -> Compared:
    """The relation of the two values; symmetric but for the unit the intervals are given in."""
    a, b = pair.a, pair.b
    if a.kind != b.kind and UNLIKE & {a.kind, b.kind}:
        return Compared("unit-mismatch")
    if a.kind == "quote":
        return Compared(quotes.compare(a, b, pair.copied))
    if a.kind == "list":
        difference = lists.compare(a, b)
        return Compared(difference.relation, conflict=difference.conflict)
    return _numbers(pair)


def _numbers(pair: Pair) -> Compared:
    a, b = pair.a, pair.b
    left, right = pair.intervals
    if left is None or right is None or left.dates != right.dates:
        return Compared("unit-mismatch")
    if left.dates and pair.copied and a.text and b.text and a.text.casefold() == b.text.casefold():
        return Compared("equal", left, right)  # "today" in a passage printed again on another day
    if a.kind == "rank" and b.kind == "rank" and a.rank and b.rank and a.rank.order != b.rank.order and left == right:
        return Compared("disjoint", left, right)
    if conversion.same_unit(a, b):
        if a.kind in {"ordinal", "rank"} and left.point is not None and right.point is not None:
            return Compared("equal" if left.point == right.point else "disjoint", left, right)
        if pair.copied and _rewritten(left, right):
            return Compared("disjoint", left, right)
        return Compared(intervals.compare(left, right, pair.around.settings.bound_hint), left, right)
    return _converted(pair, left, right)


def _rewritten(left: Interval, right: Interval) -> bool:
    """Whether a copy changed a number and kept the words around it ("more than"), or turned those words round."""
    if left.point is None or right.point is None or left.dates:
        return False
    if {left.hedge, right.hedge} == _TURNED and left.point == right.point:
        return True
    if left.hedge != right.hedge:
        return not intervals.overlap(left, right)
    plain = intervals.compare(left._replace(hedge="exact"), right._replace(hedge="exact"))
    return plain == "disjoint"


def _converted(pair: Pair, left: Interval, right: Interval) -> Compared:
    days = tuple(sorted({d for c in (pair.a, pair.b) if (d := pair.around.published(c))}))
    options = conversion.converted(right, pair.b, pair.a, days, _span(pair.a) or _span(pair.b), pair.around.rates)
    if not options:
        return Compared("unit-mismatch")
    if pair.copied and left.point is not None and left.point == right.point and pair.a.kind == "money":
        return Compared("disjoint", left, options[0])  # the sign was changed, and the number kept
    for option in options:
        if intervals.overlap(left, option):
            loose = intervals.compare(_hedged(left), _hedged(option), pair.around.settings.bound_hint)
            return Compared("uninformative" if loose == "uninformative" else "converted", left, option)
    return Compared("disjoint", left, options[0])


def _hedged(i: Interval) -> Interval:
    """The interval without its printed digits, which mean nothing in another unit."""
    return i._replace(point=None, step=None)


def _span(claim: Claim) -> tuple[str, str] | None:
    period = claim.period
    return (period.from_, period.to) if period.from_ and period.to else None


def readings_meet(pair: Pair) -> bool:
    """Whether some other reading of the printed words would let the two values agree."""
    if not conversion.same_unit(pair.a, pair.b):
        return False
    left, right = pair.intervals
    lefts = [left, *(intervals.interval_of(v) for v in pair.a.readings)]
    rights = [right, *(intervals.interval_of(v) for v in pair.b.readings)]
    if len(lefts) == len(rights) == 1:
        return False
    hint = pair.around.settings.bound_hint
    return any(
        x is not None and y is not None and intervals.compare(x, y, hint) not in {"disjoint", "uninformative"}
        for x in lefts
        for y in rights
    )

"""Two printed numbers as intervals: can one amount satisfy both?

Method: every printed number stands for the interval of amounts its digits and hedge allow (the reading of statcheck,
Nuijten et al. 2016, extended to hedged words). All comparisons take a relative tolerance of 1e-9, so that the binary
form of a decimal never decides anything.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from consistency.model import Value

TOLERANCE = 1e-9
SCALES = (1e12, 1e9, 1e6)
"""Numbers of this size are printed with a word for it (billion), so that their zeros are not digits."""
VAGUE = frozenset({"about", "nearly", "order"})
BOUNDS = frozenset({"more-than", "at-least", "less-than", "at-most"})


class Interval(NamedTuple):
    """A stretch of amounts; None is an open end. point and step as in `Value`; dates are day ordinals."""

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    point: float | None = None
    step: float | None = None
    hedge: str = "exact"
    dates: bool = False


@lru_cache(maxsize=65536)
def day(text: str) -> int:
    """The ordinal of an ISO day; a month or year alone is its first day."""
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1).toordinal()


def _amount(end: float | str | None) -> float | None:
    if isinstance(end, str):
        try:
            return day(end)
        except (ValueError, IndexError):
            return None
    return end


def interval_of(value: Value | None, down: bool = False) -> Interval | None:
    """The interval of a value; a fall ("down 6 %") lies below zero."""
    if value is None:
        return None
    dates = isinstance(value.low, str) or isinstance(value.high, str)
    low, high, point = _amount(value.low), _amount(value.high), _amount(value.point)
    if dates and (low is None or high is None) and value.low is not None and value.high is not None:
        return None
    step = None if dates else value.step
    if not down:
        return Interval(low, high, value.low_open, value.high_open, None if dates else point, step, value.hedge, dates)
    flipped = None if point is None else -point
    return Interval(_minus(high), _minus(low), value.high_open, value.low_open, flipped, step, value.hedge, dates)


def _minus(end: float | None) -> float | None:
    return None if end is None else -end


def close(a: float, b: float) -> bool:
    """Whether two amounts are one, but for the rounding of binary numbers."""
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def _end_same(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else close(a, b)


def identical(a: Interval, b: Interval) -> bool:
    """The same ends, open or closed alike."""
    return (
        _end_same(a.low, b.low) and _end_same(a.high, b.high) and (a.low_open, a.high_open) == (b.low_open, b.high_open)
    )


def _below(a: Interval, b: Interval) -> bool:
    """Whether all of a lies below all of b."""
    if a.high is None or b.low is None:
        return False
    if close(a.high, b.low):
        return a.high_open or b.low_open
    return a.high < b.low


def overlap(a: Interval, b: Interval) -> bool:
    """Whether one amount lies in both."""
    return not _below(a, b) and not _below(b, a)


def effective_step(i: Interval) -> float:
    """The grain of a printed number; 0 for an exact one.

    It is the place of the last digit printed. Zeros at the end of the digits may be rounded or not ("200", "450
    billion"): there the grain is never coarser than two significant digits. "9 billion" has no such zeros.
    """
    if not i.step or not i.point:
        return 0.0
    scale = next((s for s in SCALES if abs(i.point) >= s), 1.0)
    if i.step / scale < 10 * (1 - TOLERANCE):
        return float(i.step)
    return float(min(i.step, 10.0 ** (math.floor(math.log10(abs(i.point)) + TOLERANCE) - 1)))


def rounds_to(fine: Interval, coarse: Interval) -> bool:
    """Whether the finer number, rounded (half up) or cut off to the coarser one's digits, gives the coarser one.

    A single digit is only ever rounded to: 2.9 billion is not "2 billion".
    """
    step = effective_step(coarse)
    if not step or fine.point is None or coarse.point is None or effective_step(fine) >= step * (1 - TOLERANCE):
        return False
    size = abs(fine.point) / step
    sign = -1 if fine.point < 0 else 1
    ways = [math.floor(size + 0.5 + TOLERANCE)]
    if abs(coarse.point) >= 10 * step * (1 - TOLERANCE):
        ways.append(math.floor(size + TOLERANCE))
    return any(close(sign * n * step, coarse.point) for n in ways)


def compare(a: Interval, b: Interval, hint: float = 1.5) -> str:
    """equal | rounding | bound | uninformative | disjoint, symmetric in a and b.

    hint: from how many times a bound on its words say nothing any more ("more than 20" of 80).
    """
    if a.dates != b.dates:
        return "disjoint"
    if a.dates:
        return _compare_dates(a, b)
    if a.hedge == b.hedge == "exact" and a.point is not None and b.point is not None:
        if close(a.point, b.point):
            return "equal"
        fine, coarse = _grained(a, b), _grained(b, a)
        return "rounding" if rounds_to(fine, coarse) or rounds_to(coarse, fine) else "disjoint"
    if overlap(a, b):
        if identical(a, b):
            return "equal"
        return "uninformative" if _far(a, b, hint) or _far(b, a, hint) else "bound"
    return "uninformative" if _in_reach(a, b) or _in_reach(b, a) else "disjoint"


def _grained(i: Interval, other: Interval) -> Interval:
    """A whole number, exact as a count, has a grain of one beside a broken number: it was rounded ("11 per 1,000")."""
    whole = i.step is None and i.point is not None and float(i.point).is_integer()
    broken = other.point is not None and not float(other.point).is_integer()
    return i._replace(step=1.0) if whole and broken else i


def _compare_dates(a: Interval, b: Interval) -> str:
    if identical(a, b):
        return "equal"
    if not overlap(a, b):
        return "disjoint"
    return "rounding" if inside(a, b) or inside(b, a) else "bound"


def inside(a: Interval, b: Interval) -> bool:
    """Whether all of a lies in b."""
    low = b.low is None or (a.low is not None and (a.low >= b.low or close(a.low, b.low)))
    high = b.high is None or (a.high is not None and (a.high <= b.high or close(a.high, b.high)))
    return low and high


def _far(bound: Interval, other: Interval, hint: float) -> bool:
    """Whether `bound` is one-sided and met from so far away that its words say nothing."""
    if bound.high is None and bound.low is not None and bound.low > 0:
        return other.low is not None and other.low > hint * bound.low * (1 + TOLERANCE)
    if bound.low is None and bound.high is not None and bound.high > 0:
        return other.high is not None and 0 <= other.high < bound.high / hint * (1 - TOLERANCE)
    return False


def _in_reach(vague: Interval, other: Interval) -> bool:
    """Whether a vague word's interval misses the other by no more than twice its own width."""
    if vague.hedge not in VAGUE or vague.low is None or vague.high is None:
        return False
    distance = apart(vague, other)
    return distance is not None and distance <= 2 * (vague.high - vague.low) * (1 + TOLERANCE)


def apart(a: Interval, b: Interval) -> float | None:
    """The smallest step from one interval to the other; 0 where they meet; None where it has no number."""
    if overlap(a, b):
        return 0.0
    if _below(b, a):
        a, b = b, a
    return None if a.high is None or b.low is None else max(0.0, b.low - a.high)


def middle(i: Interval) -> float | None:
    """The number to show or to measure a difference by: the printed one, else the middle, else the one end there is."""
    if i.point is not None:
        return i.point
    if i.low is not None and i.high is not None:
        return (i.low + i.high) / 2
    return i.low if i.low is not None else i.high


def sign(a: Interval, b: Interval) -> int:
    """1 where b lies above a, -1 where below, 0 where they overlap or cannot be told."""
    if a.hedge == b.hedge == "exact" and a.point is not None and b.point is not None:
        return 0 if close(a.point, b.point) else 1 if b.point > a.point else -1
    return 1 if _below(a, b) else -1 if _below(b, a) else 0


def relative(a: Interval, b: Interval) -> float | None:
    """How far two amounts are apart, as a share of the larger; between their nearest ends, at least between points."""
    if a.point is not None and b.point is not None:
        step, size = abs(a.point - b.point), max(abs(a.point), abs(b.point))
    else:
        distance = apart(a, b)
        sizes = [abs(m) for m in (middle(a), middle(b)) if m is not None]
        if distance is None or not sizes:
            return None
        step, size = distance, max(sizes)
    return step / size if size else None

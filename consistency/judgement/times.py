"""When: two periods against each other, and the gap between two dates."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from consistency.judgement.intervals import day
from consistency.model import Claim, Context, Period

_LONG = 27  # days: a month or more
EARLIEST, LATEST = 0, 4_000_000
_EVENT = 8  # days: what lasts longer is a season or a year, and its total a total of that
_AMOUNTS = frozenset({"count", "money", "measure"})
_DONE = frozenset({"asserted", "reported"})
_SETTLED = 31  # days after an event by which its toll is known, as far as it will ever be
FIRM = frozenset({"stated", "relative"})


class Span(NamedTuple):
    """Days by ordinal, both inclusive, with their basis: stated | relative | published | inferred | none."""

    first: int
    last: int
    basis: str = "stated"


def span_of(period: Period) -> Span | None:
    """The days of a period; an open side reaches as far as there are days; None where nothing is known."""
    return _span(period.from_, period.to, period.basis)


@lru_cache(maxsize=65536)
def _span(start: str | None, end: str | None, basis: str) -> Span | None:
    if start is None and end is None:
        return None
    first = day(start) if start else EARLIEST
    last = day(end) if end else LATEST
    return Span(min(first, last), max(first, last), basis)


def unfinished(claim: Claim, context: Context | None) -> Span | None:
    """The days that an amount was counted over, told before its period was over ("so far this year"): up to the day of
    publication, at the latest. None for one whose period is over, or that is no such amount."""
    of = span_of(claim.period)
    if of is None or context is None or context.published is None or claim.period.basis not in FIRM:
        return None
    told = day(context.published)
    if not of.first <= told < of.last or of.last - of.first < _EVENT:
        return None
    if claim.kind not in _AMOUNTS or claim.aspect == "change" or claim.modality not in _DONE:
        return None
    return Span(of.first, told, "published")


def compare(a: Span | None, b: Span | None) -> str:
    """same | within | overlapping | apart | unknown."""
    if a is None or b is None:
        return "unknown"
    if (a.first, a.last) == (b.first, b.last):
        return "same"
    if a.last < b.first or b.last < a.first:
        return "apart"
    if (a.first <= b.first and b.last <= a.last) or (b.first <= a.first and a.last <= b.last):
        return "within"
    return "overlapping"


def one_night(a: Span | None, b: Span | None) -> bool:
    """Whether two periods are single days, one after the other."""
    if a is None or b is None or a.first != a.last or b.first != b.last:
        return False
    return abs(a.first - b.first) == 1


def held_at(
    claim: Claim, context: Context | None, level: bool, growing: bool = False, running: Span | None = None
) -> Span | None:
    """When the value held or was known: the stated date, else (for a level) the period, else the day of publication.

    A day of publication is an upper bound: its basis says "published". growing: a running total, such as a toll, which
    is not over with its event: in the days after, it is what was known when it was told; that of a year, when it ends.
    running: the days it was counted over, where its period was not over when it was told.
    """
    told = span_of(claim.as_of)
    if told and claim.as_of.basis not in {"published", "none", "inferred"}:
        return told
    if growing and told and claim.as_of.basis == "published":
        of = span_of(claim.period)
        if of and of.last - of.first < _EVENT and told.last - of.last >= 0:
            return told if told.last - of.last < _SETTLED else Span(of.last + _SETTLED, of.last + _SETTLED, of.basis)
    if running is not None:
        return Span(running.last, running.last, running.basis)
    if level:
        period = span_of(claim.period)
        if period and claim.period.basis in FIRM and period.first > EARLIEST and period.last < LATEST:
            return Span(period.last, period.last, period.basis) if growing else period
    if told and told.basis != "none":
        return told
    if context is not None and context.published:
        on = day(context.published)
        return Span(on, on, "published")
    return None


def distance(a: Span | None, b: Span | None) -> int | None:
    """Days from one to the other, 0 where they meet, None where one is not known.

    Between two long stretches (two years) it is that of their middles: what held for one year is a year older.
    """
    if a is None or b is None:
        return None
    between = max(0, b.first - a.last, a.first - b.last)
    if between and min(a.last - a.first, b.last - b.first) >= _LONG:
        return abs((a.first + a.last) - (b.first + b.last)) // 2
    return between


def gap(days: int | None, negligible: int, short: int) -> str:
    """negligible | short | long | unknown, by the limits of a profile (in days)."""
    if days is None:
        return "unknown"
    return "negligible" if days <= negligible else "short" if days <= short else "long"

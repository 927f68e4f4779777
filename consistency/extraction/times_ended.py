"""The day a reporting period ends on, told behind it: "the six months ended June 30", "the year to March"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc
from consistency.extraction.times_dates import absolute, month, month_year
from consistency.extraction.times_grammar import compiled

ENDED = frozenset({"ended", "ending", "to", "through"})
_EVE = 45  # days back from its last day into the middle of a quarter


def ended_day(doc: Doc, last: int) -> date | None:
    """The last day of a period whose words end before token `last`, or None if no day or month is told behind it."""
    if doc.lower[last] not in ENDED:
        return None
    start = last + 1 + (doc.lower[last + 1 : last + 2] == ["the"])
    for pattern, reader in (("{DATE}", absolute), ("{MON}(?:<comma>|<of>)?<calyear>", month_year), ("{MON}", month)):
        m = compiled(pattern).match(doc.cls, start)
        found = reader(doc, start, m.end()) if m is not None else []
        if found:
            days = cal.span(found[0].value)
            return None if days is None else cal.parse_day(days[1])
    return None


def days_ended(doc: Doc, last: int, n: float | None, unit: str, factor: int) -> tuple[str, str, str] | None:
    """(from, to, "range") of n units that end on the day told behind them."""
    if n is None or unit not in "WMQY" or n != int(n):
        return None
    end = ended_day(doc, last)
    after = None if end is None else cal.plus_days(end, 1)
    start = None if after is None else cal.shift(after, -int(n) * factor, unit)
    return None if start is None or end is None else (start.isoformat(), end.isoformat(), "range")


def quarter_ended(doc: Doc, last: int) -> str | None:
    """The calendar quarter that holds most of "the quarter ended July 31"."""
    end = ended_day(doc, last)
    middle = None if end is None else cal.plus_days(end, -_EVE)
    return None if middle is None else cal.value_at(middle, "Q")

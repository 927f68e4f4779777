"""Readers of a part counted inside a longer stretch: "the first week of May", "the first nine months of 2012"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found, int_of
from consistency.extraction.times_dates import day_parts, pick_year
from consistency.extraction.times_years import year_value

Days = tuple[date, date]


def nth_of(doc: Doc, first: int, last: int) -> list[Found]:
    """The n-th (or last) day, week or month of a month or year."""
    cls, letter = doc.cls, doc.letter
    head = next(k for k in range(first + 1, last) if doc.lower[k] in doc.units)
    unit, factor = doc.units[doc.lower[head]]
    n = -1 if cls[first] == letter["last"] else int_of(doc, first, head)
    whole = _whole(doc, head + 2, last)
    if whole is None or n is None or factor != 1 or unit not in "DWM":
        return []
    value = nth_value(whole, int(n), unit)
    return [] if value is None else [Found(first, last, "DATE", value, firm=letter["calyear"] in cls[head:last])]


def _whole(doc: Doc, first: int, last: int) -> Days | None:
    """First and last day of the month or year the tokens tell."""
    month = day_parts(doc, first, last)[1]
    if month is not None:
        year = year_value(doc, first, last) or pick_year(doc, month, None, first, last)
        return None if year is None else _days(f"{year:04d}-{month:02d}")
    if "month" in doc.lower[first:last]:
        step = _step(doc, first, last)
        day = None if doc.anchor is None else cal.shift(doc.anchor, step, "M")
        return None if day is None else _days(cal.value_at(day, "M"))
    year = year_value(doc, first, last)
    return None if year is None else _days(f"{year:04d}")


def _step(doc: Doc, first: int, last: int) -> int:
    cls = doc.cls[first:last]
    return (doc.letter["next"] in cls) - (doc.letter["last"] in cls)


def _days(value: str) -> Days | None:
    days = cal.span(value)
    if days is None:
        return None
    first, last = cal.parse_day(days[0]), cal.parse_day(days[1])
    return None if first is None or last is None else (first, last)


def nth_value(whole: Days, n: int, unit: str) -> str | None:
    """TIMEX3 value of the n-th unit (-1: the last) of a month or year; None if it has no such."""
    first, last = whole
    if unit == "W":
        start = first if first.isoweekday() <= 4 else cal.plus_days(first, 8 - first.isoweekday())
        end = last if last.isoweekday() >= 4 else cal.plus_days(last, -last.isoweekday())
        day = end if n < 0 else None if start is None else cal.plus_days(start, 7 * (n - 1))
        return None if day is None or not 0 < abs(n) <= 53 else cal.week_value(day)
    if n < 0:
        return cal.value_at(last, unit)
    found = cal.shift(first, n - 1, unit)
    return None if found is None or found > last or n == 0 else cal.value_at(found, unit)


def first_units(doc: Doc, last: int, n: int, unit: str, *, end: bool) -> tuple[str, str, str] | None:
    """(from, to, "range") of "the first n months", of the year told behind it, else of the year of publication.

    end: count from the year's end ("the last three months of 2012"); only with a year told.
    """
    if unit not in "MQW" or not 0 < n < 54:
        return None
    told = doc.lower[last : last + 1] == ["of"]
    year = year_value(doc, last, min(len(doc.cls), last + 4)) if told else None
    if year is None:
        if end or doc.anchor is None or told:
            return None
        year = doc.anchor.year
    whole = _days(f"{year:04d}")
    if whole is None:
        return None
    if end:
        start = cal.shift(whole[1], -n, unit)
        start = None if start is None else cal.plus_days(start, 1)
        return None if start is None else (start.isoformat(), whole[1].isoformat(), "range")
    stop = cal.shift(whole[0], n, unit)
    stop = None if stop is None else cal.plus_days(stop, -1)
    if stop is None or stop > whole[1] or (not told and doc.anchor is not None and stop > doc.anchor):
        return None
    return whole[0].isoformat(), stop.isoformat(), "range"

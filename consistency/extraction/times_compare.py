"""Readers of the time something is compared with: "the same month a year earlier", "the year before last"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import UNKNOWN, Doc, Found
from consistency.extraction.times_quarters import year_before
from consistency.extraction.times_spans import SEASON
from consistency.extraction.times_years import year_value


def same(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the same period last year", "the same month of 2018", "the corresponding quarter a year earlier"."""
    cls, letter = doc.cls, doc.letter
    earlier = doc.lower[last - 1] in {"ago", "earlier", "before"}
    year = year_value(doc, first + 2, last) if not earlier else None
    if earlier:
        day = doc.ref_day()
        year = None if day is None else day.year - 1
    told = letter["calyear"] in cls[first:last]
    stem = "XXXX" if year is None else f"{year:04d}"
    return [Found(first, last, "DATE", stem + _tail(doc, first + 1, year), firm=told)]


def _tail(doc: Doc, head: int, year: int | None) -> str:
    """What follows the year in the value: the part of the year last spoken of that has the unit named."""
    c, letter, day = doc.cls[head], doc.letter, doc.ref_day()
    if c in (letter["period"], letter["quarter"]):
        return doc.quarter[4:] if doc.quarter else "-QX" if c == letter["quarter"] else ""
    if c in (letter["month"], letter["month_weak"]):
        return f"-{doc.num[doc.lower[head]]:02d}"
    if c == letter["season"]:
        return f"-{SEASON[int(doc.num[doc.lower[head]])]}"
    unit, factor = doc.units[doc.lower[head]]
    if day is None or factor != 1:
        return ""
    if unit == "D":
        same_day = None if year is None else cal.make_day(year, day.month, day.day)
        return "" if same_day is None else same_day.isoformat()[4:]
    return {"M": day.isoformat()[4:7], "W": cal.week_value(day)[4:]}.get(unit, "")


def near_last(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the week before last", "the month after next"; "the year before" that last spoken of."""
    if first == 0 or doc.cls[first - 1] != doc.letter["the"]:
        return []
    unit, factor = doc.units[doc.lower[first]]
    if factor != 1:
        return []
    step = -1 if doc.cls[first + 1] == doc.letter["before"] else 1
    if last == first + 2:
        if unit == "Y" and step < 0:
            return [Found(first, last, "DATE", year_before(doc, first))]
        return _moved(first, last, doc.ref_day(), step, unit)
    return _moved(first, last, doc.anchor, 2 * step, unit)


def _moved(first: int, last: int, base: date | None, step: int, unit: str) -> list[Found]:
    if base is None:
        return [Found(first, last, "DATE", UNKNOWN[unit])]
    day = cal.shift(base, step, unit)
    return [] if day is None else [Found(first, last, "DATE", cal.value_at(day, unit))]


def week_n(doc: Doc, first: int, last: int) -> list[Found]:
    """ "week 12 of 2024", "week 3, 2027"."""
    year, week = year_value(doc, first + 2, last), int(doc.num[doc.lower[first + 1]])
    if year is None or cal.week_days(year, week) is None:
        return []
    return [Found(first, last, "DATE", f"{year:04d}-W{week:02d}", firm=doc.letter["calyear"] in doc.cls[first:last])]

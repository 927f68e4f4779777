"""Readers of a length of time counted from another time: "two weeks ago", "a year earlier", "five years from now"."""

from __future__ import annotations

from consistency.extraction import calendar as cal
from consistency.extraction.times_clock import today
from consistency.extraction.times_context import UNKNOWN, UNKNOWN_DAY, Doc, Found
from consistency.extraction.times_grammar import compiled
from consistency.extraction.times_quarters import year_before
from consistency.extraction.times_spans import amount, number_and_unit


def ago(doc: Doc, first: int, last: int) -> list[Found]:
    """One length counted back or ahead. Before "later" the length alone is the expression, as TimeML has it."""
    cls, letter = doc.cls, doc.letter
    m = compiled("(?<=<before>|<after>|<now_from>)<today>").search(cls, first, last)
    if m is not None:
        return from_day(doc, first, m.start(), last)
    tail = last - 1
    while cls[tail] in (letter["now"], letter["today"]):
        tail -= 1
    read = number_and_unit(doc, first, tail)
    if read is None:
        return []
    n, unit, factor = read
    c = cls[tail]
    if c == letter["later"]:
        return [Found(first, tail, "DURATION", amount(n, unit, factor))]
    ahead = c in (letter["hence"], letter["now_from"])
    if n is None:
        return [Found(first, last, "DATE", "FUTURE_REF" if ahead else "PAST_REF")]
    if unit == "Y" and n % 1 == 0.5 and n * factor < 10:
        n, unit, factor = n * 12, "M", 1
    if unit in {"SU", "WI", "WE"} or n * factor != int(n * factor):
        return []
    if unit == "Y" and n * factor == 1 and not ahead:
        return [Found(first, last, "DATE", year_before(doc, first))]
    base = doc.ref_day() if c in (letter["earlier"], letter["before"]) else doc.anchor
    if base is None:
        return [Found(first, last, "DATE", UNKNOWN.get(unit, UNKNOWN_DAY))]
    if unit[0] == "T":
        return [Found(first, last, "TIME", base.isoformat())]
    day = cal.shift(base, int(n * factor) * (1 if ahead else -1), unit)
    return [] if day is None else [Found(first, last, "DATE", cal.value_at(day, unit))]


def from_day(doc: Doc, first: int, day_at: int, last: int) -> list[Found]:
    """ "two days before yesterday", "three weeks from tomorrow"."""
    read = number_and_unit(doc, first, day_at - 1)
    if read is None:
        return []
    if read[0] is None or read[0] != int(read[0]) or read[1] not in {"D", "W", "M", "Y"}:
        return [Found(first, day_at - 1, "DURATION", amount(*read))]
    base = today(doc, day_at, last)
    day = cal.parse_day(base[0].value) if base else None
    if day is None:
        return []
    back = doc.cls[day_at - 1] == doc.letter["before"]
    found = cal.shift(day, int(read[0]) * read[2] * (-1 if back else 1), read[1])
    return [] if found is None else [Found(first, last, "DATE", found.isoformat())]

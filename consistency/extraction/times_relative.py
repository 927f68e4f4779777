"""Readers of expressions that lean on another time: "last year", "next Monday", "the following day", "that year"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_clock import weak_weekday, with_time
from consistency.extraction.times_context import UNKNOWN, UNKNOWN_DAY, Doc, Found, clock_of, int_of
from consistency.extraction.times_dates import absolute, month_day_value
from consistency.extraction.times_ended import ENDED, days_ended, quarter_ended
from consistency.extraction.times_feasts import feast_day
from consistency.extraction.times_grammar import compiled
from consistency.extraction.times_quarters import relative_quarter
from consistency.extraction.times_spans import SEASON, stretch_days
from consistency.extraction.times_years import year_value

_FROM_TEXT = frozenset({"following", "previous", "preceding", "prior", "subsequent", "ensuing"})


def direction(doc: Doc, k: int) -> int | None:
    """-1 for "last", +1 for "next", 0 for "this"; None for "that" and "same", which point back in the text."""
    c, letter = doc.cls[k], doc.letter
    if c == letter["last"]:
        return -1
    if c == letter["next"]:
        return 1
    return None if c in (letter["that"], letter["same"]) else 0


def from_ref(doc: Doc, k: int) -> bool:
    """Whether "previous" and "following" count from the time last spoken of, not from publication."""
    if doc.ref is None:
        return False
    next_day = doc.lower[k] == "next" and doc.cls[k + 1] == doc.letter["day"] and doc.lower[max(0, k - 1)] == "the"
    return next_day or doc.lower[k] in _FROM_TEXT


def relative(doc: Doc, first: int, last: int) -> list[Found]:
    """ "last year", "this week", "next Monday", "the following day", "that year", "this past spring"."""
    cls, letter = doc.cls, doc.letter
    k = first
    step = direction(doc, k)
    while k + 1 < last and cls[k + 1] in (letter["last"], letter["next"], letter["same"]):
        k += 1
        step = direction(doc, k)
    lean = step is None or from_ref(doc, k)
    base = doc.ref_day() if lean else doc.anchor
    head = k + 1
    while head < last - 1 and cls[head] in (letter["fiscal"], letter["calendar"]):
        head += 1
    c = cls[head]
    if c == letter["month_weak"] and doc.words[head][0].islower() and not step:
        return []  # "this may"
    if c in (letter["month"], letter["month_weak"]):
        return _month(doc, first, head, last, step)
    if c in (letter["weekday"], letter["weekday_weak"]):
        return [] if weak_weekday(doc, head) else _weekday(doc, first, head, last, step or 0)
    if c == letter["season"]:
        return _season(doc, first, head, step)
    if c == letter["weekend"]:
        return _weekend(doc, first, last, step or 0)
    if c == letter["part"]:
        return _part(doc, first, head, last, step)
    if c == letter["period"]:
        return [Found(first, last, "DATE", doc.quarter)] if doc.quarter and step != 1 else []
    if c == letter["quarter"]:
        return relative_quarter(doc, first, last, step)
    if c == letter["holiday"]:
        return feast_day(doc, head, last, step, first)
    return _unit(doc, first, head, last, step, base)


def _unit(doc: Doc, first: int, head: int, last: int, step: int | None, base: date | None) -> list[Found]:
    unit, factor = doc.units[doc.lower[head]]
    if doc.words[head][0].isupper() and first and doc.lower[first - 1] in {'"', "``", "“", "‘", "`"}:
        return []  # the name of a programme
    the = first > 0 and doc.cls[first - 1] == doc.letter["the"]
    spoken = doc.lower[first]
    if factor >= 10:  # decades and centuries
        if step is None or step == 0:
            years = 2 if factor == 100 else 3
            return [] if base is None else [Found(first, last, "DATE", f"{base.year:04d}"[:years])]
        return _stretch(doc, first, last, factor, unit, step)
    if the and spoken in {"past", "last", "coming"} and unit in "WMYQ" and not (spoken == "last" and unit in "MYQ"):
        return _stretch(doc, first, last, factor, unit, step or 0)
    if base is None:
        return [Found(first, last, "DATE", UNKNOWN[unit])]
    day = cal.shift(base, (step or 0) * factor, unit)
    if day is None:
        return []
    if unit == "W" and last > head + 1:
        number = int(doc.num[doc.lower[last - 1]])
        monday = cal.plus_days(day, number - 1 - day.weekday())
        return [] if monday is None else [Found(first, last, "DATE", monday.isoformat())]
    if unit == "D" and doc.ref is not None and step is None and len(doc.ref) < 10:
        return [Found(first, last, "DATE", UNKNOWN_DAY)]
    return [Found(first, last, "DATE", cal.value_at(day, unit))]


def _stretch(doc: Doc, first: int, last: int, n: int, unit: str, step: int) -> list[Found]:
    """ "the past week": a stretch that ends (or begins) at publication."""
    days = stretch_days(doc.anchor, n, unit, step)
    return [Found(first, last, "DURATION", f"P{n}{unit}", *days)]


def _month(doc: Doc, first: int, head: int, last: int, step: int | None) -> list[Found]:
    n = int(doc.num[doc.lower[head]])
    anchor = doc.ref_day() if step is None else doc.anchor
    if anchor is None:
        return [Found(first, last, "DATE", f"XXXX-{n:02d}")]
    if not step:
        year = anchor.year
    elif step < 0:
        year = anchor.year - (n >= anchor.month)
    else:
        year = anchor.year + (n <= anchor.month)
    m = compiled("{DAYN}").search(doc.cls, head + 1, last)
    day = int_of(doc, m.start(), m.end()) if m else None
    value = month_day_value(doc, year, n, int(day) if day and day == int(day) else None, first, last)
    return [] if value is None else [Found(first, last, "DATE", value[0])]


def _weekday(doc: Doc, first: int, head: int, last: int, step: int) -> list[Found]:
    n = int(doc.num[doc.lower[head]])
    m = compiled("{DATE}").search(doc.cls, head + 1, last)
    if m is not None:
        return [found._replace(first=first) for found in absolute(doc, head, last)]
    if doc.anchor is None:
        return [Found(first, last, *with_time(doc, f"XXXX-WXX-{n}", head, last))]
    if step == 0:
        day = cal.plus_days(doc.anchor, n - doc.anchor.isoweekday())
    else:
        base = doc.ref_day() if from_ref(doc, head - 1) else doc.anchor
        day = None if base is None else cal.weekday_near(base, n, step, same=False)
    return [] if day is None else [Found(first, last, *with_time(doc, day.isoformat(), head, last))]


def season_value(doc: Doc, code: str, step: int | None, first: int, last: int) -> str | None:
    """The season of the year that direction or tense points to; winter counts to the year it begins in."""
    anchor = doc.anchor
    if anchor is None:
        return f"XXXX-{code}"
    start, end = cal.SEASONS[code]
    year = anchor.year - (code == "WI" and anchor.month <= 2)
    month = anchor.month + (12 if code == "WI" and anchor.month <= 2 else 0)
    stop = end + (12 if end < start else 0)
    if step is not None and step < 0:
        year -= month <= stop
    elif step is not None and step > 0:
        year += month >= start
    elif step is None:
        tense = doc.tense(first, last)
        year += (tense > 0 and month > stop) - (tense < 0 and month < start)
    return f"{year:04d}-{code}"


def _season(doc: Doc, first: int, head: int, step: int | None) -> list[Found]:
    value = season_value(doc, SEASON[int(doc.num[doc.lower[head]])], step, first, head + 1)
    return [] if value is None else [Found(first, head + 1, "DATE", value)]


def _weekend(doc: Doc, first: int, last: int, step: int) -> list[Found]:
    day = None if doc.anchor is None else cal.plus_days(doc.anchor, 7 * step)
    return [Found(first, last, "DATE", "XXXX-WXX-WE" if day is None else f"{cal.week_value(day)}-WE")]


def _part(doc: Doc, first: int, head: int, last: int, step: int | None) -> list[Found]:
    base = (
        doc.ref_day()
        if step is None or from_ref(doc, first) or (step > 0 and doc.ref and len(doc.ref) >= 10)
        else doc.anchor
    )
    if base is None:
        return [Found(first, last, "TIME", f"{UNKNOWN_DAY}T{doc.num[doc.lower[head]]}")]
    day = cal.plus_days(base, step or 0)
    if day is None:
        return []
    part = str(doc.num[doc.lower[head]])
    value = f"{day.isoformat()}T{part}"
    if last > head + 1:
        clock = clock_of(doc, head, last)
        if clock is not None:
            value = f"{day.isoformat()}T{clock}"
    return [Found(first, last, "TIME", value)]


def season(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the summer of 1994", "spring 2013", "winter": the bare word needs "the", "in" or "early" in front."""
    year = year_value(doc, first + 1, last) if last > first + 1 else None
    code = SEASON[int(doc.num[doc.lower[first]])]
    if year is not None:
        return [Found(first, last, "DATE", f"{year:04d}-{code}", firm=doc.letter["calyear"] in doc.cls[first:last])]
    before = doc.lower[first - 1] if first else ""
    if (
        before not in {"the", "in", "by", "during", "early", "late", "since", "until", "mid"}
        or doc.lower[first + 1] == "of"
    ):
        return []
    value = season_value(doc, code, None, first, last)
    return [] if value is None else [Found(first, first + 1, "DATE", value)]


def the_unit(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the quarter", "the week", "the weekend", "the year": the one last spoken of, else that of publication."""
    cls, letter = doc.cls, doc.letter
    c = cls[last - 1]
    if c == letter["quarter"] and doc.lower[last] in {"ended", "ending"}:
        told, days = quarter_ended(doc, last), days_ended(doc, last, 3, "M", 1)
        value = doc.quarter or told  # a fiscal quarter keeps the number the text has given it
        return [] if told is None or value is None else [Found(first, last, "DATE", value, *(days or ()))]
    if c in (letter["quarter"], letter["period"]):
        return [] if doc.quarter is None else [Found(first, last, "DATE", doc.quarter)]
    if c == letter["weekend"]:
        day = 6 if doc.anchor is None else doc.anchor.isoweekday()
        tense = doc.tense(first, last) if day < 6 else 1
        return _weekend(doc, first, last, -1 if tense < 0 or (tense == 0 and day < 4) else 0)
    if c == letter["year_word"] and doc.lower[last] in ENDED:
        return [Found(first, last, "DURATION", "P1Y", *(days_ended(doc, last, 1, "Y", 1) or ()))]
    if c not in (letter["year_word"], letter["week"], letter["day"]) and doc.lower[last - 1] != "month":
        return []
    unit = doc.units[doc.lower[last - 1]][0]
    if unit == "D" or not _told_of(doc, first, last):
        return []
    if doc.anchor is None:
        return [Found(first, last, "DATE", UNKNOWN[unit])]
    return [Found(first, last, "DATE", cal.value_at(doc.anchor, unit))]


def _told_of(doc: Doc, first: int, last: int) -> bool:
    """Whether "the year" is a stretch of its own ("for the year") and no part of a phrase ("in the year that …")."""
    before = doc.lower[first - 1] if first else ""
    after = doc.lower[last]
    return before in {"for", "of", "in", "during", "over", "this"} and not (
        after[:1].isalpha() and after in {"that", "when", "he", "she", "the", "before", "after", "since", "of"}
    )


def mid_part(doc: Doc, first: int, last: int) -> list[Found]:
    """ "mid-afternoon", "mid morning" of the day in hand."""
    day = doc.ref_day()
    value = UNKNOWN_DAY if day is None else day.isoformat()
    k = doc.cls.find(doc.letter["part"], first, last)
    if last > k + 1 and doc.cls[last - 1] == doc.letter["today"] and doc.anchor is not None:
        told = cal.plus_days(doc.anchor, int(doc.num[doc.lower[last - 1]]))
        value = value if told is None else told.isoformat()
    return [Found(first, last, "TIME", f"{value}T{doc.num[doc.lower[k]]}")]

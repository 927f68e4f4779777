"""Readers of expressions that lean on another time: "last year", "two weeks ago", "the third quarter", "earlier this month"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found, int_of
from consistency.extraction.times_dates import (
    UNKNOWN_DAY,
    clock_of,
    month_day_value,
    nearest_weekday,
    with_time,
    year_value,
)
from consistency.extraction.times_grammar import compiled

SEASON = {1: "SP", 2: "SU", 3: "FA", 4: "WI"}
UNKNOWN = {"D": UNKNOWN_DAY, "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}


def direction(doc: Doc, k: int) -> int | None:
    """-1 for "last", +1 for "next", 0 for "this"; None for words that point at the time last spoken of ("that", "same")."""
    c, letter = doc.cls[k], doc.letter
    if c == letter["last"]:
        return -1
    if c == letter["next"]:
        return 1
    return None if c in (letter["that"], letter["same"]) else 0


def from_ref(doc: Doc, k: int) -> bool:
    """Whether "previous" and "following" count from the time last spoken of, not from publication."""
    return (
        doc.lower[k] in {"following", "previous", "preceding", "prior", "subsequent", "ensuing"} and doc.ref is not None
    )


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
    if c in (letter["month"], letter["month_weak"]):
        return _month(doc, first, head, last, step or 0)
    if c in (letter["weekday"], letter["weekday_weak"]):
        return _weekday(doc, first, head, last, step or 0)
    if c == letter["season"]:
        return _season(doc, first, head, step)
    if c == letter["weekend"]:
        return _weekend(doc, first, last, step or 0)
    if c == letter["part"]:
        return _part(doc, first, head, last, step)
    if c == letter["period"]:
        return [Found(first, last, "DATE", doc.quarter)] if doc.quarter and step != 1 else []
    if c == letter["quarter"]:
        return _quarter(doc, first, last, step)
    if c == letter["holiday"]:
        return feast(doc, head, last, step, first)
    return _unit(doc, first, head, last, step, base)


def _unit(doc: Doc, first: int, head: int, last: int, step: int | None, base: date | None) -> list[Found]:
    word = doc.lower[head]
    unit, factor = doc.units[word]
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


def stretch_days(anchor: date | None, n: float, unit: str, step: int) -> tuple[str | None, str | None, str | None]:
    """(from, to, granularity) of the n units before (step < 0) or after publication."""
    if anchor is None or step == 0:
        return None, None, None
    if unit[0] == "T":
        hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit]
        n, unit = -(-n * hours // 24), "D"
    if n != int(n):
        return None, None, None
    other = cal.shift(anchor, int(n) * step, unit)
    if other is None:
        return None, None, None
    return min(anchor, other).isoformat(), max(anchor, other).isoformat(), "range"


def _month(doc: Doc, first: int, head: int, last: int, step: int) -> list[Found]:
    n = int(doc.num[doc.lower[head]])
    anchor = doc.anchor
    if anchor is None:
        return [Found(first, last, "DATE", f"XXXX-{n:02d}")]
    if step == 0:
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


def _quarter(doc: Doc, first: int, last: int, step: int | None) -> list[Found]:
    """ "the latest quarter", "this quarter", "next quarter"."""
    if doc.anchor is None:
        return [Found(first, last, "DATE", doc.quarter or UNKNOWN["Q"])]
    word = doc.lower[first]
    if (step is None or word == "latest") and doc.quarter:
        return [Found(first, last, "DATE", doc.quarter)]
    day = cal.shift(doc.anchor, -1 if word == "latest" else step or 0, "Q")
    return [] if day is None else [Found(first, last, "DATE", cal.value_at(day, "Q"))]


def quarter_in_doubt(doc: Doc, n: int, first: int, last: int) -> int | None:
    """The year of a quarter told without one: the quarter nearest to publication that has begun, unless the tense is future."""
    anchor = doc.anchor
    if anchor is None:
        return None
    current = (anchor.month + 2) // 3
    if n <= current:
        return anchor.year + (n < current and doc.tense(first, last) > 0 and current - n >= 2)
    return anchor.year - (
        n - current >= 2 or (n == 4 and current == 3 and anchor.month < 8 and doc.tense(first, last) < 0)
    )


def quarter(doc: Doc, first: int, last: int) -> list[Found]:
    """ "third quarter", "fiscal first quarter of 1989", "Q3 2021", "first half of last year", "the 1988 quarter"."""
    cls, letter = doc.cls, doc.letter
    year = year_value(doc, first, last)
    half = letter["half"] in cls[first:last] or letter["hcode"] in cls[first:last]
    n = quarter_number(doc, first, last, 2 if half else 4)
    if n is None:
        if doc.quarter is None or year is None:
            return [Found(first, last, "DATE", f"{year:04d}")] if year is not None else []
        return [Found(first, last, "DATE", f"{year:04d}{doc.quarter[4:]}")]
    if half and n > 2:
        return []
    if not half and n > 4:
        return []
    told = letter["calyear"] in cls[first:last]
    if year is None:
        year = (doc.anchor.year if doc.anchor else None) if half else quarter_in_doubt(doc, n, first, last)
    text = "XXXX" if year is None else f"{year:04d}"
    return [Found(first, last, "DATE", f"{text}-{'H' if half else 'Q'}{n}", firm=told)]


def quarter_number(doc: Doc, first: int, last: int, top: int) -> int | None:
    """Which quarter or half: "third", "Q3", "3rd", "last"; None for a bare "quarter"."""
    cls, letter = doc.cls, doc.letter
    for k in range(first, last):
        c = cls[k]
        if c in (letter["ord"], letter["second"], letter["qcode"], letter["hcode"]):
            return int(doc.num[doc.lower[k]])
        if c == letter["dnum"] and k + 1 < last and cls[k + 1] == letter["suffix"]:
            return int(doc.num[doc.lower[k]])
        if c == letter["qletter"] and cls[k + 1] == letter["dnum"]:
            return int(doc.num[doc.lower[k + 1]])
        if c in (letter["last"], letter["latest"]) and k + 1 < last and cls[last - 1] != letter["year_word"]:
            return top
        if c == letter["last"] and k + 2 < last and cls[k + 1] in (letter["half"], letter["quarter"]):
            return top
    return None


def year_quarter(doc: Doc, first: int, last: int) -> list[Found]:
    """ "last year's third quarter", "the year-ago quarter", "the 1988 period"."""
    cls, letter = doc.cls, doc.letter
    if cls[first] == letter["year_word"]:
        n = quarter_number(doc, first, last, 4)
        if n is not None:
            base = quarter_in_doubt(doc, n, first, last) if doc.quarter is None else int(doc.quarter[:4])
            return [] if base is None else [Found(first, last, "DATE", f"{base - 1:04d}-Q{n}")]
        return [Found(first, last, "DATE", year_before(doc))]
    return quarter(doc, first, last)


def year_before(doc: Doc) -> str:
    """ "A year earlier": the time last spoken of, one year before; a quarter stays a quarter, a day becomes a year."""
    if doc.quarter is not None:
        if doc.quarter[:4].isdigit():
            return f"{int(doc.quarter[:4]) - 1:04d}{doc.quarter[4:]}"
        return doc.quarter
    if doc.anchor is None:
        return "XXXX"
    ref = doc.ref
    if ref is not None and len(ref) == 4 and ref.isdigit() and int(ref) <= doc.anchor.year:
        return f"{int(ref) - 1:04d}"
    return f"{doc.anchor.year - 1:04d}"


def ago(doc: Doc, first: int, last: int) -> list[Found]:
    """ "two weeks ago", "a year earlier", "three days later", "five years from now"."""
    cls, letter = doc.cls, doc.letter
    tail = last - 1
    while cls[tail] in (letter["now"], letter["today"]):
        tail -= 1
    u = tail - 1
    while u > first and doc.lower[u] not in doc.units:
        u -= 1
    if doc.lower[u] not in doc.units:
        return []
    unit, factor = doc.units[doc.lower[u]]
    later = cls[tail] in (letter["later"], letter["hence"], letter["now_from"])
    if letter["few"] in cls[first:u] or u == first:
        return [Found(first, last, "DATE", "FUTURE_REF" if later else "PAST_REF")]
    if unit in {"SU", "WI", "WE"}:
        return []
    n = 1 if cls[first] == letter["a"] and u == first + 1 else int_of(doc, first, u)
    if n is None or n != int(n):
        return []
    if unit == "Y" and n * factor == 1 and not later and cls[tail] != letter["hence"]:
        if cls[tail] == letter["ago"] and doc.quarter is None:
            return [Found(first, last, "DATE", "XXXX" if doc.anchor is None else f"{doc.anchor.year - 1:04d}")]
        return [Found(first, last, "DATE", year_before(doc))]
    base = doc.anchor if cls[tail] in (letter["ago"], letter["now_from"], letter["hence"]) else doc.ref_day()
    if base is None:
        return [Found(first, last, "DATE", UNKNOWN.get(unit, UNKNOWN_DAY))]
    count = int(n) * factor * (1 if later else -1)
    if unit[0] == "T":
        return [Found(first, last, "TIME", base.isoformat())]
    day = cal.shift(base, count, unit)
    return [] if day is None else [Found(first, last, "DATE", cal.value_at(day, unit))]


def feast(doc: Doc, first: int, last: int, step: int | None = None, start: int | None = None) -> list[Found]:
    """A day with a name, with or without its year."""
    from consistency.extraction.times_feasts import feast_day

    return feast_day(doc, first, last, step, first if start is None else start)


def the_unit(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the quarter", "the week", "the weekend": the one last spoken of, else that of publication."""
    c, letter = doc.cls[last - 1], doc.letter
    anchor = doc.anchor
    if c in (letter["quarter"], letter["period"]):
        if doc.quarter is None:
            return []
        return [Found(first, last, "DATE", doc.quarter)]
    if c == letter["weekend"]:
        if anchor is None:
            return [Found(first, last, "DATE", "XXXX-WXX-WE")]
        back = anchor.isoweekday() < 6 and doc.tense(first, last) <= 0
        return _weekend(doc, first, last, -1 if back else 0)
    if c == letter["season"]:
        return _season(doc, first, last - 1, None)
    if c == letter["part"]:
        return []
    return []


def weekday_day(doc: Doc, k: int) -> date | None:
    """The day a weekday token stands for."""
    return nearest_weekday(doc, int(doc.num[doc.lower[k]]), k, k + 1)

"""Readers of clock times and of the days told by a weekday or by "today"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import UNKNOWN_DAY, Doc, Found, clock_of, int_of
from consistency.extraction.times_grammar import compiled

_LATE = frozenset({"AF", "EV", "NI"})


def with_time(doc: Doc, value: str, first: int, last: int) -> tuple[str, str]:
    """(type, value) of a day with the clock time or part of day told between two tokens, if any."""
    if first >= last:
        return "DATE", value
    m = compiled("{CLOCKT}{ZONE}?(?:<in><the><part>)?").search(doc.cls, first, last)
    if m is not None:
        clock = clock_of(doc, m.start(), m.end())
        if clock is not None:
            return "TIME", f"{value}T{_afternoon(doc, clock, m.end(), last)}"
    k = doc.cls.find(doc.letter["part"], first, last)
    if k >= 0:
        return "TIME", f"{value}T{doc.num[doc.lower[k]]}"
    return "DATE", value


def _afternoon(doc: Doc, clock: str, first: int, last: int) -> str:
    """The clock time with twelve hours added where "evening" stands between the tokens and it is a morning hour."""
    k = doc.cls.find(doc.letter["part"], first, last)
    part = doc.num[doc.lower[k]] if k >= 0 else None
    if part in _LATE and clock < "12:00":
        return f"{int(clock[:2]) + 12}{clock[2:]}"
    return f"00{clock[2:]}" if part == "MO" and clock.startswith("12") else clock


def weak_weekday(doc: Doc, k: int) -> bool:
    """Whether token k is an abbreviated weekday that could as well be another word ("Sun", "sat", "Mon")."""
    if doc.cls[k] != doc.letter["weekday_weak"]:
        return False
    word = doc.words[k]
    dotted = doc.cls[k + 1] == doc.letter["dot"] and doc.tokens.glued(k + 1)
    return not word[0].isupper() or (word.lower() in {"sun", "sat", "wed", "mon"} and not dotted)


def weekday(doc: Doc, first: int, last: int) -> list[Found]:
    """ "Tuesday", "Friday night", "Monday the 21st", "Wednesday of next week"."""
    if weak_weekday(doc, first):
        return []
    cls, letter = doc.cls, doc.letter
    number = int(doc.num[doc.lower[first]])
    if doc.anchor is None:
        return [Found(first, last, *with_time(doc, f"XXXX-WXX-{number}", first + 1, last))]
    if last == first + 1:
        day = nearest_weekday(doc, number, first, last)
        return [] if day is None else [Found(first, last, "DATE", day.isoformat())]
    at = first + 1
    week = cls.find(letter["week"], first, last)
    if week > 0:
        step = {letter["last"]: -1, letter["next"]: 1}.get(cls[week - 1], 0)
        day = cal.plus_days(doc.anchor, 7 * step - doc.anchor.weekday() + number - 1)
    else:
        m = compiled("<the>?{DAYN}(?!<colon>|<ampm>)").match(cls, first + 1, last)
        if m is not None:
            n = int_of(doc, m.start(), m.end())
            day = None if n is None else _weekday_of_month(doc, number, int(n))
            at = m.end()
        else:
            day = nearest_weekday(doc, number, first, last)
    return [] if day is None else [Found(first, last, *with_time(doc, day.isoformat(), at, last))]


def nearest_weekday(doc: Doc, number: int, first: int, last: int) -> date | None:
    """The weekday nearest to publication in the direction of the tense; the day of publication itself for either."""
    if doc.anchor is None:
        return None
    lower = doc.lower
    before = lower[first - 1] if first else ""
    if before in {"until", "till"} or (before == "as" and lower[first - 2] in {"soon", "early"}):
        way = -1 if "had" in lower[last : last + 5] else 1
    elif before == "of" and lower[max(0, first - 2)] == "ahead":
        way = 1
    elif doc.cls[last : last + 1] == doc.letter["gen"]:
        way = -1
    else:
        way = 1 if doc.tense(first, last) > 0 else -1
    return cal.weekday_near(doc.anchor, number, way)


def _weekday_of_month(doc: Doc, number: int, day: int) -> date | None:
    """The day of the month nearest to publication whose n-th is that weekday."""
    assert doc.anchor is not None
    months = [cal.plus_months(doc.anchor.replace(day=1), n) for n in (0, 1, -1, 2, -2, 3, -3, 4, -4)]
    days = [cal.make_day(m.year, m.month, day) for m in months if m is not None]
    fits = [d for d in days if d is not None]
    return next((d for d in fits if d.isoweekday() == number), fits[0] if fits else None)


def today(doc: Doc, first: int, last: int) -> list[Found]:
    """ "today", "yesterday", "tomorrow night", "tonight", "overnight"."""
    letter = doc.letter
    c = doc.cls[first]
    if c == letter["today"]:
        day = None if doc.anchor is None else cal.plus_days(doc.anchor, int(doc.num[doc.lower[first]]))
        return [Found(first, last, *with_time(doc, UNKNOWN_DAY if day is None else day.isoformat(), first + 1, last))]
    if doc.words[first][0].isupper() and first and doc.words[first - 1].isupper() and len(doc.words[first - 1]) > 1:
        return []  # "USA Today"
    if c == letter["overnight"] and doc.cls[last] == "x" and doc.lower[last] not in doc.context["after_overnight"]:
        return []
    value = UNKNOWN_DAY if doc.anchor is None else doc.anchor.isoformat()
    type_, timed = with_time(doc, value, first + 1, last)
    return [Found(first, last, "TIME", timed if type_ == "TIME" else f"{value}TNI")]


def near_today(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the day after tomorrow", "the day before yesterday"."""
    if doc.anchor is None:
        return [Found(first, last, "DATE", UNKNOWN_DAY)]
    step = int(doc.num[doc.lower[last - 1]]) + (1 if doc.cls[first + 1] == doc.letter["after"] else -1)
    day = cal.plus_days(doc.anchor, step)
    return [] if day is None else [Found(first, last, "DATE", day.isoformat())]


def clock(doc: Doc, first: int, last: int) -> list[Found]:
    """ "10 p.m. Wednesday", "noon Thursday", "7:30 a.m. EST", "8 a.m. this morning"."""
    from consistency.extraction.times_dates import absolute

    cls, letter = doc.cls, doc.letter
    m = compiled("{TOD}").match(cls, first, last)
    time = None if m is None else clock_of(doc, m.start(), m.end())
    if m is None or time is None:
        return []
    if cls[first + 1] == letter["colon"] and letter["ampm"] not in cls[first:last] and not _is_clock(doc, first, last):
        return []
    rest = m.end()
    while rest < last and cls[rest] in (letter["comma"], letter["on"], "\n"):
        rest += 1
    if rest >= last:
        return [Found(first, m.end(), "TIME", f"{_day_in_hand(doc)}T{time}")]
    inner = (
        absolute(doc, rest, last) if compiled("{DATE}").search(cls, rest, last) else _day_word(doc, first, rest, last)
    )
    if not inner:
        return [Found(first, m.end(), "TIME", f"{_day_in_hand(doc)}T{time}")]
    time = _afternoon(doc, time, rest, last)
    return [Found(first, last, "TIME", f"{inner[0].value[:10]}T{time}", firm=inner[0].firm)]


def _day_in_hand(doc: Doc) -> str:
    """The day last spoken of, else that of publication."""
    if doc.ref is not None and len(doc.ref) >= 10:
        return doc.ref[:10]
    return UNKNOWN_DAY if doc.anchor is None else doc.anchor.isoformat()


def _is_clock(doc: Doc, first: int, last: int) -> bool:
    """Whether "13:00" is a time: two minute digits, and a word of time beside it (a score or verse has none)."""
    minutes = doc.words[first + 2]
    before = doc.lower[first - 1] if first else ""
    if last == first + 3 and before not in doc.context["before_clock"]:
        return False
    return len(minutes) == 2 and minutes.isdigit() and before not in {":", "/", "-", "no", "verse", "chapter"}


def _day_word(doc: Doc, start: int, first: int, last: int) -> list[Found]:
    """The day that follows a clock time: "Wednesday", "last Friday", "tomorrow", "this morning"."""
    cls, letter = doc.cls, doc.letter
    k = first
    while k < last and cls[k] not in (letter["weekday"], letter["weekday_weak"], letter["today"], letter["part"]):
        k += 1
    if k == last:
        return []
    if cls[k] == letter["today"]:
        return today(doc, k, k + 1)
    if cls[k] == letter["part"]:
        return [Found(k, last, "DATE", UNKNOWN_DAY if doc.anchor is None else doc.anchor.isoformat())]
    before = cls[first:k]
    if doc.anchor is not None and (letter["last"] in before or letter["next"] in before):
        way = -1 if letter["last"] in before else 1
        day = cal.weekday_near(doc.anchor, int(doc.num[doc.lower[k]]), way, same=False)
        return [] if day is None else [Found(k, k + 1, "DATE", day.isoformat())]
    if doc.anchor is None or weak_weekday(doc, k):
        return weekday(doc, k, k + 1)
    day = nearest_weekday(doc, int(doc.num[doc.lower[k]]), start, k + 1)
    return [] if day is None else [Found(k, k + 1, "DATE", day.isoformat())]


def part_of(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the night of May 3", "the morning of Tuesday, 4 June 2019"."""
    from consistency.extraction.times_dates import absolute

    found = absolute(doc, first + 2, last) or _day_word(doc, first, first + 2, last)
    return [Found(first, last, "TIME", f"{f.value[:10]}T{doc.num[doc.lower[first]]}", firm=f.firm) for f in found]


def hhmm(doc: Doc, first: int, last: int) -> list[Found]:
    """ "0930 GMT", "1815 local time on Friday"."""
    from consistency.extraction.times_dates import absolute

    word = doc.lower[first]
    if doc.words[first + 1] == "est" and doc.lower[first + 2 : first + 3] in ([")"], ["."]):
        return [Found(first, first + 1, "DATE", word, firm=True)]  # "(1994 est.)" is an estimate, no time in the east
    if len(word) != 4 or word[:2] > "23" or word[2:] > "59":
        return []
    rest = first + 1
    while rest < last and doc.cls[rest] in doc.letter["zone"] + doc.letter["zone_long"] + doc.letter["times"]:
        rest += 1
    inner = absolute(doc, rest, last) or _day_word(doc, first, rest, last) if rest < last else []
    day, firm = (inner[0].value[:10], inner[0].firm) if inner else (_day_in_hand(doc), False)
    return [Found(first, last if inner else rest, "TIME", f"{day}T{word[:2]}:{word[2:]}", firm=firm)]

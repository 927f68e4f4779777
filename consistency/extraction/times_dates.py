"""Readers of calendar dates: days, months, years, weekdays, clock times, feasts, decades, centuries.

Each reader takes the text and the token span of a match of its family in `times_grammar` and returns what it found, or
an empty list where the words turn out to be something else.
"""

from __future__ import annotations

import re
from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found, clock_of, int_of
from consistency.extraction.times_grammar import compiled
from consistency.extraction.times_words import words

UNKNOWN_DAY = "XXXX-XX-XX"
_CLOCK = "{CLOCKT}{ZONE}?(?:<in><the><part>)?"
_FULL_YEAR = 1000


def two_digit_year(n: int, anchor: date | None) -> int:
    """The year two digits stand for: the nearest century that puts it no more than 20 years after publication."""
    latest = (anchor.year if anchor else 2030) + 20
    return n + (latest - n) // 100 * 100


def pick_year(doc: Doc, month: int, day: int | None, first: int, last: int) -> int | None:
    """The year of a month or day without one: the nearest to publication, in the direction the tense points to."""
    anchor = doc.anchor
    if anchor is None:
        return None
    if day is None:
        months = [
            (abs((y - anchor.year) * 12 + month - anchor.month), y)
            for y in (anchor.year - 1, anchor.year, anchor.year + 1)
        ]
        nearest = min(months)[1]
        gap = (nearest - anchor.year) * 12 + month - anchor.month
        limit = 1
    else:
        days = [cal.make_day(y, month, day) for y in (anchor.year - 1, anchor.year, anchor.year + 1)]
        gaps = [((d - anchor).days, d.year) for d in days if d is not None]
        if not gaps:
            return anchor.year
        gap, nearest = min(gaps, key=lambda g: (abs(g[0]), g[0]))
        limit = 62
    if abs(gap) < limit:
        return nearest
    tense = doc.tense(first, last)
    if gap > 0 and (tense < 0 or (tense == 0 and day is None)):
        return nearest - 1
    if gap < 0 and tense > 0 and (gap < -2 if day is None else gap < -120):
        return nearest + 1
    return nearest


def month_day_value(
    doc: Doc, year: int | None, month: int, day: int | None, first: int, last: int
) -> tuple[str, bool] | None:
    """TIMEX3 value of a day or month, and whether its year was told."""
    told = year is not None
    if year is None:
        year = pick_year(doc, month, day, first, last)
    if year is None:
        return (f"XXXX-{month:02d}" if day is None else f"XXXX-{month:02d}-{day:02d}"), False
    if day is None:
        return f"{year:04d}-{month:02d}", told
    if cal.make_day(year, month, day) is None:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}", told


def _spoken(doc: Doc, first: int, last: int) -> tuple[int | None, int | None]:
    """Day and year of number words behind a month: "twenty five nineteen eighty six", "first"."""
    whole = int_of(doc, first, last)
    if whole is not None and whole == int(whole) and (1 <= whole <= 31 or whole >= _FULL_YEAR):
        return (int(whole), None) if whole <= 31 else (None, int(whole))
    for cut in range(last - 1, first, -1):
        day, year = int_of(doc, first, cut), int_of(doc, cut, last)
        if day is not None and year is not None and 1 <= day <= 31 and _FULL_YEAR <= year <= 2200:
            return int(day), int(year)
    return None, None


def day_parts(doc: Doc, first: int, last: int) -> tuple[int | None, int | None, int | None]:
    """(year, month, day) told by the tokens of a written date, None where not told."""
    letter, cls = doc.letter, doc.cls
    year = month = day = None
    k = first
    while k < last:
        c = cls[k]
        if c in (letter["month"], letter["month_weak"]):
            month = int(doc.num[doc.lower[k]])
        elif c == letter["calyear"]:
            year = int(doc.num[doc.lower[k]])
        elif c in (letter["dnum"], letter["num"]):
            n = int(doc.num[doc.lower[k]])
            short = k > first and cls[k - 1] in (letter["quote"], letter["of"]) and month is not None
            if short or (day is not None and n < 100):
                year = two_digit_year(n, doc.anchor)
            else:
                day = n
        elif c in (letter["ord"], letter["second"], letter["tens"], letter["card"]):
            end = k + 1
            while end < last and cls[end] in (
                letter["ord"], letter["second"], letter["tens"], letter["card"], letter["hundred"], letter["hyphen"], letter["and"]
            ):  # fmt: skip
                end += 1
            spoken_day, spoken_year = _spoken(doc, k, end)
            day = day if spoken_day is None else spoken_day
            year = year if spoken_year is None else spoken_year
            k = end
            continue
        k += 1
    return year, month, day


def with_time(doc: Doc, value: str, first: int, last: int) -> tuple[str, str]:
    """(type, value) of a day with the clock time or part of day told between two tokens, if any."""
    m = compiled(_CLOCK).search(doc.cls, first, last)
    if m is not None:
        clock = clock_of(doc, m.start(), m.end())
        if clock is not None:
            rest = doc.cls.find(doc.letter["part"], m.end(), last)
            if rest >= 0 and doc.num[doc.lower[rest]] in {"AF", "EV", "NI"} and clock < "12:00":
                clock = f"{int(clock[:2]) + 12}{clock[2:]}"
            return "TIME", f"{value}T{clock}"
    k = doc.cls.find(doc.letter["part"], first, last)
    if k >= 0:
        return "TIME", f"{value}T{doc.num[doc.lower[k]]}"
    return "DATE", value


def absolute(doc: Doc, first: int, last: int) -> list[Found]:
    """ "Tuesday, March 5, 2013", "2 November 1989", "the 4th of July 1995 at 5 p.m."."""
    m = compiled("{DATE}").search(doc.cls, first, last)
    if m is None:
        return []
    year, month, day = day_parts(doc, m.start(), m.end())
    if month is None or day is None or not 1 <= day <= 31:
        return []
    value = month_day_value(doc, year, month, day, first, last)
    if value is None:
        return []
    type_, text = with_time(doc, value[0], m.end(), last)
    return [Found(first, last, type_, text, firm=value[1])]


def day_list(doc: Doc, first: int, last: int) -> list[Found]:
    """ "April 24 and 25", "March 15-17, 2013": one expression a day."""
    letter, cls = doc.letter, doc.cls
    year, month, _ = day_parts(doc, first, first + 1)
    end = last
    if cls[last - 1] == letter["calyear"]:
        year = int(doc.num[doc.lower[last - 1]])
    out: list[Found] = []
    starts = [k for k in range(first, end) if cls[k] == letter["dnum"]]
    for n, k in enumerate(starts):
        stop = k + 1
        if stop < end and cls[stop] == letter["suffix"]:
            stop += 1
        if n == len(starts) - 1 and cls[last - 1] == letter["calyear"]:
            stop = last
        assert month is not None
        value = month_day_value(doc, year, month, int(doc.num[doc.lower[k]]), first, last)
        if value is not None:
            out.append(Found(first if n == 0 else k, stop, "DATE", value[0], firm=value[1]))
    return out


def month_year(doc: Doc, first: int, last: int) -> list[Found]:
    """ "March 1996", "Nov., 1989", "April of 87"."""
    year, month, day = day_parts(doc, first, last)
    if year is None and day is not None:
        year = two_digit_year(day, doc.anchor)
    if year is None or month is None:
        return []
    return [Found(first, last, "DATE", f"{year:04d}-{month:02d}", firm=True)]


def month_ref(doc: Doc, first: int, last: int) -> list[Found]:
    """ "October last year"."""
    month = int(doc.num[doc.lower[first]])
    year = relative_year(doc, doc.lower[last - 2])
    return [Found(first, last, "DATE", f"XXXX-{month:02d}" if year is None else f"{year:04d}-{month:02d}")]


def relative_year(doc: Doc, word: str) -> int | None:
    """The year "last", "this" or "next" stands for; "that" and "same" point at the year last spoken of."""
    letter = words().table.get(word)
    day = doc.ref_day() if letter in (doc.letter["that"], doc.letter["same"]) else doc.anchor
    if day is None:
        return None
    if letter == doc.letter["last"]:
        return day.year - 1
    return day.year + 1 if letter == doc.letter["next"] else day.year


def month(doc: Doc, first: int, last: int) -> list[Found]:
    """A month alone. "may", "march" and "mar" need a capital and a neighbour that is not theirs as verb or name."""
    if not _is_month(doc, first):
        return []
    if last - first == 2 and not doc.tokens.glued(first + 1):
        last -= 1
    if last - first == 2 and len(doc.lower[first]) > 4:  # a full word: the stop ends the sentence
        last -= 1
    n = int(doc.num[doc.lower[first]])
    value = month_day_value(doc, None, n, None, first, last)
    return [] if value is None else [Found(first, last, "DATE", value[0])]


_BEFORE_MONTH = frozenset(
    "in on since until till by during through of last next this early late mid from to and between before after for - that "
    "every each as around about than starting beginning".split()
)


def _is_month(doc: Doc, k: int) -> bool:
    word = doc.words[k]
    before = doc.lower[k - 1] if k else "\n"
    if doc.cls[k] == doc.letter["month_weak"]:
        if before not in _BEFORE_MONTH:
            return False
        after = doc.lower[k + 1] if k + 1 < len(doc.lower) else "\n"
        if not word[0].isupper():
            return before in {
                "in",
                "since",
                "until",
                "by",
                "during",
                "last",
                "next",
                "early",
                "late",
            } and after not in {"be", "have", "not"}
        if (
            before in {"of", "and", "that", "for", "to", "as", "than"}
            and after[:1].isalpha()
            and doc.words[k + 1][:1].isupper()
        ):
            return False
        return not (word.isupper() and len(word) > 3 and before == "that")
    if len(word) == 3 and word.isupper():
        return before in _BEFORE_MONTH
    if len(word) <= 4 and word.islower() and word not in {"june", "july"}:
        return before in _BEFORE_MONTH
    if (
        before[:1].isalpha()
        and k
        and doc.words[k - 1][:1].isupper()
        and before not in _BEFORE_MONTH
        and word[0].isupper()
    ):
        # "Stephen June", "Augusta April": a name, unless the word before starts the sentence
        return k < 2 or doc.lower[k - 2] == "\n" or before in {"early", "late"}
    return True


def weekday(doc: Doc, first: int, last: int) -> list[Found]:
    """ "Tuesday", "Friday night", "Monday the 21st", "Wednesday of next week"."""
    cls, letter = doc.cls, doc.letter
    if cls[first] == letter["weekday_weak"]:
        word = doc.words[first]
        dotted = last > first + 1 and cls[first + 1] == letter["dot"]
        if not word[0].isupper() or (word.lower() in {"sun", "sat", "wed", "mon"} and not dotted):
            return []
    number = int(doc.num[doc.lower[first]])
    if doc.anchor is None:
        type_, value = with_time(doc, f"XXXX-WXX-{number}", first + 1, last)
        return [Found(first, last, type_, value)]
    day: date | None
    m = compiled("<week>").search(cls, first, last)
    if m is not None:
        step = {letter["last"]: -1, letter["next"]: 1}.get(cls[m.start() - 1], 0)
        monday = cal.plus_days(doc.anchor, 7 * step - doc.anchor.weekday())
        day = None if monday is None else cal.plus_days(monday, number - 1)
    else:
        m = compiled("(?<={WDL})<the>?{DAYN}(?!<colon>|<ampm>)").search(cls, first, last)
        if m is not None:
            day = _weekday_of_month(doc, number, day_parts(doc, m.start(), m.end())[2])
        else:
            day = nearest_weekday(doc, number, first, last)
    if day is None:
        return []
    type_, value = with_time(doc, day.isoformat(), first + 1 if m is None else m.end(), last)
    return [Found(first, last, type_, value)]


def nearest_weekday(doc: Doc, number: int, first: int, last: int) -> date | None:
    """The weekday nearest to publication in the direction of the tense; the day of publication itself for either."""
    if doc.anchor is None:
        return None
    return cal.weekday_near(doc.anchor, number, 1 if doc.tense(first, last) > 0 else -1)


def _weekday_of_month(doc: Doc, number: int, day: int | None) -> date | None:
    """The month nearest to publication whose n-th is that weekday."""
    if doc.anchor is None or day is None:
        return None
    months = [cal.plus_months(doc.anchor.replace(day=1), n) for n in (0, 1, -1, 2, -2, 3, -3, 4, -4)]
    days = [cal.make_day(m.year, m.month, day) for m in months if m is not None]
    fits = [d for d in days if d is not None]
    return next((d for d in fits if d.isoweekday() == number), fits[0] if fits else None)


def today(doc: Doc, first: int, last: int) -> list[Found]:
    """ "today", "yesterday", "tomorrow night", "tonight", "overnight"."""
    letter = doc.cls[first]
    if letter == doc.letter["today"]:
        step = int(doc.num[doc.lower[first]])
        day = None if doc.anchor is None else cal.plus_days(doc.anchor, step)
        value = UNKNOWN_DAY if day is None else day.isoformat()
        type_, value = with_time(doc, value, first + 1, last)
        return [Found(first, last, type_, value)]
    if (
        letter == doc.letter["overnight"]
        and last == first + 1
        and doc.lower[first + 1 : first + 2]
        and _before_noun(doc, last)
    ):
        return []
    value = UNKNOWN_DAY if doc.anchor is None else doc.anchor.isoformat()
    type_, timed = with_time(doc, value, first + 1, last)
    return [Found(first, last, "TIME", timed if type_ == "TIME" else f"{value}TNI")]


def _before_noun(doc: Doc, k: int) -> bool:
    return (
        doc.cls[k] == "x"
        and doc.words[k][:1].isalpha()
        and doc.lower[k] not in {"from", "but", "as", "when", "with", "because"}
    )


def clock(doc: Doc, first: int, last: int) -> list[Found]:
    """ "10 p.m. Wednesday", "noon Thursday", "7:30 a.m. EST", "8 a.m. this morning"."""
    cls = doc.cls
    m = compiled("{TOD}").match(cls, first, last)
    if m is None:
        return []
    time = clock_of(doc, m.start(), m.end())
    if time is None:
        return []
    if last - first == 3 and cls[first + 1] == doc.letter["colon"] and not _is_clock(doc, first):
        return []
    day = "" if doc.anchor is None else doc.anchor.isoformat()
    if doc.ref is not None and len(doc.ref) >= 10:
        day = doc.ref[:10]
    rest = m.end()
    while rest < last and cls[rest] in (doc.letter["comma"], doc.letter["on"]):
        rest += 1
    if rest < last:
        m = compiled("{DATE}").search(cls, rest, last)
        inner = absolute(doc, rest, last) if m else _day_word(doc, rest, last)
        if not inner:
            return [Found(first, m.end() if m else rest, "TIME", f"{day or UNKNOWN_DAY}T{time}")]
        day = inner[0].value[:10]
        k = cls.find(doc.letter["part"], rest, last)
        if k >= 0 and doc.num[doc.lower[k]] in {"AF", "EV", "NI"} and time < "12:00":
            time = f"{int(time[:2]) + 12}{time[2:]}"
        return [Found(first, last, "TIME", f"{day}T{time}", firm=inner[0].firm)]
    return [Found(first, last, "TIME", f"{day or UNKNOWN_DAY}T{time}")]


def _is_clock(doc: Doc, first: int) -> bool:
    """Whether "13:00" is a time: two minute digits, no longer number around it, not a score or ratio."""
    minutes = doc.words[first + 2]
    around = doc.lower[first - 1] if first else ""
    return len(minutes) == 2 and minutes.isdigit() and around not in {":", "/", "-", "no", "verse", "chapter"}


def _day_word(doc: Doc, first: int, last: int) -> list[Found]:
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
    return weekday(doc, k, k + 1)


def year_value(doc: Doc, first: int, last: int) -> int | None:
    """The year told between two tokens: digits, or "last year", "this year", "next year"."""
    cls, letter = doc.cls, doc.letter
    for k in range(first, last):
        if cls[k] == letter["calyear"]:
            return int(doc.num[doc.lower[k]])
    m = compiled("(?:<last>|<next>|<this>|<that>|<same>|<current>)<fiscal>?<year_word>").search(cls, first, last)
    if m is not None:
        return relative_year(doc, doc.lower[m.start()])
    if letter["year_word"] in cls[first:last]:
        day = doc.ref_day() if doc.ref and len(doc.ref) == 4 else doc.anchor
        return None if day is None else day.year
    return None


def decade(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the 1990s", "the '90s", "the nineties"."""
    k = first + (doc.cls[first] == doc.letter["quote"])
    n = int(doc.num[doc.lower[k]])
    if doc.cls[k] == doc.letter["plain_decade"]:
        if (
            doc.lower[first - 1] != "the"
            and doc.lower[first - 1] not in {"early", "late", "mid"}
            and doc.lower[first - 2] != "mid"
        ):
            return []
        return [Found(first, last, "DATE", f"19{n}")]
    if n % 10:
        return []
    if doc.cls[k] == doc.letter["num"]:
        if (
            n > 90
            or not doc.tokens.glued(last - 1)
            or (k == first and doc.lower[first - 1] in {"his", "her", "their", "in", "mid"})
        ):
            return []
        n = two_digit_year(n, doc.anchor)
    elif not doc.tokens.glued(last - 1):
        return []
    return [Found(first, last, "DATE", f"{n:04d}"[:3], firm=True)]


def century(doc: Doc, first: int, last: int) -> list[Found]:
    """ "20th century" is 19."""
    n = int_of(doc, first, last - 1)
    if n is None or not 1 <= n <= 30:
        return []
    return [Found(first, last, "DATE", f"{int(n) - 1:02d}", firm=True)]


_YEAR_BEFORE = frozenset(
    "in since until till by during through of from to before after between for late early mid and or the - – — / ( , a that this "
    "its their his than with on as around about year circa like fiscal summer winter spring fall autumn said under at 's".split()
)
_NOT_AFTER = frozenset(
    "% percent per people miles km kilometers kilometres pounds dollars tons tonnes feet metres meters troops workers shares".split()
)


def year(doc: Doc, first: int, last: int) -> list[Found]:
    """A year alone: four digits that the words around do not make a count, an address or a part of a larger number."""
    if doc.cls[first] == doc.letter["quote"]:
        n = int(doc.num[doc.lower[last - 1]])
        if last - first != 2 or n > 99 or not doc.tokens.glued(last - 1) or doc.lower[first - 1] not in _YEAR_BEFORE:
            return []
        return [Found(first, last, "DATE", f"{two_digit_year(n, doc.anchor):04d}", firm=True)]
    if not is_year(doc, first):
        return []
    return [Found(first, last, "DATE", f"{int(doc.num[doc.lower[first]]):04d}", firm=True)]


def is_year(doc: Doc, k: int) -> bool:
    """Whether a number of four digits is a year here."""
    n = int(doc.num[doc.lower[k]])
    lower, words_, tokens = doc.lower, doc.words, doc.tokens
    before = lower[k - 1] if k else "\n"
    after = lower[k + 1] if k + 1 < len(lower) else "\n"
    if after in _NOT_AFTER or (
        after == "."
        and tokens.glued(k + 1)
        and k + 2 < len(lower)
        and lower[k + 2][:1].isdigit()
        and tokens.glued(k + 2)
    ):
        return False
    if before in {
        "$",
        "£",
        "€",
        "¥",
        "#",
        "no",
        "nos",
        "us$",
        "number",
        "flight",
        "room",
        "form",
        "section",
        "route",
        "page",
        "boeing",
        "article",
    }:
        return False
    if before == "." and tokens.glued(k):
        return False
    if tokens.glued(k) and before[-1:].isalnum():
        return False
    if (
        after == "-"
        and tokens.glued(k + 1)
        and k + 2 < len(lower)
        and lower[k + 2][:1].isdigit()
        and not lower[k + 2].isdigit()
    ):
        return False
    if not 1500 <= n <= 2060:
        return before in {"in", "since", "by", "until", "year"} and not after[:1].isalpha()
    if before in _YEAR_BEFORE or before == "\n":
        return not (
            after[:1].isalpha()
            and after.endswith("s")
            and after not in _PLAIN_AFTER
            and words_[k + 1].islower()
            and before not in _DATING
        )
    return before[:1].isalpha() or before in {"''", '"', "-", ";", ":"}


_DATING = frozenset("in since until by during early late mid year fiscal".split())
_PLAIN_AFTER = frozenset("was is as has its this us his earnings sales results elections olympics games".split())

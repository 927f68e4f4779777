"""Readers of calendar dates: a day or month with or without its year.

Each reader takes the text and the token span of a match of its family in `times_grammar` and returns what it found: an
empty list where the words turn out to be something else, None where they are to be passed over as a whole.
"""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_clock import with_time
from consistency.extraction.times_context import Doc, Found, int_of
from consistency.extraction.times_grammar import compiled

_NEAR_DAYS = 62  # a day this near to publication is taken whatever the tense says
_NEAR_MONTHS = 2  # a month no further ahead than this is taken in the past tense too
_FAR_DAYS = 120  # a day this long past is moved to the next year in the future tense, one so far ahead to the past


def two_digit_year(n: int, anchor: date | None) -> int:
    """The year two digits stand for: the latest that is no more than 20 years after publication."""
    latest = (anchor.year if anchor else 2030) + 20
    return n + (latest - n) // 100 * 100


def pick_year(doc: Doc, month: int, day: int | None, first: int, last: int) -> int | None:
    """The year of a month or day without one: the nearest to publication, in the direction the tense points to."""
    anchor = doc.anchor
    if anchor is None:
        return None
    if doc.lower[max(0, first - 1)] == "ended":
        return anchor.year - ((month, day or 1) > (anchor.month, anchor.day))
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    if day is None:
        gap, nearest = min((((y - anchor.year) * 12 + month - anchor.month, y) for y in years), key=lambda g: abs(g[0]))
        if gap == 0:
            return nearest
        tense = month_tense(doc, first, last)
        if gap > _NEAR_MONTHS and tense <= 0:
            return nearest - 1
        return nearest + 1 if gap < -2 and tense > 0 else nearest
    gaps = [((d - anchor).days, d.year) for y in years if (d := cal.make_day(y, month, day)) is not None]
    if not gaps:
        return anchor.year
    gap, nearest = min(gaps, key=lambda g: (abs(g[0]), g[0]))
    if abs(gap) >= _NEAR_DAYS:
        tense = doc.tense(first, last)
        if gap > 0 and (tense < 0 or (tense == 0 and gap > _FAR_DAYS)):
            return nearest - 1
        if gap < -_FAR_DAYS and tense > 0:
            return nearest + 1
    return nearest


def month_tense(doc: Doc, first: int, last: int) -> int:
    """The tense around a month; "by", "until" and "through" point ahead where no past perfect stands before."""
    before = doc.lower[first - 1] if first else ""
    if before in {"by", "until", "till", "through"} and not {"had", "was", "were"} & set(
        doc.lower[max(0, first - 8) : first]
    ):
        return 1
    return doc.tense(first, last)


def month_day_value(
    doc: Doc, year: int | None, month: int, day: int | None, first: int, last: int
) -> tuple[str, bool] | None:
    """TIMEX3 value of a day or month, and whether its year was told; None for a day that does not exist."""
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
    if whole is not None and 1 <= whole <= 31:
        return int(whole), None
    for cut in range(last - 1, first, -1):
        day, year = int_of(doc, first, cut), int_of(doc, cut, last)
        if day is not None and year is not None and 1 <= day <= 31 and 1000 <= year <= 2200:
            return int(day), int(year)
    return (None, int(whole)) if whole is not None and 1000 <= whole <= 2200 else (None, None)


def day_parts(doc: Doc, first: int, last: int) -> tuple[int | None, int | None, int | None]:
    """(year, month, day) told by the tokens of a written date, None where not told."""
    cls, letter = doc.cls, doc.letter
    year = month = day = None
    k = first
    while k < last:
        c = cls[k]
        if c in doc.months:
            month = int(doc.num[doc.lower[k]])
        elif c == letter["calyear"]:
            year = int(doc.num[doc.lower[k]])
        elif c in doc.digits:
            n = int(doc.num[doc.lower[k]])
            short = month is not None and cls[k - 1] in (letter["quote"], letter["of"])
            if n < 100 and (short or day is not None):
                year = two_digit_year(n, doc.anchor)
            else:
                day = n
        elif c in doc.number_words:
            end = k + 1
            while end < last and (cls[end] in doc.number_words or cls[end] in (letter["hyphen"], letter["and"])):
                end += 1
            spoken = _spoken(doc, k, end)
            day, year = spoken[0] or day, spoken[1] or year
            k = end
            continue
        k += 1
    return year, month, day


def absolute(doc: Doc, first: int, last: int) -> list[Found]:
    """ "Tuesday, March 5, 2013", "2 November 1989", "the 4th of July 1995 at 5 p.m."."""
    m = compiled("{DATE}").search(doc.cls, first, last)
    if m is None:
        return []
    year, month, day = day_parts(doc, m.start(), m.end())
    if month is None or day is None or not 1 <= day <= 31:
        return []
    if year is None:
        year = _year_of_weekday(doc, first, month, day)
        value = month_day_value(doc, year, month, day, first, last)
        value = None if value is None else (value[0], False)
    else:
        value = month_day_value(doc, year, month, day, first, last)
    if value is None:
        return []
    type_, text = with_time(doc, value[0], m.end(), last)
    return [Found(first, last, type_, text, firm=value[1])]


def _year_of_weekday(doc: Doc, first: int, month: int, day: int) -> int | None:
    """The year nearest to publication, two at most away, in which the day falls on the weekday told in front of it."""
    anchor = doc.anchor
    if anchor is None or doc.cls[first] not in doc.letter["weekday"] + doc.letter["weekday_weak"]:
        return None
    years = (anchor.year + n for n in (0, -1, 1, -2, 2))
    days = [d for y in years if (d := cal.make_day(y, month, day)) is not None]
    fits = [d for d in days if d.isoweekday() == doc.num[doc.lower[first]]]
    return min(fits, key=lambda d: abs((d - anchor).days)).year if fits else None


def day_list(doc: Doc, first: int, last: int) -> list[Found]:
    """ "April 24 and 25", "March 15-17, 2013", "15-17 May 2013": one expression a day."""
    cls, letter = doc.cls, doc.letter
    at = next(k for k in range(first, last) if cls[k] in doc.months)
    month = int(doc.num[doc.lower[at]])
    told = cls[last - 1] == letter["calyear"]
    year = int(doc.num[doc.lower[last - 1]]) if told else None
    days = [k for k in range(first, last) if cls[k] == letter["dnum"]]
    if _counts(doc, days, last):
        days.pop()
        last = days[-1] + 1
    out: list[Found] = []
    for k in days:
        stop = k + 1 + (cls[k + 1 : k + 2] == letter["suffix"])
        if k == days[-1] and (told or at > k):
            stop = last
        value = month_day_value(doc, year, month, int(doc.num[doc.lower[k]]), first, last)
        if value is not None:
            out.append(Found(k if out else first, stop, "DATE", value[0], firm=value[1]))
    return out


def _counts(doc: Doc, days: list[int], last: int) -> bool:
    """Whether the last number after "and" counts what follows ("since June 21 and 19 killed")."""
    linked = doc.cls[days[-1] - 1] in (doc.letter["and"], doc.letter["or"]) and last == days[-1] + 1
    after = doc.lower[last]
    return linked and doc.cls[last] == "x" and after[:1].isalpha() and after not in doc.context["after_list"]


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
    year = relative_year(doc, last - 2)
    return [Found(first, last, "DATE", f"XXXX-{month:02d}" if year is None else f"{year:04d}-{month:02d}")]


def relative_year(doc: Doc, k: int) -> int | None:
    """The year the word k ("last", "this", "next") stands for; "that" and "same" point at the year last spoken of."""
    c, letter = doc.cls[k], doc.letter
    day = doc.ref_day() if c in (letter["that"], letter["same"]) else doc.anchor
    if day is None:
        return None
    return day.year + (c == letter["next"]) - (c == letter["last"])


def month(doc: Doc, first: int, last: int) -> list[Found]:
    """A month alone. "may" and "march" need a neighbour that they do not have as verb or name."""
    if not _is_month(doc, first):
        return []
    value = month_day_value(doc, None, int(doc.num[doc.lower[first]]), None, first, last)
    return [] if value is None else [Found(first, last, "DATE", value[0])]


def trim_dot(doc: Doc, k: int, last: int) -> int:
    """`last` without the full stop behind a month written in full, or one that stands apart."""
    if (
        last == k + 2
        and doc.cls[k + 1] == doc.letter["dot"]
        and (len(doc.lower[k]) > 4 or doc.lower[k] in {"may", "june", "july"} or not doc.tokens.glued(k + 1))
    ):
        return k + 1
    return last


def _is_month(doc: Doc, k: int) -> bool:
    word, lower, context = doc.words[k], doc.lower, doc.context
    before = lower[k - 1] if k else "\n"
    dated = before in context["before_month"]
    if doc.cls[k] == doc.letter["month_weak"]:
        after = lower[k + 1]
        if not word[0].isupper():
            return before in context["before_weak_month"] and after not in {"be", "have", "not"}
        return dated and not (before in context["before_name"] and doc.words[k + 1][:1].isupper())
    named = doc.words[k + 1][:1].isupper() and doc.cls[k + 1] == "x" and len(doc.words[k + 1]) > 1
    if len(word) <= 4 and lower[k] not in {"june", "july"}:
        return dated and not named
    if named and lower[k] in {"april", "june", "august"} and (not dated or before in context["before_name"]):
        return False
    if dated:
        return True
    if before[:1].isalpha() and doc.words[k - 1][:1].isupper() and word[0].isupper():
        return k < 2 or lower[k - 2] == "\n"  # "Stephen June" is a name, unless the capital is that of a sentence
    return True

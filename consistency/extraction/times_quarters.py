"""Readers of quarters, halves and the year before: the time words of business reports."""

from __future__ import annotations

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import UNKNOWN, Doc, Found
from consistency.extraction.times_years import year_value


def relative_quarter(doc: Doc, first: int, last: int, step: int | None) -> list[Found]:
    """ "the latest quarter", "this quarter", "next quarter", "that quarter"."""
    latest = doc.cls[first] == doc.letter["latest"]
    if (step is None or latest) and doc.quarter is not None:
        return [Found(first, last, "DATE", doc.quarter)]
    if doc.anchor is None:
        return [Found(first, last, "DATE", UNKNOWN["Q"])]
    day = cal.shift(doc.anchor, -1 if latest else step or 0, "Q")
    return [] if day is None else [Found(first, last, "DATE", cal.value_at(day, "Q"))]


def quarter_year(doc: Doc, n: int, first: int, last: int) -> int | None:
    """The year of a quarter told without one: the nearest that has begun, unless the tense is future."""
    anchor = doc.anchor
    if anchor is None:
        return None
    current = (anchor.month + 2) // 3
    if n < current:
        return anchor.year + (current - n >= 2 and doc.tense(first, last) > 0)
    return anchor.year - (n - current >= 2)


def quarter(doc: Doc, first: int, last: int) -> list[Found] | None:
    """ "third quarter", "fiscal first quarter of 1989", "Q3 2021", "first half of last year", "the 1988 quarter"."""
    cls, letter = doc.cls, doc.letter
    year = year_value(doc, first, last)
    half = letter["half"] in cls[first:last] or letter["hcode"] in cls[first:last]
    n = quarter_number(doc, first, last, 2 if half else 4)
    told = letter["calyear"] in cls[first:last]
    if n is None:
        if year is None:
            return []
        return [Found(first, last, "DATE", f"{year:04d}{doc.quarter[4:] if doc.quarter else ''}")]
    if n > (2 if half else 4):
        return []
    if half and year is None and doc.lower[last : last + 1] == ["of"]:
        return None  # the first half of something that is no year
    if year is None:
        year = (doc.anchor.year if doc.anchor else None) if half else quarter_year(doc, n, first, last)
    return [
        Found(first, last, "DATE", f"{'XXXX' if year is None else f'{year:04d}'}-{'H' if half else 'Q'}{n}", firm=told)
    ]


def quarter_number(doc: Doc, first: int, last: int, top: int) -> int | None:
    """Which quarter or half: "third", "Q3", "3rd", "last"; None for a bare "quarter"."""
    cls, letter = doc.cls, doc.letter
    for k in range(first, last):
        c = cls[k]
        if c in (letter["ord"], letter["second"], letter["qcode"], letter["hcode"]):
            return int(doc.num[doc.lower[k]])
        if c == letter["dnum"] and cls[k - 1 : k] == letter["qletter"] and k > first:
            return int(doc.num[doc.lower[k]])
        if c == letter["dnum"] and cls[k + 1] == letter["suffix"]:
            return int(doc.num[doc.lower[k]])
        if c in (letter["last"], letter["final"]) and cls[k + 1] in (letter["half"], letter["quarter"]):
            return top
    return None


def year_quarter(doc: Doc, first: int, last: int) -> list[Found] | None:
    """ "last year's third quarter", "the year-ago quarter", "the 1988 period"."""
    if doc.cls[first] != doc.letter["year_word"]:
        return quarter(doc, first, last)
    n = quarter_number(doc, first, last, 4)
    if n is None:
        return [Found(first, last, "DATE", year_before(doc, first))]
    base = quarter_year(doc, n, first, last) if doc.quarter is None else int(doc.quarter[:4])
    return [] if base is None else [Found(first, last, "DATE", f"{base - 1:04d}-Q{n}")]


def year_before(doc: Doc, first: int) -> str:
    """ "A year earlier": one year before the quarter last reported on, else before the month told in the same sentence,
    else before the year last spoken of."""
    if doc.quarter is not None:
        return f"{int(doc.quarter[:4]) - 1:04d}{doc.quarter[4:]}" if doc.quarter[:4].isdigit() else doc.quarter
    ref = doc.ref
    if ref is not None and ref[:4].isdigit():
        if len(ref) == 7 and ref[5:].isdigit() and doc.same_sentence(first):
            return f"{int(ref[:4]) - 1:04d}{ref[4:]}"
        if doc.anchor is not None and int(ref[:4]) < doc.anchor.year - 1:
            return f"{int(ref[:4]) - 1:04d}"
    return "XXXX" if doc.anchor is None else f"{doc.anchor.year - 1:04d}"


def year_ago(doc: Doc, first: int, last: int) -> list[Found]:
    """ "year-ago" and "year-earlier" in front of a noun."""
    return [Found(first, last, "DATE", year_before(doc, first))]

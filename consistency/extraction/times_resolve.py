"""From matches of the grammar to time expressions: which reader reads which family, and what belongs in front of each."""

from __future__ import annotations

import re
from collections.abc import Callable

from consistency.extraction import calendar as cal
from consistency.extraction import times_dates as dates
from consistency.extraction import times_relative as rel
from consistency.extraction import times_spans as spans
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_grammar import compiled, core

Reader = Callable[[Doc, int, int], list[Found]]


def _year_part(doc: Doc, first: int, last: int) -> list[Found]:
    """ "year-end", "fiscal 1989", "the year 2008", "fiscal year"."""
    year = dates.year_value(doc, first, last)
    if doc.letter["calyear"] not in doc.cls[first:last]:
        if doc.cls[first] == doc.letter["fiscal"]:
            return [Found(first, last, "DURATION", "P1Y")]
        spoken = dates.day_parts(doc, first, last)[0]
        return [] if spoken is None else [Found(first, last, "DATE", f"{spoken:04d}", firm=True)]
    return [] if year is None else [Found(first, last, "DATE", f"{year:04d}", firm=True)]


def _year_ago(doc: Doc, first: int, last: int) -> list[Found]:
    if doc.cls[last - 1] in (doc.letter["ago"], doc.letter["earlier"]):
        return [Found(first, last, "DATE", rel.year_before(doc))]
    if doc.lower[last - 1] not in {"end", "yearend"}:
        return []
    return [Found(first, last, "DATE", "XXXX" if doc.anchor is None else f"{doc.anchor.year:04d}")]


def _part(doc: Doc, first: int, last: int) -> list[Found]:
    return []


def _week_of(doc: Doc, first: int, last: int) -> list[Found]:
    inner = dates.absolute(doc, first + 2, last)
    day = cal.parse_day(inner[0].value) if inner else None
    return [] if day is None else [Found(first, last, "DATE", cal.week_value(day), firm=inner[0].firm)]


def _first_of(doc: Doc, first: int, last: int) -> list[Found]:
    return []


READERS: dict[str, Reader] = {
    "tod": dates.clock,
    "dates": dates.day_list,
    "date": dates.absolute,
    "week_of": _week_of,
    "month_year": dates.month_year,
    "month_ref": dates.month_ref,
    "weekday": dates.weekday,
    "today": dates.today,
    "decade": dates.decade,
    "century": dates.century,
    "year_quarter": rel.year_quarter,
    "quarter": rel.quarter,
    "first_of": _first_of,
    "fiscal_year": _year_part,
    "year_ago": _year_ago,
    "rel_n": spans.stretch,
    "rel": rel.relative,
    "in_row": spans.in_row,
    "ago": rel.ago,
    "set_n": spans.each,
    "dur": spans.duration,
    "a_unit": spans.a_unit,
    "all_unit": spans.all_unit,
    "the_unit": rel.the_unit,
    "bare_units": spans.bare,
    "ref": spans.vague,
    "part": _part,
    "holiday": rel.feast,
    "year": dates.year,
    "month": dates.month,
}

LEFT_DATE = "(?:<the>?<begin><of>)?(?:<the>|<its>|<a>)?(?:<early>|<earlier>|<later>|<mid><hyphen>?|<sometime>|<recent>){0,2}(?:<in>?<the>)?$"
LEFT_LENGTH = "(?:<at><least>|<no>?<more><than>|<up><to>|<approx>){0,2}(?:<the>|<its>|<a>)?$"


def read_all(doc: Doc) -> list[Found]:
    """All time expressions of a text, in order."""
    pattern, cls, text_end = core(), doc.cls, len(doc.cls)
    search = pattern.search
    out: list[Found] = []
    at = 0
    while at < text_end:
        m = search(cls, at)
        if m is None:
            break
        first, last = m.span()
        family = str(m.lastgroup)
        found = READERS[family](doc, first, last)
        if not found:
            at = first + 1
            continue
        at = max(last, found[-1].last)
        floor = out[-1].last if out else 0
        for one in found:
            one = extend(doc, one, floor)
            out.append(one)
            floor = one.last
            note(doc, one)
    return out


def extend(doc: Doc, found: Found, floor: int) -> Found:
    """The expression with the words in front that belong to it: "the", "early", "more than", "the end of"."""
    low = max(floor, found.first - 6)
    if low >= found.first or found.value.endswith("_REF"):
        if not (found.value.endswith("_REF") and found.first > low and doc.cls[found.first - 1] == doc.letter["the"]):
            return found
        return found._replace(first=found.first - 1)
    pattern = LEFT_LENGTH if found.type == "DURATION" else LEFT_DATE
    m = compiled(pattern).search(doc.cls[low : found.first])
    assert m is not None
    start = low + m.start()
    return found if start == found.first else found._replace(first=start)


def note(doc: Doc, found: Found) -> None:
    """Remember what was last spoken of."""
    if found.type in {"DATE", "TIME"} and found.value[:2].isdigit():
        doc.ref = found.value
        if found.value[4:6] == "-Q":
            doc.quarter = found.value


_FIRM = re.compile(r"\d")

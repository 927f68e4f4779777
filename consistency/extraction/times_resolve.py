"""From matches of the grammar to time expressions: which reader reads which family, and what belongs in front of each."""

from __future__ import annotations

from collections.abc import Callable

from consistency.extraction import calendar as cal
from consistency.extraction import times_clock as clocks
from consistency.extraction import times_dates as dates
from consistency.extraction import times_quarters as quarters
from consistency.extraction import times_relative as rel
from consistency.extraction import times_spans as spans
from consistency.extraction import times_years as years
from consistency.extraction.times_ago import ago
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_feasts import feast
from consistency.extraction.times_grammar import compiled, grammar
from consistency.extraction.times_numeric import numeric

Reader = Callable[[Doc, int, int], list[Found] | None]


def _week_of(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the week of March 6"."""
    inner = dates.absolute(doc, first + 2, last)
    day = cal.parse_day(inner[0].value) if inner else None
    return [] if day is None else [Found(first, last, "DATE", cal.week_value(day), firm=inner[0].firm)]


READERS: dict[str, Reader] = {
    "numeric": numeric,
    "tod": clocks.clock,
    "dates": dates.day_list,
    "date": dates.absolute,
    "week_of": _week_of,
    "month_year": dates.month_year,
    "month_ref": dates.month_ref,
    "weekday": clocks.weekday,
    "today": clocks.today,
    "decade": years.decade,
    "century": years.century,
    "year_quarter": quarters.year_quarter,
    "quarter": quarters.quarter,
    "fiscal_year": years.year_part,
    "year_end": years.year_end,
    "in_row": spans.in_row,
    "rel_n": spans.stretch,
    "rel": rel.relative,
    "ago": ago,
    "year_ago": quarters.year_ago,
    "set_n": spans.each,
    "dur": spans.duration,
    "a_unit": spans.a_unit,
    "all_unit": spans.all_unit,
    "the_unit": rel.the_unit,
    "bare_units": spans.bare,
    "ref": spans.vague,
    "mid_part": rel.mid_part,
    "season": rel.season,
    "holiday": feast,
    "year": years.year,
    "month": dates.month,
}

LEFT_DATE = (
    "(?:<approx>?<the>?<begin><of>)?(?:<the>|<its>|<a>)?"
    "(?:(?:<early>|<mid>)<hyphen>?|<earlier>|<later>|<sometime>|(?:<earlier>|<later>|<early>)<in>(?=<the>))?\\Z"
)
LEFT_LENGTH = "(?:(?:<at><least>|<no>?<more><than>|<up><to>|<approx>){1,2}<a>?|(?:<at><least>)?(?:<the>|<its>|<a>))?\\Z"


def read_all(doc: Doc) -> list[Found]:
    """All time expressions of a text, in order."""
    rules, cls = grammar(), doc.cls
    families = rules.families
    out: list[Found] = []
    at = floor = 0
    for start in rules.starts.finditer(cls):
        first = start.start()
        if first < at:
            continue
        m = families[cls[first]].match(cls, first)
        if m is None:
            continue
        found = READERS[str(m.lastgroup)](doc, first, m.end())
        if not found:
            at = m.end() if found is None else first + 1
            continue
        at = max(first + 1, found[-1].last)
        for one in found:
            out.append(extend(doc, one, floor))
            floor = one.last
            note(doc, one)
    return out


def extend(doc: Doc, found: Found, floor: int) -> Found:
    """The expression with the words in front that belong to it: "the", "early", "more than", "the end of"."""
    low = max(floor, found.first - 6)
    if low >= found.first:
        return found
    if found.value.endswith("_REF"):
        first = found.first
        if doc.cls[first - 1] == doc.letter["near"] and first - 1 > low:
            first -= 1
        noun = found.value != "PRESENT_REF" and doc.cls[first - 1] == doc.letter["the"]
        return found._replace(first=first - noun)
    counted = found.type == "DURATION" or doc.cls[found.last - 1] == doc.letter["ago"]
    pattern = LEFT_LENGTH if counted else LEFT_DATE
    m = compiled(pattern).search(doc.cls[low : found.first])
    assert m is not None
    start = low + m.start()
    return found if start == found.first else found._replace(first=start)


def note(doc: Doc, found: Found) -> None:
    """Remember what was last spoken of. A quarter of an earlier year is a comparison: the report goes on about the later one."""
    if found.type in {"DATE", "TIME"} and found.value[:2].isdigit():
        doc.ref = found.value
        if found.value[4:6] == "-Q":
            note_quarter(doc, found.value)


def note_quarter(doc: Doc, value: str) -> None:
    """Keep the quarter a text reports on: the last finished one where it speaks of one still running."""
    days = cal.span(value)
    if doc.anchor is not None and days is not None and days[1] > doc.anchor.isoformat():
        finished = cal.shift(doc.anchor, -1, "Q")
        value = value if finished is None else cal.value_at(finished, "Q")
    if doc.quarter is None or value[:4] >= doc.quarter[:4]:
        doc.quarter = value

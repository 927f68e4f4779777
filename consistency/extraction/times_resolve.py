"""From matches of the grammar to time expressions: which reader reads which family, what belongs in front of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from consistency.extraction import calendar as cal
from consistency.extraction import times_clock as clocks
from consistency.extraction import times_compare as compare
from consistency.extraction import times_dates as dates
from consistency.extraction import times_quarters as quarters
from consistency.extraction import times_relative as rel
from consistency.extraction import times_spans as spans
from consistency.extraction import times_years as years
from consistency.extraction.times_ago import ago
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_dates import trim_dot
from consistency.extraction.times_feasts import feast
from consistency.extraction.times_grammar import compiled, grammar
from consistency.extraction.times_nth import nth_of
from consistency.extraction.times_numeric import numeric
from consistency.extraction.times_words import words

Reader = Callable[[Doc, int, int], list[Found] | None]


def _week_of(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the week of March 6"."""
    inner = dates.absolute(doc, first + 2, last)
    day = cal.parse_day(inner[0].value) if inner else None
    return [] if day is None else [Found(first, last, "DATE", cal.week_value(day), firm=inner[0].firm)]


READERS: dict[str, Reader] = {
    "numeric": numeric,
    "tod": clocks.clock,
    "hhmm": clocks.hhmm,
    "dates": dates.day_list,
    "date": dates.absolute,
    "week_of": _week_of,
    "nth_of": nth_of,
    "near_today": clocks.near_today,
    "near_last": compare.near_last,
    "week_n": compare.week_n,
    "part_of": clocks.part_of,
    "month_year": dates.month_year,
    "month_ref": dates.month_ref,
    "nights": spans.each,
    "weekday": clocks.weekday,
    "today": clocks.today,
    "decade": years.decade,
    "century": years.century,
    "era": years.era,
    "year_quarter": quarters.year_quarter,
    "quarter": quarters.quarter,
    "fiscal_year": years.year_part,
    "year_end": years.year_end,
    "in_row": spans.in_row,
    "same": compare.same,
    "rel_n": spans.stretch,
    "rel": rel.relative,
    "ago": ago,
    "year_ago": quarters.year_ago,
    "set_n": spans.each,
    "dur": spans.duration,
    "a_unit": spans.a_unit,
    "all_unit": spans.all_unit,
    "long": spans.long,
    "the_unit": rel.the_unit,
    "bare_units": spans.bare,
    "ref": spans.vague,
    "mid_part": rel.mid_part,
    "season": rel.season,
    "holiday": feast,
    "year": years.year,
    "month": dates.month,
}

_BEGIN = "(?:<approx>?<the>?<begin><of>)?"
_MOD = "(?:(?:<early>|<mid>)<hyphen>?|<earlier>|<later>|<sometime>)?"
# What may stand in front: of a plain date, of a part of the calendar with "the", of a count of units.
LEFT_PLAIN = f"(?:{_BEGIN}{_MOD}|(?:<the>|<its>|<a>)(?:<early>|<mid>)<hyphen>?)\\Z"
LEFT_DATE = f"{_BEGIN}(?:<the>|<its>|<a>)?(?:{_MOD}|(?:<earlier>|<later>|<early>)<in>(?=<the>))\\Z"
LEFT_COUNT = "(?:(?:<at><least>|<no>?<more><than>|<up><to>|<approx>){1,2}<a>?|(?:<at><least>)?(?:<the>|<its>|<a>))?\\Z"
# Classes one of these ends with, where it is not empty.
LEFT_ENDS = "of early mid hyphen earlier later sometime in the its a least more than to approx"
# Expressions that stand in front of a noun as well as alone: the article belongs to the noun ("the 2012 games").
PLAIN = frozenset(
    {"date", "dates", "month", "month_year", "weekday", "year", "tod", "numeric", "today", "bare_units", "holiday"}
)


def read_all(doc: Doc) -> list[Found]:
    """All time expressions of a text, in order."""
    rules, cls = grammar(), doc.cls
    matcher = rules.within(cls)
    out: list[Found] = []
    at = floor = 0
    for start in rules.starts.finditer(cls):
        first = start.start()
        if first < at:
            continue
        matched = matcher.at(first)
        if matched is None:
            continue
        family, end = matched
        found = READERS[family](doc, first, end)
        if not found:
            at = end if found is None else first + 1
            continue
        at = max(first + 1, found[-1].last)
        for one in found:
            out.append(extend(doc, one, floor, family))
            floor = one.last
            if len(out) > 1 and out[-1].first == out[-2].last + 1:
                pair(doc, out)
            note(doc, out[-1])
    return out


@lru_cache(maxsize=1)
def _left_ends() -> str:
    letters = words().letters
    return "".join(letters[name] for name in [*LEFT_ENDS.split(), "near"])


def extend(doc: Doc, found: Found, floor: int, family: str) -> Found:
    """The expression with the words in front that belong to it: "the", "early", "more than", "the end of"."""
    first, cls, letter = found.first, doc.cls, doc.letter
    if cls[found.last - 1] == letter["dot"]:
        found = found._replace(last=trim_dot(doc, found.last - 2, found.last))
    low = max(floor, first - 6)
    if low >= first or cls[first - 1] not in _left_ends():
        return found
    if found.value.endswith("_REF"):
        if cls[first - 1] == letter["near"] and first - 1 > low:
            first -= 1
        return found._replace(first=first - (found.value != "PRESENT_REF" and cls[first - 1] == letter["the"]))
    if found.type == "DURATION" or cls[found.last - 1] == letter["ago"]:
        attributive = letter["hyphen"] in cls[first : found.last] and cls[first - 1] in (
            letter["the"],
            letter["a"],
            letter["its"],
        )
        if attributive or family in {"bare_units", "long"}:
            return found
        pattern = LEFT_COUNT
    else:
        pattern = LEFT_PLAIN if family in PLAIN else LEFT_DATE
    m = compiled(pattern).search(cls[low:first])
    start = first if m is None else low + m.start()
    return found if start == first else found._replace(first=start)


_LINKS = frozenset({"to", "and", "through", "until", "till", "-", "–", "—"})
_LISTS = frozenset({"and", "or", ","})


def pair(doc: Doc, out: list[Found]) -> None:
    """Give the first end of "from January to June 2020" the year of the second, and the members of "March, April and
    May 2021" that of the last: a range and a list run forward. "Monday (May 6)" is that day.

    a and b are the last two, with one word between them.
    """
    a, b = out[-2], out[-1]
    if a.firm or b.type != "DATE" or not (a.value[:4].isdigit() and b.value[:4].isdigit()):
        return
    link = doc.lower[a.last]
    if link == "(":
        day = cal.parse_day(b.value)
        if a.last == a.first + 1 and day is not None and doc.num.get(doc.lower[a.first]) == day.isoweekday():
            out[-2] = a._replace(value=b.value)
        return
    at = len(out) - 2
    while at >= 0 and out[at].last + 1 == b.first and not out[at].firm and _shares_year(doc, out[at], b):
        year = int(b.value[:4]) - (out[at].value[4:] > b.value[4:])
        value = f"{year:04d}{out[at].value[4:]}"
        if value == out[at].value or cal.span(value) is None:
            return
        out[at] = b = out[at]._replace(value=value, firm=b.firm)
        at -= 1


def _shares_year(doc: Doc, a: Found, b: Found) -> bool:
    """Whether the year told with b is that of a too: months, days or seasons that a link of a range or a list joins."""
    if a.type != "DATE" or len(a.value) not in (7, 10) or len(a.value) != len(b.value) or "W" in a.value + b.value[:6]:
        return False
    if doc.cls[a.first] not in doc.months + doc.digits + doc.letter["season"]:
        return False
    link = doc.lower[a.last]
    if link == "and" and doc.lower[max(0, a.first - 1)] == "between":
        return True
    return (b.firm and link in _LISTS) or (link in _LINKS and link != "and")


def note(doc: Doc, found: Found) -> None:
    """Remember what was last spoken of."""
    if found.type in {"DATE", "TIME"} and found.value[:2].isdigit():
        doc.ref, doc.ref_at = found.value, found.last
        if found.value[4:6] == "-Q":
            note_quarter(doc, found.value)


def note_quarter(doc: Doc, value: str) -> None:
    """Keep the quarter a text reports on: the last finished one where it speaks of one still running.

    A quarter of an earlier year is a comparison: the report goes on about the later one.
    """
    days = cal.span(value)
    if doc.anchor is not None and days is not None and days[1] > doc.anchor.isoformat():
        finished = cal.shift(doc.anchor, -1, "Q")
        value = value if finished is None else cal.value_at(finished, "Q")
    if doc.quarter is None or value[:4] >= doc.quarter[:4]:
        doc.quarter = value

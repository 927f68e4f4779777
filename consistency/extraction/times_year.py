"""The year of a text that does not tell when it was published.

The rule: a text is written after the latest time it speaks of as past. A year's total ("reaching 3 billion in 2019")
is known after that year has ended; any other past mention, when that year has begun. Years to come do not count. The
answer is the earliest year that fits.
"""

from __future__ import annotations

from functools import lru_cache

from consistency.extraction import calendar as cal
from consistency.extraction.spans import Timex
from consistency.extraction.times_context import Doc
from consistency.extraction.tokens import Tokens, tokenise
from consistency.rulebook import default_rulebook

LATEST = 2200
UPDATES = 92  # days within which a text may be added to after its date


def earliest_year(text: str | Tokens, month: int | None = None, day: int | None = None) -> int | None:
    """The earliest year a text of that month and day of publication can be of, or None if it tells no year."""
    from consistency.extraction.periods import find_times

    tokens = tokenise(text) if isinstance(text, str) else text
    return year_of(tokens, find_times(tokens, None), month, day)


def year_of(tokens: Tokens, times: list[Timex], month: int | None, day: int | None) -> int | None:
    """`earliest_year` of a text whose time expressions are known."""
    doc = Doc(tokens, None)
    best: int | None = None
    for time in times:
        if time.type in {"DATE", "TIME"} and time.basis == "stated":
            year = _after(doc, time, month, day)
            if year is not None and year <= LATEST and (best is None or year > best):
                best = year
    return best


def _after(doc: Doc, time: Timex, month: int | None, day: int | None) -> int | None:
    """The earliest year of publication one expression allows; None if it may speak of the future."""
    if time.from_ is None or time.to is None or time.granularity in {"decade", "century", "range"}:
        return None
    before = doc.lower[time.first - 1] if time.first else "\n"
    tense = doc.tense(time.first, time.last)
    data = _data()
    if tense > 0 or before in data["ahead_before"] or (tense == 0 and time.granularity == "year" and before == "\n"):
        return None
    if any(w in data["ahead"] for w in _around(doc, time)):
        return None
    told = int(time.to[:4])
    if time.granularity == "year":
        return told + 1 if _is_total(doc, time) else told
    start = cal.parse_day(time.from_)
    if start is None or month is None or tense >= 0:
        return told
    # A date told as past that lies further ahead in the calendar than an update would is of the year before.
    ahead = (start.month - month) * 31 + start.day - (day or 31)
    return told + 1 if ahead > UPDATES else told


@lru_cache(maxsize=1)
def _data() -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in default_rulebook().load("lexicon/times_year.yaml").items()}


def _around(doc: Doc, time: Timex, reach: int = 20) -> list[str]:
    """The words of the sentence around an expression, at most `reach` on either side."""
    first, last = time.first, time.last
    while first > 0 and doc.lower[first - 1] != "\n" and time.first - first < reach:
        first -= 1
    while last < len(doc.lower) and doc.lower[last] != "\n" and last - time.last < reach:
        last += 1
    return doc.lower[first : time.first] + doc.lower[time.last : last]


def _is_total(doc: Doc, time: Timex) -> bool:
    """Whether a finished total is told of the year: a number and a word of sums stand near, and no "so far"."""
    data, words = _data(), _around(doc, time)
    if doc.lower[time.first - 1] not in {"in", "during", "for", "of", "throughout"}:
        return False
    if any(w in data["unfinished"] for w in words):
        return False
    return any(w in data["totals"] for w in words) and any(w[0].isdigit() for w in words)

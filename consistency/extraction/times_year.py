"""The year of a text that does not tell when it was published.

The rule: a text is written after the latest time it speaks of as past. A year's total ("reaching 3 billion in 2019") is
known after that year has ended; any other past mention, when that year has begun. Years to come do not count. The answer
is the earliest year that fits.
"""

from __future__ import annotations

from consistency.extraction import calendar as cal
from consistency.extraction.spans import Timex
from consistency.extraction.times_context import Doc
from consistency.extraction.times_grammar import compiled
from consistency.extraction.tokens import Tokens, tokenise
from consistency.rulebook import default_rulebook

LATEST = 2200


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
        if time.type not in {"DATE", "TIME"} or time.basis != "stated" or time.to is None:
            continue
        year = _after(doc, time, month, day)
        if year is not None and year <= LATEST and (best is None or year > best):
            best = year
    return best


def _after(doc: Doc, time: Timex, month: int | None, day: int | None) -> int | None:
    """The earliest year of publication one past expression allows; None if it speaks of the future."""
    assert time.from_ is not None and time.to is not None
    before = doc.lower[max(0, time.first - 3) : time.first]
    if (before and before[-1] == "by") or doc.tense(time.first, time.last) > 0:
        return None
    told = (
        int(time.to[:4])
        if time.granularity in {"day", "month", "quarter", "week", "half", "year"}
        else int(time.from_[:4])
    )
    if time.granularity == "year" and _is_total(doc, time):
        return told + 1
    start = cal.parse_day(time.from_)
    if time.granularity == "year" or start is None or month is None:
        return told
    earlier = (month, day or 31) < (start.month, start.day)
    return told + 1 if earlier else told


def _is_total(doc: Doc, time: Timex) -> bool:
    """Whether the year is one a finished total is told of: a large number stands in the sentence, with no "so far"."""
    lower = doc.lower
    first = time.first
    while first > 0 and lower[first - 1] != "\n" and time.first - first < 20:
        first -= 1
    last = time.last
    while last < len(lower) and lower[last] != "\n" and last - time.last < 20:
        last += 1
    words = lower[first:last]
    data = default_rulebook().load("lexicon/times_year.yaml")
    if any(w in data["unfinished"] for w in words) or compiled("<so>x").search(doc.cls, first, last):
        return False
    if lower[time.first - 1] not in {"in", "during", "for", "of", "throughout"} or time.first - 1 < first:
        return False
    if not any(w in data["totals"] for w in words):
        return False
    return any(w[0].isdigit() and k + first not in range(time.first, time.last) for k, w in enumerate(words))

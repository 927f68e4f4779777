"""What a number has from the one it is told with: its unit, what it measures, and the time that is left to it.

Two levels of a change share what they measure, and each has its own time ("from 12 billion in 2000 to 518 billion in
2024", "4.1 percent, down from 4.5 percent a year earlier"); so do the numbers of a series ("30 members in 2019, 34 in
2020", "3, 4 and 5 billion in 2019, 2020 and 2021 respectively").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from consistency.extraction import calendar as cal
from consistency.extraction.attach import opens, time_of
from consistency.extraction.clauses import Clauses
from consistency.extraction.moves import Move, end_of
from consistency.extraction.numerals import vocabulary
from consistency.extraction.spans import Quantity, Timex
from consistency.extraction.wordsets import word_sets

_BEHIND = 3  # tokens from a number to the time right behind it
_FORWARD = frozenset({"by", "until", "before"})  # what is to come: the level before it is that of today
_UNITS = {"decade": 120, "year": 12, "quarter": 3, "month": 1}
_MOST = 40  # times in a sentence: more are a table


class Tie(msgspec.Struct, frozen=True, gc=False):
    """leader: whose measure and unit a number takes that has none; unit: whose unit, where that is another's.

    time: its time, or None. held: the last day on which a level held that then changed.
    over: all of the time of a change, told as one.
    """

    leader: Quantity | None = None
    time: Timex | None = None
    held: str | None = None
    over: Timex | None = None
    unit: Quantity | None = None


def tie_all(
    clauses: Clauses, moves: Sequence[Move], quantities: Sequence[Quantity], times: Sequence[Timex], first: int
) -> dict[int, Tie]:
    """The ties of a sentence's numbers, by their first token. quantities, times: those of the sentence."""
    if len(quantities) < 2 or len(quantities) > _MOST:
        return {}
    out = _series(clauses, quantities, times, first) if len(times) > 1 else {}
    for move in moves:
        before, after = _times(clauses, move, quantities, times[:_MOST], first)
        out[move.before.first] = before
        out[move.after.first] = after
    return out


def with_unit(q: Quantity, tie: Tie) -> Quantity:
    """A number with the unit of the one it is told with, where it has none."""
    whose = tie.unit or tie.leader
    if whose is None or whose.unit is None:
        return q
    if q.unit is not None:  # "from $3 to $4 a litre"
        return msgspec.structs.replace(q, per=whose.per) if q.unit == whose.unit and q.per is None else q
    return msgspec.structs.replace(q, kind=whose.kind, unit=whose.unit, per=whose.per, dimension=whose.dimension)


def _times(
    clauses: Clauses, move: Move, quantities: Sequence[Quantity], times: Sequence[Timex], first: int
) -> tuple[Tie, Tie]:
    before, after = move.before, move.after
    own = _right_behind(clauses, before, quantities, times)
    last = before.first if before.first > after.first else None
    if own is None and last is not None and (behind := [t for t in times if t.first >= before.number[1]]):
        own = time_of(clauses, before, quantities, behind, first)
    left = [t for t in times if t is not own and (last is None or t.first < last)]
    t = time_of(clauses, after, quantities, left, first) if left else None
    if t is None or t.from_ is None or t.role == "as-of":
        return Tie(after, own), Tie(before, t)
    if own is not None:
        return Tie(after, _not_after(_counted_back(clauses, own, t), t)), Tie(before, t)
    if t.granularity == "range" and (ends := _ends(t)) is not None:
        return Tie(after, ends[0], over=t), Tie(before, ends[1])
    if t.role == "since":
        return Tie(after, msgspec.structs.replace(t, role=None), over=t), Tie(before)
    held = None if t.role in _FORWARD else _day_before(t.from_)
    if t.type == "DURATION":  # "over the past decade": what each level held for is not told, but when
        return Tie(after, None, held, over=t), Tie(before)
    return Tie(after, None, held, over=t), Tie(before, t)


def _right_behind(
    clauses: Clauses, q: Quantity, quantities: Sequence[Quantity], times: Sequence[Timex]
) -> Timex | None:
    """The time that stands right behind a number, before the next one."""
    tags, end = clauses.tags, end_of(q)
    stop = min((other.first for other in quantities if other.first >= end), default=len(tags))
    for t in times:
        if (
            q.number[1] <= t.first <= end + _BEHIND
            and t.first <= stop
            and not any(c in tags[end : t.first] for c in ",;:vgb)")
        ):
            return t
    return None


def _ends(t: Timex) -> tuple[Timex, Timex] | None:
    """The two ends of a stretch ("between 2010 and 2020")."""
    parts = t.value.split("/")
    spans = [cal.span(part) for part in parts]
    if len(spans) != 2 or spans[0] is None or spans[1] is None:
        return None
    a, b = (
        msgspec.structs.replace(t, value=value, from_=s[0], to=s[1], granularity=s[2], role=None)
        for value, s in zip(parts, spans, strict=True)
        if s is not None
    )
    return a, b


def _counted_back(clauses: Clauses, own: Timex, t: Timex) -> Timex:
    """ "A year earlier", counted from the time of the level after it."""
    months = _months_back(clauses.tokens.lower[own.first : own.last])
    if months is None:
        return own
    low, high = cal.parse_day(t.from_), cal.parse_day(t.to)
    if low is None or high is None or (high - low).days > months * 31:
        return own
    start, behind = cal.plus_months(low, -months), cal.plus_days(high, 1)
    stop = cal.plus_months(behind, -months) if behind is not None else None
    if start is None or stop is None:
        return own
    return msgspec.structs.replace(
        own,
        from_=start.isoformat(),
        to=_day_before(stop.isoformat()),
        granularity=t.granularity,
        basis="relative" if t.basis == "stated" else t.basis,
        role=None,
    )


def _months_back(words: list[str]) -> int | None:
    """How far "a year earlier", "two years before", "the previous quarter" counts back."""
    known = word_sets("hedges_trends")
    if len(words) != 3 or not (words[-1] in known["earlier"] or words[1] in known["previous"]):
        return None
    unit = words[1] if words[-1] in known["earlier"] else words[2]
    months, number = _UNITS.get(unit.removesuffix("s")), _number(words[0])
    return None if months is None or number is None else months * number


def _number(word: str) -> int | None:
    """The whole number a word or article stands for, if it is below a hundred."""
    if word in ("a", "one", "the"):
        return 1
    value = int(word) if word.isdecimal() and len(word) < 3 else vocabulary().value.get(word)
    return value if isinstance(value, int) and 0 < value < 100 else None


def _not_after(own: Timex, t: Timex) -> Timex:
    """A month or day told without its year, in the year that puts it before the time of the level after it, or within
    that ("up to 1,655 this year from 1,240 in August")."""
    start, stop = cal.parse_day(own.from_), cal.parse_day(own.to)
    if start is None or stop is None or t.from_ is None or own.basis == "stated" or (own.from_ or "") <= t.from_:
        return own
    if t.granularity == "year" and t.basis != "stated" and (own.to or "") <= (t.to or ""):
        return own
    low, high = cal.plus_months(start, -12), cal.plus_months(stop, -12)
    if low is None or high is None or low.isoformat() > t.from_:
        return own
    return msgspec.structs.replace(own, from_=low.isoformat(), to=high.isoformat())


def _day_before(day: str) -> str | None:
    found = cal.parse_day(day)
    gone = None if found is None else cal.plus_days(found, -1)
    return None if gone is None else gone.isoformat()


# ------------------------------------------------------------------------------------------------------------- series
def _series(clauses: Clauses, quantities: Sequence[Quantity], times: Sequence[Timex], first: int) -> dict[int, Tie]:
    """The ties of bare numbers that go on a series, and of numbers told "respectively"."""
    out = _respective(clauses, quantities, times)
    leader: Quantity | None = None
    for a, b in pairwise(quantities):
        mine = _right_behind(clauses, b, quantities, times)
        before = _right_behind(clauses, a, quantities, times)
        bare = b.kind == "count" and b.unit is None and b.noun is None
        if mine is None and bare and b.first not in out:
            mine = next((t for t in times if a.last <= t.first and opens(clauses, t, b, first)), None)
            if mine is not None and (leader or a).kind in ("count", "money", "measure"):
                leader = leader or a  # "by 25 March 41 people had died, and by 1 April 83"
                out[b.first] = Tie(leader, mine)
                continue
        if mine is None or before is None or not bare or b.first in out:
            leader = None
            continue
        between = clauses.tokens.lower[before.last : b.first]
        if not between or not set(between) <= {",", ";", "and", "then", "to"}:
            leader = None
            continue
        leader = leader or a
        if leader.kind in ("count", "money", "measure") and leader.unit is not None:
            out[b.first] = Tie(leader, mine)
    return out


def _respective(clauses: Clauses, quantities: Sequence[Quantity], times: Sequence[Timex]) -> dict[int, Tie]:
    """ "3, 4 and 5 billion dollars in 2019, 2020 and 2021 respectively": each number with the time in its place."""
    lower = clauses.tokens.lower
    low, high = quantities[0].first, times[-1].last
    if "respectively" not in lower[low : high + 3]:
        return {}
    places = [(q.first, "q") for q in quantities] + [(t.first, "t") for t in times]
    row = "".join(c for _, c in sorted(places))
    n = len(quantities)
    if n != len(times) or row not in ("q" * n + "t" * n, "t" * n + "q" * n):
        return {}
    last = quantities[-1]
    out = {}
    for q, t in zip(quantities, times, strict=True):
        out[q.first] = Tie(None if q is quantities[0] else quantities[0], t, unit=last)
    return out

"""Which time expression belongs to which quantity, and what period and as-of date that gives a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from consistency.extraction.clauses import Clauses
from consistency.extraction.spans import Quantity, Timex
from consistency.model import Period

_NEAR = 6
_SAID_REACH = 4
_HEARERS = frozenset(
    {"on", "in", "a", "the", "late", "early", "reporters", "journalists", "parliament", "lawmakers"}
    | {
        "statement",
        "release",
        "news",
        "press",
        "conference",
        "at",
        "media",
        "state",
        "television",
        "interview",
        "report",
    }
)
_NEXT = re.compile(r"c[jbu]*[vb]")  # "… is 800 metres long and was opened in 1964": another verb's time
_COORDINATION = frozenset("nqdhc,ykpt")
_SPANNING = frozenset({"each", "during", "over", "in", "since", "between", "from"})


def usable(t: Timex) -> bool:
    """Whether a time expression can date a claim: grounded, and a date or a stretch tied to one."""
    return t.from_ is not None and (t.type in ("DATE", "TIME") or (t.role in _SPANNING and t.anchored))


def time_of(
    clauses: Clauses, q: Quantity, quantities: Sequence[Quantity], times: Sequence[Timex], first: int, stop: int
) -> Timex | None:
    """The time a quantity belongs to: right after it, else before it in its clause, else the sentence's first.

    A time that stands right after another quantity is that one's ("from 12 billion in 2000 to 518 billion in 2024").
    The day on which something was said ("…, the ministry said on Tuesday") tells as of when it was known, no more.
    """
    near = _near(q, times, first, stop)
    near = [t for t in near if not _of_insertion(clauses, t, q, first)]
    said = [t for t in near if _of_saying(clauses, t, q, first, stop)]
    found = _time_of(clauses, q, quantities, [t for t in near if t not in said], first, stop)
    if found is None and said and said[0].granularity == "day":
        return msgspec.structs.replace(said[0], role="as-of")
    return found


def _near(q: Quantity, times: Sequence[Timex], first: int, stop: int) -> list[Timex]:
    """The times of a quantity's sentence that can date something, but those inside the quantity."""
    return [
        t
        for t in times
        if first <= t.first and t.last <= stop and usable(t) and not (t.first >= q.first and t.last <= q.last)
    ]


def _of_insertion(clauses: Clauses, t: Timex, q: Quantity, first: int) -> bool:
    """Whether a time is that of a participle before the main verb ("Harlo, founded in 1952, employs 300 people")."""
    tags = clauses.tags
    group = clauses.before(t.first, first)
    if group is None or t.last > q.first or tags[group.first] not in "vg":
        return False
    opens = group.first == first or tags[group.first - 1] in ",("
    if not opens or any(x in ",;:" for x in tags[group.last : t.first]) or t.first - group.last > 2 * _NEAR:
        return False
    main = clauses.after(t.last, q.last)
    return main is not None and any(x in ",)" for x in tags[t.last : main.first])


def _of_saying(clauses: Clauses, t: Timex, q: Quantity, first: int, stop: int) -> bool:
    """Whether a time is that of a verb of saying next to it, which has the quantity outside its own phrase.

    "Police said on Monday that 12 …", "…, officials told reporters on Monday"; but not "said Monday's crash …", nor
    "officials on Monday reported 12 cases", of which the cases may be Monday's.
    """
    group = clauses.before(t.first, first)
    if group is None or group.relation != "say" or group.passive or t.first - group.last > _SAID_REACH:
        return False
    tags, lower = clauses.tags, clauses.tokens.lower
    between = lower[group.last : t.first]
    if any(x in ",;:vbsrq" for x in tags[group.last : t.first]) or not _HEARERS.issuperset(between):
        return False
    return lower[t.last : t.last + 1] not in (["'s"], ["’s"]) and tags[t.last : t.last + 1] not in ("n", "h")


def _time_of(
    clauses: Clauses, q: Quantity, quantities: Sequence[Quantity], near: Sequence[Timex], first: int, stop: int
) -> Timex | None:
    if not near:
        return None
    tags = clauses.tags
    end = max(q.last, q.noun[1] if q.noun else 0)
    owned = set()
    for other in quantities:
        if other is q or not (first <= other.first < stop):
            continue
        tail = max(other.last, other.noun[1] if other.noun else 0)
        for t in near:
            if 0 <= t.first - tail <= 2 and not any(x in ",;:vgb)" for x in tags[tail : t.first]):
                owned.add(t.first)
    after = [t for t in near if t.first >= end and t.first not in owned]
    before = [t for t in near if t.last <= q.first and t.first not in owned]
    # an amount in brackets is the one before it, said again: it owns no time and bars none
    others = [o for o in quantities if o is not q and first <= o.first < stop and tags[o.first - 1 : o.first] != "("]

    def clear(low: int, high: int) -> bool:
        return not any(x in ";:s" for x in tags[low:high]) and not any(
            low <= o.first < high and o.kind not in ("ordinal", "rank") for o in others
        )

    for t in after:
        if (
            clear(end, t.first)
            and not _NEXT.search(tags, end, t.first)
            and (t.first - end <= _NEAR or "," not in tags[end : t.first])
        ):
            return t
    for t in reversed(before):
        if clear(t.last, q.first) and "." not in tags[t.last : q.first]:
            return t
    if before and before[0].first - first <= 2:  # "In 2021, …" speaks for the whole sentence
        return before[0]
    for t in after:
        if not any(x in ";:s" for x in tags[end : t.first]) and not _NEXT.search(tags, end, t.first):
            return t
    for t in near:  # "762 murders, 3,550 incidents and 4,331 victims in 2016": one time for all
        if t.first >= end and set(tags[end : t.first]) <= _COORDINATION:
            return t
    return None


def period_of(t: Timex) -> Period:
    """A time expression as the period of a claim."""
    basis = "stated" if t.basis == "stated" else t.basis
    return Period(from_=t.from_, to=t.to, granularity=t.granularity, basis=basis, text=t.text)


def times_for(t: Timex | None, published: str | None, published_basis: str) -> tuple[Period, Period]:
    """Period and as-of of a claim dated by `t` in a text published on `published`."""
    told = Period()
    if published is not None:
        day = published[:10]
        told = Period(
            from_=day, to=day, granularity="day", basis="inferred" if published_basis == "inferred" else "published"
        )
    if t is None:
        return Period(), told
    if t.role == "as-of":
        return Period(), period_of(t)
    if t.role == "since" and published is not None and t.from_ is not None and t.from_ <= published[:10]:
        return Period(from_=t.from_, to=published[:10], granularity="range", basis=t.basis, text=t.text), told
    return period_of(t), told

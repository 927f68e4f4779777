"""Which time expression belongs to which quantity, and what period and as-of date that gives a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from consistency.extraction.clauses import Clauses, is_present
from consistency.extraction.spans import Quantity, Timex
from consistency.extraction.tokens import Tokens
from consistency.extraction.wordsets import word_sets
from consistency.model import Period

_NEAR = 6
_CROWD = 8  # times and quantities on either side that are looked at: more than a sentence of news has
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
_CUT = re.compile("[,;:]")
_CLOSE = re.compile("[,)]")
_OTHER = re.compile("[,;:vbsrq]")  # no words of saying and hearing
_APART = re.compile("[,;:vgb)]")
_STOP = re.compile("[;:s]")
_COORDINATION = frozenset("nqdhc,ykpt")
_ENDS = frozenset({"by", "before", "after", "until", "since"})
_SPANNING = frozenset({"each", "during", "over", "in", "since", "between", "from"})


def usable(t: Timex) -> bool:
    """Whether a time expression can date a claim: grounded, and a date or a stretch tied to one."""
    return t.from_ is not None and (t.type in ("DATE", "TIME") or (t.role in _SPANNING and t.anchored))


def part_of_date(tokens: Tokens, q: Quantity, times: Sequence[Timex]) -> Timex | None:
    """The date of which a length of time is a part by its place ("the first four months of 2024")."""
    inside = next((t for t in times if t.first < q.first and q.last == t.last and t.type == "DURATION"), None)
    if inside is None or tokens.lower[inside.last] != "of":
        return None
    return next((t for t in times if t.first == inside.last + 1 and t.type == "DATE"), None)


def time_of(
    clauses: Clauses, q: Quantity, quantities: Sequence[Quantity], times: Sequence[Timex], first: int
) -> Timex | None:
    """The time a quantity belongs to: right after it, else before it in its clause, else the sentence's first.

    quantities, times: those of its sentence, which begins at token `first`; the times `usable`.

    A time that stands right after another quantity is that one's ("from 12 billion in 2000 to 518 billion in 2024").
    The day on which something was said ("…, the ministry said on Tuesday") tells as of when it was known, no more.
    """
    near, said = [], []
    if len(times) > _CROWD:
        at = bisect_left(times, q.first, key=lambda t: t.first)
        times = [*times[:1], *times[max(1, at - _CROWD) : at + _CROWD]]
        at = bisect_left(quantities, q.first, key=lambda other: other.first)
        quantities = quantities[max(0, at - _CROWD) : at + _CROWD]
    for t in times:
        if (t.first >= q.first and t.last <= q.last) or _of_insertion(clauses, t, q, first):
            continue
        if _of_the_past(clauses, t, q, first) or _of_base(clauses, t, q, first):
            continue
        if t.first >= _end(q) and (_of_record(clauses, t, q) or _of_thing(clauses, t, q)):
            continue
        if _of_saying(clauses, t, first):
            said.append(t)
        else:
            near.append(t)
    found = _time_of(clauses, q, quantities, near, first) if near else None
    if found is None and said and said[0].granularity == "day":
        return msgspec.structs.replace(said[0], role="as-of")
    return found


def _of_insertion(clauses: Clauses, t: Timex, q: Quantity, first: int) -> bool:
    """Whether a time is that of a participle before the main verb ("Harlo, founded in 1952, employs 300 people")."""
    if t.last > q.first:
        return False
    tags = clauses.tags
    group = clauses.before(t.first, first)
    if group is None or tags[group.first] not in "vg" or t.first - group.last > 2 * _NEAR:
        return False
    opens = group.first == first or tags[group.first - 1] in ",("
    if not opens or _CUT.search(tags, group.last, t.first):
        return False
    main = clauses.after(t.last, q.last)
    return main is not None and _CLOSE.search(tags, t.last, main.first) is not None


def _of_the_past(clauses: Clauses, t: Timex, q: Quantity, first: int) -> bool:
    """Whether a time is that of a past verb, while the verb of the quantity behind it tells how things are ("was begun
    in 2012 and has a capacity of …")."""
    if t.last > q.first or t.role in ("as-of", "since", "by"):
        return False
    then, now = clauses.before(t.first, first), clauses.before(q.first, first)
    if then is None or now is None or now.first < t.last or t.first - then.last > _NEAR:
        return False
    return is_present(clauses, now) and not (is_present(clauses, then) or then.future) and then.relation != "say"


def _of_base(clauses: Clauses, t: Timex, q: Quantity, first: int) -> bool:
    """Whether a time is that of what a number is set beside ("25 percent more than in 2022", "up 6 percent on the
    previous year", "rose 8 percent from April")."""
    if t.role in _ENDS or t.granularity == "range":
        return False
    lower, words = clauses.tokens.lower, word_sets("hedges_trends")
    at = t.first
    while at > first and lower[at - 1] in words["time_leads"]:
        at -= 1
    if at > first and (lower[at - 1] in words["set_beside"] or " ".join(lower[at - 2 : at]) in words["set_beside"]):
        return True
    if q.aspect != "change" or t.last <= q.first or t.first == first:
        return False
    before = lower[t.first - 1]
    return before == "from" or (before in words["against"] and compares(t))


def compares(t: Timex) -> bool:
    """Whether a time looks back from another ("a year earlier", "the previous quarter", "a year ago")."""
    words = word_sets("hedges_trends")
    said = t.text.lower().split()
    return said[-1] in words["earlier"] or said[-1] in words["ago"] or not words["previous"].isdisjoint(said)


def _of_record(clauses: Clauses, t: Timex, q: Quantity) -> bool:
    """Whether a number behind which a time stands is the highest, or the best, since that time: it is none of then."""
    lower, tags = clauses.tokens.lower, clauses.tags
    since = next((i for i in range(t.first - 1, _end(q) - 1, -1) if lower[i] == "since"), None)
    if since is None:
        return False
    opens_ = max(tags.rfind(mark, _end(q), since) for mark in ",(")
    return not word_sets("nouns_names")["rank_words"].isdisjoint(lower[max(opens_ + 1, _end(q)) : since])


def _of_thing(clauses: Clauses, t: Timex, q: Quantity) -> bool:
    """Whether a time is that of the participle behind another noun ("30 houses and a church built in 1872")."""
    group = clauses.before(t.first, _end(q) + 1)
    if group is None or group.last - group.first > 1 or t.first - group.last > 2:
        return False
    made = clauses.tokens.lower[group.first] in word_sets("times_roles")["made"]
    return made and clauses.tags[group.first - 1] in "nh"


def _of_saying(clauses: Clauses, t: Timex, first: int) -> bool:
    """Whether a time is that of a verb of saying next to it, which has the quantity outside its own phrase.

    "Police said on Monday that 12 …", "…, officials told reporters on Monday"; but not "said Monday's crash …", nor
    "officials on Monday reported 12 cases", of which the cases may be Monday's.
    """
    group = clauses.before(t.first, first)
    if group is None or group.relation != "say" or group.passive or t.first - group.last > _SAID_REACH:
        return False
    tags, lower = clauses.tags, clauses.tokens.lower
    if _OTHER.search(tags, group.last, t.first) or not _HEARERS.issuperset(lower[group.last : t.first]):
        return False
    return lower[t.last] not in ("'s", "’s") and tags[t.last] not in "nh"


def _time_of(
    clauses: Clauses, q: Quantity, quantities: Sequence[Quantity], near: Sequence[Timex], first: int
) -> Timex | None:
    tags = clauses.tags
    end = _end(q)
    # an amount in brackets is the one before it, said again: it owns no time and bars none
    barring: list[int] = []
    owned: set[int] = set()
    for other in quantities:
        if other is q:
            continue
        tail = _end(other)
        for t in near:
            behind = 0 <= t.first - tail <= 2 and not _APART.search(tags, tail, t.first)
            if behind or (0 <= other.first - t.last < 2 and opens(clauses, t, other, first)):
                owned.add(t.first)
        if other.kind not in ("ordinal", "rank") and tags[other.first - 1 : other.first] != "(":
            barring.append(other.first)

    def clear(low: int, high: int) -> bool:
        return not _STOP.search(tags, low, high) and not any(low <= place < high for place in barring)

    after = [t for t in near if t.first >= end and t.first not in owned]
    before = [t for t in near if t.last <= q.first and t.first not in owned]
    for t in after:
        if (
            clear(end, t.first)
            and not _NEXT.search(tags, end, t.first)
            and (t.first - end <= _NEAR or tags.find(",", end, t.first) < 0)
        ):
            return t
    for t in reversed(before):
        if clear(t.last, q.first) and tags.find(".", t.last, q.first) < 0:
            return t
    if before and before[0].first - first <= 2:  # "In 2021, …" speaks for the whole sentence
        return before[0]
    for t in after:
        if not _STOP.search(tags, end, t.first) and not _NEXT.search(tags, end, t.first):
            return t
    for t in near:  # "762 murders, 3,550 incidents and 4,331 victims in 2016": one time for all
        if t.first >= end and _COORDINATION.issuperset(tags[end : t.first]) and not (t.first in owned and compares(t)):
            return t
    if q.aspect == "change":  # "… 312,000 pounds in July, up 8 percent"
        return next((t for t in reversed(near) if 0 <= q.first - t.last <= 2 and tags[t.last] == ","), None)
    return None


def opens(clauses: Clauses, t: Timex, q: Quantity, first: int) -> bool:
    """Whether a time opens a clause that goes on with the number `q` ("…, and by 1 April, 83"): it is that one's."""
    tags = clauses.tags
    between = tags[t.last : q.first]
    at = t.first - (tags[t.first - 1] == "p") - 1
    return between in ("", ",") and at > first and tags[at] in "c,"


def _end(q: Quantity) -> int:
    """The token after a quantity and the noun phrase it counts."""
    return max(q.last, q.noun[1]) if q.noun else q.last


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

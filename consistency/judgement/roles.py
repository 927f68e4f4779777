"""What is counted, in which role: the fact `measure`."""

from __future__ import annotations

from consistency.judgement.intervals import day
from consistency.judgement.knowledge import Knowledge
from consistency.judgement.ordinals import two_of_a_series
from consistency.judgement.pair import Pair
from consistency.judgement.times import FIRM, span_of
from consistency.model import Claim, Measure

_SEASON = 27  # days: a month or more
_WEEK, _NEAR, _RECURS = 7, 2, 300  # days


def measure(pair: Pair) -> str:
    """same | narrower | wider | unknown. A topic has joined the claims already, so only evidence against counts."""
    a, b = pair.a, pair.b
    if a.kind == b.kind == "date" and not all(_dates_an_event(c, pair) for c in (a, b)):
        return "unknown"
    if a.kind == b.kind == "date" and not pair.copied and not _one_event(a, b, pair):
        return "unknown"
    if a.kind == b.kind == "date" and pair.same_source and _one_breath(a, b):
        return "unknown"  # "founded in 1886 and made a city in 1912"
    if pair.profile.kind == "constant" and a.kind != "date" and not pair.copied and _two_days(pair):
        return "unknown"  # the depth of Monday's earthquake, and of Thursday's
    if _two_roles(pair):
        return "unknown"
    if pair.copied or a.kind == b.kind == "date":
        return "same"
    if a.kind == b.kind == "ordinal" and (pair.same_source or two_of_a_series(pair)):
        return "unknown"
    if pair.same_source and (_one_breath(a, b) or _two_lists(a, b)):
        return "unknown"
    if pair.same_source and pair.profile.kind == "clock" and not _one_person(a, b):
        return "unknown"
    if (_unread(a) and _unread(b)) or (pair.same_source and (_unread(a) or _unread(b))):
        return "unknown"
    if a.kind == b.kind == "rank" and a.rank and b.rank and a.rank.of and b.rank.of and a.rank.of != b.rank.of:
        return "unknown"
    if a.kind == b.kind == "quote" and (a.speaker or b.speaker) and not _same_speaker(a.speaker, b.speaker):
        return "unknown"
    if pair.profile.kind == "cumulative" and not pair.copied and _of_a_season(a) != _of_a_season(b):
        return "unknown"  # the dead of a whole year, and those of one event
    found = compare(a.measure, b.measure, pair.around.words)
    if found in ("narrower", "wider") and a.kind == b.kind == "measure":
        return "same"  # the weight of a satellite is that of a spacecraft, no part of it
    return found


def _two_roles(pair: Pair) -> bool:
    """Whether people are counted in two roles of which neither may be the other: the killed, and the injured."""
    x, y = pair.a.measure.relation, pair.b.measure.relation
    words = pair.around.words
    if x is None or y is None or x == y or not {x, y} <= words.roles or "date" in {pair.a.kind, pair.b.kind}:
        return False
    return y not in words.near.get(x, ()) and _roles(x, y, words) == "same"


def _of_a_season(claim: Claim) -> bool:
    """Whether a running total is that of a long stretch ("762 murders in 2016") rather than of one event."""
    span = span_of(claim.period)
    return span is not None and span.last - span.first >= _SEASON


def _dates_an_event(claim: Claim, pair: Pair) -> bool:
    """Whether a date dates something that happened, and not the number beside it or the day of speaking.

    A year or more is too long for what happens every year, except in a copy, where the words are the same. A text may
    date many happenings of one kind, but only one founding.
    """
    relation, words = claim.measure.relation, pair.around.words
    if pair.copied and _one_day(pair):
        return True  # whatever is dated there, one passage of one day gives it one date
    if relation is None or relation in words.no_event or (pair.same_source and relation not in words.once):
        return False
    if pair.copied or relation in words.once or claim.period.granularity not in {"year", "decade", "century"}:
        return True
    return relation in words.seldom and claim.period.granularity == "year" and happens_to_one(pair)


def happens_to_one(pair: Pair) -> bool:
    """Whether two dates are of what happens to most things but once, told of one thing that both sentences name."""
    a, b = pair.a, pair.b
    relation, words = a.measure.relation, pair.around.words
    if relation not in words.seldom or b.measure.relation != relation or pair.same_source:
        return False
    if {a.basis.get("entities"), b.basis.get("entities")} != {"stated"}:
        return False
    nouns = {words.noun(c.measure.noun) for c in (a, b)}
    return len(nouns - {None}) < 2 and bool(set(a.measure.entities) & set(b.measure.entities))


def _one_day(pair: Pair) -> bool:
    """Whether two texts were published on one day, as far as is known."""
    days = {pair.around.published(c) for c in (pair.a, pair.b)}
    return len(days) == 1


def _two_days(pair: Pair) -> bool:
    """Whether two numbers are told of happenings of two days or months that do not meet."""
    a, b = pair.periods
    if a is None or b is None or {a.basis, b.basis} - FIRM or max(a.last - a.first, b.last - b.first) > _SEASON + _NEAR:
        return False
    return max(a.first - b.last, b.first - a.last) > _NEAR


def _one_breath(a: Claim, b: Claim) -> bool:
    """Whether two numbers stand in one sentence: a writer who gives two means two things."""
    if a.sentence is None or b.sentence is None or a.kind in {"quote", "list"}:
        return False
    return a.sentence.start == b.sentence.start


def _one_person(a: Claim, b: Claim) -> bool:
    """Whether both sentences name one whose age they tell; the ages of one text are those of many people."""
    if {a.basis.get("entities", "stated"), b.basis.get("entities", "stated")} != {"stated"}:
        return False
    return not set(a.measure.entities).isdisjoint(b.measure.entities)


def _two_lists(a: Claim, b: Claim) -> bool:
    """Whether two lists of one text share too little to be one list told twice."""
    left, right = set(a.items or ()), set(b.items or ())
    return a.kind == b.kind == "list" and 2 * len(left & right) < max(len(left), len(right))


def _unread(claim: Claim) -> bool:
    """Whether neither what is counted nor its role was read."""
    return claim.measure.noun is None and claim.measure.relation is None and claim.kind != "quote"


def _one_event(a: Claim, b: Claim, pair: Pair) -> bool:
    """Whether two dates can be of one event: one relation, or two that tell of one incident."""
    relations = {a.measure.relation, b.measure.relation}
    if len(relations) > 1 and not relations <= pair.around.words.incident:
        return False
    return not (_each_its_own(a, b, pair) or _each_year(a, b, pair))


def _each_year(a: Claim, b: Claim, pair: Pair) -> bool:
    """Whether two dates lie so far apart that what comes again (a final, an election) came again between them; a day
    told with another year is still one day."""
    left, right = span_of(a.period), span_of(b.period)
    if left is None or right is None or a.measure.relation in pair.around.words.once:
        return False
    if max(left.first - right.last, right.first - left.last) <= _RECURS:
        return False
    return (a.period.from_ or "")[4:] != (b.period.from_ or "")[4:]


def _each_its_own(a: Claim, b: Claim, pair: Pair) -> bool:
    """Whether each text dates by its own day of publication ("on Sunday"), and both dates and both days lie apart: the
    news of one week and of the next, such as the first round of an election and the second."""
    left, right = span_of(a.period), span_of(b.period)
    told = [day(d) if (d := pair.around.published(c)) else None for c in (a, b)]
    if left is None or right is None or told[0] is None or told[1] is None:
        return False
    if {left.basis, right.basis} != {"relative"} or abs(told[0] - told[1]) <= _NEAR:
        return False
    near = all(0 <= t - span.last <= _WEEK for t, span in zip(told, (left, right), strict=True) if t is not None)
    return near and max(left.first - right.last, right.first - left.last) > _NEAR


def _same_speaker(a: str | None, b: str | None) -> bool:
    """Whether two names can be one person: one holds the other's words ("Silva" and "Maria Silva")."""
    if not a or not b:
        return False
    left, right = set(a.casefold().split()), set(b.casefold().split())
    return left <= right or right <= left


def compare(a: Measure, b: Measure, words: Knowledge) -> str:
    """The relation of two measures by their nouns (kinds of one another) and roles (parts of one another)."""
    found = {_nouns(words.noun(a.noun), words.noun(b.noun), words), _roles(a.relation, b.relation, words)} - {"same"}
    if not found:
        return "same"
    return found.pop() if len(found) == 1 else "unknown"


def _nouns(a: str | None, b: str | None, words: Knowledge) -> str:
    if a is None or b is None or a == b:
        return "same"
    if words.is_kind(a, b):
        return "narrower"
    if words.is_kind(b, a):
        return "wider"
    parents = {words.kind_of.get(a), words.kind_of.get(b)}
    return "unknown" if len(parents) == 1 and None not in parents else "same"


def _roles(a: str | None, b: str | None, words: Knowledge) -> str:
    if a is None or b is None or a == b:
        return "same"
    if b in words.role_parts.get(a, ()):
        return "narrower"
    return "wider" if a in words.role_parts.get(b, ()) else "same"

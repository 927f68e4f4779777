"""How firmly the comparison of two claims stands: what is missing or soft, and not shared by both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from consistency.extraction import regions
from consistency.judgement.intervals import VAGUE, sign
from consistency.judgement.pair import Pair
from consistency.judgement.roles import happens_to_one
from consistency.judgement.times import FIRM
from consistency.judgement.values import readings_meet
from consistency.model import Claim

_BESIDE = 3  # words between a number and what says that it is of all there is
_VALUED = frozenset({"count", "money", "measure", "percent", "fraction"})


class Weakness(NamedTuple):
    """A facet that keeps a comparison from being firm. level: soft | missing; words: for people."""

    facet: str
    level: str
    words: str


def weaknesses(pair: Pair, facts: dict[str, str]) -> list[Weakness]:
    """Everything that keeps the comparison from being firm, missing facets first, each facet once."""
    return in_order(_all(pair, facts))


def in_order(every: Iterable[Weakness]) -> list[Weakness]:
    """Each facet once, missing ones first."""
    found: dict[str, Weakness] = {}
    for w in every:
        if w.facet not in found or (found[w.facet].level, w.level) == ("soft", "missing"):
            found[w.facet] = w
    return sorted(found.values(), key=lambda w: (w.level != "missing", w.facet))


def basis(found: list[Weakness]) -> str:
    """firm | soft | missing: the weakest of the facets that decide."""
    if not found:
        return "firm"
    return "missing" if any(w.level == "missing" for w in found) else "soft"


def _all(pair: Pair, facts: dict[str, str]) -> Iterator[Weakness]:
    a, b = pair.a, pair.b
    shared = pair.copied
    for c in () if shared else (a, b):
        if _vague(c):
            yield Weakness("value", "soft", f"“{c.text or 'the value'}” is vague")
    if a.derived or b.derived:
        yield Weakness("derived", "soft", "one side is worked out, not printed")
    weak_zones = pair.around.words.weak_zones
    for c, other in ((a, b), (b, a)):
        if c.zone in weak_zones and not (shared and other.zone == c.zone):
            yield Weakness("zone", "soft", f"one passage is {_ZONES.get(c.zone, c.zone)}, which may be older or newer")
    if readings_meet(pair):
        yield Weakness("reading", "soft", "the words can be read in another way, under which both agree")
    yield from _time(pair, facts)
    if facts["scopes"] == "unknown":
        yield Weakness("scope", "missing", "one side does not say what its number covers")
    if not shared:
        yield from _identity(pair)
    yield from _itself(pair)
    yield from _kinds(pair, facts)
    yield from _money(pair)
    if facts["values"] == "disjoint":
        yield from _everywhere(pair)
    if facts["values"] == "disjoint" and a.kind == b.kind and a.kind in _VALUED and _two_nouns(pair):
        yield Weakness("measure", "soft", f"one number counts {a.measure.noun}, the other {b.measure.noun}")


def _money(pair: Pair) -> Iterator[Weakness]:
    """Whose money an amount is in, where the other is in another and its word ("pesos") is that of several lands."""
    if pair.a.kind != "money" or pair.b.kind != "money" or pair.a.unit == pair.b.unit:
        return
    for c in (pair.a, pair.b):
        said = (c.text or "").split()
        if any(x.casefold() in pair.around.words.shared and not of[:1].isupper() for of, x in pairwise(said)):
            yield Weakness("unit", "soft", f"“{c.text}” does not say of which country")


def _everywhere(pair: Pair) -> Iterator[Weakness]:
    """A number that is told to be of all there is ("740 people worldwide"), beside one that does not say so."""
    one, two, words = pair.around.near(pair.a), pair.around.near(pair.b), pair.around.words.everywhere
    for near, other in ((one, two), (two, one)):
        if any(near.beside(phrase, _BESIDE) for phrase in words) and not any(map(other.has, words)):
            yield Weakness("scope", "soft", "one side counts all there is, the other does not say so")


def wording(x: str, y: str) -> Weakness:
    """The words that stand for each other near two numbers, or that only one of them has."""
    left, right = (f"“{words}”" if words else "no such word" for words in (x, y))
    return Weakness("wording", "soft", f"near the numbers one sentence has {left} where the other has {right}")


def _two_nouns(pair: Pair) -> bool:
    """Whether two counts are of things of which neither is a kind of the other."""
    words = pair.around.words
    x, y = (words.noun(c.measure.noun) for c in (pair.a, pair.b))
    return x is not None and y is not None and x != y and not words.is_kind(x, y) and not words.is_kind(y, x)


_ZONES = {"caption": "a caption", "related": "a related link", "boilerplate": "a standing line of the page"}


def _vague(claim: Claim) -> bool:
    return claim.value is not None and claim.value.hedge in VAGUE


def _identity(pair: Pair) -> Iterator[Weakness]:
    """Weaknesses of what is counted, which two copies of a passage share."""
    a, b = pair.a, pair.b
    for c in (a, b):
        if c.basis.get("scope") == "inferred":
            yield Weakness("scope", "soft", "what one number covers is inferred")
        if c.basis.get("measure") == "missing":
            yield Weakness("measure", "soft", "what one number counts was not read in full")
        if c.confidence < pair.around.settings.weak_claim:
            yield Weakness("reading", "soft", "one claim was read with little certainty")
        if not pair.same_source and c.basis.get("entities") in {"missing", "inferred"}:
            yield Weakness("subject", "soft", "one sentence does not name what it is about")
    if not pair.same_source and _named_short(a, b):
        yield Weakness("subject", "soft", "one sentence has a longer name than the other")


def _named_short(a: Claim, b: Claim) -> bool:
    """Whether all that the two sentences name alike is a name that one of them shortens ("Orlan Foods", "Orlan"), which
    may be another's."""
    one, two = ({name.casefold() for name in c.measure.entities} for c in (a, b))
    if not one.isdisjoint(two):
        return False
    return any(" " in x and x.split()[0] in others for xs, others in ((one, two), (two, one)) for x in xs)


def _itself(pair: Pair) -> Iterator[Weakness]:
    """A writer rarely contradicts himself: two parts of one text must tell of a thing in the same words to do so."""
    a, b = pair.a, pair.b
    if not pair.same_source or a.kind in {"quote", "list"}:
        return
    left, right = set(a.measure.terms), set(b.measure.terms)
    shared = len(left & right) / len(left | right) if left | right else 0.0
    if shared < _SAME_WORDS or a.measure.relation != b.measure.relation:
        yield Weakness("part", "soft", "both stand in one text, which may speak of two things")


_SAME_WORDS = 0.6
"""Share of the content words of both sentences from which they tell of one thing (as two versions of a sentence do)."""


def _kinds(pair: Pair, facts: dict[str, str]) -> Iterator[Weakness]:
    """Weaknesses of lists, of quotes and of measures no profile knows."""
    a, b = pair.a, pair.b
    if a.kind == b.kind == "list" and not pair.copied and not (a.complete and b.complete):
        yield Weakness("list", "soft", "a list may not be complete")
    if a.quote and b.quote and not pair.copied:
        if not (a.quote.speaker and b.quote.speaker):
            yield Weakness("speaker", "missing", "who is quoted is not known on one side")
        if not (a.quote.occasion and a.quote.occasion == b.quote.occasion):
            yield Weakness("occasion", "soft", "the two quotations may come from two occasions")
    if (
        a.kind == b.kind == "date"
        and not pair.copied
        and "year" in {a.period.granularity, b.period.granularity}
        and happens_to_one(pair)
    ):
        yield Weakness("once", "soft", "such a thing may happen twice")
    elif a.kind == b.kind == "date" and not pair.copied and not _one_happening(pair):
        yield Weakness("event", "soft", "the two dates may be of two happenings")
    if a.kind == b.kind == "date" and not pair.copied and _two_lives(pair):
        yield Weakness("event", "soft", "birth and death both differ, as of two persons of one name")
    if a.kind == b.kind == "date" and not pair.copied and _numbers_differ(pair):
        yield Weakness("event", "soft", "the two dates come with two numbers, as of two happenings")
    if pair.profile.kind == "unknown" and not pair.copied and facts["periods"] != "same":
        yield Weakness("profile", "soft", "no profile tells how such a number lives in time")


def _numbers_differ(pair: Pair) -> bool:
    """Whether the sentences of two dates count the same thing, in the same role, and each gives another number."""
    left, right = ([c for c in _counts(date, pair) if c.measure.noun] for date in (pair.a, pair.b))
    return any(x.measure.noun == y.measure.noun and _two_values(x, y, pair) for x in left for y in right)


def _two_lives(pair: Pair) -> bool:
    """Whether the sentences of two births, or of two deaths, differ in the other end of the life too."""
    ends = _LIFE - {pair.a.measure.relation}
    if len(ends) != 1:
        return False
    left, right = (
        [
            c
            for c in pair.around.numbers.get((date.source, "date"), ())
            if c.sentence == date.sentence and c.measure.relation in ends
        ]
        for date in (pair.a, pair.b)
    )
    return any(_two_values(x, y, pair) for x in left for y in right)


_LIFE = frozenset({"bear", "die"})


def _two_values(x: Claim, y: Claim, pair: Pair) -> bool:
    one, two = pair.around.side(x).interval, pair.around.side(y).interval
    return one is not None and two is not None and sign(one, two) != 0


def _counts(date: Claim, pair: Pair) -> Iterator[Claim]:
    """The counts of the sentence of a date, of what it dates."""
    for claim in pair.around.numbers.get((date.source, "count"), ()):
        if claim.sentence == date.sentence and claim.measure.relation == date.measure.relation:
            yield claim


def _one_happening(pair: Pair) -> bool:
    """Whether two dates are of one happening beyond doubt: what happens but once, or to one person or body, or at two
    places that both sentences name."""
    a, b = pair.a, pair.b
    if a.measure.relation in pair.around.words.once and a.measure.relation == b.measure.relation:
        return True
    if {a.basis.get("entities", "stated"), b.basis.get("entities", "stated")} != {"stated"}:
        return False
    if None not in (a.measure.noun, b.measure.noun) and a.measure.noun != b.measure.noun:
        return False  # the launch of a crew, and of satellites
    shared = set(a.measure.entities) & set(b.measure.entities)
    places = {p for c in (a, b) if (context := pair.around.context(c)) for p in context.places}
    return len(shared) > 1 or any(name not in places and regions.kind(name) is None for name in shared)


def _time(pair: Pair, facts: dict[str, str]) -> Iterator[Weakness]:
    kind = facts["profile"]
    if kind == "constant":
        return
    if kind == "flow" or (kind == "unknown" and facts["periods"] == "same"):
        sides = [s.basis if s is not None else "none" for s in pair.periods]
        facet = "period"
    else:
        sides = [s.basis if s is not None else "none" for s in pair.held]
        facet = "date"
    if sides[0] == sides[1] and (pair.copied or (pair.same_source and facet == "date")):
        return
    if pair.copied and facts["periods"] == "same":
        return
    for side in sides:
        yield from _time_side(side, facet, kind, facts["gap"])


def _time_side(side: str, facet: str, kind: str, gap: str) -> Iterator[Weakness]:
    """A day of publication is firm for a level told on one day, and for an age; else it may repeat an older one."""
    if side in FIRM:
        return
    if side == "published" and facet == "date" and (kind == "clock" or (kind == "stock" and gap == "negligible")):
        return
    if side == "none":
        said = "no date is known for one side" if facet == "date" else "one side does not say which period it is about"
        yield Weakness(facet, "missing", said)
    elif side == "inferred":
        yield Weakness(facet, "soft", f"the {facet} of one side is inferred")
    else:
        yield Weakness(facet, "soft", f"only the day of publication is known, and the {facet} may be earlier")

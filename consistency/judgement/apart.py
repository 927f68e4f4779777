"""Two values that one text tells side by side are values of two things, however alike their measures were read.

"Orvane earned 312 million and Delmar 98 million" has two profits. Where another source gives 98 million for what looks
like the same measure, it does not deny the first source's 312 million: its own number stands in that source, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from consistency.judgement import times, values
from consistency.judgement.facts import Facts
from consistency.judgement.pair import Pair
from consistency.judgement.vocabulary import AGREEING
from consistency.model import Claim

Key = tuple[str, str]
_SAME = AGREEING - {"bound"}
_SHARES = frozenset({"percent", "fraction"})
_NUMBERS = frozenset({"count", "money", "measure", "percent", "fraction", "date", "ordinal", "rank"})
_NAMED = frozenset({"date", "ordinal", "rank"})
_FEW = 10
_SHARED = 0.5  # of the telling words of the shorter sentence


def numbers_of(claims: Iterable[Claim]) -> Mapping[Key, Sequence[Claim]]:
    """The printed numbers of all texts, by source and kind."""
    out: dict[Key, list[Claim]] = {}
    for c in claims:
        if c.derived is None and c.kind in _NUMBERS and c.aspect == "level":
            out.setdefault(_key(c.source, c), []).append(c)
    return out


def _key(source: str, claim: Claim) -> Key:
    return source, "share" if claim.kind in _SHARES else claim.kind


def told_apart(full: Facts, numbers: Mapping[Key, Sequence[Claim]]) -> bool:
    """Whether one of two sources that seem to differ gives the other's value, too, of what may be the same thing.

    Copies are compared place by place, so a copy that repeats the first number elsewhere is still held against it.
    """
    pair = full.pair
    if pair.copied or pair.same_source:
        return False
    sides = ((pair.a, pair.b), (pair.b, pair.a))
    return any(
        _repeats(one, also, pair)
        for one, other in sides
        for also in numbers.get(_key(other.source, one), ())
        if also.id != other.id and not _stale(other, also, pair)
    )


def one_time(full: Facts) -> bool:
    """Whether both sides state one and the same time ("in 2023"), which another edition of a text does not change."""
    pair = full.pair
    stated = {pair.a.period.basis, pair.b.period.basis} == {"stated"}
    return stated and pair.a.kind != "date" and full.facts["periods"] == "same"


def of_one_role(full: Facts) -> bool:
    """Whether two numbers are known to count one thing in one role in one event, so that who tells both tells of a part
    and the whole, or of two parts."""
    pair = full.pair
    if pair.same_source or pair.profile.kind != "cumulative" or full.facts["measure"] == "unknown":
        return False
    return all(c.kind == "count" and c.measure.noun and c.measure.relation for c in (pair.a, pair.b))


def _stale(other: Claim, also: Claim, pair: Pair) -> bool:
    """Whether a text and its own caption differ: the text has left it behind, and each is held against others."""
    weak = pair.around.words.weak_zones
    return (other.zone in weak) != (also.zone in weak)


def of_two_things(full: Facts) -> bool:
    """Whether what seems to be at odds is of two things, as far as the words go that tell of it."""
    pair = full.pair
    if pair.copied:
        return False
    facets = {w.facet for w in full.weak}
    if pair.a.kind == "date":
        return "event" in facets and not _in_like_words(pair)
    if "profile" in facets and None in {c.measure.noun for c in (pair.a, pair.b)} and not _told_alike(pair):
        return True  # nothing is known of how such a number lives, nor of what one side counts
    return pair.same_source and "part" in facets and _two_parts(full)


def _two_parts(full: Facts) -> bool:
    """Whether a writer tells of two things: in words of their own, or naming different places or bodies.

    The number of a caption stands for the whole, whatever its words.
    """
    pair = full.pair
    if full.facts["measure"] != "same" or not (_in_like_words(pair) or _captioned(pair)):
        return True
    a, b = ({e for e in c.measure.entities if c.basis.get("entities") == "stated"} for c in (pair.a, pair.b))
    return bool(a and b and a.isdisjoint(b))


def _captioned(pair: Pair) -> bool:
    weak = pair.around.words.weak_zones
    return pair.a.zone in weak or pair.b.zone in weak


def _told_alike(pair: Pair) -> bool:
    """Whether one verb that tells something, or many shared words, say what the nouns do not ("insured for …")."""
    a, b = pair.a.measure, pair.b.measure
    if pair.same_source or not all(_only_one(c, pair) for c in (pair.a, pair.b)):
        return False
    if a.relation is not None and a.relation == b.relation and a.relation not in pair.around.words.light:
        return True
    left, right = set(a.terms), set(b.terms)
    return len(left & right) > 1 and len(left & right) >= _SHARED * min(len(left), len(right))


def _only_one(claim: Claim, pair: Pair) -> bool:
    """Whether a sentence has no other number of the kind and dimension."""
    others = pair.around.numbers.get(_key(claim.source, claim), ())
    return not any(c.id != claim.id and c.sentence == claim.sentence and c.dimension == claim.dimension for c in others)


def _in_like_words(pair: Pair) -> bool:
    """Whether two sentences share enough of their telling words to be of one thing, and say the same of it."""
    a, b = pair.a.measure, pair.b.measure
    left, right = set(a.terms), set(b.terms)
    shared = len(left & right) / len(left | right) if left | right else 1.0
    return a.relation == b.relation and shared >= _LIKE


def _bounded_alone(also: Claim, one: Claim) -> bool:
    """Whether a number has a place or a time of its own that the other lacks."""
    timed = also.period.basis in {"stated", "relative"} and one.period.basis not in {"stated", "relative"}
    return timed or bool(set(also.scope) - set(one.scope))


_LIKE = 0.2
"""Share of the content words of both sentences under which nothing tells that they speak of one thing."""


def _repeats(one: Claim, also: Claim, pair: Pair) -> bool:
    """Whether a number of the other text is this one, told again: the same value, time and, as far as read, noun."""
    noun = also.measure.noun
    same = noun == one.measure.noun
    point = one.value.point if one.value else None
    exact = isinstance(point, float) and not point.is_integer()  # no two things have 46.2 percent by chance
    if not (same or exact or noun is None or noun in one.measure.terms):
        return False
    if one.kind in _NAMED and also.measure.relation != one.measure.relation:
        return False  # the same day of something else
    if not same and _bounded_alone(also, one):
        return False  # "41 million in North America" is not the budget
    if not same and isinstance(point, int) and point < _FEW:
        return False  # a small number is soon met by chance
    again = Pair(one, also, pair.around)
    return values.compare(again).relation in _SAME and times.compare(*again.periods) in {"same", "unknown"}

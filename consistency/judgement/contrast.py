"""Words near two numbers that tell them apart: a maximum and an average, men and women, land and all of it.

A topic joins numbers by what their sentences share. What sets them apart may be a single word that no scope of a claim
holds: of its noun, of its subject, of a phrase behind it. `rules/judgement/contrasts.yaml` says which words do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consistency.judgement.contrast_table import Contrasts, Phrase
from consistency.judgement.intervals import Interval, sign
from consistency.judgement.near import Near
from consistency.judgement.pair import Pair
from consistency.model import Claim

_CLOSE = 5  # words to either side of a number in which most of its own are looked for …
_REACH = 14  # … and the others
_ADDED = frozenset({"count", "money"})  # numbers of which a part is smaller than the whole
_GRAINS = frozenset({"month", "quarter"})
_KINDS = frozenset({"count", "money", "measure", "percent", "fraction", "multiple", "rank", "ordinal", "date"})


class Contrast(NamedTuple):
    """How two numbers are told apart. scopes: as the fact; a, b: the words of each side, empty where it has none."""

    scopes: str
    a: str
    b: str


def between(pair: Pair, sides: tuple[Interval | None, Interval | None]) -> Contrast | None:
    """What tells two numbers of one noun apart, None if nothing does. sides: their values."""
    a, b, table = pair.a, pair.b, pair.around.words.contrasts
    if a.kind not in _KINDS or b.kind not in _KINDS or a.sentence is None or b.sentence is None:
        return None
    if a.source == b.source and a.sentence.start == b.sentence.start:
        return None
    one, two = pair.around.near(a), pair.around.near(b)
    left, right = _answers(one, table), _answers(two, table)
    for question in sorted(left.keys() & right.keys()):
        (x, said), (y, told) = left[question], right[question]
        if x != y:
            return Contrast("different", " ".join(said), " ".join(told))
    if table.bases in left.keys() ^ right.keys() and _of_one_stretch(a, b):
        silent = one if table.bases in right else two
        if not table.comparing.isdisjoint(silent.words):
            return None
        words = [" ".join(side[table.bases][1]) if table.bases in side else "" for side in (left, right)]
        return Contrast("overlapping", *words)
    return _of_a_part(a, one, two, sides, table)


def _of_one_stretch(a: Claim, b: Claim) -> bool:
    """Whether both are changes, and one of them of a month or quarter."""
    return {a.aspect, b.aspect} == {"change"} and bool(_GRAINS & {a.period.granularity, b.period.granularity})


def _answers(near: Near, table: Contrasts) -> dict[int, tuple[int, Phrase]]:
    """question -> the answer nearest to the number, and its words; none where two are as near. Worked out once."""
    if near.answers is None:
        near.answers = _nearest(near, table)
    return near.answers


def _nearest(near: Near, table: Contrasts) -> dict[int, tuple[int, Phrase]]:
    best: dict[int, tuple[int, int, int, Phrase]] = {}
    tied: set[int] = set()
    for start, phrase, question, answer in _met(near, table):
        far, close = near.far(start, len(phrase)), question < table.close
        if far > (_CLOSE if close else _REACH) or ((close or start > near.last) and near.apart(start, len(phrase))):
            continue
        found = (far, -len(phrase), answer, phrase)
        known = best.get(question)
        if known is None or found[:2] < known[:2]:
            best[question] = found
            tied.discard(question)
        elif found[:2] == known[:2] and answer != known[2]:
            tied.add(question)
    return {q: (answer, phrase) for q, (_, _, answer, phrase) in best.items() if q not in tied}


def _met(near: Near, table: Contrasts) -> Iterator[tuple[int, Phrase, int, int]]:
    """The phrases of the table in a sentence, the longest at each place."""
    words = near.words
    for n, word in enumerate(words):
        if near.named[n]:
            continue
        fits = [x for x in table.answers.get(word, ()) if tuple(words[n : n + len(x[0])]) == x[0]]
        most = max((len(x[0]) for x in fits), default=0)
        for phrase, question, answer in fits:
            if len(phrase) == most:
                yield n, phrase, question, answer


def _of_a_part(
    a: Claim, one: Near, two: Near, sides: tuple[Interval | None, Interval | None], table: Contrasts
) -> Contrast | None:
    """A number that a word bounds, against one without it: a part, if it is smaller."""
    x, y = _bound(one, two, table), _bound(two, one, table)
    if x and y:
        return Contrast("overlapping", " ".join(x), " ".join(y))
    if not x and not y:
        return None
    words = " ".join(x or ()), " ".join(y or ())
    if a.kind not in _ADDED:
        return Contrast("overlapping", *words)
    low, high = sides
    if low is None or high is None:
        return Contrast("unknown", *words)
    going = sign(low, high)  # up: the second is the larger
    if going and (going > 0) == bool(x):
        return Contrast("narrower" if x else "wider", *words)
    return Contrast("unknown", *words)


def _bound(near: Near, other: Near, table: Contrasts) -> Phrase | None:
    """The nearest phrase that bounds a number, of which the other sentence knows nothing."""
    found = [
        (near.far(n, len(phrase)), phrase)
        for n, word in enumerate(near.words)
        if not near.named[n]
        for phrase in table.parts.get(word, ())
        if tuple(near.words[n : n + len(phrase)]) == phrase and not other.has(phrase)
    ]
    far, phrase = min(found, default=(_REACH + 1, None))
    return phrase if far <= _REACH else None

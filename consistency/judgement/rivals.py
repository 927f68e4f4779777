"""Names of one sort by which two numbers are of two things: "the Lindholm Museum" and "the Maritime Museum"."""

from __future__ import annotations

from consistency.extraction.introductions import sort_of
from consistency.judgement.contrast import Contrast
from consistency.judgement.pair import Pair
from consistency.model import Claim


def rivals(pair: Pair) -> Contrast | None:
    """The names by which two claims are of two things, None if there are none.

    Each sentence names one, of which the other says nothing; both end or begin with the same word for what they are and
    share no other. Of what happened to people it tells nothing: the hurt of one crash are taken to two hospitals.
    """
    a, b = pair.a, pair.b
    if pair.copied or pair.around.words.incident & {a.measure.relation, b.measure.relation}:
        return None
    if {c.basis.get("entities", "stated") for c in (a, b)} != {"stated"}:
        return None
    for x in sorted(_names(a)):
        for y in sorted(_names(b)):
            if _of_one_sort(x.casefold().split(), y.casefold().split()) and not (_says(b, x) or _says(a, y)):
                return Contrast("different", x, y)
    return None


def _names(claim: Claim) -> set[str]:
    return {name for name in claim.measure.entities if " " in name}


def _of_one_sort(x: list[str], y: list[str]) -> bool:
    for place in (0, -1):
        word = x[place]
        if word == y[place] and sort_of(word) not in (None, "person"):
            left, right = {*x} - {word}, {*y} - {word}
            return bool(left and right) and left.isdisjoint(right)
    return False


def _says(claim: Claim, name: str) -> bool:
    """Whether its sentence has a word of the name but that for what it is."""
    words = claim.sentence.text.casefold() if claim.sentence else ""
    return any(word in words for word in name.casefold().split() if sort_of(word) is None and len(word) > 2)

"""The pairs of claims that are links, scored in stretches that an engine can give to whom it likes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from consistency.engine import Codec, Engine
from consistency.topics.blocking import Blocks
from consistency.topics.sieve import Sieve, traits_of
from consistency.topics.signature import Signature
from consistency.topics.similarity import Scorer

STRETCH = 256  # claims, each with all that it meets
Link = tuple[float, int, int]
"""The score of two claims, and their indices, the smaller first."""


class Links:
    """Links in the order of their pairs, packed: there are several for each claim."""

    def __init__(self, found: Iterable[Link] = ()) -> None:
        self._scores, self._left, self._right = array("d"), array("Q"), array("Q")
        self.extend(found)

    def extend(self, found: Iterable[Link]) -> None:
        """Adds links of later pairs."""
        for score, a, b in found:
            self._scores.append(score)
            self._left.append(a)
            self._right.append(b)

    def score(self, a: int, b: int) -> float | None:
        """That of the link of two claims, the smaller index first; None where they are none."""
        left, right = self._left, self._right
        n = bisect_left(right, b, bisect_left(left, a), bisect_right(left, a))
        return self._scores[n] if n < len(left) and left[n] == a and right[n] == b else None

    def best_first(self) -> Iterator[Link]:
        """Highest score first, equal ones in the order of the pairs."""
        scores = self._scores
        for n in sorted(range(len(scores)), key=lambda n: -scores[n]):
            yield scores[n], self._left[n], self._right[n]


def links_of(blocks: Blocks, claims: Sequence[Signature], scorer: Scorer, engine: Engine) -> tuple[Links, int]:
    """The pairs that are links; how many were scored elsewhere."""
    before = scorer.scored
    links = Links()
    scored = 0
    work = _Scoring(blocks, claims, scorer)
    stretches = (range(n, min(n + STRETCH, blocks.size)) for n in range(0, blocks.size, STRETCH))
    for found, many in engine.map(work, stretches, codec=Codec(tuple[list[Link], int])):
        links.extend(found)
        scored += many
    return links, scored - (scorer.scored - before)


class _Scoring:
    """Scores the pairs of a stretch of claims with later ones."""

    def __init__(self, blocks: Blocks, claims: Sequence[Signature], scorer: Scorer) -> None:
        self.blocks, self.claims, self.scorer = blocks, claims, scorer
        self.sieve = Sieve(traits_of(claims, scorer.known), scorer, claims.__getitem__)

    def __call__(self, stretch: range) -> tuple[list[Link], int]:
        before = self.scorer.scored
        link = self.scorer.link
        out: list[Link] = []
        for a in stretch:
            one = self.claims[a]
            for b in self.sieve.left(a, self.blocks.partners(a)):
                value = link(one, self.claims[b])
                if value is not None:
                    out.append((value, a, b))
        return out, self.scorer.scored - before

"""The pairs of claims that are links, scored in stretches that an engine can give to whom it likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from consistency.engine import Codec, Engine
from consistency.topics.blocking import Blocks
from consistency.topics.signature import Signature
from consistency.topics.similarity import Scorer

STRETCH = 8_192
Links = list[tuple[float, int, int]]


def links_of(blocks: Blocks, claims: Sequence[Signature], scorer: Scorer, engine: Engine) -> tuple[Links, int]:
    """(score, a, b) of each pair that is a link, in the order of the pairs; how many were scored elsewhere."""
    before = scorer.scored
    links: Links = []
    scored = 0
    work = _Scoring(claims, scorer)
    for found, many in engine.map(work, _stretches(blocks), codec=Codec(tuple[Links, int])):
        links += found
        scored += many
    return links, scored - (scorer.scored - before)


class _Scoring:
    """Scores one stretch of pairs."""

    def __init__(self, claims: Sequence[Signature], scorer: Scorer) -> None:
        self.claims, self.scorer = claims, scorer

    def __call__(self, pairs: Sequence[tuple[int, int]]) -> tuple[Links, int]:
        before = self.scorer.scored
        out: Links = []
        for a, b in pairs:
            value = self.scorer.link(self.claims[a], self.claims[b])
            if value is not None:
                out.append((value, a, b))
        return out, self.scorer.scored - before


def _stretches(blocks: Blocks) -> Iterator[list[tuple[int, int]]]:
    pairs = blocks.pairs()
    while stretch := list(islice(pairs, STRETCH)):
        yield stretch

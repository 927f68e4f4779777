"""The pairs of claims that are links, scored in stretches that an engine can give to whom it likes."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.engine import Codec, Engine
from consistency.topics.blocking import Blocks
from consistency.topics.signature import Signature
from consistency.topics.similarity import Scorer

STRETCH = 256  # claims, each with all that it meets
Links = list[tuple[float, int, int]]


def links_of(blocks: Blocks, claims: Sequence[Signature], scorer: Scorer, engine: Engine) -> tuple[Links, int]:
    """(score, a, b) of each pair that is a link, in the order of the pairs; how many were scored elsewhere."""
    before = scorer.scored
    links: Links = []
    scored = 0
    work = _Scoring(blocks, claims, scorer)
    stretches = (range(n, min(n + STRETCH, blocks.size)) for n in range(0, blocks.size, STRETCH))
    for found, many in engine.map(work, stretches, codec=Codec(tuple[Links, int])):
        links += found
        scored += many
    return links, scored - (scorer.scored - before)


class _Scoring:
    """Scores the pairs of a stretch of claims with later ones."""

    def __init__(self, blocks: Blocks, claims: Sequence[Signature], scorer: Scorer) -> None:
        self.blocks, self.claims, self.scorer = blocks, claims, scorer

    def __call__(self, stretch: range) -> tuple[Links, int]:
        before = self.scorer.scored
        link = self.scorer.link
        out: Links = []
        for a in stretch:
            one = self.claims[a]
            for b in self.blocks.partners(a):
                value = link(one, self.claims[b])
                if value is not None:
                    out.append((value, a, b))
        return out, self.scorer.scored - before

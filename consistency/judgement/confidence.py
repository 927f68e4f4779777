"""How sure a finding is.

The product of four factors, each at most 1, so that a weaker part never makes a finding surer:
both claims' own confidence (how well the sentence was read); the basis of the comparison (firm 1, soft 0.7, missing
0.5; for an agreement 1); the strength of the topic link between the two, 2**s / (1 + 2**s) for a score of s bits,
never under 0.5, since the topic has joined them.
"""

from __future__ import annotations

from consistency.judgement.facts import Facts

BASIS = {"firm": 1.0, "soft": 0.7, "missing": 0.5}
NO_LINK = 0.9
"""The link factor of two claims that share a topic without a link of their own."""


def link_strength(score: float) -> float:
    """A probability from log2 odds, never under 0.5."""
    capped = max(0.0, min(score, 30.0))
    return float(2.0**capped / (1.0 + 2.0**capped))


def confidence(full: Facts, outcome: str) -> float:
    """Between 0 and 1, rounded to two decimals."""
    a, b, around = full.pair.a, full.pair.b, full.pair.around
    link = around.links.get((a.id, b.id)) or around.links.get((b.id, a.id))
    strength = 1.0 if full.pair.copied or a.source == b.source else link_strength(link.score) if link else NO_LINK
    weight = 1.0 if outcome == "agreement" else BASIS[full.facts["basis"]]
    return round(a.confidence * b.confidence * weight * strength, 2)

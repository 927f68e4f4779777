"""How sure a finding is.

The product of three factors, each at most 1, so that a weaker part never makes a finding surer: how often findings of
such an outcome and basis are right (`rules/judgement/confidence.yaml`); how well both sentences were read, which tells
little; and the strength of the topic link between the two, 2**s / (1 + 2**s) for a score of s bits.
"""

from __future__ import annotations

from consistency.judgement.facts import Facts


def link_strength(score: float) -> float:
    """A probability from log2 odds, never under 0.5."""
    capped = max(0.0, min(score, 30.0))
    return float(2.0**capped / (1.0 + 2.0**capped))


def confidence(full: Facts, outcome: str) -> float:
    """Between 0 and 1, rounded to two decimals."""
    a, b, around = full.pair.a, full.pair.b, full.pair.around
    sure = around.words.sure
    if full.pair.copied or a.source == b.source:
        strength = 1.0
    elif link := around.links.get((a.id, b.id)) or around.links.get((b.id, a.id)):
        strength = max(sure.least_link, link_strength(link.score))
    else:
        strength = sure.no_link
    share: float = sure.share[outcome][full.facts["basis"]]
    read: float = (a.confidence * b.confidence) ** sure.reading
    return round(share * read * strength, 2)

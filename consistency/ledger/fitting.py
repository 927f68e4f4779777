"""Weights as decisions would have them: logistic regression that is held to the weights in force.

The score of a pair is a sum of weights in bits, the log-odds that two claims are about one thing (Fellegi and Sunter
1969). The weights looked for are the most likely ones given the decisions, where each is believed to lie about its
present value with a standard deviation of `SPREAD` bits (maximum a posteriori; a normal prior). The function is convex;
Newton's method, one weight after the other, finds its minimum. Pure, and the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from consistency.model import Record

SPREAD = 1.0
_ROUNDS = 200
_LN2 = math.log(2)


class Judged(Record, frozen=True):
    """A pair of claims that people judged.

    same: whether they are about one thing; evidence: by the name of a weight, how often it counts; rest: bits of what
    is not fitted; share: what the pair counts; decision: the number of the entry.
    """

    same: bool
    evidence: Mapping[str, float]
    rest: float
    share: float
    decision: int

    def score(self, of: Mapping[str, float]) -> float:
        """The score in bits."""
        return self.rest + sum(of[name] * times for name, times in self.evidence.items())


def fitted(pairs: Sequence[Judged], of: Mapping[str, float], spread: float = SPREAD) -> dict[str, float]:
    """The weights that occur in the pairs, as the pairs would have them."""
    names = sorted({name for pair in pairs for name in pair.evidence})
    now = {name: of[name] for name in names}
    within = {name: [n for n, pair in enumerate(pairs) if pair.evidence.get(name)] for name in names}
    scores = [pair.score(of) for pair in pairs]
    for _ in range(_ROUNDS):
        moved = 0.0
        for name in names:
            slope, bend = (now[name] - of[name]) / spread**2, 1 / spread**2
            for n in within[name]:
                pair = pairs[n]
                chance = _chance(scores[n])
                times = pair.evidence[name] * _LN2
                slope += pair.share * times * (chance - pair.same)
                bend += pair.share * times**2 * chance * (1 - chance)
            step = max(-1.0, min(1.0, -slope / bend))
            now[name] += step
            for n in within[name]:
                scores[n] += step * pairs[n].evidence[name]
            moved = max(moved, abs(step))
        if moved < 1e-6:
            break
    return now


def right(pairs: Sequence[Judged], of: Mapping[str, float], link: float) -> float:
    """The share of the decisions that the weights side with."""
    whole = sum(pair.share for pair in pairs)
    return sum(p.share for p in pairs if (p.score(of) >= link) == p.same) / whole if whole else 0.0


def _chance(bits: float) -> float:
    """The probability of a log-odds in bits."""
    if bits >= 0:
        return 1 / (1 + math.exp2(-bits))
    odds = math.exp2(max(bits, -1000.0))
    return odds / (1 + odds)

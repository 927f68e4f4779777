"""Claims that are worked out, among those that are printed: which pairs say something, and what of it is told."""

from __future__ import annotations

from collections.abc import Mapping

from consistency.judgement.intervals import interval_of, middle
from consistency.judgement.positions import Position
from consistency.model import Claim, Finding

_TOLD = frozenset({"agreement", "possible-contradiction", "contradiction"})
_SHARE = "share-of-total"


def comparable(p: Position, q: Position, claims: Mapping[str, Claim]) -> bool:
    """Whether two positions are to be compared.

    A claim that is worked out is not held against what it was worked out from, nor two of them against each other:
    their parents are compared. The share of a total is no rival of another source's total.
    """
    derived = [side.claims[0] for side in (p, q) if side.claims[0].derived is not None]
    if len(derived) != 1:
        return not derived
    one = derived[0]
    other = q if p.claims[0] is one else p
    lineage = set(one.derived.from_) if one.derived else set()
    if lineage & set(other.ids):
        return False
    return not (one.derived and one.derived.rule == _SHARE) or _is_share(one, other.claims[0], lineage, claims)


def _is_share(share: Claim, other: Claim, lineage: set[str], claims: Mapping[str, Claim]) -> bool:
    """Whether another claim lies nearer to the share than to the total the share was taken of."""
    totals = [claims[i] for i in sorted(lineage) if i in claims and claims[i].kind == share.kind]
    middles = []
    for claim in (share, other, *totals[:1]):
        interval = interval_of(claim.value)
        middles.append(middle(interval) if interval else None)
    if len(middles) < 3 or None in middles:
        return True
    a, b, total = (m or 0.0 for m in middles)
    return abs(b - a) <= abs(b - total)


def worth_telling(finding: Finding) -> bool:
    """Whether a finding with a claim that is worked out is told of: where it agrees or may contradict; what time
    explains says nothing."""
    return finding.outcome in _TOLD and finding.facts.get("values") != "uninformative"

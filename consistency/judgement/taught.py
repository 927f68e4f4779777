"""What is not to be held together, as people said: findings between claims, and claims worked out from several.

Printed claims that are forbidden never share a topic. What is left are claims that were worked out, and checks that
need no topic (a number and the list after it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from consistency.judgement.arithmetic.rules import CODED
from consistency.model import Claim, Finding

Pairs = frozenset[tuple[str, str]]
"""Of fingerprints, each sorted."""


def standing(findings: Sequence[Finding], claims: Mapping[str, Claim], cannot: Pairs) -> list[Finding]:
    """The findings that still hold two things together.

    A sum falls with any of its parts; other findings once every pair of claims across their sides is forbidden."""
    if not cannot:
        return list(findings)
    return [f for f in findings if _stands(f, claims, cannot)]


def _stands(finding: Finding, claims: Mapping[str, Claim], cannot: Pairs) -> bool:
    sides = [[claims[i].fingerprint for i in side if i in claims] for side in finding.sides]
    pairs = [_pair(a, b) for x, y in combinations(sides, 2) for a in x for b in y]
    if finding.rule in CODED:
        return cannot.isdisjoint(pairs)
    return not pairs or not cannot.issuperset(pairs)


def sound(own: Sequence[Claim], derived: Iterable[Claim], claims: Mapping[str, Claim], cannot: Pairs) -> list[Claim]:
    """The claims that join a topic as worked out from its own: not from two that are not about one thing, however many
    steps that took, nor where a claim is that they are not to be held against."""
    found = list(derived)
    if not cannot:
        return found
    by_id = {**claims, **{c.id: c for c in found}}
    members = {c.fingerprint for c in own}
    left: set[str] = set()
    out = []
    for claim in found:
        ids = _rests_on(claim, by_id)
        pairs = [_pair(a, b) for a, b in combinations(sorted({by_id[i].fingerprint for i in ids}), 2)]
        pairs += [_pair(claim.fingerprint, member) for member in members]
        if left.isdisjoint(ids) and cannot.isdisjoint(pairs):
            out.append(claim)
            members.add(claim.fingerprint)
        else:
            left.add(claim.id)
    return out


def _rests_on(claim: Claim, claims: Mapping[str, Claim]) -> set[str]:
    """The ids of all that a claim is worked out from."""
    seen: set[str] = set()
    todo = [claim]
    while todo:
        one = todo.pop()
        for id_ in one.derived.from_ if one.derived is not None else ():
            if id_ not in seen and id_ in claims:
                seen.add(id_)
                todo.append(claims[id_])
    return seen


def _pair(a: str, b: str) -> tuple[str, str]:
    return (min(a, b), max(a, b))

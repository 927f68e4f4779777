"""Claims that belong together whatever they score: said by people, copied, or of one curated topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from consistency.model import Origins
from consistency.topics import taught
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature

Pair = tuple[int, int]


class Bonds(msgspec.Struct, frozen=True):
    """By the indices of claims. must: pairs that belong together, in the order they are tied; said: those of them that
    people said. taken: the claims of curated topics, and their topic; cannot: what a claim may not be together with."""

    must: Sequence[Pair]
    said: Sequence[Pair]
    taken: Mapping[int, str]
    cannot: Mapping[int, frozenset[int]]


def bonds(claims: Sequence[Signature], origins: Origins, matched: Mapping[int, str], settings: TopicSettings) -> Bonds:
    """What binds some claims, in the order of their indices. matched: those that meet the checks of a curated topic.

    What is told of a claim rests on those that it is bound to, over however many between them, and on no others."""
    index = {s.claim.id: s.index for s in claims}
    said = taught.bound(claims, settings)
    copied = (*origins.copied, *((origins.of[r], r) for r in origins.repeats))
    must = [*said, *((index[a], index[b]) for a, b in copied if a in index and b in index)]
    taken = _spread(matched, must)
    cannot = taught.apart(claims, settings)
    return Bonds(must + chains(taken, cannot), said, taken, cannot)


def _spread(taken: Mapping[int, str], must: Sequence[Pair]) -> dict[int, str]:
    """A copy of a curated topic's claim belongs to it too, even where a changed number fails its checks."""
    out = dict(taken)
    for a, b in must:
        if a in taken and b not in taken:
            out.setdefault(b, taken[a])
        elif b in taken and a not in taken:
            out.setdefault(a, taken[b])
    return out


def chains(taken: Mapping[int, str], cannot: Mapping[int, frozenset[int]]) -> list[Pair]:
    """Pairs that tie the claims of each curated topic together; around those that people parted, as far as may be."""
    begun: dict[str, list[list[int]]] = {}
    out: list[Pair] = []
    for i in sorted(taken):
        known = begun.setdefault(taken[i], [])
        apart = cannot.get(i, frozenset())
        chain = next((c for c in known if not apart or apart.isdisjoint(c)), None)
        if chain is None:
            known.append([i])
        else:
            out.append((chain[-1], i))
            chain.append(i)
    return out

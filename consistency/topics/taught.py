"""What people said of pairs of claims, for the claims that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature

Pair = tuple[int, int]


def bound(claims: Sequence[Signature], settings: TopicSettings) -> list[Pair]:
    """Pairs that are about one thing. Of several claims of one fingerprint each is tied."""
    out: list[Pair] = []
    for ones, twos in _there(claims, settings.must):
        out += [(min(ones), b) for b in twos if b != min(ones)]
        out += [(a, min(twos)) for a in ones if a != min(twos)]
    return sorted({(min(p), max(p)) for p in out})


def apart(claims: Sequence[Signature], settings: TopicSettings) -> dict[int, frozenset[int]]:
    """What each claim may never be in one topic with."""
    out: dict[int, set[int]] = defaultdict(set)
    for ones, twos in _there(claims, settings.cannot):
        for a in ones:
            for b in twos:
                if a != b:
                    out[a].add(b)
                    out[b].add(a)
    return {i: frozenset(others) for i, others in out.items()}


def partners(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The fingerprints that each is paired with."""
    out: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(pairs):
        out[a].append(b)
        out[b].append(a)
    return dict(out)


def _there(claims: Sequence[Signature], pairs: frozenset[tuple[str, str]]) -> Iterator[tuple[list[int], list[int]]]:
    """The places of the claims of each pair that has some."""
    if not pairs:
        return
    wanted = {fingerprint for pair in pairs for fingerprint in pair}
    places: dict[str, list[int]] = defaultdict(list)
    for s in claims:
        if s.claim.fingerprint in wanted:
            places[s.claim.fingerprint].append(s.index)
    for a, b in sorted(pairs):
        if a in places and b in places:
            yield places[a], places[b]

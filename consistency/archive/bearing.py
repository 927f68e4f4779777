"""Which topics bear on what is said of new sources: of what they reached, only those are judged.

What is reached rests on links, of which the topic stage takes some and refuses most where much is alike. Once there are
topics, judging looks out of one only where `consistency.judgement.meeting` says so, and along copies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from consistency.archive.kept import Kept
from consistency.judgement import meeting
from consistency.model import Claim, Clustering, Topic
from consistency.rulebook import Rulebook


def bearing(
    clustering: Clustering, kept: Mapping[str, Kept], new: Collection[str], rules: Rulebook
) -> tuple[Topic, ...]:
    """The topics that hold a claim of a new source, and those whose findings may answer for those of the others, in
    their order. kept: all sources that are reached, by id; new: ids of those that are new."""
    groups: list[Sequence[str]] = [t.claims for t in clustering.topics]
    groups += _beyond(clustering, kept.values(), rules)
    of: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for claim in group:
            of[claim].append(n)
    waiting = [c.id for id_ in new if id_ in kept for c in kept[id_].extraction.claims]
    claims, seen = set(waiting), set[int]()
    while waiting:
        for n in of.get(waiting.pop(), ()):
            if n not in seen:
                seen.add(n)
                met = [i for i in groups[n] if i not in claims]
                claims.update(met)
                waiting += met
    return tuple(t for n, t in enumerate(clustering.topics) if n in seen)


def _beyond(clustering: Clustering, kept: Collection[Kept], rules: Rulebook) -> Iterator[Sequence[str]]:
    """Claims that bear on each other though their topics may be others."""
    shared: dict[str, list[Claim]] = defaultdict(list)
    passages: dict[tuple[str, int], list[str]] = defaultdict(list)
    for one in kept:
        yield from one.ties
        for claim, keys in zip(one.extraction.claims, one.keys, strict=True):
            for key in keys:
                if key.startswith((meeting.GROWTH, meeting.EVENT)):
                    shared[key].append(claim)
            if claim.sentence is not None:
                passages[claim.source, claim.sentence.start].append(claim.id)
    for key, claims in shared.items():
        if key.startswith(meeting.EVENT):
            yield [c.id for c in claims]
        else:
            yield from ((a.id, b.id) for a, b in combinations(claims, 2) if meeting.may_grow(a, b, rules))
    origins: dict[str, list[str]] = defaultdict(list)
    for claim_id, origin in clustering.origins.of.items():
        origins[origin].append(claim_id)
    copied = {i for claims in origins.values() if len(claims) > 1 for i in claims}
    yield from (claims for claims in origins.values() if len(claims) > 1)
    yield from (claims for claims in passages.values() if not copied.isdisjoint(claims))  # as far as a copy may reach

"""What belongs to a claim whatever it scores, as far as it hangs together: copies of it, repetitions, claims of its
curated topic, those that people said are about the same thing; and copies and such of those."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from consistency.archive.opened import Opened
from consistency.model import Claim
from consistency.topics.bonds import bonds
from consistency.topics.clusters import Groups
from consistency.topics.keys import CURATED, PRINT
from consistency.topics.origins import ClaimPair, claims_of_forms, settled
from consistency.topics.signature import Rank


class Bound:
    """Ties what belongs together, once for all that hangs together by it. origin: claim -> the claims of one origin.
    together: claim -> all that hangs together with it, where there is more than itself. forms: the claims of forms, as
    `origins.claims_of_forms`."""

    def __init__(self, opened: Opened, groups: Groups[Rank]) -> None:
        self.opened, self.groups = opened, groups
        self.origin: dict[str, list[str]] = {}
        self.together: dict[str, set[str]] = {}
        self.forms: set[str] = set()
        self._taken: set[str] = set()
        self._done: set[str] = set()

    def free(self, claim: str) -> bool:
        """Whether a claim can join a topic by links: not if it belongs to a curated one."""
        return claim not in self._taken

    def prepare(self, claims: Collection[str]) -> None:
        """Looks up what may be joined to these claims, and ties them to what belongs to them."""
        self.opened.look_up(claims)
        for claim in sorted(claims):
            if claim not in self._done:
                self._tie(claim)

    def _tie(self, start: str) -> None:
        claims, pairs, repeats = {start}, dict[tuple[str, str], ClaimPair](), dict[tuple[str, str], ClaimPair]()
        waiting = [start]
        while waiting:
            self.opened.look_up(waiting)
            met: set[str] = set()
            for claim in waiting:
                for into, some in ((pairs, self._copies(claim)), (repeats, self._repeats(claim))):
                    for a, b in some:
                        into[a.id, b.id] = a, b
                        met.update((a.id, b.id))
                met.update(self._told(claim))
            waiting = sorted(met - claims)
            claims |= met
        self._done |= claims
        if len(claims) > 1:
            self.together.update(dict.fromkeys(claims, claims))
        if len(claims) > 1 or self._curated(start):
            self._bind(claims, pairs.values(), repeats.values())

    def _bind(self, claims: set[str], pairs: Iterable[ClaimPair], repeats: Iterable[ClaimPair]) -> None:
        opened = self.opened
        shared = opened.shared
        ordered = sorted(claims, key=opened.rank)
        ranks = [opened.rank(c) for c in ordered]
        sources = {opened.home(c).source for c in ordered}
        extractions = [opened.sources[s].kept.extraction for s in sorted(sources)]
        pairs = list(pairs)
        self.forms |= claims_of_forms(dict(zip(ordered, ranks, strict=True)), pairs, shared.copies)
        origins = settled(extractions, pairs, (), list(repeats), shared.copies)
        found = bonds(
            [replace(opened.claim(c), index=i) for i, c in enumerate(ordered)],
            origins,
            {i: topic for i, c in enumerate(ordered) if (topic := self._curated(c))},
            opened.settings,
        )
        for a, b in found.must:
            self.groups.tie(ranks[a], ranks[b])
        self._taken.update(ordered[i] for i in found.taken)
        of: dict[str, list[str]] = {}
        for claim in ordered:
            of.setdefault(origins.of[claim], []).append(claim)
        self.origin.update((c, some) for some in of.values() if len(some) > 1 for c in some)

    def _copies(self, claim: str) -> Iterator[ClaimPair]:
        one = self.opened.home(claim)
        passage = one.passage_of(claim)
        if passage is not None:
            for source in sorted(one.near[passage.order]):
                yield from self.opened.copies.between(one, passage, self.opened.sources[source]).get(claim, ())

    def _repeats(self, claim: str) -> Collection[tuple[Claim, Claim]]:
        return self.opened.home(claim).repeats.get(claim, ())

    def _told(self, claim: str) -> Iterator[str]:
        """The claims of its curated topic, and those that people said are about the same thing."""
        opened = self.opened
        keys = opened.said(claim)
        if keys:
            keys.append(PRINT + opened.home(claim).fingerprint(claim))
        topic = self._curated(claim)
        if topic is not None:
            keys.append(CURATED + topic)
        for key in keys:
            if opened.lives(key):
                yield from (other for _, other in opened.mates(key))

    def _curated(self, claim: str) -> str | None:
        return self.opened.home(claim).topic(claim)

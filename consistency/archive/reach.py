"""How far new sources reach into an archive: the claims whose topics and findings they can bear on.

Claims are the nodes of a graph; two are joined if they are linked, copied, curated together or of one fingerprint, or
if the finding of the one may answer for that of the other (`consistency.judgement.meeting`). What is reached is the
components of that graph that hold a new claim. Greedy clustering never looks out of a component, nor does judging, so
the topics and findings of the reached claims come out as if every source of the archive were there.

The graph is never built whole: keys say which sources may be joined to a claim, those alone are loaded, and only pairs
with a claim that is already reached are scored. A key that more than `block_cap` claims (or documents) have is looked
up nowhere; it is told of in `Reached.hot`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from consistency.archive.kept import Kept, Portrait
from consistency.archive.loaded import Copies, Loaded, Shared
from consistency.archive.tales import Tales
from consistency.judgement import meeting
from consistency.model import Extraction
from consistency.rulebook import Rulebook
from consistency.topics.about import Document
from consistency.topics.blocking import common_word
from consistency.topics.keys import BLOCK, PRINT, SHINGLE
from consistency.topics.passages import Passage
from consistency.topics.settings import TopicSettings, Whole
from consistency.topics.signature import Signature
from consistency.topics.taught import partners


class Archive(Protocol):
    """What must be known of a set of sources: an index of the keys of each (`kept.postings_of`), and their records.

    Sources have numbers. `counts`, `holders` and `shares` can be answered from a table of postings.
    """

    def number_of(self, id_: str) -> int | None:
        """The number of the source with an id, None if it is not here."""

    def counts(self, keys: Collection[str], most: int) -> Mapping[str, int]:
        """The sum of `times` of each key; any number over `most` where it is over that."""

    def holders(self, keys: Sequence[str]) -> Collection[int]:
        """The sources that have one of the keys."""

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterable[tuple[int, int, int]]:
        """(source, size, how many of the keys) of each part of a source that is of such a size and has at least so many
        of the keys."""

    def portraits(self, numbers: Iterable[int]) -> Iterable[tuple[int, Portrait]]:
        """The documents of some sources."""

    def load(self, number: int) -> Kept:
        """The record of a source."""


class Reached(msgspec.Struct, frozen=True):
    """kept: the sources that hold a reached claim, by id. claims: the reached claims. whole: for the topic stage, None
    if this is all there is. hot: keys that too many share to be looked up. loaded: how many sources were opened."""

    kept: dict[str, Kept]
    claims: frozenset[str]
    whole: Whole | None
    hot: tuple[str, ...]
    loaded: int

    @property
    def extractions(self) -> list[Extraction]:
        """The claims of those sources."""
        return [k.extraction for _, k in sorted(self.kept.items())]


def reach(
    new: Archive,
    known: Archive,
    ids: Iterable[str],
    rules: Rulebook,
    settings: TopicSettings,
    claims: frozenset[str] | None = None,
) -> Reached:
    """What the new sources (those of `new`, by id) reach among themselves and in `known`. claims: those of the sources
    that the walk begins with; None for all of them."""
    return _Search((new, known), rules, settings).run(sorted(ids), claims)


class _Search:
    """The walk through the graph."""

    def __init__(self, archives: tuple[Archive, Archive], rules: Rulebook, settings: TopicSettings) -> None:
        self.archives, self.settings = archives, settings
        self.shared = Shared(rules, settings)
        self._counts: dict[str, int] = {}
        self.tales = Tales(archives, self.shared.table, settings, self.counts)
        self.copies = Copies(self.shared, self.counts)
        self.loaded: dict[str, Loaded] = {}
        self.by_key: dict[str, list[tuple[str, str]]] = {}
        self.by_claim: dict[str, str] = {}
        self.asked: set[str] = set()
        self.seen: set[tuple[str, str]] = set()
        self.hot: set[str] = set()
        self.partners = partners(settings.must)
        self._opened: dict[tuple[int, int], str] = {}
        self._live: dict[str, bool] = {}
        self.reached: set[str] = set()
        self.left: dict[str, int] = {}
        """source -> how many of its claims are not reached yet."""

    def run(self, ids: Sequence[str], claims: frozenset[str] | None = None) -> Reached:
        """The components of the claims of some sources, or of those among them that are named."""
        for id_ in ids:
            self._load_id(id_)
        frontier = {c.id for id_ in ids for c in self.loaded[id_].kept.extraction.claims}
        if claims is not None:
            frontier &= claims
        for claim in frontier:
            self._reach(claim)
        while frontier:
            self._settle({self.by_claim[c] for c in frontier})
            self._look_up(frontier)
            frontier = {b for a in sorted(frontier) for b in self._joined(a) if self._reach(b)}
        reached = self.reached
        sources = {self.by_claim[c] for c in reached} | set(ids)
        self._settle(sources)
        documents: Mapping[str, Document] = {s: self.loaded[s].document for s in sources}
        return Reached(
            kept={s: self.loaded[s].kept for s in sorted(sources)},
            claims=frozenset(reached),
            whole=Whole(
                self.count, documents, frozenset(reached), signatures=self._signatures(), scorer=self.shared.scorer
            ),
            hot=tuple(sorted(self.hot | self.tales.hot)),
            loaded=len(self.loaded),
        )

    def _signatures(self) -> tuple[Signature, ...]:
        """The reached claims as the topic stage compares them, in its order."""
        homes = ((claim, self.loaded[self.by_claim[claim]]) for claim in self.reached)
        found = {one.rank(s.claim): s for claim, one in homes for s in (one.claim(claim),)}
        return tuple(found[rank] for rank in sorted(found))

    def count(self, key: str) -> int:
        """How many claims, passages or documents of all sources have a key, as far as it matters."""
        found = self._counts.get(key)
        return self.counts((key,))[key] if found is None else found

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """`count` of these keys, and of others perhaps: all are asked for at once."""
        asked: dict[int, list[str]] = {}
        for key in {k for k in keys if k not in self._counts}:
            most = self.shared.copies.hot_shingle if key.startswith(SHINGLE) else self.settings.block_cap
            asked.setdefault(most, []).append(key)
        for most, some in asked.items():
            one, two = (archive.counts(some, most) for archive in self.archives)
            self._counts.update((key, one[key] + two[key]) for key in some)
        return self._counts

    # ------------------------------------------------------------------------------------------------------- loading
    def _load_id(self, id_: str) -> None:
        if id_ not in self.loaded:
            for archive in self.archives:
                number = archive.number_of(id_)
                if number is not None:
                    self._add(archive.load(number))
                    return
            raise KeyError(id_)

    def _load(self, ask: Callable[[Archive], Collection[int]]) -> set[str]:
        """Opens the sources that an archive answers with, and tells their ids."""
        out = set()
        for place, archive in enumerate(self.archives):
            for number in sorted(ask(archive)):
                if (place, number) not in self._opened:
                    self._opened[place, number] = self._add(archive.load(number))
                out.add(self._opened[place, number])
        return out

    def _add(self, kept: Kept) -> str:
        source = kept.extraction.source
        if source in self.loaded:
            return source
        one = self.loaded[source] = Loaded(kept, self.shared, self.tales.told.get(source))
        self.by_claim.update((c.id, source) for c in kept.extraction.claims)
        self.left[source] = len(kept.extraction.claims)
        for claim, key in one.every_key():
            self.by_key.setdefault(key, []).append((source, claim))
        return source

    def _settle(self, sources: Iterable[str]) -> None:
        """Finds out which story each of these documents tells, and with whom."""
        for source in sorted(sources):
            if not self.loaded[source].settled:
                for other in self.tales.of(self.loaded[source].document):
                    self._load_id(other)
                    one = self.loaded[other]
                    if not one.settled:
                        one.settle(self.tales.told[other][0])
                        for claim, key in one.story_keys():
                            self.by_key.setdefault(key, []).append((other, claim))

    def _look_up(self, frontier: Iterable[str]) -> None:
        """Loads the sources that may hold a claim joined to one of these."""
        keys: set[str] = set()
        passages: list[tuple[Loaded, Passage]] = []
        for claim in sorted(frontier):
            one = self.loaded[self.by_claim[claim]]
            keys.update((*one.claim_keys(claim), *self._taught(one, claim)))
            passage = one.passage_of(claim)
            if passage is not None and passage.order not in one.near:
                one.near[passage.order] = set()
                passages.append((one, passage))
        keys -= self.asked
        self.asked |= keys
        self.counts(keys)
        live = sorted(filter(self._lives, keys))
        self.copies.prepare(p for _, p in passages)
        for one, passage in passages:
            one.near[passage.order] = self._load(self.copies.looker(passage)) - {one.source}
        self._load(lambda archive: archive.holders(live))

    def _taught(self, one: Loaded, claim: str) -> list[str]:
        """What the claims are looked for by that people said are about the same thing as this one."""
        return [PRINT + p for p in self.partners.get(one.fingerprint(claim), ())] if self.partners else []

    def _lives(self, key: str) -> bool:
        """Whether anything is looked for by a key: not by a word that tells nothing, nor by what too many have."""
        found = self._live.get(key)
        if found is None:
            many = self.count(key)
            found = self._live[key] = many <= self.settings.block_cap and not (
                key.startswith(BLOCK) and common_word(key, many)
            )
            if many > self.settings.block_cap:
                self.hot.add(key)
        return found

    # -------------------------------------------------------------------------------------------------------- joining
    def _reach(self, claim: str) -> bool:
        """Notes that a claim is reached; False if it was before."""
        if claim in self.reached:
            return False
        self.reached.add(claim)
        self.left[self.by_claim[claim]] -= 1
        return True

    def _joined(self, claim: str) -> Iterator[str]:
        """The claims that are joined to one. Not all that are reached already: they are looked at no more."""
        one = self.loaded[self.by_claim[claim]]
        yield from one.ties.get(claim, ())
        mine = one.claim(claim)
        for key in (*one.claim_keys(claim), *self._taught(one, claim)):
            if not self._lives(key):
                continue
            for source, other in self.by_key.get(key, ()):
                pair = (claim, other) if claim < other else (other, claim)
                name = (pair[0], pair[1] + key[:2])
                if other in self.reached or name in self.seen:
                    continue
                self.seen.add(name)
                if self._join(key, one, mine, self.loaded[source], other):
                    yield other
        passage = one.passage_of(claim)
        if passage is not None:
            for source in sorted(s for s in one.near[passage.order] if self.left[s]):
                yield from self.copies.between(one, passage, self.loaded[source], self.reached).get(claim, ())

    def _join(self, key: str, one: Loaded, a: Signature, two: Loaded, other: str) -> bool:
        """Whether two claims that share a key are joined by it."""
        if key.startswith(BLOCK):
            return self.shared.linked(one, a, two, two.claim(other))
        if key.startswith(meeting.GROWTH):
            return meeting.may_grow(a.claim, two.claim(other).claim, self.shared.rules)
        return True

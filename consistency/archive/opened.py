"""The sources of archives that were opened so far, and what is looked up to open more.

A key that more than `block_cap` claims (or documents) have is looked up nowhere; such keys are told of in `hot`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from consistency.archive.copying import Copies
from consistency.archive.former import Former
from consistency.archive.kept import Kept, Portrait
from consistency.archive.loaded import Loaded, Shared
from consistency.archive.tales import Tales
from consistency.rulebook import Rulebook
from consistency.topics.blocking import common_word
from consistency.topics.keys import BLOCK, PRINT, SHINGLE
from consistency.topics.passages import Passage
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Rank, Signature
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

    def before(self) -> Before | None:
        """The sources as they were when their topics were worked out, by the settings of this run; None if nothing is
        known of topics."""

    def topics_of(self, claims: Collection[str]) -> Sequence[Former]:
        """The topics that some claims were in then, without claims of sources that are gone. A claim in none was
        alone."""


class Before(Struct, frozen=True):
    """An archive as it was. gone: the ids of sources that it has no more, or has otherwise."""

    archive: Archive
    gone: frozenset[str] = frozenset()


class Opened:
    """Sources of some archives. Claims are told of by their ids."""

    def __init__(self, archives: tuple[Archive, ...], rules: Rulebook, settings: TopicSettings) -> None:
        self.archives, self.settings = archives, settings
        self.shared = Shared(rules, settings)
        self.sources: dict[str, Loaded] = {}
        self._counts: dict[str, int] = {}
        self.tales = Tales(archives, self.shared.table, settings, self.counts)
        self.copies = Copies(self.shared, self.counts)
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        self._home: dict[str, Loaded] = {}
        self._asked: set[str] = set()
        self._looked: set[str] = set()
        self._hot: set[str] = set()
        self.partners = partners(settings.must)
        self._numbers: dict[tuple[int, int], str] = {}
        self._live: dict[str, bool] = {}

    @property
    def hot(self) -> tuple[str, ...]:
        """The keys that too many have to be looked up."""
        return tuple(sorted(self._hot | self.tales.hot))

    def home(self, claim: str) -> Loaded:
        """The source of a claim."""
        return self._home[claim]

    def claim(self, claim: str) -> Signature:
        """A claim as it is compared."""
        return self._home[claim].claim(claim)

    def rank(self, claim: str) -> Rank:
        """As `signature.ranks`."""
        return self._home[claim].rank_of(claim)

    def mates(self, key: str) -> Sequence[tuple[str, str]]:
        """(source, claim) of what was opened and has a key."""
        return self._by_key.get(key, ())

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
            found = [archive.counts(some, most) for archive in self.archives]
            self._counts.update((key, sum(one[key] for one in found)) for key in some)
        return self._counts

    def lives(self, key: str) -> bool:
        """Whether anything is looked for by a key: not by a word that tells nothing, nor by what too many have."""
        found = self._live.get(key)
        if found is None:
            many = self.count(key)
            found = self._live[key] = many <= self.settings.block_cap and not (
                key.startswith(BLOCK) and common_word(key, many)
            )
            if many > self.settings.block_cap:
                self._hot.add(key)
        return found

    # ------------------------------------------------------------------------------------------------------- opening
    def open(self, id_: str) -> Loaded:
        """A source by its id. Raises KeyError where neither archive has it."""
        if id_ not in self.sources:
            for archive in self.archives:
                number = archive.number_of(id_)
                if number is not None:
                    self._add(archive.load(number))
                    break
        return self.sources[id_]

    def _open_all(self, ask: Callable[[Archive], Collection[int]]) -> set[str]:
        """Opens the sources that an archive answers with, and tells their ids."""
        return {id_ for place, archive in enumerate(self.archives) for id_ in self._open(place, ask(archive))}

    def _open(self, place: int, numbers: Collection[int]) -> set[str]:
        for number in sorted(numbers):
            if (place, number) not in self._numbers:
                self._numbers[place, number] = self._add(self.archives[place].load(number))
        return {self._numbers[place, number] for number in numbers}

    def open_known(self, numbers: Collection[int]) -> set[str]:
        """Opens sources of the last archive by their numbers, and tells their ids."""
        return self._open(len(self.archives) - 1, numbers)

    def _add(self, kept: Kept) -> str:
        source = kept.extraction.source
        if source not in self.sources:
            told = self.tales.told.get(source)
            one = self.sources[source] = Loaded(kept, self.shared, told)
            self._home.update((c.id, one) for c in kept.extraction.claims)
            for claim, key in one.every_key():
                self._by_key.setdefault(key, []).append((source, claim))
            if told is not None and told[0] is not None:  # who tells it with this one may have been opened before
                self._settle(other for other in self.tales.of(one.document) if other in self.sources)
        return source

    def settle(self, sources: Iterable[str]) -> None:
        """Finds out which story each of these documents tells, and with whom. No source is ever settled without those
        that were opened and tell its story."""
        for source in sorted(sources):
            if not self.sources[source].settled:
                others = self.tales.of(self.sources[source].document)
                for other in others:
                    self.open(other)
                self._settle(others)

    def _settle(self, sources: Iterable[str]) -> None:
        for source in sources:
            one = self.sources[source]
            if not one.settled:
                one.settle(self.tales.told[source][0])
                for claim, key in one.story_keys():
                    self._by_key.setdefault(key, []).append((source, claim))

    def turn(self, claims: Iterable[str]) -> None:
        """Settles the sources of those claims that their story may have read another way. Any of them then scores with
        a claim of a settled source as it would if its own were settled."""
        homes = ((self._home[c], c) for c in claims)
        self.settle({home.source for home, c in homes if len(home.readings(home.claim(c))) > 1})

    def look_up(self, claims: Iterable[str]) -> None:
        """Opens the sources that may hold a claim that belongs to one of these, or bears on it."""
        fresh = sorted(c for c in claims if c not in self._looked)
        self._looked.update(fresh)
        self.settle({self._home[c].source for c in fresh})
        keys: set[str] = set()
        passages: list[tuple[Loaded, Passage]] = []
        for claim in fresh:
            one = self._home[claim]
            keys.update((*one.claim_keys(claim), *self.said(claim)))
            passage = one.passage_of(claim)
            if passage is not None and passage.order not in one.near:
                one.near[passage.order] = set()
                passages.append((one, passage))
        keys -= self._asked
        self._asked |= keys
        self.counts(keys)
        live = sorted(filter(self.lives, keys))
        self.copies.prepare(p for _, p in passages)
        for one, passage in passages:
            one.near[passage.order] = self._open_all(self.copies.looker(passage)) - {one.source}
        self._open_all(lambda archive: archive.holders(live))

    def said(self, claim: str) -> list[str]:
        """The keys of the claims that people said are about the same thing as this one."""
        return [PRINT + p for p in self.partners.get(self._home[claim].fingerprint(claim), ())] if self.partners else []

"""Which story a document of an archive tells, and with which others, found without looking at all of them.

Stories are grouped inside the components of the graph of documents that share enough; the components of the documents
asked for are walked through, and grouped as the topic stage groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from consistency.archive.kept import Portrait
from consistency.topics.about import Document, Story
from consistency.topics.keys import document_keys
from consistency.topics.settings import TopicSettings
from consistency.topics.stories import shared, stories
from consistency.topics.weights import Weights


class Documents(Protocol):
    """The part of an archive (`reach.Archive`) that is asked here."""

    def number_of(self, id_: str) -> int | None: ...

    def holders(self, keys: Sequence[str]) -> Collection[int]: ...

    def portraits(self, numbers: Iterable[int]) -> Iterable[tuple[int, Portrait]]: ...


class Tales:
    """Stories, as far as they were asked for. told: source -> its story, in a tuple of one (None: it tells none)."""

    def __init__(
        self,
        archives: Sequence[Documents],
        table: Weights,
        settings: TopicSettings,
        counts: Callable[[Collection[str]], Mapping[str, int]],
    ) -> None:
        """counts: how many documents have each of some keys."""
        self.archives, self.table, self.settings, self.counts = archives, table, settings, counts
        self.told: dict[str, tuple[Story | None]] = {}
        self.hot: set[str] = set()
        self._members: dict[str, list[str]] = {}
        self._seen: dict[tuple[int, int], Portrait] = {}

    def of(self, document: Document) -> list[str]:
        """The sources that tell one story with a document, itself among them."""
        source = document.source
        if source not in self.told and document.table:
            self._tell([], source)
        return self.around(source)

    def around(self, source: str) -> list[str]:
        """As `of`, of a document that is no table."""
        if source not in self.told:
            self._tell(self._component(source), source)
        story = self.told[source][0]
        return [source] if story is None else self._members[story.id]

    def _tell(self, component: Sequence[Portrait], asked: str) -> None:
        documents = [p.document for p in component]
        found = stories(documents, self.table, self.settings)
        for source in (asked, *(d.source for d in documents)):
            story = found.get(source)
            if source not in self.told and story is not None:
                self._members.setdefault(story.id, []).append(source)
            self.told[source] = (story,)

    def _component(self, source: str) -> list[Portrait]:
        """The documents that can be of one story with this one, over however many between them; earliest first."""
        start = next(
            p
            for number, archive in enumerate(self.archives)
            if (n := archive.number_of(source)) is not None
            for p in self._portraits(number, (n,))
        )
        found = {source: start}
        frontier = [start]
        asked = self.table.of["story-asked"]
        while frontier:
            one = frontier.pop()
            for other in self._near(one):
                name = other.document.source
                if name not in found:
                    a, b = sorted((one, other), key=lambda p: p.rank)
                    if shared(a.document, b.document, self.table.of) >= asked:
                        found[name] = other
                        frontier.append(other)
        return sorted(found.values(), key=lambda p: p.rank)

    def _near(self, one: Portrait) -> Iterator[Portrait]:
        """The documents that share a key with one."""
        keys = []
        every = tuple(document_keys(one.document))
        many = self.counts(every)
        for key in every:
            if many[key] > self.settings.block_cap:
                self.hot.add(key)
            else:
                keys.append(key)
        for number, archive in enumerate(self.archives):
            yield from self._portraits(number, sorted(archive.holders(keys)))

    def _portraits(self, archive: int, numbers: Iterable[int]) -> Iterator[Portrait]:
        wanted = list(numbers)
        missing = [n for n in wanted if (archive, n) not in self._seen]
        self._seen.update(((archive, n), p) for n, p in self.archives[archive].portraits(missing))
        yield from (self._seen[archive, n] for n in wanted)

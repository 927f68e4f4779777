"""Which documents tell one story: pairs that share a key are scored, and what they join is grouped by itself."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache

from consistency.engines.disk.meeting import Lists, by_member, neighbours
from consistency.engines.disk.spool import Parts, Pieces, Row, Spool, grouped, packed
from consistency.engines.disk.texts import document_from, encode
from consistency.engines.kit import kit
from consistency.topics.about import Document
from consistency.topics.stories import shared, stories
from consistency.topics.weights import weights

_OPEN = 20_000  # documents that a worker keeps
Links = list[tuple[float, int, int]]
Group = tuple[Sequence[int], Links]
"""Documents that pairs join, and those pairs."""


class Meeting:
    """Rows of (document, place) of the keys of a part: of whom each document is compared with."""

    def __init__(self, settings: bytes, keys: Parts, lists: Lists, many: int, span: int) -> None:
        self.settings, self.keys, self.lists, self.many, self.span = settings, keys, lists, many, span

    def __call__(self, part: int) -> Pieces:
        topics = kit(self.settings).topics
        lists: list[list[int]] = []
        rows: list[Row] = []
        for _, own in grouped(self.keys.rows(part)):
            members = [member for _, member in own]
            if len(members) > topics.block_cap:
                rows += neighbours(members, topics.window)
            elif len(members) > 1:
                lists.append(members)
        rows += self.lists.write(part, lists)
        return packed(rows, self.many, self.span)


class Linking:
    """The pairs of the documents of a part that share enough."""

    def __init__(self, settings: bytes, homes: Parts, lists: Lists, documents: Spool) -> None:
        self.settings, self.homes, self.lists, self.documents = settings, homes, lists, documents

    def __call__(self, part: int) -> Links:
        table = weights(kit(self.settings).rules).of
        asked = table["story-asked"]
        document = _opener(self.documents)
        out: Links = []
        for a, places in by_member(self.homes.rows(part)):
            one = document(a)
            for b in self.lists.later(a, places):
                score = shared(one, document(b), table)
                if score >= asked:
                    out.append((score, a, b))
        return out


class Grouping:
    """(story, packed, and its sources) of some groups of documents."""

    def __init__(self, settings: bytes, documents: Spool) -> None:
        self.settings, self.documents = settings, documents

    def __call__(self, groups: Sequence[Group]) -> list[tuple[bytes, bytes]]:
        run = kit(self.settings)
        table = weights(run.rules)
        document = _opener(self.documents)
        out: list[tuple[bytes, bytes]] = []
        for members, links in groups:
            docs = {n: document(n) for n in members}
            told = [(score, docs[a].source, docs[b].source) for score, a, b in links]
            number = {d.source: n for n, d in docs.items()}
            own: dict[str, array[int]] = {}
            found = stories(list(docs.values()), table, run.topics, sorted(told))
            for source, story in found.items():
                own.setdefault(story.id, array("Q")).append(number[source])
            out += [(encode(found[id_]), sources.tobytes()) for id_, sources in own.items()]
        return out


def _opener(documents: Spool) -> Callable[[int], Document]:
    @lru_cache(maxsize=_OPEN)
    def opened(source: int) -> Document:
        return document_from(documents[source])

    return opened

"""The copies that were found, by their sources."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from consistency.engines.disk.copies import Between, Copied
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import Spool
from consistency.topics.settings import Copies

_between = msgspec.msgpack.Decoder(Between).decode


class CopiedBetween:
    """of: source -> (later source, place of their `Between`); repeats: (earlier, later) claims of one source."""

    def __init__(self, records: Spool, repeats: dict[int, array[int]]) -> None:
        self.records, self.repeats = records, repeats
        self.of: dict[int, array[int]] = {}
        self.inside = array("Q")

    def add(self, found: Copied) -> None:
        """Adds what was found in a part."""
        self.inside.frombytes(found.inside)
        for one, two, told in found.told:
            self.of.setdefault(one, array("Q")).extend((two, self.records.add(told)))

    def outside(self) -> Iterator[tuple[int, int]]:
        """The pairs of claims of two sources, at one place of two copies."""
        for n in range(len(self.records)):
            yield from pairs(_between(self.records[n]).pairs)

    def again(self) -> Iterator[tuple[int, int]]:
        """The pairs of claims of one source that are word for word the same."""
        for own in self.repeats.values():
            yield from pairs(own.tobytes())

    def among(self, sources: Sequence[int], ids: Mapping[int, str], shelf: Shelf) -> Copies:
        """The copies among some sources, by the ids of their claims."""
        here = set(sources)
        found: list[tuple[str, str]] = []
        editions: list[tuple[str, str]] = []
        again: list[tuple[str, str]] = []
        for one in sources:
            own = self.of.get(one, array("Q"))
            for two, place in zip(own[::2], own[1::2], strict=True):
                if two in here:
                    told = _between(self.records[place])
                    found += [(ids[a], ids[b]) for a, b in pairs(told.pairs)]
                    if told.edition:
                        editions.append((shelf.ids[one], shelf.ids[two]))
            again += [(ids[a], ids[b]) for a, b in pairs(self.repeats.get(one, array("Q")).tobytes())]
        return Copies(tuple(found), tuple(editions), tuple(again))


def pairs(data: bytes) -> Iterator[tuple[int, int]]:
    """The pairs of packed rows of two numbers."""
    found = array("Q")
    found.frombytes(data)
    return zip(found[::2], found[1::2], strict=True)

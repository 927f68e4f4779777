"""Some sources as an archive: an index of their keys, and a store of their records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from consistency.archive.former import Former
from consistency.archive.index import Index
from consistency.archive.kept import Kept, Portrait
from consistency.archive.store import Store


class LostError(Exception):
    """A record that the index knows of is gone or damaged."""


class Shelf:
    """Some sources as a `reach.Archive`."""

    def __init__(self, index: Index, store: Store) -> None:
        self.index, self.store = index, store
        self._by_number: dict[int, str] = {}

    def use(self, keys: Mapping[str, str]) -> None:
        """Only these sources (id -> record key) are here from now on. All are in the index."""
        numbers = self.index.known()
        mine = {id_: numbers[key] for id_, key in keys.items()}
        self._by_number = {number: keys[id_] for id_, number in mine.items()}
        self.index.use(mine)

    def number_of(self, id_: str) -> int | None:
        return self.index.number_of(id_)

    def counts(self, keys: Collection[str], most: int) -> Mapping[str, int]:
        return self.index.counts(keys, most)

    def holders(self, keys: Sequence[str]) -> Collection[int]:
        return self.index.holders(keys)

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterable[tuple[int, int, int]]:
        return self.index.shares(keys, sizes, least)

    def portraits(self, numbers: Iterable[int]) -> Iterable[tuple[int, Portrait]]:
        return self.index.portraits(numbers)

    def load(self, number: int) -> Kept:
        key = self._by_number[number]
        kept = self.store.get(key)
        if kept is None:
            raise LostError
        return kept

    def before(self) -> None:
        return None

    def topics_of(self, claims: Collection[str]) -> Sequence[Former]:
        return ()

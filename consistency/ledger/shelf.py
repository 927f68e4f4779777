"""The sources of a ledger as an archive that new ones can be held against (`consistency.archive.Archive`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consistency.archive import Kept, Portrait
from consistency.archive.index import hashed
from consistency.errors import LedgerError
from consistency.ledger.asking import Ask, among
from consistency.ledger.records import unpacked

_CHUNK = 30_000  # fewer than the parameters that SQLite takes
_COUNT = "SELECT coalesce(sum(times), 0) FROM (SELECT times FROM posting WHERE key = ? LIMIT ?) AS few"
_EACH = (
    "SELECT k.column1, (SELECT coalesce(sum(times), 0) FROM "
    "(SELECT times FROM posting WHERE key = k.column1 LIMIT ?) AS few) FROM (VALUES (??)) AS k"
)
_HELD = "SELECT times FROM posting WHERE key = ? AND number IN (??)"
_HOLDERS = "SELECT DISTINCT number FROM posting WHERE key IN (??)"
_SHARES = "SELECT number, max(size), count(*) FROM posting WHERE key IN (??) GROUP BY number, part"
_NUMBER = "SELECT number FROM source WHERE id = ? AND version IS NOT NULL"


class LedgerShelf:
    """The current sources of a ledger, seen over one connection. aside: ids of sources that do not count."""

    def __init__(self, ask: Ask, aside: Iterable[str] = ()) -> None:
        self.ask = ask
        self._numbers: dict[str, int | None] = dict.fromkeys(aside)
        self._aside = [n for i in self._numbers if (n := self._number(i)) is not None]
        self._counts: dict[tuple[str, int], int] = {}

    def number_of(self, id_: str) -> int | None:
        """The number of the source with this id; None where there is none, or it was removed."""
        if id_ not in self._numbers:
            self._numbers[id_] = self._number(id_)
        return self._numbers[id_]

    def _number(self, id_: str) -> int | None:
        return next((int(row[0]) for row in self.ask(_NUMBER, (id_,))), None)

    def size(self) -> int:
        """How many sources there are."""
        return int(self.ask("SELECT count(*) FROM source WHERE version IS NOT NULL", ())[0][0]) - len(self._aside)

    def count(self, key: str, most: int) -> int:
        """How many claims, passages or documents have a key; a number over `most` where there are more than that."""
        found = self._counts.get((key, most))
        if found is None:
            number = hashed(key)
            found = int(self.ask(_COUNT, (number, most + len(self._aside) + 1))[0][0])
            if self._aside:
                found -= sum(row[0] for row in among(_HELD, self._aside, self.ask, (number,)))
            self._counts[key, most] = found
        return found

    def counts(self, keys: Iterable[str], most: int) -> dict[str, int]:
        """`count` of many keys, with no source aside."""
        names: dict[int, list[str]] = {}
        for key in keys:
            names.setdefault(hashed(key), []).append(key)
        found = among(_EACH, names, self.ask, (most + 1,), row=True)
        return {key: int(times) for number, times in found for key in names[number]}

    def holders(self, keys: Sequence[str]) -> set[int]:
        """The numbers of the sources that have one of the keys."""
        return {row[0] for row in among(_HOLDERS, map(hashed, keys), self.ask, chunk=_CHUNK)} - set(self._aside)

    def shares(self, keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """(number, size, how many of the keys) of each part of a source that has one."""
        aside = set(self._aside)
        for row in among(_SHARES, map(hashed, keys), self.ask, chunk=_CHUNK):
            if row[0] not in aside:
                yield row[0], row[1], row[2]

    def portraits(self, numbers: Iterable[int]) -> Iterator[tuple[int, Portrait]]:
        """The portraits of some sources."""
        for number in numbers:
            yield (
                number,
                unpacked(self._reading(number, "portrait"), Portrait, f"what was read in source number {number}"),
            )

    def load(self, number: int) -> Kept:
        """What was read in a source."""
        return unpacked(self._reading(number, "record"), Kept, f"what was read in source number {number}")

    def _reading(self, number: int, column: str) -> bytes:
        rows = self.ask(f"SELECT {column} FROM reading WHERE source = ?", (number,))
        if not rows:
            raise LedgerError(
                f"the reading of source number {number} is missing; `consistency ledger verify` tells more"
            )
        return bytes(rows[0][0])


class Nothing:
    """An archive of no sources."""

    def number_of(self, id_: str) -> int | None:
        return None

    def count(self, key: str, most: int) -> int:
        return 0

    def holders(self, keys: Sequence[str]) -> set[int]:
        return set()

    def shares(self, keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        return iter(())

    def portraits(self, numbers: Iterable[int]) -> Iterator[tuple[int, Portrait]]:
        return iter(())

    def load(self, number: int) -> Kept:
        raise KeyError(number)

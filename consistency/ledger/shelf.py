"""The sources of a ledger as an archive that new ones can be held against (`consistency.archive.Archive`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from consistency.archive import Kept, Portrait
from consistency.archive.index import hashed
from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.records import unpack

_CHUNK = 5_000
_P = tables.posting.c
_COUNT = sa.select(sa.func.coalesce(sa.func.sum(sa.text("times")), 0)).select_from(
    sa.select(_P.times).where(_P.key == sa.bindparam("key")).limit(sa.bindparam("most")).subquery()
)
_HELD = sa.select(_P.times).where(_P.key == sa.bindparam("key"), _P.number.in_(sa.bindparam("aside", expanding=True)))
_HOLDERS = sa.select(_P.number).where(_P.key.in_(sa.bindparam("keys", expanding=True))).distinct()
_SHARES = (
    sa.select(_P.number, sa.func.max(_P.size), sa.func.count())
    .where(_P.key.in_(sa.bindparam("keys", expanding=True)))
    .group_by(_P.number, _P.part)
)


class LedgerShelf:
    """The current sources of a ledger, seen over one connection. aside: ids of sources that do not count."""

    def __init__(self, base: sa.Connection, aside: Iterable[str] = ()) -> None:
        self.base = base
        self._numbers: dict[str, int | None] = dict.fromkeys(aside)
        self._aside = [n for i in self._numbers if (n := number_of(base, i)) is not None]
        self._counts: dict[tuple[str, int], int] = {}

    def number_of(self, id_: str) -> int | None:
        """The number of the source with this id; None where there is none, or it was removed."""
        if id_ not in self._numbers:
            self._numbers[id_] = number_of(self.base, id_)
        return self._numbers[id_]

    def count(self, key: str, most: int) -> int:
        """How many claims, passages or documents have a key; a number over `most` where there are more than that."""
        found = self._counts.get((key, most))
        if found is None:
            number = hashed(key)
            found = int(self.base.execute(_COUNT, {"key": number, "most": most + len(self._aside) + 1}).scalar_one())
            if self._aside:
                found -= sum(self.base.execute(_HELD, {"key": number, "aside": self._aside}).scalars())
            self._counts[key, most] = found
        return found

    def holders(self, keys: Sequence[str]) -> set[int]:
        """The numbers of the sources that have one of the keys."""
        return {n for part in _chunks(keys) for n in self.base.execute(_HOLDERS, {"keys": part}).scalars()} - set(
            self._aside
        )

    def shares(self, keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """(number, size, how many of the keys) of each part of a source that has one."""
        aside = set(self._aside)
        for part in _chunks(keys):
            yield from (tuple(row) for row in self.base.execute(_SHARES, {"keys": part}) if row[0] not in aside)

    def portraits(self, numbers: Iterable[int]) -> Iterator[tuple[int, Portrait]]:
        """The portraits of some sources."""
        for number in numbers:
            yield number, unpack(self._reading(number, tables.reading.c.portrait), Portrait)

    def load(self, number: int) -> Kept:
        """What was read in a source."""
        return unpack(self._reading(number, tables.reading.c.record), Kept)

    def _reading(self, number: int, column: sa.Column[bytes]) -> bytes:
        data = self.base.execute(sa.select(column).where(tables.reading.c.source == number)).scalar()
        if data is None:
            raise LedgerError(
                f"the reading of source number {number} is missing; `consistency ledger verify` tells more"
            )
        return data


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


def number_of(base: sa.Connection, id_: str) -> int | None:
    """The number of a current source."""
    asked = sa.select(tables.source.c.number).where(tables.source.c.id == id_, tables.source.c.version.is_not(None))
    return base.execute(asked).scalar()


def _chunks(keys: Sequence[str]) -> Iterator[list[int]]:
    for i in range(0, len(keys), _CHUNK):
        yield sorted(map(hashed, keys[i : i + _CHUNK]))

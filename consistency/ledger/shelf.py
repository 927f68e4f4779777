"""The sources of a ledger as an archive that new ones can be held against (`consistency.archive.Archive`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil

from consistency.archive import Kept, Portrait
from consistency.archive.former import Former, former
from consistency.archive.index import hashed
from consistency.archive.opened import Before
from consistency.errors import LedgerError
from consistency.ledger.asking import Ask, among
from consistency.ledger.records import TopicState, unpacked

_CHUNK = 30_000  # fewer than the parameters that SQLite takes
_EACH = (
    "SELECT k.column1, (SELECT coalesce(sum(times), 0) FROM "
    "(SELECT times FROM posting WHERE key = k.column1 {aside} LIMIT ?) AS few) FROM (VALUES (??)) AS k"
)
_HOLDERS = "SELECT DISTINCT number FROM posting WHERE key IN (??)"
_SHARES = (
    "SELECT number, max(size), count(*) FROM posting WHERE size BETWEEN ? AND ? AND key IN (??) {aside} "
    "GROUP BY number, part HAVING count(*) >= {least}"
)
_TOPICS = "SELECT DISTINCT topic FROM topic_claim WHERE claim IN (??)"
_MEMBERS = "SELECT t.topic, c.id, c.source FROM topic_claim t JOIN claim c ON c.id = t.claim WHERE t.topic IN (??)"
_RECORDS = "SELECT id, record FROM topic WHERE id IN (??)"
_NUMBER = "SELECT number FROM source WHERE id = ? AND version IS NOT NULL"


class LedgerShelf:
    """The current sources of a ledger, seen over one connection. aside: ids of sources that do not count. remembers:
    whether its topics are those that its sources give by the settings and decisions of this run."""

    def __init__(self, ask: Ask, aside: Iterable[str] = (), remembers: bool = False) -> None:
        self.ask = ask
        self._numbers: dict[str, int | None] = dict.fromkeys(aside)
        numbers = {i: n for i in self._numbers if (n := self._number(i)) is not None}
        self._gone, self._aside = frozenset(numbers), list(numbers.values())
        self._remembers = remembers
        self._left_aside = f"AND number NOT IN ({', '.join(map(str, self._aside))})" if self._aside else ""

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

    def counts(self, keys: Collection[str], most: int) -> dict[str, int]:
        """How many claims, passages or documents have each key; a number over `most` where there are more than that."""
        names: dict[int, list[str]] = {}
        for key in keys:
            names.setdefault(hashed(key), []).append(key)
        found = among(_EACH.format(aside=self._left_aside), names, self.ask, (most + 1,), _CHUNK, row=True)
        return {key: int(times) for number, times in found for key in names[number]}

    def holders(self, keys: Sequence[str]) -> set[int]:
        """The numbers of the sources that have one of the keys."""
        return {row[0] for row in among(_HOLDERS, map(hashed, keys), self.ask, chunk=_CHUNK)} - set(self._aside)

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterator[tuple[int, int, int]]:
        """(number, size, how many of the keys) of each part of a source of such a size that has at least so many."""
        asked = _SHARES.format(aside=self._left_aside, least=ceil(least))
        for row in among(asked, map(hashed, keys), self.ask, (sizes[0], sizes[-1]), _CHUNK):
            yield row[0], row[1], row[2]

    def portraits(self, numbers: Iterable[int]) -> Iterator[tuple[int, Portrait]]:
        """The portraits of some sources."""
        asked = "SELECT source, portrait FROM reading WHERE source IN (??)"
        wanted = set(numbers)
        for number, record in among(asked, wanted, self.ask, chunk=_CHUNK):
            wanted.discard(number)
            yield number, unpacked(bytes(record), Portrait, f"what was read in source number {number}")
        for number in wanted:
            raise _missing(number)

    def load(self, number: int) -> Kept:
        """What was read in a source."""
        rows = self.ask("SELECT record FROM reading WHERE source = ?", (number,))
        if not rows:
            raise _missing(number)
        return unpacked(bytes(rows[0][0]), Kept, f"what was read in source number {number}")

    def before(self) -> Before | None:
        """The sources that the topics of the ledger are of; None where those rest on other settings or decisions."""
        return Before(LedgerShelf(self.ask) if self._aside else self, self._gone) if self._remembers else None

    def topics_of(self, claims: Collection[str]) -> list[Former]:
        """The topics of some claims, without those of sources that are left aside; a claim in none is alone."""
        topics = {row[0] for row in among(_TOPICS, claims, self.ask, chunk=_CHUNK)}
        homes: dict[str, dict[str, int]] = {topic: {} for topic in topics}
        aside = set(self._aside)
        for topic, claim, source in among(_MEMBERS, topics, self.ask, chunk=_CHUNK):
            if source not in aside:
                homes[topic][claim] = source
        return [
            former(unpacked(bytes(record), TopicState, f"topic {topic}").topic, homes[topic])
            for topic, record in among(_RECORDS, topics, self.ask, chunk=_CHUNK)
        ]


def _missing(number: int) -> LedgerError:
    return LedgerError(f"the reading of source number {number} is missing; `consistency ledger verify` tells more")


class Nothing:
    """An archive of no sources."""

    def number_of(self, id_: str) -> int | None:
        return None

    def counts(self, keys: Collection[str], most: int) -> dict[str, int]:
        return dict.fromkeys(keys, 0)

    def holders(self, keys: Sequence[str]) -> set[int]:
        return set()

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterator[tuple[int, int, int]]:
        return iter(())

    def portraits(self, numbers: Iterable[int]) -> Iterator[tuple[int, Portrait]]:
        return iter(())

    def load(self, number: int) -> Kept:
        raise KeyError(number)

    def before(self) -> None:
        return None

    def topics_of(self, claims: Collection[str]) -> Sequence[Former]:
        return ()

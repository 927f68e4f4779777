"""Which sources have a key: one SQLite file for each set of archive paths, or one in memory.

It holds nothing that could not be made anew from the sources. A file that is damaged, locked for long or of another
stamp is left aside, and the index is made in memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from consistency.archive.kept import Portrait
from consistency.topics.keys import Posting

_TABLES = """
CREATE TABLE IF NOT EXISTS source (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL, id TEXT NOT NULL,
    portrait BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS posting (key INTEGER, number INTEGER, part INTEGER, size INTEGER NOT NULL,
    times INTEGER NOT NULL, PRIMARY KEY (key, number, part)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
"""
_WAIT = 5.0
_FEW = 50_000  # keys
_CHUNK = 30_000  # fewer than the parameters that SQLite takes
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Portrait).decode


@lru_cache(maxsize=1 << 16)
def hashed(key: str) -> int:
    """A key as a signed 64-bit number. Two keys that fall together cost a look, and no result."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(numbers)
    return (every[i : i + _CHUNK] for i in range(0, len(every), _CHUNK))


class Index:
    """Keys to numbers of sources. `use` says which of its sources count in this run."""

    def __init__(self, path: Path | None) -> None:
        """Raises sqlite3.Error or OSError where the file cannot be used."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._base = sqlite3.connect(path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False)
        self._base.executescript("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;" + _TABLES)
        self._base.execute("CREATE TEMP TABLE aside (number INTEGER PRIMARY KEY)")
        self._numbers: dict[str, int] = {}
        self._last = 0
        self._own: set[int] | None = set() if path is None else None  # all keys, where they are few

    def close(self) -> None:
        self._base.close()

    # ------------------------------------------------------------------------------------------------------- writing
    def known(self) -> dict[str, int]:
        """Record key -> number, of all sources in the index."""
        return dict(self._base.execute("SELECT key, number FROM source"))

    def add(self, sources: Iterable[tuple[str, str, Portrait, Sequence[Posting]]]) -> None:
        """Adds sources (record key, id, portrait, their keys) in one transaction; those that are there stay."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for key, id_, portrait, postings in sources:
                row = self._base.execute(
                    "INSERT OR IGNORE INTO source (key, id, portrait) VALUES (?, ?, ?) RETURNING number",
                    (key, id_, _encode(portrait)),
                ).fetchone()
                if row is not None:
                    if self._own is not None:
                        self._own.update(hashed(p.key) for p in postings)
                        if len(self._own) > _FEW:
                            self._own = None
                    self._base.executemany(
                        "INSERT INTO posting VALUES (?, ?, ?, ?, ?) "
                        "ON CONFLICT DO UPDATE SET times = times + excluded.times",
                        [(hashed(p.key), row[0], p.part, p.size, p.times) for p in postings],
                    )
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise

    def files(self) -> dict[str, bytes]:
        """What is kept of the files of the archive, by name."""
        return dict(self._base.execute("SELECT name, state FROM file"))

    def set_files(self, states: Mapping[str, bytes | None]) -> None:
        """Keeps the states of some files, or forgets them (None)."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for name, state in states.items():
                if state is None:
                    self._base.execute("DELETE FROM file WHERE name = ?", (name,))
                else:
                    self._base.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (name, state))
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise

    # ------------------------------------------------------------------------------------------------------- reading
    def use(self, numbers: Mapping[str, int]) -> None:
        """Only these sources (id -> number) count from now on, whatever else there is or is added by another run."""
        self._numbers = dict(numbers)
        self._last = max(numbers.values(), default=0)
        mine = set(numbers.values())
        others = [(n,) for (n,) in self._base.execute("SELECT number FROM source") if n not in mine]
        self._base.execute("DELETE FROM aside")
        self._base.executemany("INSERT INTO aside VALUES (?)", others)

    def number_of(self, id_: str) -> int | None:
        """The number of the source with this id."""
        return self._numbers.get(id_)

    def counts(self, keys: Collection[str], most: int) -> dict[str, int]:
        """How many claims, passages or documents have each key; a number over `most` where there are more than that."""
        names: dict[int, list[str]] = {}
        out = dict.fromkeys(keys, 0)
        for key in keys:
            if self._own is None or hashed(key) in self._own:
                names.setdefault(hashed(key), []).append(key)
        for part in _parts(names):
            rows = ",".join(["(?)"] * len(part))
            for key, times in self._base.execute(
                "SELECT k.column1, (SELECT total(times) FROM (SELECT times FROM posting WHERE key = k.column1 AND "
                f"number <= ? AND number NOT IN aside LIMIT ?)) FROM (VALUES {rows}) AS k",
                (self._last, most + 1, *part),
            ):
                out.update(dict.fromkeys(names[key], int(times)))
        return out

    def holders(self, keys: Sequence[str]) -> set[int]:
        """The numbers of the sources that have one of the keys."""
        return {row[0] for row in self._asked("SELECT DISTINCT number", keys, "")}

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterator[tuple[int, int, int]]:
        """(number, size, how many of the keys) of each part of a source of such a size that has at least so many."""
        told = "AND size BETWEEN ? AND ? GROUP BY number, part HAVING count(*) >= ?"
        asked = self._asked("SELECT number, max(size), count(*)", keys, told, (sizes[0], sizes[-1], least))
        return ((row[0], row[1], row[2]) for row in asked)

    def _asked(
        self, what: str, keys: Sequence[str], told: str, values: Sequence[float] = ()
    ) -> Iterator[tuple[int, ...]]:
        for part in _parts(map(hashed, keys)):
            marks = ",".join("?" * len(part))
            yield from self._base.execute(
                f"{what} FROM posting WHERE key IN ({marks}) AND number <= ? AND number NOT IN aside {told}",
                (*part, self._last, *values),
            )

    def portraits(self, numbers: Iterable[int]) -> list[tuple[int, Portrait]]:
        """The portraits of some sources."""
        out = []
        for part in _parts(numbers):
            marks = ",".join("?" * len(part))
            for number, record in self._base.execute(
                f"SELECT number, portrait FROM source WHERE number IN ({marks})", part
            ):
                out.append((number, _decode(record)))
        return out

"""Files of a run: records by their number, and rows of numbers parted by what they have in common.

Written by the first process alone, read by all: what a worker makes of a part it hands back, so that one that dies
leaves nothing half written. (The lists of `meeting` are the exception: a part's file is written whole, and anew at the
next try.)
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

_HELD = 1 << 16  # bytes of a part that wait for being written
MASK = (1 << 64) - 1

Row = tuple[int, int]
Pieces = dict[int, bytes]
"""Part -> rows of it, packed."""


class Folder:
    """A folder for temporary files. It goes when nobody needs this any more, at the latest with the program."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="consistency-"))
        self._end = weakref.finalize(self, _remove, self.path, os.getpid())


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:  # not a worker, which has all that this process had when it was made
        shutil.rmtree(path, ignore_errors=True)


class Spool:
    """Records of bytes, numbered as they were added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ends = array("Q", [0])
        self._out: IO[bytes] | None = path.open("wb")
        self._in: IO[bytes] | None = None
        self._reader = 0

    def add(self, data: bytes) -> int:
        """Adds a record; its number."""
        assert self._out is not None
        self._out.write(data)
        self.ends.append(self.ends[-1] + len(data))
        return len(self.ends) - 2

    def close(self) -> None:
        """Nothing is added after that, and now it can be read."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> bytes:
        if self._in is None or self._reader != os.getpid():  # a place in a file is shared with who was forked
            self._in, self._reader = self.path.open("rb"), os.getpid()
        start, end = self.ends[number : number + 2]
        self._in.seek(start)
        return self._in.read(end - start)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_out": None, "_in": None}


class Parts:
    """Rows of two numbers (unsigned, 64 bits) in one file a part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._held: dict[int, bytearray] = {}

    def add(self, pieces: Pieces) -> None:
        """Adds rows to their parts."""
        for part, data in pieces.items():
            held = self._held.setdefault(part, bytearray())
            held += data
            if len(held) > _HELD:
                self._write(part)

    def close(self) -> None:
        """Nothing is added after that, and now it can be read."""
        for part in self._held:
            self._write(part)
        self._held = {}

    def rows(self, part: int) -> list[Row]:
        """The rows of a part in order, equal ones as often as they were added."""
        path = self.folder / str(part)
        if not path.exists():
            return []
        found = array("Q")
        found.frombytes(path.read_bytes())
        return sorted(zip(found[::2], found[1::2], strict=True))

    def drop(self) -> None:
        """Gives the room back."""
        for path in self.folder.iterdir():
            path.unlink()

    def _write(self, part: int) -> None:
        with (self.folder / str(part)).open("ab") as out:
            out.write(self._held[part])
        self._held[part] = bytearray()


def packed(rows: Iterable[Row], many: int, span: int | None = None, home: Sequence[int] | None = None) -> Pieces:
    """Rows by their parts, as `Parts.add` takes them: by the first number of a row, whose remainder tells the part; or,
    where all of them are below `span`, so that parts follow each other as the numbers do. home: number -> what stands
    for it in that, so that numbers of one home are in one part."""
    out: dict[int, array[int]] = {}
    for row in rows:
        number = row[0] if home is None else home[row[0]]
        part = number % many if span is None else number * many // span
        own = out.get(part)
        if own is None:
            own = out[part] = array("Q")
        own.extend(row)
    return {part: own.tobytes() for part, own in out.items()}


def grouped(rows: Iterable[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Rows in order, by their first number."""
    for first, own in groupby(rows, key=itemgetter(0)):
        yield first, list(own)

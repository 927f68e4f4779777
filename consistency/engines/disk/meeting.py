"""Who meets whom: the members of each key on file, and for each member the keys by which others are looked for.

A key under the cap is one list of members, whoever of them looks it up; of a key over the cap each member keeps its
neighbours (`topics.block_cap`, as in the other engines).
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from consistency.engines.disk.spool import Row, grouped

NEAR = 1 << 63
"""Of a row (member, place): the place is no list, but a later member."""
_OFFSET = 40  # bits of a place for where a list begins; above them the part


class Lists:
    """Lists of members in one file a part. Written by who makes the part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._open: dict[int, memoryview] = {}

    def write(self, part: int, lists: Iterable[Sequence[int]]) -> Iterator[Row]:
        """Writes the lists of a part; (member, place) of each member but the last, which meets nobody."""
        out = array("I")
        for members in lists:
            place = part << _OFFSET | len(out)
            yield from ((member, place) for member in members[:-1])
            out.append(len(members))
            out.extend(members)
        with (self.folder / str(part)).open("wb") as file:
            out.tofile(file)

    def later(self, member: int, places: Iterable[int]) -> list[int]:
        """The later members that a member meets, each once, in order. places: those of its rows."""
        met: set[int] = set()
        for place in places:
            if place & NEAR:
                met.add(place ^ NEAR)
                continue
            met.update(self._after(member, place))
        return sorted(met)

    def times(self, member: int, places: Iterable[int]) -> Counter[int]:
        """The later members that a member meets, and in how many lists."""
        met: Counter[int] = Counter()
        for place in places:
            met.update(self._after(member, place))
        return met

    def _after(self, member: int, place: int) -> memoryview:
        """The members of a list that come after one."""
        part = self._part(place >> _OFFSET)
        start = (place & ((1 << _OFFSET) - 1)) + 1
        end = start + part[start - 1]
        return part[bisect_right(part, member, start, end) : end]

    def _part(self, part: int) -> memoryview:
        found = self._open.get(part)
        if found is None:
            with (self.folder / str(part)).open("rb") as file:
                found = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("I")
            self._open[part] = found
        return found

    def __getstate__(self) -> dict[str, object]:
        return {"folder": self.folder, "_open": {}}


def neighbours(members: Sequence[int], window: int) -> Iterator[Row]:
    """(member, later member) of those that stand near each other, as rows of `Lists`."""
    for n, b in enumerate(members):
        for a in members[max(0, n - window) : n]:
            yield min(a, b), NEAR | max(a, b)


def by_member(rows: Iterable[Row]) -> Iterator[tuple[int, list[int]]]:
    """The places of each member, from rows in order."""
    return ((member, [place for _, place in own]) for member, own in grouped(rows))

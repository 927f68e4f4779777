"""Which claims are joined, in whatever way and through however many others, and in which buckets they are judged."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence


class Joined:
    """Sets of numbers, each called by its smallest (union-find with path halving: Tarjan and van Leeuwen, 1984)."""

    def __init__(self, size: int) -> None:
        self.root = array("I", range(size))

    def find(self, i: int) -> int:
        """The name of the set a number is in."""
        root = self.root
        while (up := root[i]) != i:
            root[i] = i = root[up]
        return i

    def add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Joins the sets of each pair."""
        find, root = self.find, self.root
        for a, b in pairs:
            x, y = find(a), find(b)
            if x < y:
                root[y] = x
            elif y < x:
                root[x] = y

    def sets(self) -> dict[int, list[int]]:
        """The sets of more than one, in order."""
        out: dict[int, list[int]] = {}
        for i in range(len(self.root)):
            if (root := self.find(i)) != i:
                out.setdefault(root, [root]).append(i)
        return out

    def buckets(self, most: int) -> array[int]:
        """Number -> its bucket. No set is cut; a bucket is full with `most`, and holds what begins near each other."""
        sizes = array("I", bytes(4 * len(self.root)))
        for i in range(len(self.root)):
            sizes[self.find(i)] += 1
        out = array("I", bytes(4 * len(self.root)))
        bucket = held = 0
        for i, root in enumerate(self.root):
            if root == i:
                if held and held + sizes[i] > most:
                    bucket, held = bucket + 1, 0
                held += sizes[i]
                out[i] = bucket
            else:
                out[i] = out[self.find(i)]
        return out


def members(buckets: Sequence[int]) -> list[array[int]]:
    """Bucket -> its numbers, in order."""
    out: list[array[int]] = [array("I") for _ in range(max(buckets, default=-1) + 1)]
    for number, bucket in enumerate(buckets):
        out[bucket].append(number)
    return out

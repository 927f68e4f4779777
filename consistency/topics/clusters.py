"""Scored pairs to groups: links are taken best first, and two groups join only if their members agree on average.

Greedy average linkage with a veto: a group never grows through one strong link against the rest of its members.
Of equal scores the earlier pair is taken first, so the outcome does not depend on the order of the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

Pair = tuple[int, int]


class Groups:
    """Union-find whose roots hold their members, in order."""

    def __init__(self, size: int) -> None:
        self.root = list(range(size))
        self.members: dict[int, list[int]] = {}

    def find(self, i: int) -> int:
        root = self.root
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    def of(self, root: int) -> list[int]:
        return self.members.get(root) or [root]

    def merge(self, a: int, b: int) -> None:
        """Joins the groups of two roots under the smaller one."""
        low, high = (a, b) if a < b else (b, a)
        joined = sorted((*self.of(low), *self.of(high)))
        self.root[high] = low
        self.members.pop(high, None)
        self.members[low] = joined


def agglomerate(
    size: int,
    links: Iterable[tuple[float, int, int]],
    must: Iterable[Pair],
    score: Callable[[int, int], float],
    threshold: float,
    veto: float,
    representatives: int,
    cannot: Mapping[int, frozenset[int]] = MappingProxyType({}),
) -> tuple[list[list[int]], list[Pair]]:
    """Groups of indices (each sorted, in order of their first member) and the links that made them.

    links: (score, a, b) of pairs over the link threshold, best first. must: pairs that belong together whatever their
    score. score: that of any pair. representatives: how many members of a large group are asked."""
    groups = Groups(size)
    made: list[Pair] = []
    bound: set[int] = set()
    for a, b in must:
        x, y = groups.find(a), groups.find(b)
        if x == y:
            bound.update((a, b))
        elif not _forbidden(groups.of(x), groups.of(y), cannot):
            bound.update((a, b))
            groups.merge(x, y)
            made.append((min(a, b), max(a, b)))
    refused: dict[Pair, tuple[list[int], list[int]]] = {}
    for _, a, b in links:
        x, y = groups.find(a), groups.find(b)
        if x == y:
            continue
        if x > y:
            x, y = y, x
        one, two = groups.of(x), groups.of(y)
        asked = (one[:representatives], two[:representatives])
        if refused.get((x, y)) == asked:  # the answer would be the same
            continue
        if not _forbidden(one, two, cannot) and _agree(*asked, bound, score, threshold, veto):
            groups.merge(x, y)
            made.append((a, b))
        else:
            refused[x, y] = asked
    out: dict[int, list[int]] = {}
    for i in range(size):
        out.setdefault(groups.find(i), []).append(i)
    return [out[r] for r in sorted(out)], made


def _forbidden(one: Sequence[int], two: Sequence[int], cannot: Mapping[int, frozenset[int]]) -> bool:
    """Whether two groups hold claims that may not be in one."""
    return bool(cannot) and any(not cannot[i].isdisjoint(two) for i in one if i in cannot)


def _agree(
    one: Sequence[int],
    two: Sequence[int],
    bound: set[int],
    score: Callable[[int, int], float],
    threshold: float,
    veto: float,
) -> bool:
    """Whether the members that stand for two groups are about one thing on average, with no pair that cannot be.

    bound: claims that copies tie to their group whatever they say (a copy with another unit); they cast no veto."""
    total = 0.0
    count = 0
    for a in one:
        for b in two:
            value = score(a, b) if a < b else score(b, a)
            if value < veto:
                if a in bound or b in bound:
                    continue
                return False
            total += value
            count += 1
    return count > 0 and total / count >= threshold

"""Scored pairs to groups: links are taken best first, and two groups join only if their members agree on average.

Greedy average linkage with a veto: a group never grows through one strong link against the rest of its members.
Of equal scores the earlier pair is taken first, so the outcome does not depend on the order of the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

Pair = tuple[int, int]


class Ordered(Protocol):
    """What stands before or after another of its kind, and can be a key."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


Node = TypeVar("Node", bound=Ordered)


class Groups(Generic[Node]):
    """Groups of nodes, each alone at first, that grow as pairs of them are tied or taken.

    score: that of any pair, the earlier first. representatives: how many members of a large group are asked. forbidden:
    whether two groups hold nodes that may not be in one. made: the pairs that joined two groups, the earlier first."""

    def __init__(
        self,
        score: Callable[[Node, Node], float],
        threshold: float,
        veto: float,
        representatives: int,
        forbidden: Callable[[Sequence[Node], Sequence[Node]], bool] | None = None,
    ) -> None:
        self.score, self.threshold, self.veto = score, threshold, veto
        self.representatives, self.forbidden = representatives, forbidden
        self.made: list[tuple[Node, Node]] = []
        self._root: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        self._bound: set[Node] = set()
        self._refused: dict[tuple[Node, Node], tuple[list[Node], list[Node]]] = {}

    def find(self, node: Node) -> Node:
        """The first member of the group of a node, which stands for it."""
        root = self._root
        while (up := root.get(node, node)) != node:
            root[node] = root.get(up, up)
            node = up
        return node

    def of(self, root: Node) -> list[Node]:
        """The members of the group that a node stands for, in order."""
        return self._members.get(root) or [root]

    def tie(self, a: Node, b: Node) -> None:
        """Joins the groups of two nodes that belong together whatever their score, unless that is forbidden."""
        x, y = self.find(a), self.find(b)
        if x == y:
            self._bound.update((a, b))
        elif self.forbidden is None or not self.forbidden(self.of(x), self.of(y)):
            self._bound.update((a, b))
            self._merge(x, y)
            self.made.append((a, b) if a < b else (b, a))

    def take(self, a: Node, b: Node) -> bool:
        """Joins the groups of two linked nodes if their members agree. False if they stay apart, or were one before."""
        x, y = self.find(a), self.find(b)
        if x == y:
            return False
        if y < x:
            x, y = y, x
        one, two = self.of(x), self.of(y)
        asked = (one[: self.representatives], two[: self.representatives])
        if self._refused.get((x, y)) == asked:  # the answer would be the same
            return False
        if self.agree(one, two):
            self._merge(x, y)
            self.made.append((a, b))
            return True
        self._refused[x, y] = asked
        return False

    def agree(self, one: Sequence[Node], two: Sequence[Node]) -> bool:
        """Whether two groups with these members would join by a link; that of the earlier member first."""
        if self.forbidden is not None and self.forbidden(one, two):
            return False
        return self._agree(one[: self.representatives], two[: self.representatives])

    def bind(self, nodes: Iterable[Node]) -> None:
        """Takes note of nodes that a tie keeps in their group."""
        self._bound.update(nodes)

    def join(self, a: Node, b: Node) -> None:
        """Joins the groups of two nodes by a link of which that is known."""
        x, y = self.find(a), self.find(b)
        if x != y:
            self._merge(x, y)
            self.made.append((a, b))

    def _merge(self, a: Node, b: Node) -> None:
        low, high = (a, b) if a < b else (b, a)
        joined = sorted((*self.of(low), *self.of(high)))
        self._root[high] = low
        self._members.pop(high, None)
        self._members[low] = joined

    def _agree(self, one: Sequence[Node], two: Sequence[Node]) -> bool:
        """Whether the members that stand for two groups are about one thing on average, with no pair that cannot be.

        Nodes that a tie keeps in their group whatever they say (a copy with another unit) cast no veto."""
        score, veto, bound = self.score, self.veto, self._bound
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
        return count > 0 and total / count >= self.threshold


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
    score. score, representatives: as of `Groups`."""
    groups = Groups(score, threshold, veto, representatives, _forbidden(cannot) if cannot else None)
    for a, b in must:
        groups.tie(a, b)
    for _, a, b in links:
        groups.take(a, b)
    out: dict[int, list[int]] = {}
    for i in range(size):
        out.setdefault(groups.find(i), []).append(i)
    return [out[r] for r in sorted(out)], groups.made


def _forbidden(cannot: Mapping[int, frozenset[int]]) -> Callable[[Sequence[int], Sequence[int]], bool]:
    return lambda one, two: any(not cannot[i].isdisjoint(two) for i in one if i in cannot)

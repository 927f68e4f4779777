"""Nodes with scores and ties, whose groups are worked out from all links, or from a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from consistency.topics.clusters import Groups, agglomerate

SIZE = 14
Pair = tuple[int, int]
nodes = st.integers(0, SIZE - 1)
pairs = st.tuples(nodes, nodes).filter(lambda p: p[0] < p[1])
scores_of_pairs = st.dictionaries(pairs, st.integers(-9, 9), max_size=70)


class World(NamedTuple):
    """Nodes that are there, scores of pairs (those over zero are links), ties, and nodes that join by no link."""

    there: frozenset[int]
    scores: dict[Pair, int]
    ties: tuple[Pair, ...]
    taken: frozenset[int]
    cannot: frozenset[Pair]

    def score(self, a: int, b: int) -> float:
        return float(self.scores.get((a, b), 0))

    def must(self) -> list[Pair]:
        return [p for p in self.ties if self.there.issuperset(p)]

    def links(self) -> list[tuple[float, int, int]]:
        met = self.there - self.taken
        found = [(float(v), *p) for p, v in self.scores.items() if v > 0 and met.issuperset(p)]
        return sorted(found, key=lambda x: (-x[0], x[1], x[2]))

    def whole(self) -> tuple[list[list[int]], list[Pair]]:
        cannot: dict[int, frozenset[int]] = defaultdict(frozenset)
        for a, b in self.cannot:
            cannot[a] |= {b}
            cannot[b] |= {a}
        groups, made = agglomerate(SIZE, self.links(), self.must(), self.score, 1.0, -5.0, 3, dict(cannot))
        return [g for g in groups if g[0] in self.there], made

    def component(self, node: int) -> frozenset[int]:
        """All that hangs together with a node by ties."""
        found, waiting = {node}, [node]
        while waiting:
            one = waiting.pop()
            met = {x for p in self.must() if one in p for x in p} - found
            waiting += met
            found |= met
        return frozenset(found)

    def binder(self, groups: Groups[int]) -> Callable[[Collection[int]], None]:
        """Ties all that hangs together with nodes, once."""
        done: set[int] = set()

        def prepare(some: Collection[int]) -> None:
            for node in some:
                if node not in done:
                    here = self.component(node)
                    done.update(here)
                    for a, b in self.must():
                        if a in here:
                            groups.tie(a, b)

        return prepare

    def links_of(self, node: int) -> list[tuple[float, int]]:
        return [(v, b if node == a else a) for v, a, b in self.links() if node in (a, b)]

    def forbidden(self) -> Callable[[Sequence[int], Sequence[int]], bool] | None:
        if not self.cannot:
            return None
        apart = self.cannot | {(b, a) for a, b in self.cannot}
        return lambda one, two: any((a, b) in apart for a in one for b in two)

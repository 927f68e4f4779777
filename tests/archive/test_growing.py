"""Groups grown one at a time are those that all links give, however much hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from consistency.archive.growing import Growing
from consistency.topics.clusters import Groups, agglomerate

SIZE = 14
pairs = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] < p[1])


class Graph:
    """Scores of pairs (those over zero are links), pairs that are tied, and nodes that join by no link."""

    def __init__(self, scores: dict[tuple[int, int], int], ties: Collection[tuple[int, int]], taken: set[int]) -> None:
        self.scores, self.ties, self.taken = scores, ties, taken
        self.links: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (a, b), value in scores.items():
            if value > 0:
                self.links[a].append((float(value), b))
                self.links[b].append((float(value), a))
        self.asked: set[int] = set()

    def score(self, a: int, b: int) -> float:
        return float(self.scores.get((a, b), 0))

    def component(self, node: int) -> set[int]:
        found, waiting = {node}, [node]
        while waiting:
            one = waiting.pop()
            met = {b for a, b in self.ties if a == one} | {a for a, b in self.ties if b == one}
            waiting += met - found
            found |= met
        return found

    def growing(self) -> Growing[int]:
        groups = Groups(self.score, 1.0, -5.0, 3)
        done: set[int] = set()

        def prepare(nodes: Collection[int]) -> None:
            for node in nodes:
                if node not in done:
                    here = self.component(node)
                    done.update(here)
                    for a, b in self.ties:
                        if a in here:
                            groups.tie(a, b)

        def links(node: int) -> list[tuple[float, int]]:
            self.asked.add(node)
            return self.links[node]

        return Growing(groups, prepare, links, lambda node: node not in self.taken)

    def whole(self) -> list[list[int]]:
        links = [(float(v), a, b) for (a, b), v in self.scores.items() if v > 0 and not {a, b} & self.taken]
        best = sorted(links, key=lambda x: (-x[0], x[1], x[2]))
        return agglomerate(SIZE, best, self.ties, self.score, 1.0, -5.0, 3)[0]


@given(
    st.dictionaries(pairs, st.integers(-9, 9), max_size=60),
    st.lists(pairs, max_size=4, unique=True),
    st.sets(st.integers(0, SIZE - 1), max_size=2),
    st.permutations(range(SIZE)),
)
def test_the_groups_are_those_of_all_links(
    scores: dict[tuple[int, int], int], ties: list[tuple[int, int]], taken: set[int], order: list[int]
) -> None:
    graph = Graph(scores, ties, taken)
    whole = {node: group for group in graph.whole() for node in group}
    growing = graph.growing()
    for node in order:
        assert growing.group(node) == whole[node]
        assert all(growing.groups.of(growing.groups.find(n)) == whole[n] for n in whole[node])


def test_what_hangs_together_by_weaker_links_is_not_looked_at() -> None:
    """A chain whose links get weaker: what comes after the neighbour of a neighbour is no matter."""
    graph = Graph({(n, n + 1): 9 - n for n in range(8)} | {(n, n + 2): -9 for n in range(8)}, (), set())
    assert graph.growing().group(0) == [0, 1]
    assert graph.asked == {0, 1, 2}

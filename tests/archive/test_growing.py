"""Groups grown one at a time are those that all links give, however much hangs together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from worlds import SIZE, Pair, World, nodes, pairs, scores_of_pairs

from consistency.archive.growing import Growing
from consistency.topics.clusters import Groups


def growing(world: World, asked: set[int]) -> Growing[int]:
    """asked: takes up the nodes whose links were asked for."""

    def links(node: int) -> list[tuple[float, int]]:
        asked.add(node)
        return world.links_of(node)

    groups = Groups(world.score, 1.0, -5.0, 3, world.forbidden())
    return Growing(groups, world.binder(groups), links, lambda node: node not in world.taken)


def world_of(
    scores: dict[Pair, int],
    ties: list[Pair] | None = None,
    taken: frozenset[int] = frozenset(),
    cannot: frozenset[Pair] = frozenset(),
) -> World:
    return World(frozenset(range(SIZE)), scores, tuple(ties or ()), taken, cannot)


@given(
    scores_of_pairs,
    st.lists(pairs, max_size=4, unique=True),
    st.frozensets(nodes, max_size=2),
    st.frozensets(pairs, max_size=2),
    st.permutations(range(SIZE)),
)
def test_the_groups_are_those_of_all_links(
    scores: dict[Pair, int], ties: list[Pair], taken: frozenset[int], cannot: frozenset[Pair], order: list[int]
) -> None:
    world = world_of(scores, ties, taken, cannot)
    whole = {node: group for group in world.whole()[0] for node in group}
    grown = growing(world, set())
    for node in order:
        assert grown.group(node) == whole[node]
        assert all(grown.groups.of(grown.groups.find(n)) == whole[n] for n in whole[node])


def test_what_hangs_together_by_weaker_links_is_not_looked_at() -> None:
    """A chain whose links get weaker: what comes after the neighbour of a neighbour is no matter."""
    asked: set[int] = set()
    world = world_of({(n, n + 1): 9 - n for n in range(8)} | {(n, n + 2): -9 for n in range(8)})
    assert growing(world, asked).group(0) == [0, 1]
    assert asked == {0, 1, 2}

"""Groups that are worked out from how they were before are those that all links give."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import SIZE, Pair, World, nodes, pairs, scores_of_pairs

from consistency.archive.replay import Past, Replay
from consistency.topics.clusters import Groups


def start(old: World, new: World) -> set[int]:
    """What is touched from the start."""
    met = old.there & new.there
    found = set(new.there - old.there)
    for a, b in {*old.scores, *new.scores}:
        if old.scores.get((a, b)) != new.scores.get((a, b)):
            found |= {a, b} & met
    for one in met:
        if old.component(one) != new.component(one) or (one in old.taken) != (one in new.taken):
            found.add(one)
    for group in old.whole()[0]:
        if not new.there.issuperset(group):
            found |= new.there.intersection(group)
    return {x for one in found for x in new.component(one)}


def replayed(old: World, new: World) -> tuple[Replay[int], set[int]]:
    """The replay, and the nodes whose links were asked for."""
    groups = Groups(new.score, 1.0, -5.0, 3, new.forbidden())
    topics, made = old.whole()
    ties = set(old.must())
    past: dict[int, Past[int]] = {}
    for group in topics:
        if len(group) > 1:
            left = new.there.intersection(group)
            own = [p for p in made if left.issuperset(p)]
            tied = [p for p in own if p in ties]
            joined = [(-old.score(*p), *p) for p in own if p not in ties]
            past.update(dict.fromkeys(left, Past(left, tied, joined)))
    asked: set[int] = set()

    def links(node: int) -> list[tuple[float, int]]:
        asked.add(node)
        return new.links_of(node)

    def formers(some: Collection[int]) -> list[Past[int]]:
        return list({id(past[n]): past[n] for n in some if n in past}.values())

    replay = Replay(groups, new.binder(groups), links, lambda node: node not in new.taken, formers)
    replay.run(start(old, new))
    return replay, asked


def same(old: World, new: World, order: Sequence[int]) -> None:
    whole, made = new.whole()
    home = {node: group for group in whole for node in group}
    replay, _ = replayed(old, new)
    for node in order:
        if node in new.there:
            assert replay.group(node) == home[node]
    kept = {(a, b) for n in new.there - replay.touched if (p := replay.former(n)) for _, a, b in p.made}
    ties = set(new.must())
    assert {p for p in {*kept, *replay.groups.made} if p not in ties} == {p for p in made if p not in ties}


few = st.frozensets(nodes, max_size=2)


@given(
    scores_of_pairs,
    st.lists(pairs, max_size=4, unique=True),
    few,
    st.frozensets(pairs, max_size=2),
    st.frozensets(nodes, min_size=1, max_size=3),
    st.permutations(range(SIZE)),
)
@settings(max_examples=200, deadline=None)
def test_what_comes(
    scores: dict[Pair, int],
    ties: list[Pair],
    taken: frozenset[int],
    cannot: frozenset[Pair],
    fresh: frozenset[int],
    order: list[int],
) -> None:
    new = World(frozenset(range(SIZE)), scores, tuple(ties), taken, cannot)
    same(new._replace(there=new.there - fresh), new, order)


@given(
    scores_of_pairs,
    st.dictionaries(pairs, st.integers(-9, 9), max_size=3),
    st.lists(pairs, max_size=4, unique=True),
    st.lists(pairs, max_size=2, unique=True),
    st.tuples(few, few),
    st.frozensets(pairs, max_size=2),
    st.tuples(few, few),
    st.permutations(range(SIZE)),
)
@settings(max_examples=300, deadline=None)
def test_what_comes_goes_and_changes(
    scores: dict[Pair, int],
    others: dict[Pair, int],
    ties: list[Pair],
    more: list[Pair],
    taken: tuple[frozenset[int], frozenset[int]],
    cannot: frozenset[Pair],
    out: tuple[frozenset[int], frozenset[int]],
    order: list[int],
) -> None:
    every = frozenset(range(SIZE))
    old = World(every - out[0], scores, tuple(ties), taken[0], cannot)
    same(old, World(every - out[1], scores | others, tuple(ties + more), taken[1], cannot), order)


def test_what_is_as_it_was_is_not_gone_through() -> None:
    """A new node that joins one of two, and is refused by many others: the links of those are not asked for."""
    scores = {(n, n + 1): 5 for n in range(0, 10, 2)} | {(n, 12): -9 for n in range(2, 10)}
    scores |= {(0, 12): 4, (1, 12): 4} | {(n, 12): 3 for n in range(2, 10, 2)}
    new = World(frozenset(range(SIZE)), scores, (), frozenset(), frozenset())
    old = new._replace(there=new.there - {12})
    same(old, new, range(SIZE))
    assert replayed(old, new)[1] == {0, 1, 12}

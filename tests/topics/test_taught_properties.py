"""Whatever people say, a forbidden pair never comes together, and nothing depends on the order it was said in."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consistency.topics.bonds import chains
from consistency.topics.clusters import agglomerate
from consistency.topics.links import Links

SIZE = 9
pairs = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] < p[1])


def forbidden(parted: set[tuple[int, int]]) -> dict[int, frozenset[int]]:
    out: dict[int, set[int]] = {}
    for a, b in parted:
        out.setdefault(a, set()).add(b)
        out.setdefault(b, set()).add(a)
    return {i: frozenset(found) for i, found in out.items()}


@given(
    st.dictionaries(pairs, st.integers(-9, 9)),
    st.lists(pairs, max_size=8, unique=True),
    st.sets(pairs, max_size=8),
    st.randoms(use_true_random=False),
)
def test_a_forbidden_pair_is_never_in_one_group(
    scores: dict[tuple[int, int], int], must: list[tuple[int, int]], parted: set[tuple[int, int]], chance: object
) -> None:
    links = [(float(value), a, b) for (a, b), value in scores.items() if value > 0]
    cannot = forbidden(parted)

    def run(some: list[tuple[float, int, int]]) -> tuple[list[list[int]], list[tuple[int, int]]]:
        best = Links(sorted(some, key=lambda x: x[1:])).best_first()
        return agglomerate(SIZE, best, must, lambda a, b: float(scores.get((a, b), 0)), 1.0, -5.0, 3, cannot)

    groups, made = run(links)
    assert sorted(i for group in groups for i in group) == list(range(SIZE))
    home = {i: n for n, group in enumerate(groups) for i in group}
    assert all(home[a] != home[b] for a, b in parted)
    assert all(home[a] == home[b] for a, b in made)
    chance.shuffle(links)  # type: ignore[attr-defined]
    assert run(links) == (groups, made)
    if not parted:
        assert all(home[a] == home[b] for a, b in must)


@given(st.dictionaries(st.integers(0, SIZE - 1), st.sampled_from(["one", "two"])), st.sets(pairs, max_size=6))
def test_a_curated_topic_breaks_only_where_people_parted_it(
    taken: dict[int, str], parted: set[tuple[int, int]]
) -> None:
    tied = chains(taken, forbidden(parted))
    groups, _ = agglomerate(SIZE, [], tied, lambda a, b: 0.0, 1.0, -5.0, 3, forbidden(parted))
    for topic in ("one", "two"):
        members = [i for i in sorted(taken) if taken[i] == topic]
        whole = [g for g in groups if g[0] in members]
        assert sorted(i for g in whole for i in g) == members
        assert all(p in tied for p in pairwise(members)) or any(a in members and b in members for a, b in parted)
        for n, group in enumerate(whole):
            for other in whole[:n]:  # no group could have joined an earlier one
                assert any(tuple(sorted((a, b))) in parted for a in group for b in other)


def test_two_groups_are_asked_again_only_when_others_stand_for_them() -> None:
    """A claim that many of a large group are linked to, and that does not fit: with every member the same answer."""
    many = 400
    links = [link for n in range(1, many) for link in ((9.0, 0, n), (9.0, n, many))]  # each after one has joined
    asked: list[tuple[int, int]] = []

    def score(a: int, b: int) -> float:
        asked.append((a, b))
        return -1.0 if b == many else 9.0

    groups, _ = agglomerate(many + 1, links, [], score, 1.0, -5.0, 12)
    assert [len(g) for g in groups] == [many, 1]
    assert len([p for p in asked if many in p]) == sum(range(2, 13))

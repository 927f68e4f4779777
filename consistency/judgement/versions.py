"""What the positions of a topic say of each other, each thing told once.

Positions that give one and the same number agree with each other: they are one version of it, told by many. What then
stands between two versions is one finding, not one for each pair of their positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from consistency.judgement.compare import Bench
from consistency.judgement.facts import Facts
from consistency.judgement.lineage import worth_telling
from consistency.judgement.positions import Position
from consistency.judgement.ranking import telling
from consistency.judgement.rows import Row
from consistency.model import Claim, Finding

PLENTIFUL = frozenset({"time-explained", "agreement"})
"""Outcomes of which a topic with many versions tells only those between neighbours in time."""

Places = tuple[int, int]


class Edge(NamedTuple):
    """What was found of two positions: the row that speaks for them, and the pair of claims that stands for them."""

    row: Row
    full: Facts


def told(positions: Sequence[Position], edges: Mapping[Places, Edge], bench: Bench, most: int) -> Iterator[Finding]:
    """The findings of a topic. edges: by the places of two positions, the lower first; most: up to how many versions
    all that is plentiful is told."""
    versions = _versions(positions, edges)
    number = {i: v for v, members in enumerate(versions) for i in members}
    for members in versions:
        yield from _agreement(members, positions, edges, bench)
    between: dict[tuple[int, int, str], list[Places]] = {}
    for (i, j), edge in edges.items():
        v, w = number[i], number[j]
        if v != w:
            low, high, pair = (v, w, (i, j)) if v < w else (w, v, (j, i))
            between.setdefault((low, high, edge.row.id), []).append(pair)
    for (v, w, _), pairs in sorted(between.items()):
        near = len(versions) <= most or w == v + 1
        for left, right in _blocks(pairs):
            finding = _between(left, right, positions, edges, bench)
            if finding is not None and (near or finding.outcome not in PLENTIFUL):
                yield finding


def _versions(positions: Sequence[Position], edges: Mapping[Places, Edge]) -> list[list[int]]:
    """Positions, by their places, that all give each other's number; each in the first such group it fits.

    A position that only fits some of a group is not in it: agreement is not passed on.
    """
    versions: list[list[int]] = []
    for i, position in enumerate(positions):
        home = None
        if position.claims[0].derived is None:
            home = next((v for v in versions if all(_one_number(edges.get((k, i))) for k in v)), None)
        if home is None:
            versions.append([i])
        else:
            home.append(i)
    return versions


def _one_number(edge: Edge | None) -> bool:
    """Whether two positions agree on one printed number; a claim that is worked out prints none."""
    if edge is None or edge.row.outcome != "agreement" or edge.full.facts["values"] != "equal":
        return False
    return edge.full.pair.a.derived is None and edge.full.pair.b.derived is None


def _agreement(
    members: Sequence[int], positions: Sequence[Position], edges: Mapping[Places, Edge], bench: Bench
) -> Iterator[Finding]:
    """What a version's own claims are to each other."""
    alone = len(members) == 1
    for i in members:
        finding = None if positions[i].claims[0].derived else bench.inside(positions[i])
        if finding is not None and (alone or finding.outcome != "agreement"):
            yield finding
    if not alone:
        found = [(i - j, edges[i, j]) for i in members for j in members if i < j]
        _, best = min(found, key=lambda f: _speaks(f[0], f[1].full))
        sides = [positions[i].everything for i in members]
        if bench.worth_telling(best.row, *sides):
            yield bench.finding(best.row, best.full, sides)


def _speaks(nearness: int, full: Facts) -> tuple[bool, bool, int, object]:
    """Which pair speaks for a version: of two sources apart, then the ones furthest apart in time."""
    return full.pair.copied, full.pair.same_source, nearness, telling(full)


def _blocks(places: Iterable[Places]) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs as blocks in which everything on the left was paired with everything on the right."""
    left = sorted(places)
    open_ = set(left)
    for i, j in left:
        if (i, j) not in open_:
            continue
        columns = [y for x, y in left if x == i and (x, y) in open_]
        rows = sorted({x for x, _ in left if all((x, y) in open_ for y in columns)})
        open_ -= {(x, y) for x in rows for y in columns}
        yield rows, columns


def _between(
    left: Sequence[int], right: Sequence[int], positions: Sequence[Position], edges: Mapping[Places, Edge], bench: Bench
) -> Finding | None:
    found = [edges[min(i, j), max(i, j)] for i in left for j in right]
    best = min(found, key=lambda e: telling(e.full))
    sides = [_together(positions, left), _together(positions, right)]
    if best.full.pair.a.id not in {c.id for c in sides[0]}:
        sides.reverse()
    if not bench.worth_telling(best.row, *sides):
        return None
    finding = bench.finding(best.row, best.full, sides)
    derived = any(positions[i].claims[0].derived is not None for i in (*left, *right))
    return finding if not derived or worth_telling(finding) else None


def _together(positions: Sequence[Position], places: Sequence[int]) -> tuple[Claim, ...]:
    return tuple(c for i in places for c in positions[i].everything)

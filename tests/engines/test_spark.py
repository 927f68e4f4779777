"""Spark: the engine's `map`, tiles and components. Everything runs on this computer."""

from __future__ import annotations

import os
import random
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from consistency.engine import Codec
from consistency.engines.spark import tiles
from consistency.engines.spark.components import components, spanning
from consistency.engines.spark.engine import Spark
from consistency.engines.spark.tables import Stages, groups
from consistency.engines.spark.tiles import in_tile, pairs, tiled
from consistency.errors import ConsistencyError, UsageError
from tests.engines.killing import die_once

pytestmark = pytest.mark.slow


# ----------------------------------------------------------------------------------------------------------- the engine
def test_it_is_map(spark: Any) -> None:
    engine = Spark()
    assert list(engine.map(_square, range(1_200))) == [n * n for n in range(1_200)]  # more than one window
    assert list(engine.map(_square, iter([3, 1, 2]), codec=Codec(int))) == [9, 1, 4]
    assert list(engine.map(_square, [])) == []


def test_what_the_work_raises_is_raised_here(spark: Any) -> None:
    def work(n: int) -> int:
        if n == 13:
            raise ValueError("thirteen")
        return n

    with pytest.raises(ValueError, match="thirteen"):
        list(Spark().map(work, range(40)))


def test_a_worker_that_dies_once_costs_nothing(spark: Any, tmp_path: Path) -> None:
    mark = str(tmp_path / "died")

    def work(n: int) -> int:
        die_once(mark) if n == 9 else None
        return n

    assert list(Spark().map(work, range(30))) == list(range(30))
    assert os.path.exists(mark)


def test_an_item_that_no_worker_outlives_is_given_up(spark: Any) -> None:
    def work(n: int) -> int:
        if n == 2:
            os._exit(3)
        return n

    told: list[tuple[int, str]] = []

    def lost(n: int, how: str) -> int:
        told.append((n, how))
        return -n

    assert list(Spark().map(work, range(4), lost)) == [0, 1, -2, 3]
    assert told == [(2, "exit status 3")]
    with pytest.raises(ConsistencyError, match="died twice"):
        list(Spark().map(work, [2]))


def test_another_master_than_the_one_that_runs_is_told(spark: Any) -> None:
    with pytest.raises(UsageError, match="Spark runs already"):
        Spark("spark://elsewhere:7077")


def test_a_master_that_is_none_and_a_computer_without_java_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="--master yran: is none of local"):
        Spark("yran")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UsageError, match="there is no Java: install Java 17"):
        Spark()


# ------------------------------------------------------------------------------------------------------------ the tiles
@pytest.mark.parametrize("cap", [5_000, 50])
def test_every_pair_of_a_hot_key_is_looked_at_once(spark: Any, cap: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a key that is cut into chunks; of one over the cap, the pairs of neighbours."""
    monkeypatch.setattr(tiles, "TILE", 60)
    many, window = 2 * 60 + 30, 20
    rows = [(7, "b", -1, n) for n in range(many)] + [(9, "b", -1, n) for n in range(0, many, 10)]
    rows += [(3, "b", 30, n) for n in range(31)]  # a word that one claim too many has
    keys = spark.createDataFrame(rows, "key long, kind string, most int, vertex long")
    own = [(n, many - n, str(n).encode()) for n in range(many)]
    members = spark.createDataFrame(own, "vertex long, place long, payload binary")
    told = [tuple(row) for row in tiled(keys, members, cap, "b").collect()]
    assert {row[0] for row in told} == {7, 9}
    seen: Counter[tuple[int, int]] = Counter()
    for (key, _, _, capped), tile in groups(iter(sorted(told)), 4):
        for a, b in pairs(in_tile(tile, int), key, capped, window):
            seen[min(a, b), max(a, b)] += 1
    if cap > many:
        assert seen == Counter(combinations(range(many), 2))
    else:
        tens = set(combinations(range(0, many, 10), 2))
        assert seen == Counter({p for p in combinations(range(many), 2) if p[1] - p[0] <= window} | tens)


# ------------------------------------------------------------------------------------------------------- the components
@pytest.mark.parametrize("few", [0, 10_000])
def test_components_are_those_of_the_graph(spark: Any, tmp_path: Path, few: int) -> None:
    import networkx as nx

    chance = random.Random(few)
    edges = [(chance.randrange(120), chance.randrange(120)) for _ in range(66)] + [(n, n + 1) for n in range(500, 518)]
    frame = spark.createDataFrame(edges, "u long, v long").repartition(3)
    found = {r.vertex: r.component for r in components(frame, Stages(spark, str(tmp_path)), "round", few).collect()}
    graph = nx.Graph((u, v) for u, v in edges if u != v)
    assert found == {v: min(group) for group in nx.connected_components(graph) for v in group}


def test_a_forest_has_each_vertex_at_the_smallest_of_its_tree() -> None:
    assert sorted(spanning(iter([(5, 3), (3, 5), (9, 5), (2, 9), (7, 8), (4, 4)]))) == [(3, 2), (5, 2), (8, 7), (9, 2)]


# -------------------------------------------------------------------------------------------------------------- helpers
def _square(n: int) -> int:
    return n * n

"""Spark: the engine's `map`, and the flow over Parquet. Everything runs on this computer."""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from copied_texts import copied

from consistency import pipeline
from consistency.config import Config, Topics
from consistency.engine import Codec
from consistency.engines.spark.components import components, spanning
from consistency.engines.spark.engine import Spark
from consistency.engines.spark.flow import Flow
from consistency.engines.spark.tables import Stages, groups
from consistency.engines.spark.tiles import TILE, in_tile, pairs, tiled
from consistency.errors import ConsistencyError, SourceError, UsageError
from consistency.sources import read_paths, read_records

pytestmark = pytest.mark.slow


# ------------------------------------------------------------------------------------------------------- the engine
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
        _die_once(mark) if n == 9 else None
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
    assert told == [(2, "its Python worker exited unexpectedly")]
    with pytest.raises(ConsistencyError, match="died twice"):
        list(Spark().map(work, [2]))


def test_another_master_than_the_one_that_runs_is_told(spark: Any) -> None:
    with pytest.raises(UsageError, match="Spark runs already"):
        Spark("spark://elsewhere:7077")


# --------------------------------------------------------------------------------------------------------- the flow
def test_the_flow_gives_the_report_of_check_and_resumes(spark: Any, tmp_path: Path) -> None:
    """With a cap that many keys are over, a line that cannot be read, a table, and a worker that is killed."""
    articles = _articles(36, 4)
    places = [_lines(articles[:20], tmp_path), _table(spark, articles[20:], tmp_path)]
    config = Config(topics=Topics(block_cap=12))
    sources, skipped = read_paths(places[:1], config.limits)
    assert skipped
    sources += read_records(articles[20:], config.limits)[0]
    expected = msgspec.json.encode(pipeline.check(sources, config, skipped))
    told: list[tuple[str, bool]] = []
    killed = tmp_path / "killed"
    flow = Flow(spark, str(tmp_path / "out"), config, told=lambda name, there: told.append((name, there)))
    flow.settings = _Deadly(flow.settings, str(killed))  # type: ignore[assignment]
    counts = flow.run(places)
    assert killed.exists()
    assert msgspec.json.encode(flow.report()) == expected
    assert not any(there for _, there in told)
    report = flow.report()
    assert counts == {
        "sources": len(report.sources),
        "claims": len(report.claims),
        "topics": len(report.topics),
        "findings": len(report.findings),
        "skipped": len(report.coverage.skipped),
    }
    assert report.coverage.capped
    _results_are_the_records(spark, tmp_path, report)

    told.clear()
    again = Flow(spark, str(tmp_path / "out"), config, told=lambda name, there: told.append((name, there)))
    Path(tmp_path / "out" / "marks" / "judged").rename(tmp_path / "gone")  # as if it had been stopped there
    again.run(places)
    assert [name for name, there in told if not there] == ["judged"]
    assert msgspec.json.encode(again.report()) == expected


def test_copies_found_by_minhash_are_those_of_check(spark: Any, tmp_path: Path) -> None:
    every = copied(60)
    config = Config(topics=Topics(near_copy="minhash"))
    told: list[str] = []
    flow = Flow(spark, str(tmp_path / "out"), config, told=lambda name, there: told.append(name))
    flow.run([_table(spark, every, tmp_path)])
    assert msgspec.json.encode(flow.report()) == msgspec.json.encode(pipeline.check(read_records(every)[0], config))
    assert "bands" in told


def test_other_settings_or_sources_are_another_stamp(spark: Any, tmp_path: Path) -> None:
    stages = Stages(spark, str(tmp_path / "out"))
    made: list[str] = []

    def make(stamp: str) -> list[int]:
        frame = stages.make("one", stamp, lambda: made.append(stamp) or spark.range(3))
        return sorted(row.id for row in frame.collect())

    assert make("a") == make("a") == [0, 1, 2]
    assert make("b") == [0, 1, 2]
    assert made == ["a", "b"]

    def broken() -> Any:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        stages.make("one", "c", broken)
    make("b")
    assert made == ["a", "b", "b"]  # what was begun and not finished is not taken for whole


def test_parquet_without_its_columns_is_told(spark: Any, tmp_path: Path) -> None:
    spark.createDataFrame([("x",)], "words string").write.parquet(str(tmp_path / "t.parquet"))
    with pytest.raises(SourceError, match="has no column id and none text"):
        Flow(spark, str(tmp_path / "out")).run([str(tmp_path / "t.parquet")])
    with pytest.raises(SourceError, match="no such file"):
        Flow(spark, str(tmp_path / "out")).run([str(tmp_path / "none.parquet")])


# --------------------------------------------------------------------------------------------------------- the tiles
@pytest.mark.parametrize("cap", [5_000, 300])
def test_every_pair_of_a_hot_key_is_looked_at_once(spark: Any, cap: int) -> None:
    """Of a key that is cut into chunks; of one over the cap, the pairs of neighbours."""
    many, window = 2 * TILE + 50, 40
    rows = [(7, "b", -1, n) for n in range(many)] + [(9, "b", -1, n) for n in range(0, many, 10)]
    rows += [(3, "b", 60, n) for n in range(61)]  # a word that one claim too many has
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


# ---------------------------------------------------------------------------------------------------- the components
@pytest.mark.parametrize("few", [0, 10_000])
def test_components_are_those_of_the_graph(spark: Any, tmp_path: Path, few: int) -> None:
    import networkx as nx

    chance = random.Random(few)
    edges = [(chance.randrange(400), chance.randrange(400)) for _ in range(220)] + [(n, n + 1) for n in range(500, 560)]
    frame = spark.createDataFrame(edges, "u long, v long").repartition(3)
    found = {r.vertex: r.component for r in components(frame, Stages(spark, str(tmp_path)), "round", few).collect()}
    graph = nx.Graph((u, v) for u, v in edges if u != v)
    assert found == {v: min(group) for group in nx.connected_components(graph) for v in group}


def test_a_forest_has_each_vertex_at_the_smallest_of_its_tree() -> None:
    assert sorted(spanning(iter([(5, 3), (3, 5), (9, 5), (2, 9), (7, 8), (4, 4)]))) == [(3, 2), (5, 2), (8, 7), (9, 2)]


# ----------------------------------------------------------------------------------------------------------- helpers
class _Deadly(bytes):
    """Settings whose first reader is killed, once."""

    mark: str

    def __new__(cls, settings: bytes, mark: str) -> _Deadly:
        self = super().__new__(cls, settings)
        self.mark = mark
        return self

    def __reduce__(self) -> Any:
        return _read_by_a_worker, (bytes(self), self.mark)


def _read_by_a_worker(settings: bytes, mark: str) -> bytes:
    from pyspark import TaskContext

    if TaskContext.get() is not None:
        _die_once(mark)
    return settings


def _die_once(mark: str) -> None:
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _square(n: int) -> int:
    return n * n


def _articles(many: int, seed: int) -> list[dict[str, str]]:
    from benchmarks.invented import articles

    return articles(many, seed, 0.15)


def _lines(articles: list[dict[str, str]], folder: Path) -> str:
    """Articles as JSON lines, one of which cannot be read."""
    place = folder / "articles.jsonl"
    place.write_text("\n".join([*map(json.dumps, articles), "{broken"]) + "\n", encoding="utf-8")
    return str(place)


def _table(spark: Any, articles: list[dict[str, str]], folder: Path) -> str:
    """Articles as Parquet, in another order."""
    place = str(folder / "articles.parquet")
    rows = [(a["publisher"], a["text"], a["id"], a["published"]) for a in reversed(articles)]
    spark.createDataFrame(rows, "publisher string, text string, id string, published string").write.parquet(place)
    return place


def _results_are_the_records(spark: Any, folder: Path, report: Any) -> None:
    for name in ("claims", "findings", "topics"):
        rows = spark.read.parquet(str(folder / "out" / "stages" / f"result-{name}")).collect()
        found = {row.id: json.loads(row.record) for row in rows}
        records = getattr(report, name)
        assert len(rows) == len(records)
        assert found == {r.id: json.loads(msgspec.json.encode(r)) for r in records}
        if name == "claims":
            home = {i: t.id for t in report.topics for i in t.claims}
            assert {row.id: row.topic for row in rows} == {c.id: home[c.id] for c in report.claims}

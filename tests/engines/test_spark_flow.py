"""The flow on Spark, from Parquet to Parquet. Everything runs on this computer."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency import pipeline
from consistency.config import Config, Topics
from consistency.engines.kit import Kit, packed
from consistency.engines.processes import Processes
from consistency.engines.spark.flow import Flow
from consistency.engines.spark.sources import stamp
from consistency.engines.spark.tables import Stages
from consistency.errors import ConfigError, SourceError
from consistency.lessons import Lessons
from consistency.model import Skipped
from consistency.sources import read_paths, read_records
from tests.engines.archives import PORT, ROW, invented, lined, own
from tests.engines.copied_texts import copied
from tests.engines.killing import POISON, deadly, die_once

pytestmark = pytest.mark.slow


def test_the_flow_gives_the_report_of_check_and_resumes(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a cap that many keys are over, rules, rates and lessons of one's own, a line that cannot be read, a table, a
    worker that is killed once, and a text that kills whoever reads it."""
    articles = [*invented(36, 4), PORT, POISON]
    places = [lined(articles[:20], tmp_path), _table(spark, [*articles[20:], articles[7]], tmp_path)]
    read, skipped = read_paths(places[:1])
    assert skipped
    twice = f"the id {articles[7]['id']!r} is already that of another source; give it an id of its own"
    skipped = [*skipped, Skipped(source=articles[7]["id"], reason=twice)]
    read += read_records(articles[20:])[0]
    config, lessons = own(read[:-1], tmp_path)
    deadly(monkeypatch.setattr)
    report = pipeline.check(read, config, skipped, lessons=lessons, engine=Processes(2))
    expected = msgspec.json.encode(report)
    assert "died, twice: signal 9" in next(s.reason for s in report.coverage.skipped if s.source == "poison")
    assert report.coverage.capped

    told: list[tuple[str, bool]] = []
    killed = tmp_path / "killed"
    flow = Flow(spark, str(tmp_path / "out"), config, lessons, lambda name, there: told.append((name, there)))
    flow.settings = _Deadly(flow.settings, str(killed))
    counts = flow.run(places)
    assert killed.exists()
    assert msgspec.json.encode(flow.report()) == expected
    assert not any(there for _, there in told)
    assert counts == {
        "sources": len(report.sources),
        "claims": len(report.claims),
        "topics": len(report.topics),
        "findings": len(report.findings),
        "skipped": len(report.coverage.skipped),
    }
    _results_are_the_records(spark, tmp_path, report)

    told.clear()
    again = Flow(spark, str(tmp_path / "out"), config, lessons, lambda name, there: told.append((name, there)))
    (tmp_path / "out" / "marks" / "judged").rename(tmp_path / "gone")  # as if it had been stopped there
    Path(places[0]).touch()
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


def test_what_a_stage_rests_on_is_in_its_stamp(spark: Any, tmp_path: Path) -> None:
    lines, table = lined(invented(3, 1), tmp_path), _table(spark, invented(3, 2), tmp_path)
    before = stamp([lines, table], spark)
    status = os.stat(lines)
    Path(lines).write_bytes(Path(lines).read_bytes().replace(b"broken", b"BROKEN"))
    os.utime(lines, ns=(status.st_atime_ns, status.st_mtime_ns))  # a file of one size and one time
    changed = stamp([lines, table], spark)
    rows = spark.read.parquet(table)
    rows.repartition(3).write.parquet(table + ".moved")
    os.rename(table, table + ".old")
    os.rename(table + ".moved", table)
    assert before != changed == stamp([lines, table], spark)
    shutil.rmtree(table)
    spark.read.parquet(table + ".old").replace("Morning Post", "Evening Post").limit(2).write.parquet(table)
    assert stamp([lines, table], spark) != changed

    rates, rules = tmp_path / "rates.csv", tmp_path / "rules" / "relations"
    rates.write_text("date,currency,rate\n2021-05-01,USD,2.0\n")
    rules.mkdir(parents=True)
    (rules / "own.yaml").write_text(ROW)
    config = Config(rates=str(rates), rules=(str(rules.parent),))
    found = packed(config)
    assert packed(msgspec.structs.replace(config, engine="spark", workers=3, master="local")) == found
    rates.write_text("date,currency,rate\n2021-05-01,USD,2.5\n")
    other = packed(config)
    with pytest.raises(ConfigError, match="the rates on this worker"):
        Kit(found)
    (rules / "own.yaml").write_text(ROW.replace("own words", "other words"))
    assert len({found, other, packed(config), packed(config, Lessons(must=(("a", "b"),)))}) == 4
    with pytest.raises(ConfigError, match="the program or the rules on this worker"):
        Kit(other)


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


# -------------------------------------------------------------------------------------------------------------- helpers
class _Deadly(bytes):
    """Settings whose first reader is killed, once; and the reader of POISON each time."""

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
        die_once(mark)
        deadly(setattr)
    return settings


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

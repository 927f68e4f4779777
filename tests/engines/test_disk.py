"""Several processes over files: the report of `check`, whatever dies on the way, and little in memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency import engines, pipeline
from consistency.config import Config, Topics
from consistency.engine import SERIAL
from consistency.engines import processes
from consistency.engines.disk import claims, copies, flow, meeting, reading, spool, stories, texts
from consistency.engines.disk.joined import Joined, members
from consistency.engines.processes import Processes
from consistency.errors import ConfigError, UsageError
from consistency.lessons import Lessons
from consistency.model import Report, Source
from consistency.sources import read_paths, read_records
from tests.engines.archives import PORT, invented, lined, own
from tests.engines.copied_texts import copied
from tests.engines.killing import POISON, deadly, die_once


def encoded(report: Report) -> bytes:
    return msgspec.json.encode(engines.whole(report))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches, parts and buckets of a few sources each, so that a few sources make many of them."""
    for name, size in ("STRETCH", 20), ("PART", 200), ("BUCKET", 25), ("_FEW", 10), ("HELD", 0):
        monkeypatch.setattr(flow, name, size)


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
def test_the_report_is_that_of_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a cap that many keys are over, rules, rates and lessons of one's own, a line that cannot be read, and a text
    that kills whoever reads it."""
    read, skipped = read_paths([lined([*invented(36, 4), PORT], tmp_path)])
    assert skipped
    config, lessons = own(read, tmp_path)
    deadly(monkeypatch.setattr)
    read += read_records([POISON])[0]
    expected = pipeline.check(read, config, skipped, lessons=lessons, engine=Processes(2))
    found = flow.check(iter(read), config, skipped, lessons=lessons, engine=Processes(3))
    assert encoded(found) == msgspec.json.encode(expected)
    assert "died, twice: signal 9" in next(s.reason for s in found.coverage.skipped if s.source == "poison")
    assert found.coverage.capped


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("near_copy", ["exact", "minhash"])
@pytest.mark.parametrize("cap", [3, 12, 2_000])
@pytest.mark.parametrize("seed", range(3))
def test_no_cut_changes_it(seed: int, cap: int, near_copy: Any) -> None:
    articles = invented(40, seed)
    twins = [{**a, "id": f"twin-{n}"} for n, a in enumerate(articles[:5])]  # of one day, and they begin alike
    read = read_records([*copied(20), *articles, *twins, {"id": "empty", "text": "Nothing is told."}])[0]
    config = Config(topics=Topics(block_cap=cap, near_copy=near_copy))
    expected = msgspec.json.encode(pipeline.check(read, config))
    assert encoded(flow.check(reversed(read), config, engine=SERIAL)) == expected


ROAD = (
    "A crash killed {} people in Torim on Wednesday and injured {} others, while a long strike and heavy rain blocked "
    "both lanes of the coastal road."
)


@pytest.mark.usefixtures("small_parts")
def test_passages_of_one_source_are_compared_together() -> None:
    """Of two that are alike in one source, each of the other has but one for a partner."""
    told = {"id": "told", "text": ROAD.format("seven", 2) + " One lane opened. " + ROAD.format(45, 2), "published": ""}
    others = [{"id": str(n), "text": "Imports of Norland passed 7 billion dollars."} for n in range(3)]
    read = read_records([*others, told, {"id": "again", "text": ROAD.format("seven", 49)}])[0]
    found = flow.check(read, Config(), engine=SERIAL)
    assert encoded(found) == msgspec.json.encode(pipeline.check(read, Config()))


@pytest.mark.usefixtures("small_parts")
def test_what_rests_on_a_dropped_claim() -> None:
    sales = "Timber sales of Norland reached 8.4 billion euros in 2024, up from 7.9 billion a year earlier."
    read = read_records([{"id": "s", "text": sales}])[0]
    for claim in pipeline.check(read, Config()).claims:
        lessons = Lessons(readings={claim.fingerprint: {"drop": True}})
        found = flow.check(read, Config(), lessons=lessons, engine=SERIAL)
        assert encoded(found) == msgspec.json.encode(pipeline.check(read, Config(), lessons=lessons))


class _Dying:
    """Kills the first process that calls it, once, and does then what it stands for."""

    def __init__(self, work: Callable[..., Any], mark: str) -> None:
        self.work, self.mark = work, mark

    def __call__(self, *more: Any) -> Any:
        die_once(self.mark)
        return self.work(*more)


STAGES = {
    "reading": (reading, "_Reading"),
    "texts": (texts, "Telling"),
    "documents": (stories, "Meeting"),
    "stories": (stories, "Linking"),
    "passages": (copies, "Meeting"),
    "copies": (copies, "Copying"),
    "claims": (claims, "Telling"),
    "keys": (claims, "Meeting"),
    "links": (claims, "Linking"),
    "topics": (flow, "Judging"),
}


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_that_dies_at_any_stage_changes_nothing(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_records(invented(40, 1))[0]
    expected = msgspec.json.encode(pipeline.check(read, Config()))
    module, name = STAGES[stage]
    kind: Any = getattr(module, name)
    mark = tmp_path / "died"
    monkeypatch.setattr(module, name, lambda *given: _Dying(kind(*given), str(mark)))
    assert encoded(flow.check(read, Config(), engine=Processes(2))) == expected
    assert mark.exists()


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
def test_where_processes_cannot_be_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "get_all_start_methods", lambda: ["spawn"])
    read = read_records(invented(30, 2))[0]
    assert encoded(flow.check(read, Config(), engine=Processes(2))) == msgspec.json.encode(
        pipeline.check(read, Config())
    )


@pytest.mark.slow
def test_what_is_held_is_not_the_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source costs the first process less than a sixth of what it does where all are held."""
    for module, name, size in (
        *(
            (flow, name, size)
            for name, size in (("STRETCH", 100), ("BUCKET", 100), ("_FEW", 10), ("_PARTS", 64), ("HELD", 0))
        ),
        (processes, "_WINDOW", 8),
        (spool, "_HELD", 1_000),
    ):
        monkeypatch.setattr(module, name, size)

    def most(many: int, check: Callable[[Iterator[Source]], Report]) -> int:
        articles = invented(many, many)
        sources = (s for a in articles for s in read_records([a])[0])
        tracemalloc.start()
        found = check(sources)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found.coverage.sources == many
        return peak

    def on_disk(sources: Iterator[Source]) -> Report:
        return flow.check(sources, Config(), engine=Processes(2))

    def held(sources: Iterator[Source]) -> Report:
        return pipeline.check(sources, Config())

    on_disk(iter(read_records(invented(20, 1))[0]))  # what is loaded once
    each = {check: (most(300, check) - most(100, check)) / 200 for check in (on_disk, held)}
    assert each[on_disk] < each[held] / 6, each


@pytest.mark.usefixtures("small_parts")
def test_records_are_found_by_their_places() -> None:
    read = read_records(invented(12, 5))[0]
    expected = pipeline.check(read, Config())
    found = flow.check(read, Config(), engine=SERIAL)
    for name in ("sources", "claims", "topics", "findings", "courses"):
        stored, records = getattr(found, name), getattr(expected, name)
        assert len(stored) == len(records)
        assert [stored[n] for n in range(len(stored))] == list(records)
        assert stored[-1] == records[-1]
        assert stored[2:5] == records[2:5]
        with pytest.raises(IndexError):
            stored[len(stored)]


@pytest.mark.usefixtures("small_parts")
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = flow.check(read_records(invented(6, 1))[0], Config(), engine=SERIAL)
    assert list(tmp_path.iterdir())
    del found
    assert not list(tmp_path.iterdir())

    def broken() -> Iterator[Source]:
        yield from read_records(invented(6, 1))[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flow.check(broken(), Config(), engine=Processes(2))
    assert not list(tmp_path.iterdir())


COMMAND = [sys.executable, "-m", "consistency", "check", "articles.jsonl", "--engine", "processes", "-o", "out.json"]


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_nothing_behind(sign: str, tmp_path: Path) -> None:
    lined(invented(400, 1), tmp_path)
    room = tmp_path / "room"
    room.mkdir()
    number = getattr(signal, sign)
    environment = {**os.environ, "TMPDIR": str(room)}
    listening = ["-c", f"import signal; signal.signal({number}, signal.SIG_DFL)"]
    if sign == "SIGINT":
        listening = ["-c", "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"]
    listening[1] += "; import sys; from consistency.start import main; main(sys.argv[1:])"
    process = subprocess.Popen([sys.executable, *listening, *COMMAND[3:]], cwd=tmp_path, env=environment)
    while not list(room.glob("*/sources")) and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(number)
    assert process.wait(60) == 128 + number
    assert not list(room.iterdir())


@pytest.mark.slow
def test_no_room_for_the_files_is_told(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    lined(invented(60, 1), tmp_path)
    room = tmp_path / "room"
    room.mkdir()

    def tight() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        COMMAND, cwd=tmp_path, env={**os.environ, "TMPDIR": str(room)}, capture_output=True, check=False, timeout=60,
        preexec_fn=tight,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"what is between two stages cannot be kept in {room}: File too large; set TMPDIR" in done.stderr.decode()
    assert not list(room.iterdir())


def test_a_folder_that_cannot_be_written_to_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(UsageError, match=r"gone: No such file or directory; set TMPDIR to a folder with room"):
        flow.check(read_records(invented(3, 1))[0], Config(), engine=SERIAL)


def test_a_setting_that_cannot_be_is_told() -> None:
    config = Config()
    config = msgspec.structs.replace(config, report=msgspec.structs.replace(config.report, time_pairs=0))
    with pytest.raises(ConfigError, match=r"a setting is not what it may be: .*time_pairs"):
        flow.check([], config)


# ---------------------------------------------------------------------------------------------------------------- parts
def test_rows_come_back_in_order_by_part(tmp_path: Path) -> None:
    rows = [(n * 7919 % 1000, n) for n in range(1000)]
    parts = spool.Parts(tmp_path / "rows")
    for n in range(0, 1000, 100):
        parts.add(spool.packed(rows[n : n + 100], 7, 1000))
    parts.close()
    assert [row for part in range(7) for row in parts.rows(part)] == sorted(rows)
    parts.drop()
    assert parts.rows(3) == []


def test_lists_tell_who_comes_later(tmp_path: Path) -> None:
    lists = meeting.Lists(tmp_path / "lists")
    rows = sorted([*lists.write(0, [[1, 4, 9], [4, 5]]), *lists.write(1, [[2, 4, 7]]), *meeting.neighbours([9, 4], 1)])
    met = {member: lists.later(member, places) for member, places in meeting.by_member(rows)}
    assert met == {1: [4, 9], 2: [4, 7], 4: [5, 7, 9]}


def test_buckets_cut_nothing_that_is_joined() -> None:
    joined = Joined(10)
    joined.add([(8, 2), (2, 5), (9, 0)])
    assert joined.sets() == {0: [0, 9], 2: [2, 5, 8]}
    assert [list(b) for b in members(joined.buckets(3))] == [[0, 1, 9], [2, 5, 8], [3, 4, 6], [7]]
    assert [list(b) for b in members(joined.buckets(1))] == [[0, 9], [1], [2, 5, 8], [3], [4], [6], [7]]
    assert members(Joined(0).buckets(5)) == []

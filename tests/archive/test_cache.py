"""What is kept between runs changes no byte of a report, whatever happens to it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from benchmarks.invented import articles
from consistency import check
from consistency.archive import stamp as stamps
from consistency.archive.gather import folder_of
from consistency.archive.store import Store
from consistency.config import Config
from consistency.rulebook import Rulebook

MANY = 14


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with new/ and archive/."""
    base = tmp_path_factory.mktemp("sources")
    write(base, articles(MANY, 8, 0.3))
    return base


def write(base: Path, found: list[dict[str, str]]) -> None:
    for n, one in enumerate(found):
        folder = base / ("new" if n in (5, 9) else "archive")
        folder.mkdir(exist_ok=True)
        text = f"By {one['publisher']}\nPublished: {one['published']}\n\n{one['text']}\n"
        (folder / f"{one['id']}.txt").write_text(text, encoding="utf-8")
    (base / "archive/empty.txt").write_text("")
    (base / "archive/broken.json").write_text("{")
    (base / "archive/list.jsonl").write_text(
        '{"text": "The Harbour Treaty has 31 members."}\n{"text": ""}\n{"text": 3}\n'
    )


def report(base: Path, cache: Path | bool, **limits: int) -> bytes:
    """The JSON of the new ones against the archive."""
    config = Config(cache=str(cache) if isinstance(cache, Path) else cache, **limits)
    return msgspec.json.encode(check([base / "new"], config, against=[base / "archive"]))


@pytest.fixture(scope="module")
def cold(sources: Path) -> bytes:
    return report(sources, False)


def files(cache: Path) -> list[Path]:
    return sorted(p for p in cache.rglob("*") if p.is_file())


def test_cold_and_warm_runs_give_the_same_bytes(sources: Path, cold: bytes, tmp_path: Path) -> None:
    assert report(sources, tmp_path) == cold
    before = {p: p.read_bytes() for p in files(tmp_path)}
    assert len([p for p in before if p.suffix == ".claims"]) == MANY + 1
    assert report(sources, tmp_path) == cold
    assert {p: p.read_bytes() for p in files(tmp_path) if p.suffix == ".claims"} == {
        p: b for p, b in before.items() if p.suffix == ".claims"
    }


def test_a_warm_run_reads_no_claims_and_opens_no_settled_file(
    sources: Path, cold: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from consistency.archive import files as kept_files
    from consistency.archive import kept
    from consistency.sources import reading

    monkeypatch.setattr(kept_files, "_GRAIN", -(10**18))  # as if the files had been there for years
    report(sources, tmp_path)
    opened: list[str] = []
    load = reading.load

    def watched(entry, limits):  # type: ignore[no-untyped-def]
        opened.append(entry.shown)
        return load(entry, limits)

    def never(*_: object) -> None:
        raise AssertionError("claims were read again")

    monkeypatch.setattr(reading, "load", watched)
    monkeypatch.setattr(kept_files, "load", watched)
    monkeypatch.setattr(kept, "keep", never)
    assert report(sources, tmp_path) == cold
    assert all("/new/" in path or path.endswith("empty.txt") for path in opened)


@pytest.mark.parametrize("seed", range(20))
def test_damage_changes_nothing(sources: Path, cold: bytes, damaged: Path, seed: int) -> None:
    """One folder is damaged again and again, and used in between."""
    rng = random.Random(seed)
    found = files(damaged)
    for path in rng.sample(found, min(len(found), rng.randrange(1, 6))):
        data = bytearray(path.read_bytes())
        how = rng.randrange(5)
        if how == 0 or not data:
            path.unlink()
        elif how == 1:
            path.write_bytes(b"")
        elif how == 2:
            path.write_bytes(bytes(data[: rng.randrange(len(data))]))
        elif how == 3:
            path.write_bytes(rng.randbytes(50))
        elif path.suffix == ".claims":
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            path.write_bytes(bytes(data))
    assert report(sources, damaged) == cold


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


def test_an_archive_that_changes(sources: Path, tmp_path: Path) -> None:
    """Files come, go, change, and move: each time the bytes are those of a run without a cache."""
    base, cache, rng = tmp_path / "s", tmp_path / "c", random.Random(7)
    base.mkdir()
    write(base, articles(20, 4, 0.3))
    texts = iter(articles(40, 5, 0.3))
    for _ in range(8):
        found = sorted((base / "archive").glob("a*.txt"))
        one = rng.choice(found)
        how = rng.randrange(4)
        if how == 0:
            one.unlink()
        elif how == 1:
            one.write_text(next(texts)["text"])
        elif how == 2:
            one.rename(one.with_name(f"b{one.name}"))
        else:
            (base / "archive" / f"a9{rng.randrange(1000)}.txt").write_text(next(texts)["text"])
        assert report(base, cache) == report(base, False)


def test_an_edit_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    base, cache = tmp_path / "s", tmp_path / "c"
    (base / "archive").mkdir(parents=True)
    (base / "new").mkdir()
    (base / "new/n.txt").write_text("The Harbour Treaty has 31 members.")
    known = base / "archive/k.txt"
    known.write_text("The Harbour Treaty has 36 members.")
    os.utime(known, ns=(10**18, 10**18))
    assert b"36 members" in report(base, cache)
    known.write_text("The Harbour Treaty has 39 members.")
    os.utime(known, ns=(10**18, 10**18))
    assert b"39 members" in report(base, cache)


def test_two_edits_at_one_time_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file changed as it was read can be changed again without a later time: such a file is read again."""
    from consistency.archive.files import FileMemory
    from consistency.config import Limits
    from consistency.sources.files import find
    from consistency.sources.remembered import Part

    path = tmp_path / "k.txt"
    path.write_text("one")
    (entry,) = find(path)
    memory = FileMemory({}, Limits())
    assert memory.recall(entry) is None  # type: ignore[arg-type]
    memory.keep(entry, b"one", [Part(digest="d")])  # type: ignore[arg-type]
    states = {k: v for k, v in memory.changed.items() if v is not None}
    path.write_text("two")
    status = path.stat()
    same = FileMemory(states, Limits())
    monkeypatch.setattr("consistency.archive.files.time.time_ns", lambda: status.st_mtime_ns)
    assert same.recall(entry) is None  # type: ignore[arg-type]


def test_several_runs_at_one_time(sources: Path, cold: bytes, tmp_path: Path) -> None:
    code = (
        "import sys, msgspec; from pathlib import Path; from consistency import check; "
        "from consistency.config import Config; b, c = map(Path, sys.argv[1:]); "
        "r = check([b / 'new'], Config(cache=str(c)), against=[b / 'archive']); "
        "sys.stdout.buffer.write(msgspec.json.encode(r))"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(sources), str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [run.communicate()[0] for run in runs] == [cold] * 4
    assert not [p for p in files(tmp_path) if p.suffix not in (".claims", ".index")]


def test_a_locked_index_is_left_aside(
    sources: Path, cold: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from consistency.archive import index

    report(sources, tmp_path)
    monkeypatch.setattr(index, "_WAIT", 0.05)
    (path,) = tmp_path.glob("*.index")
    with sqlite3.connect(path) as held:
        held.execute("BEGIN EXCLUSIVE")
        assert report(sources, tmp_path) == cold


def test_a_folder_that_cannot_be_written(sources: Path, cold: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    assert report(sources, file) == cold
    assert file.read_text() == "in the way"


def test_it_stays_under_its_size_and_leaves_other_files_alone(sources: Path, cold: bytes, tmp_path: Path) -> None:
    mine = tmp_path / "ab"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    (tmp_path / "report.html").write_text("mine")
    assert report(sources, tmp_path, cache_bytes=1) == cold
    assert sorted(p.name for p in files(tmp_path)) == ["notes.txt", "report.html"]
    assert report(sources, tmp_path, cache_bytes=20_000) == cold
    assert sum(p.stat().st_size for p in files(tmp_path)) <= 20_000
    assert report(sources, tmp_path, cache_bytes=20_000) == cold


def test_the_oldest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old, new = (tmp_path / n / f"{'0' * 62}.claims" for n in ("aa", "bb"))
    for path, age in ((old, 100), (new, 10)):
        path.parent.mkdir()
        path.write_bytes(b"x" * 100)
        os.utime(path, (time.time() - age, time.time() - age))
    store.written = 1
    store.trim(150)
    assert not old.exists()
    assert new.exists()


def test_rules_and_code_are_part_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = stamps.stamp(Rulebook())
    (tmp_path / "relations").mkdir()
    (tmp_path / "relations/mine.yaml").write_text("[]")
    assert stamps.stamp(Rulebook((str(tmp_path),))) != plain
    monkeypatch.setattr(stamps, "_code", lambda: "other")
    assert stamps.stamp(Rulebook()) != plain


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert folder_of(Config()) == tmp_path / "claim-consistency/claims"
    assert folder_of(Config(cache=False)) is None
    assert folder_of(Config(cache="x")) == Path("x")

"""`check NEW --against PATH`, as a user would call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_texts import ALPHA, BETA, Run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of known sources, two of which contradict each other, and a new one that contradicts one of them."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "alpha.txt").write_text(f"date 2024-02-01 {ALPHA}\n")
    (folder / "beta.txt").write_text(f"date 2024-02-08 {BETA}\n")
    (folder / "town.txt").write_text("Published: 2024-05-20\n\nThe Harbour Treaty has 31 members.\n")
    (tmp_path / "new.txt").write_text("Published: 2024-05-20\n\nThe Harbour Treaty has 36 members.\n")
    return folder


def found(text: str) -> list[list[str]]:
    report = json.loads(text)
    sources = {c["id"]: c["source"] for c in report["claims"]}
    return [sorted({sources[i] for i in f["claims"]}) for f in report["findings"]]


def test_only_what_is_new_is_told(run: Run, archive: Path) -> None:
    everything = found(run("check", "new.txt", "archive", "--format", "json").out)
    assert ["new.txt", "town.txt"] in everything
    assert ["alpha.txt", "beta.txt"] in everything
    out = run("check", "new.txt", "--against", "archive", "--cache", "c", "--format", "json")
    assert out.status == 1
    assert found(out.out) == [["new.txt", "town.txt"]]
    counts = {"new": 1, "known": 3, "met": 1, "hot": 0, "sources": ["new.txt"]}
    assert json.loads(out.out)["coverage"]["against"] == counts


def test_the_same_bytes_with_a_cache_and_without(run: Run, archive: Path) -> None:
    runs = [
        run("check", "new.txt", "--against", "archive", *option, "--format", "json")
        for option in (["--no-cache"], ["--cache", "c"], ["--cache", "c"])
    ]
    assert len({r.out for r in runs}) == 1
    assert (archive.parent / "c").is_dir()


def test_the_folder_may_stand_in_the_settings(run: Run, archive: Path) -> None:
    (archive.parent / "consistency.toml").write_text('cache = "kept"\n')
    assert run("check", "new.txt", "--against", "archive").status == 1
    assert any((archive.parent / "kept").iterdir())
    assert 'cache = "' in run("config", "show").out


def test_several_places_and_standard_input(run: Run, archive: Path) -> None:
    (archive.parent / "other.txt").write_text("Published: 2024-05-20\n\nThe Harbour Treaty has 40 members.\n")
    new = (archive.parent / "new.txt").read_bytes()
    out = run(
        "check", "-", "--against", "archive", "--against", "other.txt", "--no-cache", "--format", "json", input=new
    )
    assert sorted(found(out.out)) == [["-", "other.txt"], ["-", "town.txt"]]


def test_what_is_in_both_is_new(run: Run, archive: Path) -> None:
    out = run("check", "archive/beta.txt", "--against", "archive", "--no-cache", "--format", "json")
    assert json.loads(out.out)["coverage"]["against"]["new"] == 1
    assert found(out.out) == [["alpha.txt", "archive/beta.txt"]]


def test_a_file_that_this_run_writes_is_no_known_source(run: Run, archive: Path) -> None:
    for _ in range(2):
        out = run("check", "new.txt", "--against", "archive", "--no-cache", "-o", "archive/report.md")
        assert out.status == 1
        assert "archive/report.md" in out.err
    assert "report.md" not in (archive / "report.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new.txt", "--against", "nowhere"], "skipped nowhere: no such file or folder"),
        (["nowhere", "--against", "archive"], "no new source could be read"),
        (["--against", "archive"], "name at least one new file"),
        (["new.txt", "--against", "-"], "standard input can only be a new source"),
        (["archive/none", "--against", "archive"], "skipped archive/none"),
    ],
)
def test_mistakes(run: Run, archive: Path, arguments: list[str], words: str) -> None:
    out = run("check", *arguments, "--no-cache")
    assert out.status == 2
    assert words in out.err


def test_a_known_source_that_cannot_be_read_is_told_once(run: Run, archive: Path) -> None:
    (archive / "bad.json").write_text("{")
    out = run("check", "new.txt", "--against", "archive", "--no-cache")
    assert out.status == 2
    assert out.err.count("skipped archive/bad.json") == 1
    assert run("check", "new.txt", "--against", "archive", "--no-cache", "--allow-skipped").status == 1


def test_remarks_are_on_new_sources(run: Run, archive: Path) -> None:
    (archive / "undated.txt").write_text("Ana Lind is mayor of Arvika.")
    assert "publication date" not in run("check", "new.txt", "--against", "archive", "--no-cache").err
    (archive.parent / "new.txt").write_text("The Harbour Treaty has 36 members.")
    assert (
        "1 of 1 new sources carries no publication date"
        in run("check", "new.txt", "--against", "archive", "--no-cache").err
    )


def test_an_empty_archive_is_told_of(run: Run, archive: Path) -> None:
    (archive.parent / "empty").mkdir()
    out = run("check", "new.txt", "--against", "empty", "--no-cache")
    assert out.status == 2
    assert "skipped empty: no source in this folder" in out.err

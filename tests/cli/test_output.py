"""Results: where they go, and what happens when they cannot."""

import os
from pathlib import Path

import pytest
from cli_texts import ALPHA, Run


def test_files_and_standard_output(run: Run, two: Path) -> None:
    outcome = run("report", two, "-o", "out/page.html", "-o", "out/page:md", "-o", "out/data.JSON")
    assert (outcome.status, outcome.out) == (0, "")
    assert sorted(p.name for p in Path("out").iterdir()) == ["data.JSON", "page", "page.html"]
    assert Path("out/page").read_text().startswith("# ")
    assert "wrote out/page.html" in outcome.err
    both = run("report", two, "-o", "out/page.html", "--format", "csv", "--quiet")
    assert both.out.startswith("id,")
    assert both.err == ""


def test_the_page_is_the_default_of_report_alone(run: Run, two: Path) -> None:
    assert run("report", two).out.startswith("<!doctype html>")
    assert run("check", two).out.startswith("CONSISTENCY REPORT")


def test_the_same_bytes_each_time(run: Run, two: Path) -> None:
    assert (
        run("report", two / "alpha.txt", two / "beta.txt").out == run("report", two / "beta.txt", two / "alpha.txt").out
    )


def test_one_output_that_cannot_be_written_does_not_cost_the_others(run: Run, two: Path) -> None:
    Path("file").touch()
    outcome = run("report", two, "-o", "file/page.html", "-o", "page.md")
    assert outcome.status == 2
    assert "error: file/page.html: cannot be written" in outcome.err
    assert Path("page.md").stat().st_size > 0
    assert not list(Path().rglob(".*.part"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk(run: Run, two: Path) -> None:
    outcome = run("report", two, "-o", "/dev/full:json")
    assert outcome.status == 2
    assert "/dev/full: cannot be written" in outcome.err


def test_an_older_report_in_the_folder_is_no_source(run: Run, two: Path) -> None:
    first = run("report", two, "-o", two / "report.md", "-o", two / "report.json")
    written = (two / "report.md").read_bytes()
    again = run("report", two, "-o", two / "report.md", "-o", two / "report.json")
    assert (first.status, again.status) == (0, 0)
    assert (two / "report.md").read_bytes() == written


@pytest.mark.parametrize("name", ["old.html", "old.json", "old.md", "old.txt"])
def test_a_report_is_no_source(run: Run, two: Path, name: str) -> None:
    run("report", two, "-o", two / name)
    found = run("claims", two)
    assert found.status == 0
    assert f"{name}: is a report of this program" in found.err
    assert name not in found.out
    assert run("claims", two / name).status == 2


def test_no_claim_no_line(run: Run) -> None:
    Path("a.txt").write_text("Nothing to see here.\n")
    assert run("claims", "a.txt", "--format", "jsonl").out == ""
    assert run("claims", "a.txt", "--format", "table").out == "nothing found\n"


def test_control_characters_do_not_reach_the_terminal(run: Run, two: Path) -> None:
    (two / "evil.txt").write_text(f"\x1b[31mRed\x1b[0m news\n\n{ALPHA}\n")
    for args in (["check", two], ["claims", two, "--format", "table"], ["topics", "show", two, "--why"]):
        assert "\x1b" not in run(*args).out

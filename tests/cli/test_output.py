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


def test_a_source_is_never_written_over(run: Run, two: Path) -> None:
    before = (two / "beta.txt").read_bytes()
    Path("new").mkdir()
    (two / "alpha.txt").rename("new/alpha.txt")
    for args in (["new", two], ["new", "--against", two], [two, "--against", "new"], ["new", two / "beta.txt"]):
        for again in range(2):  # the second time what the cache knows of the archive
            outcome = run("check", *args, "-o", f"{two}/../two/beta.txt", "--cache", "kept")
            assert outcome.status == 2, again
            assert "beta.txt: is a source, and would be written over; name another file as output" in outcome.err
            assert (two / "beta.txt").read_bytes() == before
    for _ in range(2):  # an older report in a folder of sources is written anew
        assert run("check", "new", "--against", two, "-o", two / "report.md", "-o", two / "page.html").status == 1


def test_one_file_under_two_names_is_named_twice(run: Run, two: Path) -> None:
    Path("out").mkdir()
    Path("link").symlink_to("out")
    for other in ("out/../out/a.json", "link/a.json:sarif"):
        outcome = run("check", two, "-o", "out/a.json", "-o", other)
        assert (outcome.status, "is named twice as output" in outcome.err) == (2, True)
    assert run("check", two, "-o", "/dev/null:json", "-o", "/dev/null:csv").status == 1

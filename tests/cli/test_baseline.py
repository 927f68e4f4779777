"""`consistency baseline`: write, show, update, prune, and a year with them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from cli_texts import Run, article

FILE = Path("consistency-baseline.json")


def entries(path: Path = FILE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["accepted"]
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder in which two papers contradict each other on Norland."""
    folder = tmp_path / "archive"
    article(folder, "Alpha", "Norland", 29)
    article(folder, "Beta", "Norland", 34)
    return folder


def test_write_and_show(run: Run, archive: Path) -> None:
    wrote = run(
        "baseline", "write", "archive", "--author", "M. Lind", "--expires", "2024-12-31", "--today", "2024-06-01"
    )
    assert (wrote.status, wrote.out) == (0, "")
    assert wrote.err == "wrote consistency-baseline.json: 1 added\n"
    (entry,) = entries()
    assert entry["outcome"] == "contradiction"
    assert entry["rule"] == "same-period-differs"
    assert entry["topic"] == "Norland: export"
    assert [len(side) for side in entry["sides"]] == [1, 1]
    assert (entry["author"], entry["date"], entry["expires"]) == ("M. Lind", "2024-06-01", "2024-12-31")
    shown = run("baseline", "show", "--today", "2024-06-02")
    assert shown.out.splitlines()[0] == f"{entry['finding']} contradiction (same-period-differs)"
    assert "    accepted by M. Lind on 2024-06-01, until 2024-12-31" in shown.out
    assert shown.err == "1 accepted finding\n"
    assert "ran out on 2024-12-31" in run("baseline", "show", FILE, "--today", "2025-01-01").out


def test_write_takes_what_check_would_fail_on(run: Run, archive: Path) -> None:
    article(archive, "Beta", "Norland", 34, year=2022)
    for args in ([], ["--fail-on", "time-explained"], ["--min-confidence", "1"], ["--fail-on", "none"]):
        FILE.unlink(missing_ok=True)
        run("baseline", "write", "archive", "--fail-on", "possible", *args)
        status = run("check", "archive", "--fail-on", "possible", *args).status
        assert (len(entries()) > 0) is (status == 1)
        assert run("check", "archive", "--fail-on", "possible", *args, "--baseline", FILE).status == 0
    FILE.unlink()
    nothing = run("baseline", "write", archive / "alpha-norland.md")
    assert (nothing.status, entries()) == (0, [])
    assert "note: nothing fails, so the baseline is empty" in nothing.err
    FILE.unlink()
    Path("s.yaml").write_text("- topic: '*: export'\n  reason: r\n")
    run("baseline", "write", "archive", "--suppressions", "s.yaml")
    assert entries() == []


def test_writing_again_adds_nothing_unasked(run: Run, archive: Path) -> None:
    run("baseline", "write", "archive", "--reason", "known")
    first = FILE.read_bytes()
    stamp = os.stat(FILE).st_mtime_ns
    again = run("baseline", "write", "archive", "--reason", "other", "--author", "X")
    assert (again.status, again.out, FILE.read_bytes()) == (0, "", first)
    assert again.err == "consistency-baseline.json is as it was\n"
    assert os.stat(FILE).st_mtime_ns == stamp
    article(archive, "Alpha", "Sudland", 11)
    article(archive, "Beta", "Sudland", 19)
    refused = run("baseline", "write", "archive")
    assert (refused.status, FILE.read_bytes()) == (1, first)
    assert refused.out.startswith("f1-")
    assert refused.out.count("\n") == 1
    assert "Sudland" in refused.out
    assert "error: 1 new finding (above) not accepted; --accept-new accepts what is new" in refused.err
    taken = run("baseline", "write", "archive", "--accept-new", "--reason", "the ministry was asked")
    assert (taken.status, taken.out) == (0, "")
    assert sorted(e["reason"] for e in entries()) == ["known", "the ministry was asked"]
    assert [e["finding"] for e in entries()] == sorted(e["finding"] for e in entries())


def test_a_grown_finding_replaces_its_entry(run: Run, archive: Path) -> None:
    run("baseline", "write", "archive", "--reason", "known")
    article(archive, "Gamma", "Norland", 34, "2024-03-01")
    assert run("baseline", "write", "archive").status == 1
    taken = run("baseline", "write", "archive", "--accept-new", "--reason", "known, too")
    assert "1 added, 1 replaced" in taken.err
    (entry,) = entries()
    assert (entry["reason"], sorted(map(len, entry["sides"]))) == ("known, too", [1, 2])


def test_update_and_prune(run: Run, archive: Path) -> None:
    more = article(archive, "Gamma", "Norland", 34, "2024-03-01")
    article(archive, "Alpha", "Sudland", 11)
    other = article(archive, "Beta", "Sudland", 19)
    run("baseline", "write", "archive", "--reason", "known")
    before = FILE.read_bytes()
    assert run("baseline", "update", "archive").err == "consistency-baseline.json is as it was\n"
    assert run("baseline", "prune", "archive").err == "consistency-baseline.json is as it was\n"
    more.unlink()
    other.unlink()
    assert run("check", "archive", "--baseline", FILE).status == 0
    updated = run("baseline", "update", "archive")
    assert updated.err == "wrote consistency-baseline.json: 1 changed\n"
    assert sorted(sorted(map(len, e["sides"])) for e in entries()) == [[1, 1], [1, 1]]
    kept = run("baseline", "write", "archive")
    assert "note: an entry accepts nothing any more; --prune takes out what does not" in kept.err
    pruned = run("baseline", "prune", "archive")
    assert "taken out: f1-" in pruned.err
    assert "Sudland" in pruned.err
    assert [e["reason"] for e in entries()] == ["known"]
    article(archive, "Gamma", "Norland", 34, "2024-03-01")
    assert run("check", "archive", "--baseline", FILE).status == 1
    FILE.write_bytes(before)
    other.write_text("")
    assert run("baseline", "prune", "archive").status == 2
    assert FILE.read_bytes() == before


@pytest.mark.parametrize("command", ["write", "update", "prune"])
def test_with_a_source_that_cannot_be_read_nothing_is_written(run: Run, archive: Path, command: str) -> None:
    run("baseline", "write", "archive")
    before = FILE.read_bytes()
    for path in archive.iterdir():
        path.write_text("")
    outcome = run("baseline", command, "archive")
    assert (outcome.status, FILE.read_bytes()) == (2, before)
    assert "the baseline was left as it is" in outcome.err


def test_mistakes(run: Run, archive: Path) -> None:
    for command in ("show", "update archive", "prune archive"):
        outcome = run("baseline", *command.split())
        assert outcome.status == 2
        assert "consistency-baseline.json: there is no such file" in outcome.err
    assert "is over already" in run("baseline", "write", "archive", "--expires", "2024-01-01").err
    assert "is no day" in run("baseline", "write", "archive", "--expires", "soon").err
    assert run("baseline", "write").status == 2
    assert not FILE.exists()
    FILE.write_text("{")
    for command in ("write archive", "show", "update archive", "prune archive"):
        outcome = run("baseline", *command.split())
        assert (outcome.status, FILE.read_text()) == (2, "{")
        assert "consistency-baseline.json:1: is not valid JSON" in outcome.err
    assert run("baseline", "write", "archive", "-o", "archive").status == 2
    assert run("baseline", "write", "archive", "-o", "/dev/full" if os.path.exists("/dev/full") else "a/b/").status == 2


def test_the_bytes_do_not_depend_on_the_order_of_the_sources(run: Run, archive: Path) -> None:
    article(archive, "Alpha", "Sudland", 11)
    article(archive, "Beta", "Sudland", 19)
    paths = sorted(archive.iterdir())
    for name, order in (("a.json", paths), ("b.json", paths[::-1]), ("c.json", paths[1:] + paths[:1])):
        run("baseline", "write", *order, "-o", name, "--today", "2024-06-01")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes() == Path("c.json").read_bytes()


def test_a_year(run: Run, archive: Path) -> None:
    """A desk begins with a baseline, and lives with it."""
    Path("consistency.toml").write_text('baseline = "consistency-baseline.json"\nstrict_baseline = true\n')
    assert run("check", "archive").status == 2  # there is no baseline yet
    run("baseline", "write", "archive", "--reason", "known when we began", "--today", "2024-01-10")
    assert run("check", "archive", "--today", "2024-01-10").status == 0

    # February: a source that says nothing new about it changes nothing; files are moved and a paragraph is added
    article(archive, "Kappa", "Ostland", 3)
    (archive / "2024").mkdir()
    moved = archive / "2024" / "from-alpha.md"
    (archive / "alpha-norland.md").rename(moved)
    moved.write_text(moved.read_text() + "\nThe harbour had a new crane.\n")
    assert run("check", "archive", "--today", "2024-02-01").status == 0

    # March: a new source contradicts another one, and fails
    article(archive, "Alpha", "Sudland", 11, "2024-03-01")
    article(archive, "Beta", "Sudland", 19, "2024-03-02")
    failed = run("check", "archive", "--today", "2024-03-03")
    assert failed.status == 1
    assert "note: 1 finding is accepted; 1 finding fails the gate" in failed.err

    # it is looked into, and accepted until summer
    asked = run("baseline", "write", "archive", "--today", "2024-03-03")
    assert (asked.status, "Sudland" in asked.out) == (1, True)
    why = ["--reason", "Beta was asked to correct", "--author", "M. Lind", "--expires", "2024-06-30"]
    assert run("baseline", "write", "archive", "--accept-new", *why, "--today", "2024-03-03").status == 0
    assert run("check", "archive", "--today", "2024-06-30").status == 0
    told = run("check", "archive", "-v", "--today", "2024-06-30").err
    assert "M. Lind, 2024-03-03, until 2024-06-30: Beta was asked to correct]" in told

    # July: nobody corrected it
    over = run("check", "archive", "--today", "2024-07-01")
    assert over.status == 1
    assert "ran out on 2024-06-30: its finding counts again" in over.err
    renew = ["--reason", "asked again", "--author", "M. Lind", "--expires", "2024-12-31", "--today", "2024-07-01"]
    assert run("baseline", "write", "archive", *renew).status == 1
    assert "1 added, 1 replaced" in run("baseline", "write", "archive", "--accept-new", *renew).err
    assert len(entries()) == 2
    assert run("check", "archive", "--today", "2024-07-01").status == 0

    # September: a third paper repeats Beta's figure, which nobody accepted
    third = article(archive, "Gamma", "Sudland", 19, "2024-09-01")
    grown = run("check", "archive", "--today", "2024-09-02")
    assert grown.status == 1
    assert "as it stood: there is a further claim or a worse outcome" in grown.err
    third.unlink()

    # October: Beta corrects its figure, so an entry is not needed any more
    article(archive, "Beta", "Sudland", 11, "2024-03-02")
    stale = run("check", "archive", "--today", "2024-10-01")
    assert stale.status == 1
    assert "meets no finding" in stale.err
    assert "taken out: f1-" in run("baseline", "prune", "archive", "--today", "2024-10-01").err
    assert run("check", "archive", "--today", "2024-10-01").status == 0
    assert [e["reason"] for e in entries()] == ["known when we began"]

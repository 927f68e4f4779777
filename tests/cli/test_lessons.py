"""`--lessons` and the setting of that name, as people use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli_texts import Run, article
from jsonschema import Draft202012Validator

FILE = Path("lessons.json")


def archive(folder: Path) -> Path:
    article(folder, "Alpha", "Norland", 29)
    article(folder, "Beta", "Norland", 34)
    return folder


def prints(run: Run) -> list[str]:
    """The fingerprint of the amount in each text."""
    claims = [json.loads(line) for line in run("claims", "archive", "--format", "jsonl").out.splitlines()]
    return [c["fingerprint"] for c in claims if c["kind"] == "money"]


def write(path: Path, **lists: Any) -> None:
    path.write_text(json.dumps({"schema": "consistency-lessons/1", **lists}, indent=1))


def test_a_decision_passes_the_gate_and_is_told(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    assert run("check", "archive").status == 1
    alpha, beta = prints(run)
    write(tmp_path / FILE, cannot=[{"claims": [alpha, beta], "reason": "Two Norlands.", "author": "M. Lind"}])
    passed = run("check", "archive", "--lessons", "lessons.json", "--format", "json")
    assert (passed.status, json.loads(passed.out)["findings"]) == (0, [])
    assert "CONTRADICTIONS (0)" in run("report", "archive", "--lessons", "lessons.json", "--format", "text").out
    shown = run("topics", "show", "archive", "--lessons", "lessons.json").out
    assert "0 topics of more than one claim" in shown
    new = ("check", "archive/beta-norland.md", "--against", "archive", "--no-cache")
    assert (run(*new).status, run(*new, "--lessons", "lessons.json").status) == (1, 0)


def test_the_settings_name_it(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    alpha, beta = prints(run)
    write(tmp_path / "archive" / FILE, readings=[{"claim": alpha, "field": "value", "value": 34_000_000_000}])
    (tmp_path / "consistency.toml").write_text('lessons = "archive/lessons.json"\n')
    passed = run("check", "archive")
    assert passed.status == 0, passed.out + passed.err
    assert "reading corrected by a person: value" in passed.out
    assert "Readings corrected by people: 1" in passed.out
    assert "lessons.json" not in passed.err
    assert run("check", "archive", "--lessons", "", "--allow-skipped").status == 1
    assert "archive/lessons.json" in run("config", "show").out
    corrected = [json.loads(line) for line in run("claims", "archive", "--format", "jsonl").out.splitlines()]
    assert [c["corrected"] for c in corrected if c["fingerprint"] == alpha] == [["value"]]
    assert run("check", "archive", "--against", "sqlite:///ledger.db").err.startswith("error: a ledger has lessons")
    write(tmp_path / "archive" / FILE, cannot=[{"claims": [alpha, beta]}])
    assert run("baseline", "write", "archive").status == 0
    assert json.loads((tmp_path / "consistency-baseline.json").read_text())["accepted"] == []


def test_an_entry_that_meets_nothing_is_told(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    write(tmp_path / FILE, must=[{"claims": ["c1:x", "c1:y"]}])
    told = run("check", "archive", "--lessons", "lessons.json", "--fail-on", "none")
    assert told.status == 0
    assert "note: lessons.json:4: that c1:x and c1:y are about one thing meets no claim" in told.err
    assert "ENTRIES THAT DO NOTHING (1)" in told.out
    strict = run("check", "archive", "--lessons", "lessons.json", "--fail-on", "none", "--strict-baseline")
    assert (strict.status, strict.err.count("error: lessons.json:4:")) == (1, 1)


def test_a_wrong_file_is_an_error_of_one_line(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    write(tmp_path / FILE, readings=[{"claim": "c1:x", "field": "unti", "value": "km"}])
    for command in (("check",), ("report",), ("claims",), ("topics", "show")):
        failed = run(*command, "archive", "--lessons", "lessons.json")
        assert (failed.status, failed.out) == (2, ""), command
        assert "error: lessons.json:6: readings, entry 1: 'unti' is no part of a claim" in failed.err
        assert "did you mean 'unit'" in failed.err
        assert "Traceback" not in failed.err
    missing = run("check", "archive", "--lessons", "lesson.json")
    assert missing.status == 2
    assert "did you mean 'lessons.json'" in missing.err


def test_the_schema_is_printed(run: Run) -> None:
    printed = json.loads(run("schema", "lessons").out)
    Draft202012Validator.check_schema(printed)
    assert set(printed["properties"]) == {"schema", "must", "cannot", "readings"}


def test_corrected_readings_are_not_mixed_up_with_kept_ones(run: Run, tmp_path: Path) -> None:
    """What is kept of an archive was read with other lessons, or none."""
    archive(tmp_path / "archive")
    article(tmp_path / "new", "Gamma", "Norland", 29)
    alpha, beta = prints(run)
    once = run("check", "new", "--against", "archive", "--cache", "kept", "--format", "json")
    value = {"claim": beta, "field": "value", "value": 29e9}
    gone = {"claim": alpha, "field": "drop", "value": True}
    for told in ([], [value], [], [gone]):
        write(tmp_path / FILE, readings=told)
        args = ("check", "new", "--against", "archive", "--lessons", "lessons.json", "--format", "json")
        warm, cold = run(*args, "--cache", "kept"), run(*args, "--no-cache")
        assert warm.out == cold.out
        assert (warm.out == once.out) is (not told)

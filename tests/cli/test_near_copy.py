"""`topics.near_copy = "minhash"` as a user meets it: what it needs, what it says, and where it is of no account."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import pytest
from cli_texts import Run

SETTING = '[topics]\nnear_copy = "minhash"\n'


@pytest.fixture
def setting(tmp_path: Path) -> Path:
    path = tmp_path / "consistency.toml"
    path.write_text(SETTING)
    return path


@pytest.mark.parametrize("command", ["check", "report"])
def test_what_is_missing_is_told_before_anything_is_read(
    run: Run, two: Path, setting: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    found = run(command, two)
    assert (found.status, found.out) == (2, "")
    assert f"{setting}:2: topics.near_copy: 'minhash' needs rensa: pip install 'claim-consistency[near]'" in found.err


def test_another_version_finds_other_pairs(run: Run, two: Path, setting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = types.ModuleType("rensa")
    other.RMinHash = type("RMinHash", (), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rensa", other)
    found = run("check", two)
    assert found.status == 2
    assert "needs rensa of another version" in found.err


def test_the_report_says_so(run: Run, two: Path, setting: Path) -> None:
    found = json.loads(run("check", two, "--format", "json", "--fail-on", "none").out)
    assert found["coverage"]["near_copy"] == "minhash"
    assert "Copied passages found by" in run("check", two, "--format", "markdown", "--fail-on", "none").out
    setting.write_text("")
    other = json.loads(run("check", two, "--format", "json", "--fail-on", "none").out)
    assert "near_copy" not in other["coverage"]
    assert [f["id"] for f in found["findings"]] == [f["id"] for f in other["findings"]]


def test_known_sources_are_looked_up_in_their_index(
    run: Run, two: Path, setting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    arguments = ("check", two / "beta.txt", "--against", two / "alpha.txt", "--format", "json", "--fail-on", "none")
    found = run(*arguments)
    assert found.status == 0
    setting.write_text("")
    assert run(*arguments).out == found.out

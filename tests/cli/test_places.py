"""In continuous integration: annotations by themselves, files for servers, and logs that obey no source."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_texts import ALPHA, BETA, Run

from consistency.cli.places import in_repository


def check(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, whose output is a pipe, as on a server."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI"))}
    command = [sys.executable, "-m", "consistency", "check", *args]
    return subprocess.run(command, cwd=cwd, env=clean | env, capture_output=True, text=True, timeout=120, check=False)


def test_annotations_come_by_themselves_under_github_actions(two: Path, tmp_path: Path) -> None:
    out = check("two", cwd=tmp_path, GITHUB_ACTIONS="true")
    assert out.returncode == 1
    assert out.stdout.startswith("::error file=two/beta.txt,line=1,col=41,endColumn=62,title=Contradiction%3A ")
    assert out.stdout.endswith("\n1 contradiction was found among 2 sources.\n")
    with_file = check("two", "-o", "out/report.html", cwd=tmp_path, GITHUB_ACTIONS="true")
    assert with_file.stdout == out.stdout
    assert "wrote out/report.html" in with_file.stderr


def test_annotations_come_only_where_nothing_else_is_asked(two: Path, tmp_path: Path) -> None:
    assert check("two", "--format", "text", cwd=tmp_path, GITHUB_ACTIONS="true").stdout.startswith("CONSISTENCY REPORT")
    assert check("two", cwd=tmp_path).stdout.startswith("CONSISTENCY REPORT")
    assert check("two", cwd=tmp_path, GITHUB_ACTIONS="false").stdout.startswith("CONSISTENCY REPORT")
    with (tmp_path / "log.txt").open("w") as log:
        command = [sys.executable, "-m", "consistency", "check", "two"]
        env = os.environ | {"GITHUB_ACTIONS": "true"}
        subprocess.run(command, cwd=tmp_path, env=env, stdout=log, stderr=subprocess.DEVNULL, check=False, timeout=120)
    assert (tmp_path / "log.txt").read_text().startswith("CONSISTENCY REPORT")


def test_paths_are_relative_to_the_repository(two: Path, tmp_path: Path) -> None:
    whole = check(str(two), "--format", "github", cwd=tmp_path)
    assert "file=two/beta.txt," in whole.stdout
    inside = check(".", "--format", "github", cwd=two, GITHUB_WORKSPACE=str(tmp_path))
    assert "file=two/beta.txt," in inside.stdout
    inside = check(".", "--format", "gitlab", cwd=two, CI_PROJECT_DIR=str(tmp_path))
    assert json.loads(inside.stdout)[0]["location"]["path"] == "two/beta.txt"
    elsewhere = check("../two", "--format", "sarif", cwd=_folder(tmp_path / "other"))
    result = json.loads(elsewhere.stdout)["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": (two / "beta.txt").as_uri()}


def test_annotations_stand_in_the_new_source_whatever_its_date(two: Path, tmp_path: Path) -> None:
    new = _folder(tmp_path / "new")
    (two / "alpha.txt").rename(new / "alpha.txt")  # published before what is known already
    out = check("new", "--against", "two", "--format", "github", cwd=tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert out.returncode == 1
    assert "::error file=new/alpha.txt,line=1," in out.stdout
    assert "two/beta.txt:1:41" in out.stdout


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_linked_workspace_is_the_same_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = _folder(tmp_path / "real")
    (tmp_path / "link").symlink_to(real)
    monkeypatch.chdir(real)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "link"))
    relative = in_repository()
    assert relative("a/./b.txt") == "a/b.txt"
    assert relative(str(tmp_path / "link" / "a.txt")) == "a.txt"
    assert relative("../c.txt") == (tmp_path / "c.txt").as_posix()


def test_files_by_their_endings(run: Run, two: Path) -> None:
    names = ("r.sarif", "junit.xml", "gl-code-quality-report.json", "claims.jsonld", "notes.txt:github")
    outcome = run("check", two, *(arg for name in names for arg in ("-o", f"out/{name}")))
    assert (outcome.status, outcome.out) == (1, "")
    assert json.loads(Path("out/r.sarif").read_text())["version"] == "2.1.0"
    assert Path("out/junit.xml").read_text().startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    assert json.loads(Path("out/gl-code-quality-report.json").read_text())[0]["severity"] == "major"
    assert json.loads(Path("out/claims.jsonld").read_text())["@context"] == "https://schema.org"
    assert Path("out/notes.txt").read_text().startswith("::error ")


def test_junit_and_the_exit_status_agree(run: Run, two: Path) -> None:
    for args, status, failures in (((), 1, 1), (("--fail-on", "none"), 0, 0), (("--min-confidence", "1"), 0, 0)):
        outcome = run("check", two, "--format", "junit", *args)
        assert outcome.status == status
        assert f'failures="{failures}"' in outcome.out.split("\n")[1]


def test_reports_in_a_folder_of_sources_are_no_sources(run: Run, two: Path) -> None:
    for name in ("junit.xml", "gl-code-quality-report.json", "results.sarif.json", "results.sarif", "old.json"):
        run("check", two, "-o", two / name)
    again = run("check", two, "--format", "json")
    assert again.status == 1
    skipped = json.loads(again.out)["coverage"]["skipped"]
    assert {s["reason"] for s in skipped} == {"is a report of this program or its baseline, not a source"}
    assert all(s["minor"] for s in skipped)
    assert len(skipped) == 4  # the ending .sarif is none that is read


def test_markdown_keeps_to_the_limit_of_the_settings(run: Run, two: Path) -> None:
    whole = run("check", two, "--format", "markdown").out
    Path("consistency.toml").write_text(f"[report]\nmarkdown_limit = {len(whole) - 1}\n")
    short = run("check", two, "--format", "markdown").out
    assert "Left out: the topics." in short
    Path("consistency.toml").write_text("[report]\nmarkdown_limit = 0\n")
    assert run("check", two, "--format", "markdown").out == whole
    Path("consistency.toml").write_text("[report]\nmarkdown_limit = -1\n")
    assert run("check", two).status == 2


# What GitHub's and Azure's runners take for a command (actions/runner, ActionCommand.cs).
COMMAND = re.compile(r"^\s*::|##(vso)?\[", re.I | re.M)
HOSTILE = "::error::owned ##[error]owned ##vso[task.complete result=Failed]"


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "html", "csv", "sarif", "junit", "gitlab"])
def test_a_log_obeys_no_source(run: Run, two: Path, form: str) -> None:
    (two / f"{HOSTILE}.txt").write_text(f"{HOSTILE}\n{HOSTILE}\n\ndate 2024-02-10 {BETA} {HOSTILE} {ALPHA}\n")
    (two / "::warning::empty ##[x].txt").touch()
    outcome = run("check", two, "--format", form)
    assert outcome.out
    assert not COMMAND.search(outcome.out)
    assert not COMMAND.search(outcome.err)


def test_other_commands_do_not_speak_to_the_log_either(run: Run, two: Path) -> None:
    (two / f"{HOSTILE}.txt").write_text(f"{HOSTILE}\n\ndate 2024-02-10 {BETA}\n")
    for args in (
        *(["claims", two, "--format", form] for form in ("table", "jsonl", "csv")),
        ["claims", two, "--trace"],
        ["topics", "show", two, "--why"],
        ["report", two],
        ["check", two / "::error::nowhere ##[x].txt"],
        ["explain", "::error::x ##[x]", two],
    ):
        outcome = run(*args)
        assert not COMMAND.search(outcome.out), args
        assert not COMMAND.search(outcome.err), args


def test_annotations_of_a_hostile_folder_are_ours_alone(run: Run, two: Path) -> None:
    (two / f"{HOSTILE}%0A::error::x.txt").write_text(f"date 2024-02-10 {BETA}\n")
    outcome = run("check", two, "--format", "github")
    lines = outcome.out.splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["::error"] * (len(lines) - 1)
    assert all("title=Contradiction%3A Norland%3A export" in line for line in lines[:-1])

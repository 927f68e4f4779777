"""`init`, `doctor` and `schema`, as a newcomer meets them."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_texts import Run

from consistency.cli import starting
from consistency.cli.doctor_facts import EXTRAS
from consistency.config import load_config
from consistency.schemas import KINDS, text

TOP = Path(__file__).parents[2]


# ---------------------------------------------------------------------------------------------------------- init
def test_what_init_writes_works_at_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("init", "desk", "--example")
    assert made.status == 0
    wrote = [line.split("  ")[1] for line in made.out.splitlines()]
    assert all(line.startswith("wrote  desk/") for line in made.out.splitlines())
    assert sorted(wrote) == sorted(
        p.relative_to(tmp_path).as_posix() for p in (tmp_path / "desk").rglob("*.*") if p.is_file()
    )
    assert "consistency check sources incoming" in made.err
    monkeypatch.chdir(tmp_path / "desk")
    assert run("check", "sources").status == 0
    bad = run("check", "sources", "incoming")
    assert bad.status == 1
    assert "CONTRADICTIONS (1)" in bad.out
    assert "Three towns of the outer islands joined" in bad.out  # the example topic speaks
    for command in (("rules", "lint"), ("topics", "lint"), ("rules", "test"), ("doctor",), ("config", "show")):
        assert run(*command).status == 0, command
    assert "curated: ferry-compact-members" in run("topics", "show", "sources").out


def test_init_without_an_example(run: Run, tmp_path: Path) -> None:
    made = run("init", "--sources", "press/articles", "--ci", "none")
    assert made.status == 0
    assert (tmp_path / "press/articles/.gitkeep").read_text() == ""
    assert not (tmp_path / ".github").exists()
    assert not (tmp_path / "incoming").exists()
    (tmp_path / "press/articles/a.txt").write_text("Norland has 12 harbours.\n")
    assert run("check", "press/articles").status == 0


def test_a_workflow_for_each_place(run: Run, tmp_path: Path) -> None:
    assert run("init", "a", "--sources", "articles").status == 0
    workflow = (tmp_path / "a/.github/workflows/consistency.yml").read_text()
    assert "against: articles" in workflow
    assert '"articles/**"' in workflow
    assert "@" not in re.sub(r"actions/[\w-]+@v\d+", "", workflow)
    assert (tmp_path / "a/.github/actions/consistency/action.yml").read_text() == (TOP / "action.yml").read_text()
    assert run("init", "b", "--ci", "GITLAB", "--sources", "articles").status == 0
    assert "CONSISTENCY_SOURCES: articles" in (tmp_path / "b/.gitlab-ci.yml").read_text()
    template = (TOP / "templates/consistency.gitlab-ci.yml").read_text()
    assert (tmp_path / "b/.gitlab/consistency.gitlab-ci.yml").read_text() == template


def test_nothing_is_written_over_without_force(run: Run, tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text("fail_on = 'none'\n")
    (tmp_path / ".gitlab-ci.yml").write_text("stages: [test]\n")
    made = run("init", "--ci", "gitlab")
    assert made.status == 0
    assert "kept   consistency.toml\n" in made.out
    assert "--force" in made.err
    assert "must include .gitlab/consistency.gitlab-ci.yml" in made.err
    assert (tmp_path / "consistency.toml").read_text() == "fail_on = 'none'\n"
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "stages: [test]\n"
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    again = run("init", "--ci", "gitlab")
    assert "wrote" not in again.out
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert "wrote  consistency.toml\n" in run("init", "--ci", "gitlab", "--force").out
    assert load_config(tmp_path).fail_on == "contradiction"


def test_init_touches_nothing_where_it_cannot_do_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("a file")
    made = run("init")
    assert (made.status, made.out) == (2, "")
    assert "rules: is a file, where a folder is needed" in made.err
    assert [p.name for p in tmp_path.iterdir()] == ["rules"]
    (tmp_path / "x/consistency.toml").mkdir(parents=True)
    assert "is a folder, where a file is to be written" in run("init", "x").err
    assert run("init", "rules").status == 2


@pytest.mark.parametrize(
    "name", ["../up", "/etc", "", ".", "-x", "a b", 'a"b', "a\nb", "$(x)", "a//b", "a/../b", ".git"]
)
def test_a_folder_that_a_workflow_cannot_name_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    assert run("init", f"--sources={name}").status == 2
    assert list(tmp_path.iterdir()) == []


def test_the_settings_show_every_key_and_each_is_valid(tmp_path: Path) -> None:
    shown = starting.settings()
    path = tmp_path / "consistency.toml"
    path.write_text(shown)
    assert set(load_config(explicit=path).origin) == {"rules", "fail_on", "baseline"}
    whole = re.sub(r"(?m)^# (\w+ = )", r"\1", shown)
    path.write_text(whole)
    config = load_config(explicit=path)

    def keys(table: dict[str, Any], prefix: str = "") -> set[str]:
        out: set[str] = set()
        for name, value in table.items():
            out |= keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name}
        return out

    import msgspec

    known = {key for key in keys(msgspec.to_builtins(type(config)())) if not key.startswith("origin")}
    assert keys(tomllib.loads(whole)) == known
    lines = shown.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(# )?\w+ = |\[", line):
            assert lines[number - 1].startswith("# "), line  # what it is stands above it


def test_the_starters_of_the_repository_are_current() -> None:
    assert runpy.run_path(str(TOP / "docs/make_starters.py"))["current"]()


def test_the_commands_of_the_examples_page_do_what_it_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP / "docs/examples/newsroom")
    page = Path("README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    consistency (.+)$", page, re.M)
    assert [run(*command.split()).status for command in commands] == [0, 1]


# -------------------------------------------------------------------------------------------------------- schema
def test_schema_prints_each_kind(run: Run, tmp_path: Path) -> None:
    listed = run("schema").out
    for kind in KINDS:
        assert re.search(rf"^{kind} ", listed, re.M)
        assert run("schema", kind).out == text(kind)
    assert run("schema", "--all", "out").status == 0
    assert {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir()} == {
        f"{kind}.schema.json": text(kind) for kind in KINDS
    }


def test_schema_tells_mistakes(run: Run, tmp_path: Path) -> None:
    assert "did you mean 'report'?" in run("schema", "reprot").err
    assert run("schema", "report", "--all", "out").status == 2
    (tmp_path / "file").write_text("")
    assert run("schema", "--all", "file").status == 2


# -------------------------------------------------------------------------------------------------------- doctor
def facts(out: str) -> dict[str, dict[str, Any]]:
    told = json.loads(out)
    return {fact["name"]: fact for group in told.values() if isinstance(group, list) for fact in group}


def test_doctor_finds_all_in_order(run: Run) -> None:
    told = run("doctor", "--format", "json", "--today", "2040-06-01")
    assert told.status == 0
    found = facts(told.out)
    assert json.loads(told.out)["broken"] == 0
    assert found["a small check"]["status"] == "ok"
    assert found["Python"]["value"].startswith(".".join(map(str, sys.version_info[:3])))
    assert found["exchange rates"]["status"] == "note"  # more than a year old then
    assert re.search(r"until \d{4}-\d\d-\d\d, \d{4} days old", found["exchange rates"]["value"])
    assert "none: no consistency.toml" in found["settings"]["value"]
    text_form = run("doctor", "--today", "2040-06-01")
    assert "✓ a small check" in text_form.out
    assert "nothing is broken" in text_form.err


def test_ages_are_counted_to_the_day_asked_about(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    last = facts(run("doctor", "--format", "json").out)["exchange rates"]["value"].split()[1].rstrip(",")
    assert f"until {last}, 0 days old" in run("doctor", "--today", last).out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "days ahead of the day asked about" in run("doctor").out
    assert f"until {last}, 0 days old" in run("doctor", "--today", last).out
    for wrong in ("yesterday", "2024-13-01", "20240101", ""):
        assert run("doctor", "--today", wrong).status == 2


def test_doctor_tells_what_is_broken_and_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules/relations").mkdir(parents=True)
    (tmp_path / "rules/relations/own.yaml").write_text("- id: x\n")
    (tmp_path / "consistency.toml").write_text('rules = ["rules"]\nrates = "rates.csv"\n')
    (tmp_path / "rates.csv").write_text("date,currency,rate\n2024-01-01,PEN,none\n")
    told = run("doctor", "--format", "json")
    found = facts(told.out)
    assert told.status == 1
    assert {name for name, fact in found.items() if fact["status"] == "broken"} == {
        "rules",
        "exchange rates of your own",
    }
    assert "own.yaml:1" in found["rules"]["value"]
    assert "rates.csv:2" in found["exchange rates of your own"]["value"]
    assert found["settings"]["value"] == str(tmp_path / "consistency.toml")
    (tmp_path / "consistency.toml").write_text("rule = 1\n")
    told = run("doctor")
    assert told.status == 1
    assert "did you mean 'rules'" in told.out
    assert run("doctor", "--config", "nowhere.toml").status == 1


def test_your_own_rates_have_an_age_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "consistency.toml").write_text('rates = "rates.csv"\n')
    (tmp_path / "rates.csv").write_text("date,currency,rate\n2024-01-01,PEN,4.1\n")
    assert "until 2024-01-01, 31 days old" in run("doctor", "--today", "2024-02-01").out


def package(folder: Path, name: str, version: str, *needs: str) -> None:
    """The metadata of an installed package, as pip leaves it."""
    about = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    about.mkdir(parents=True)
    extras = "".join(f"Provides-Extra: {n.split(chr(39))[1]}\n" for n in needs if "extra" in n)
    lines = "".join(f"Requires-Dist: {need}\n" for need in needs)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{extras}{lines}")


def test_doctor_sees_what_is_missing_or_too_old(tmp_path: Path) -> None:
    """With metadata in front of the installed ones that ask for packages that are not there."""
    site = tmp_path / "site"
    package(
        site,
        "claim-consistency",
        "0.0.9",
        "msgspec>=0.1",
        "nosuchpackage>=2",
        "oldpackage>=2.1",
        "z>=1; extra == 'arrow'",
    )
    package(site, "oldpackage", "2.0.9")
    env = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "consistency", "doctor", "--format", "json"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1, done.stderr
    found = facts(done.stdout)
    assert found["nosuchpackage"] == {
        "name": "nosuchpackage", "value": "is not installed", "status": "broken", "hint": "2 or newer is needed",
    }  # fmt: skip
    assert found["oldpackage"]["value"] == "2.0.9 is too old"
    assert found["msgspec"]["status"] == "ok"
    assert found["arrow"]["status"] == "note"
    assert "pip install 'claim-consistency[arrow]'" in found["arrow"]["hint"]
    assert found["installed as"]["value"] == "0.0.9"


def test_every_extra_is_told_of() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) - {"dev", "docs", "fuzz", "release", "test"} == EXTRAS.keys()


# ------------------------------------------------------------------------------------------------------- start-up
def test_help_imports_none_of_it() -> None:
    script = (
        "import sys\nfrom consistency.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = ('consistency', 'msgspec', 'pyarrow', 'jinja2', 'yaml')\n"
        "print(*(n for n in sys.modules if n.startswith(heavy)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) <= {
        "consistency", "consistency.hooks", "consistency.version", "consistency.errors", "consistency.cli",
        "consistency.cli.output",
    }  # fmt: skip


def test_the_next_command_can_be_pasted(run: Run, tmp_path: Path) -> None:
    made = run("init", "odd 'name; $x")
    assert made.err.splitlines()[-1].endswith("""cd 'odd '"'"'name; $x' && consistency check sources""")


def test_settings_that_no_longer_hold_are_told(run: Run) -> None:
    Path("pyproject.toml").write_text('[tool.other]\nfail_on = "none"\n')
    assert "no longer holds" not in run("init").err
    Path("pyproject.toml").write_text('[tool.consistency]\nfail_on = "none"\n')
    assert "pyproject.toml: [tool.consistency] no longer holds" in run("init").err

"""The composite action and the workflow that `init` writes: every shell step runs, on a repository of git."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from runner import NEW, TOP, Place, clean_env, commit, evaluate, git, run, run_action, run_job

from consistency.sources.files import SUFFIXES

ACTION = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = Path(".github/workflows/consistency.yml")
Made = Callable[..., Path]
Runner = Callable[[Path], Place]


def vendored(name: str) -> dict[str, Any]:
    """A schema of SchemaStore, as the package check-jsonschema brings it."""
    import check_jsonschema

    folder = Path(str(check_jsonschema.__file__)).parent / "builtin_schemas" / "vendor"
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


# --------------------------------------------------------------------------------------------------- what it is
def test_the_action_is_one() -> None:
    Draft7Validator(vendored("github-actions")).validate(ACTION)


def test_the_workflow_is_one(newsroom: Made) -> None:
    workflow = yaml.safe_load((newsroom() / WORKFLOW).read_text(encoding="utf-8"))
    as_json = {("on" if key is True else key): value for key, value in workflow.items()}  # YAML 1.1 reads on as true
    Draft7Validator(vendored("github-workflows")).validate(as_json)
    assert as_json["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in as_json["on"]


def test_no_value_is_written_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps([s.get("env") for s in ACTION["runs"]["steps"]])))
    assert used | {"working-directory"} == ACTION["inputs"].keys()


def test_changed_files_are_told_apart_as_the_program_does() -> None:
    for script in (ACTION["runs"]["steps"][1]["run"], (TOP / "templates/consistency.gitlab-ci.yml").read_text()):
        found = next(line for line in script.splitlines() if "*.txt |" in line)
        assert set(re.findall(r"\*(\.\w+)", found)) == set(SUFFIXES)
    hook = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text())[0]["files"]
    assert set(re.findall(r"\w+", hook.partition("\\.(")[2])) == {suffix[1:] for suffix in SUFFIXES}


def test_the_runner_fills_expressions_in() -> None:
    names = {"inputs.a": "x", "github.event.b": "", "steps.c.outputs.d": "y"}
    assert evaluate("${{ inputs.a }}-${{ steps.c.outputs.d }}", names) == "x-y"
    assert evaluate("${{ github.event.b || 'otherwise' }}", names) == "otherwise"
    assert evaluate("${{ vars.missing || inputs.a }}", names) == "x"
    with pytest.raises(KeyError):
        evaluate("${{ secrets.TOKEN }}", names)


# -------------------------------------------------------------------------------------------------- what it does
def given(**changes: str) -> dict[str, str]:
    """Inputs: the program that is installed here, compared with the folder of sources."""
    named = {key.replace("_", "-"): value for key, value in changes.items()}
    return {"version": "installed", "against": "sources"} | named


def test_a_pull_request_that_brings_a_contradiction_fails(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    (folder / "incoming" / NEW).rename(folder / "sources" / NEW)
    commit(folder)
    out = run_action(TOP, given(), place(folder))
    assert out.status == 1, out.log
    assert out.outputs["contradictions"] == "1"
    report = json.loads(Path(out.outputs["report"]).read_text(encoding="utf-8"))
    assert len(report["findings"]) == int(out.outputs["findings"]) >= 1
    new = {c["id"] for c in report["claims"] if c["source"].endswith(NEW)}
    assert all(new & set(f["claims"]) for f in report["findings"])
    sarif = json.loads(Path(out.outputs["sarif"]).read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert "2.9 million passengers" in out.summary
    assert re.search(rf"^::error .*file=sources/{NEW}", out.log, re.M)


def test_a_pull_request_that_fits_passes(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    text = (folder / "incoming" / NEW).read_text(encoding="utf-8").replace("2.9 million", "2.4 million")
    (folder / "sources" / NEW).write_text(text, encoding="utf-8")
    commit(folder)
    out = run_action(TOP, given(), place(folder))
    assert out.status == 0, out.log
    assert out.outputs["contradictions"] == "0"
    assert int(out.outputs["findings"]) >= 1


def test_a_pull_request_without_a_source_is_told_so(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    (folder / "sources" / "picture.png").write_bytes(b"no text")
    (folder / "sources" / ".hidden.txt").write_text("Nothing.")
    (folder / "elsewhere.txt").write_text("Nothing.")
    git(folder, "rm", "--quiet", "sources/2024-09-12-island-courier.txt")
    commit(folder)
    out = run_action(TOP, given(), place(folder))
    assert out.status == 0, out.log
    assert out.summary == "No source was added or changed.\n"
    assert out.outputs == {"findings": "0", "contradictions": "0", "report": "", "sarif": ""}


def test_a_base_that_is_not_there_is_no_reason_to_pass(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    where = place(folder)
    where.github["event.pull_request.base.sha"] = "0" * 40
    out = run_action(TOP, given(), where)
    assert out.status == 2
    assert "fetch-depth: 0" in out.log


def test_elsewhere_everything_is_checked(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    where = place(folder)
    where.github.clear()
    out = run_action(TOP, given(paths="sources\nincoming\r\n\n", against=""), where)
    assert out.status == 1, out.log
    assert out.outputs["contradictions"] == "1"
    assert run_action(TOP, given(), where).status == 0
    out = run_action(TOP, given(paths="incoming", fail_on="none", format="text", output="o/r.html\no/x:csv"), where)
    assert out.status == 0, out.log
    assert "CONTRADICTIONS (1)" in out.log
    assert (folder / "o/r.html").exists()
    assert (folder / "o/x").read_text(encoding="utf-8").startswith("id,")


def test_inputs_reach_the_program(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    (folder / "inner").mkdir()
    (folder / "sources").rename(folder / "inner" / "sources")
    (folder / "other.toml").write_text('fail_on = "none"\n')
    where = place(folder)
    where.github.clear()
    inside = given(paths="../incoming", working_directory="inner")
    assert run_action(TOP, inside, where).status == 1
    assert run_action(TOP, inside | {"config": "../other.toml"}, where).status == 0
    assert run_action(TOP, inside | {"min-confidence": "1"}, where).status == 0
    assert run_action(TOP, inside | {"fail-on": "nonsense"}, where).status == 2
    out = run_action(TOP, inside | {"baseline": "missing.json"}, where)
    assert out.status == 2
    assert "did not come to an end (exit status 2)" in out.summary
    (folder / "incoming" / "broken.pdf").write_bytes(b"%PDF nonsense")
    assert run_action(TOP, inside, where).status == 2
    assert run_action(TOP, inside | {"allow-skipped": "true"}, where).status == 1


def test_without_sources_it_says_what_to_name(newsroom: Made, place: Runner) -> None:
    out = run_action(TOP, given(against=""), place(newsroom()))
    assert out.status == 2
    assert "::error::name sources" in out.log


HOSTILE = (
    "$(touch pwned).txt",
    "`touch pwned`.txt",
    "; touch pwned #.txt",
    "--help.txt",
    "-o pwned.txt",
    "two\nlines ::error::pwned.txt",
    "::error::pwned.txt",
    "##[error]pwned.txt",
    "ünï → *.txt",
    'quote".txt',
    "it's.txt",
)


def test_hostile_names_of_files_stay_names(newsroom: Made, place: Runner) -> None:
    folder = newsroom()
    text = (folder / "incoming" / NEW).read_text(encoding="utf-8")
    for number, name in enumerate(HOSTILE):
        (folder / "sources" / name).write_text(text + f"Pier {number} has {number + 3} cranes.\n", encoding="utf-8")
    (folder / "sources" / "::warning::broken##[warning]x.pdf").write_bytes(b"%PDF nonsense")
    commit(folder)
    out = run_action(TOP, given(), place(folder))
    assert out.status == 2, out.log  # the broken one could not be read
    report = json.loads(Path(out.outputs["report"]).read_text(encoding="utf-8"))
    assert report["coverage"]["sources"] == len(HOSTILE) + 2
    assert not list(folder.rglob("pwned"))
    assert not list(folder.parent.glob("runner temp/**/pwned"))
    heard = commands(out.log)
    assert heard
    for line in heard:
        assert re.match(r"::(?:error|warning|notice) (?:file|title|line)=", line), line


def commands(log: str) -> list[str]:
    """The lines of a log that GitHub's runner would take for commands: it stops and goes on as it is told."""
    heard, stopped = [], ""
    for line in log.splitlines():
        bare = line.strip()
        if stopped:
            if bare == f"::{stopped}::":
                stopped = ""
        elif bare.startswith("::stop-commands::"):
            stopped = bare.removeprefix("::stop-commands::")
        elif bare.startswith("::") or "##[" in line:
            heard.append(line)
    assert not stopped, "the log was never heard again"
    return heard


@pytest.mark.parametrize("value", ["$(touch pwned)", "'; touch pwned; '", '"; touch pwned; "', "`touch pwned`", "a\nb"])
def test_hostile_inputs_run_nothing(newsroom: Made, place: Runner, value: str) -> None:
    folder = newsroom()
    where = place(folder)
    for name in ("paths", "against", "baseline", "config", "fail-on", "min-confidence", "format", "allow-skipped"):
        out = run_action(TOP, given(paths="incoming") | {name: value}, where)
        assert out.status in ((1,) if name == "allow-skipped" else (2,)), (name, out.log)
    assert not list(folder.rglob("pwned"))
    assert not list(where.temp.rglob("pwned"))


def test_accepted_contradictions_are_not_counted(newsroom: Made, place: Runner) -> None:
    """By a baseline that was written before: the step passes, the report still shows them."""
    folder = newsroom()
    where = place(folder)
    where.github.clear()
    command = ["consistency", "baseline", "write", "sources", "incoming", "--baseline", "baseline.json"]
    status, log = run(command, folder, {**clean_env(), **where.env})
    assert status == 0, log
    out = run_action(TOP, given(paths="incoming", baseline="baseline.json"), where)
    assert out.status == 0, out.log
    assert out.outputs["contradictions"] == "0"


# --------------------------------------------------------------------------------------------------- the workflow
@pytest.mark.slow
def test_the_workflow_installs_and_checks(newsroom: Made, place: Runner, offline_pip: dict[str, str]) -> None:
    """As `init` writes it: the action's own install step, rules and all. The package comes from this checkout."""
    folder = newsroom()
    workflow = folder / WORKFLOW
    text = workflow.read_text(encoding="utf-8")
    assert re.search(r'^ +version: "[\d.]+"$', text, re.M)
    workflow.write_text(re.sub(r'version: "[\d.]+"$', f'version: "{TOP}"', text, flags=re.M), encoding="utf-8")
    (folder / "incoming" / NEW).rename(folder / "sources" / NEW)
    commit(folder)
    where = place(folder)
    where.env |= offline_pip
    out = run_job(workflow, "check", where)
    assert (where.temp / "consistency-venv/bin/consistency").exists(), out.log
    assert re.search(r"\d+ rules, 0 problems", out.log)
    assert out.status == 1, out.log
    assert "2.9 million passengers" in out.summary


@pytest.mark.slow
def test_the_action_installs_what_it_belongs_to(newsroom: Made, place: Runner, offline_pip: dict[str, str]) -> None:
    folder = newsroom()
    where = place(folder)
    where.env |= offline_pip
    where.github.clear()
    out = run_action(TOP, {"against": "sources"}, where)
    assert out.status == 0, out.log
    assert (where.temp / "consistency-venv/bin/consistency").exists()
    where.env["PIP_NO_INDEX"] = "1"
    out = run_action(TOP, {"against": "sources", "version": "0.0.0"}, where)
    assert out.status == 1
    assert "claim-consistency==0.0.0" in out.log

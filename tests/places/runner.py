"""Runs the shell steps of a composite GitHub action, of a workflow and of a GitLab job, as their runners do.

Only what these files use is there: `${{ }}` in values with names, strings, `||` and `!cancelled()`; inputs with
defaults, outputs through GITHUB_OUTPUT, summaries, `working-directory`. A step that `uses:` an action of the repository
itself runs it; other actions (a checkout, a Python) are what the test has made ready.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).parents[2]
READY = re.compile(r"actions/(?:checkout|setup-python)@v\d+")

NEW = "2024-10-02-norvik-tribune.txt"
"""The source that the branch brings."""


@dataclass
class Outcome:
    """What a job left behind. status: of the first step that failed, else 0."""

    status: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """Where steps run. github: the context of that name, dotted names as keys."""

    workspace: Path
    temp: Path
    github: dict[str, str] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)


def evaluate(text: str, names: dict[str, str]) -> str:
    """A value with its expressions filled in. Raises KeyError for what this runner does not know."""

    def term(word: str) -> str:
        if re.fullmatch(r"'[^']*'", word):
            return word[1:-1]
        if re.match(r"(?:github|vars|inputs)\.", word) and word not in names:
            return ""  # what is not there is empty
        return names[word]

    def fill(found: re.Match[str]) -> str:
        return next((v for part in found[1].split("||") if (v := term(part.strip()))), "")

    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", fill, str(text))


def run_action(folder: Path, given: dict[str, str], place: Place) -> Outcome:
    """A composite action with its inputs."""
    action = yaml.safe_load((folder / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    unknown = given.keys() - action["inputs"].keys()
    assert not unknown, unknown
    names = {
        f"inputs.{name}": str(given.get(name, about.get("default", ""))) for name, about in action["inputs"].items()
    }
    names |= {f"github.{name}": value for name, value in place.github.items()}
    names["github.action_path"] = str(folder)
    out = Outcome()
    _steps(action["runs"]["steps"], names, place, out)
    filled = {n: evaluate(o["value"], _blank(o["value"], names)) for n, o in action["outputs"].items()}
    out.outputs = filled
    return out


def run_job(workflow: Path, name: str, place: Place) -> Outcome:
    """A job of a workflow."""
    job = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"][name]
    names = {f"github.{key}": value for key, value in place.github.items()}
    out = Outcome()
    _steps(job["steps"], names, place, out)
    return out


def _blank(text: str, names: dict[str, str]) -> dict[str, str]:
    """Outputs of a step that did not come so far are empty."""
    return dict.fromkeys(re.findall(r"steps\.[\w.-]+", text), "") | names


def _steps(steps: list[dict[str, Any]], names: dict[str, str], place: Place, out: Outcome) -> None:
    for number, step in enumerate(steps):
        if out.status and step.get("if") != "${{ !cancelled() }}":
            continue
        if "uses" in step:
            if READY.fullmatch(step["uses"]):
                continue
            assert step["uses"].startswith("./"), step["uses"]
            given = {key: evaluate(value, names) for key, value in step.get("with", {}).items()}
            inner = run_action(place.workspace / step["uses"], given, place)
            out.log += inner.log
            out.summary += inner.summary
            out.outputs |= inner.outputs
            out.status = out.status or inner.status
            continue
        assert "${{" not in step["run"], "a script must not have values written into it"
        for file in ("output", "summary"):
            (place.temp / file).write_text("", encoding="utf-8")
        script = place.temp / f"step-{number}.sh"
        script.write_text(step["run"], encoding="utf-8")
        env = {
            **clean_env(),
            **place.env,
            "GITHUB_OUTPUT": str(place.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(place.temp / "summary"),
            "RUNNER_TEMP": str(place.temp),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            **{key: evaluate(value, names) for key, value in step.get("env", {}).items()},
        }
        folder = place.workspace / evaluate(step.get("working-directory", "."), names)
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        status, log = run(command, folder, env)
        out.log += log
        out.summary += (place.temp / "summary").read_text(encoding="utf-8")
        for line in (place.temp / "output").read_text(encoding="utf-8").splitlines():
            key, equals, value = line.partition("=")
            assert equals, line
            if "id" in step:
                names[f"steps.{step['id']}.outputs.{key}"] = value
        out.status = out.status or status


def run_gitlab(template: dict[str, Any], job: str, workspace: Path, env: dict[str, str]) -> tuple[int, str]:
    """The script of a GitLab job: its lines as one script, as its runner joins them."""
    script = "\n".join(template[job]["script"])
    variables = {**template["variables"], **template[job].get("variables", {})}
    whole = {**clean_env(), **variables, "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": str(workspace), **env}
    return run(["bash", "-eo", "pipefail", "-c", script], workspace, whole)


def clean_env() -> dict[str, str]:
    """The environment of this process without what a pipeline or a checkout of git may have put there."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "GITLAB_", "GIT_", "CI", "RUNNER_"))}


def run(command: list[str], folder: Path, env: dict[str, str]) -> tuple[int, str]:
    """Exit status, and both outputs in the order in which they came."""
    done = subprocess.run(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=500, check=False
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def git(folder: Path, *args: str) -> str:
    """A git command in a repository of the test, untouched by the settings of this machine."""
    env = {
        **clean_env(),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    done = subprocess.run(["git", *args], cwd=folder, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commits everything; the id of the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")
    return git(folder, "rev-parse", "HEAD")

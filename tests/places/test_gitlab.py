"""The GitLab template: held to GitLab's own schema, and its script run on a repository of git."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from runner import NEW, TOP, Place, commit, git, run_gitlab
from test_action import vendored

TEMPLATE = yaml.safe_load((TOP / "templates/consistency.gitlab-ci.yml").read_text(encoding="utf-8"))
Made = Callable[..., Path]


def test_the_template_is_a_pipeline(newsroom: Made) -> None:
    check = Draft7Validator(vendored("gitlab-ci"))
    check.validate(TEMPLATE)
    folder = newsroom("gitlab")
    written = yaml.safe_load((folder / ".gitlab/consistency.gitlab-ci.yml").read_text(encoding="utf-8"))
    assert written == TEMPLATE
    including = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    check.validate(including)
    assert (folder / including["include"][0]["local"]).is_file()
    assert including["variables"].keys() <= TEMPLATE["variables"].keys()
    assert not check.is_valid({"consistency": {"scripts": ["true"]}})


def run(folder: Path, place: Place, extra: dict[str, str]) -> tuple[int, str]:
    base = git(folder, "rev-parse", "main")
    env = {**place.env, **extra, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CONSISTENCY_INSTALL": str(TOP)}
    return run_gitlab(TEMPLATE, "consistency", folder, env)


@pytest.mark.slow
def test_the_job_runs(newsroom: Made, place: Callable[[Path], Place], offline_pip: dict[str, str]) -> None:
    folder = newsroom("gitlab")
    where = place(folder)
    status, log = run(folder, where, offline_pip)
    assert status == 0, log
    assert "No source was added or changed." in log

    (folder / "incoming" / NEW).rename(folder / "sources" / NEW)
    commit(folder)
    status, log = run(folder, where, offline_pip)
    assert status == 1, log
    assert "CONTRADICTIONS (1)" in log
    found: list[dict[str, Any]] = json.loads((folder / "consistency-report/gl-code-quality-report.json").read_text())
    assert any(entry["location"]["path"] == f"sources/{NEW}" for entry in found)
    assert re.search("<testsuites?", (folder / "consistency-report/junit.xml").read_text(encoding="utf-8"))
    artifacts = TEMPLATE["consistency"]["artifacts"]["reports"]
    assert all((folder / path).is_file() for path in artifacts.values())

    status, log = run(folder, where, offline_pip | {"CONSISTENCY_FAIL_ON": "none"})
    assert status == 0, log
    status, log = run(folder, where, offline_pip | {"CONSISTENCY_BASELINE": "missing.json"})
    assert status == 2, log

"""The workflows of this repository are workflows, may do no more than they need, and run no word of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

TOP = Path(__file__).parents[2]
FOLDER = TOP / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}  # YAML 1.1 reads on as true


def test_they_are_there() -> None:
    assert [path.name for path in FILES] == ["audit.yml", "ci.yml", "release.yml"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_it_is_one_and_may_do_little(path: Path) -> None:
    import check_jsonschema

    schemas = Path(str(check_jsonschema.__file__)).parent / "builtin_schemas" / "vendor"
    workflow = read(path)
    Draft7Validator(json.loads((schemas / "github-workflows.json").read_text(encoding="utf-8"))).validate(workflow)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "a value comes as a variable, never as a part of a script"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_what_they_call_is_there() -> None:
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    for path in FILES:
        for job in read(path)["jobs"].values():
            for line in (line for step in job["steps"] for line in step.get("run", "").splitlines()):
                words = line.split()
                if words[:1] == ["make"]:
                    assert f"\n{words[1]}:" in makefile, line
                if words[:1] == ["bash"]:
                    assert (TOP / words[1]).is_file(), line

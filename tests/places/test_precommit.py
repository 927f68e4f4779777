"""The hooks for pre-commit, run by pre-commit itself on a repository of git."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from runner import NEW, TOP, clean_env, commit, git

HOOKS = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
Made = Callable[..., Path]


def pre_commit(folder: Path, env: dict[str, str], *args: str) -> tuple[int, str]:
    whole = {**clean_env(), "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"), "PRE_COMMIT_COLOR": "never", **env}
    command = [sys.executable, "-m", "pre_commit", *args]
    done = subprocess.run(command, cwd=folder, env=whole, capture_output=True, text=True, timeout=500, check=False)
    return done.returncode, done.stdout + done.stderr


def installed(folder: Path) -> dict[str, str]:
    """Writes a configuration with the hooks as they are published, but with the program that is installed here."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    for hook in hooks:
        hook["entry"] = f"{Path(sys.executable).parent / 'consistency'} {hook['entry'].partition(' ')[2]}"
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(folder, "add", ".pre-commit-config.yaml")
    return {"XDG_CACHE_HOME": str(folder.parent / "cache")}


def test_the_hooks_are_a_manifest() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(TOP / ".pre-commit-hooks.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert [hook["id"] for hook in HOOKS] == ["consistency-check", "consistency-rules-lint", "consistency-topics-lint"]


def test_rules_and_topics_are_held_to_account(newsroom: Made) -> None:
    folder = newsroom()
    env = installed(folder)
    topic = folder / "rules/topics/example.yaml"
    topic.write_text(topic.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    git(folder, "add", "--all")
    status, said = pre_commit(folder, env, "run")
    assert status == 0, said
    assert said.count("Passed") == 2
    assert said.count("Skipped") == 1
    topic.write_text(topic.read_text(encoding="utf-8").replace("kinds:", "kind:"), encoding="utf-8")
    git(folder, "add", "--all")
    status, said = pre_commit(folder, env, "run")
    assert status == 1
    assert "example.yaml" in said
    assert "kind" in said


def test_a_new_source_is_checked_before_it_is_committed(newsroom: Made) -> None:
    folder = newsroom()
    env = installed(folder)
    commit(folder)
    (folder / "incoming" / NEW).rename(folder / "sources" / NEW)
    git(folder, "add", "--all")
    status, said = pre_commit(folder, env, "run", "consistency-check")
    assert status == 1, said
    assert "2.9 million passengers" in said
    assert "exit code: 1" in said
    text = (folder / "sources" / NEW).read_text(encoding="utf-8").replace("2.9 million", "2.4 million")
    (folder / "sources" / NEW).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    status, said = pre_commit(folder, env, "run", "consistency-check")
    assert status == 0, said
    (folder / "README.md").write_text("Read me.\n")
    git(folder, "add", "--all")
    status, said = pre_commit(folder, env, "run", "consistency-check", "--files", "README.md")
    assert status == 0
    assert "Skipped" in said


@pytest.mark.slow
@pytest.mark.parametrize("hook", ["consistency-rules-lint", "consistency-topics-lint"])
def test_the_hooks_install_as_they_are_published(newsroom: Made, offline_pip: dict[str, str], hook: str) -> None:
    """`pre-commit try-repo`: an environment of its own, with this checkout installed into it."""
    folder = newsroom()
    env = offline_pip | {"XDG_CACHE_HOME": str(folder.parent / "cache")}
    status, said = pre_commit(folder, env, "try-repo", str(TOP), hook, "--all-files", "--verbose")
    assert status == 0, said
    assert "Passed" in said
    assert "0 problems" in said
    made = list((folder.parent / "pre-commit").glob("*/py_env-*/bin/consistency"))
    assert len(made) <= 1  # try-repo keeps its own in a folder that it deletes

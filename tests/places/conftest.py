"""A newsroom's repository with a branch that brings a text which contradicts what is there."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from runner import Place, commit, git

from consistency.cli import starting


@pytest.fixture
def newsroom(tmp_path: Path) -> Callable[..., Path]:
    """`newsroom(ci="github")`: a repository as `init --example` writes it, on a branch after one commit."""

    def make(ci: str = "github") -> Path:
        folder = tmp_path / "newsroom"
        for path, text in starting.files("sources", ci, example=True):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        git(folder, "init", "--quiet", "--initial-branch=main")
        commit(folder)
        git(folder, "switch", "--quiet", "--create", "branch")
        return folder

    return make


@pytest.fixture
def place(tmp_path: Path) -> Callable[[Path], Place]:
    """`place(folder)`: a runner's folders for a pull request from the branch of `folder`; this program on the PATH."""

    def make(folder: Path) -> Place:
        temp = tmp_path / "runner temp"
        temp.mkdir(exist_ok=True)
        base = git(folder, "rev-parse", "main")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        env = {"PATH": path, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return Place(folder, temp, {"event.pull_request.base.sha": base}, env)

    return make


@pytest.fixture(scope="session")
def offline_pip(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables with which pip installs this package from its checkout without any index.

    What the package and its build need is lent from this environment, all but the package itself; so the build, the
    installation and the program's start are real, and nothing is fetched.
    """
    lent = tmp_path_factory.mktemp("lent")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        name = entry.name.lower()
        if not (name.startswith(("pip", "claim_consistency", "__editable__")) or name.endswith((".pth", ".egg-link"))):
            (lent / entry.name).symlink_to(entry)
    return {
        "PYTHONPATH": str(lent),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        # pip reads this variable as the setting behind the option: whether to isolate
        "PIP_NO_BUILD_ISOLATION": "0",
    }

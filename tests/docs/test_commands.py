"""Every command that README.md and the pages below docs/ show does what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shown import TOP, Command, File, missing, name, pages, steps

FILES = Path(__file__).parent / "files"
HELP = {
    "consistency COMMAND --help": "COMMAND stands for any",
    'consistency completion zsh > "${fpath[1]}/_consistency"': "a variable of zsh; tests/cli runs the script in zsh",
}
"""Examples of the program's own help that are not run, and why."""
SESSIONS = [page for page in pages() if any(isinstance(step, Command) for step in steps(page))]


def run(command: Command, folder: Path, home: Path) -> tuple[int, str]:
    """Exit status, and what a terminal would show."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    env = {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026
    line = [sys.executable, "-c", command.line] if command.python else ["bash", "-o", "pipefail", "-c", command.line]
    done = subprocess.run(
        line,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    return done.returncode, done.stdout.decode("utf-8")


def prepared(folder: Path, home: Path, page: Path) -> None:
    """What the pages take for granted: the project's sources, some invented ones, and folders of a shell."""
    shutil.copytree(TOP / "seeds", folder / "seeds")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    if page.is_relative_to(TOP / "docs" / "examples"):
        shutil.copytree(page.parent, folder, dirs_exist_ok=True)
    if page.name == "cli.md":  # its examples speak of a baseline that is there
        told = Command(name(page), "consistency baseline write articles/ && cp consistency-baseline.json old.json")
        assert run(told, folder, home)[0] == 0
    for shell in (".local/share/bash-completion/completions", ".config/fish/completions"):
        (home / shell).mkdir(parents=True)


@pytest.mark.slow
@pytest.mark.parametrize("page", SESSIONS, ids=name)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    folder, home = tmp_path / "here", tmp_path / "home"
    folder.mkdir()
    prepared(folder, home, page)
    for step in steps(page):
        if isinstance(step, File):
            target = folder / step.path
            assert target.resolve().is_relative_to(folder.resolve()), step.where
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.text, encoding="utf-8")
        elif step.excuse is None and step.line not in HELP:
            status, printed = run(meant(step, folder), folder, home)
            assert status in step.statuses, f"{step.where}: {step.line}\nended with {status}:\n{printed}"
            assert "Traceback" not in printed, f"{step.where}: {step.line}\n{printed}"
            if step.output is not None:
                lost = missing(step.output, printed)
                assert lost is None, f"{step.where}: {step.line}\nshows\n{lost}\nbut prints\n{printed}"


def meant(command: Command, folder: Path) -> Command:
    """The command with the id of a finding that is there, where the help gives one as an example."""
    if "f1-3c07a1" not in command.line:
        return command
    import json

    found = json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"][0]["id"]
    return Command(command.where, command.line.replace("f1-3c07a1", found), statuses=frozenset({0}))


def test_almost_every_command_is_run() -> None:
    shown = [step for page in SESSIONS for step in steps(page) if isinstance(step, Command)]
    assert len(shown) > 100
    left = [step for step in shown if step.excuse is not None or step.line in HELP]
    assert len(left) <= len(shown) / 8, [f"{step.where}: {step.line}" for step in left]
    for step in left:
        assert len(step.excuse or HELP[step.line]) > 10, f"{step.where}: say why it is not run"
    assert {step.line for step in left if step.excuse is None} == HELP.keys()


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        (("a", "b"), "a\nb\n", True),
        (("a",), "a\nb\n", False),
        (("b",), "a\nb\n", False),
        (("a", "[…]"), "a\nb\nc\n", True),
        (("[…]", "b"), "a\nb\n", True),
        (("[…]", "b"), "a\nb\nc\n", False),
        (("a", "[…]", "c"), "a\nb\nc\n", True),
        (("a", "[…]", "c", "b"), "a\nb\nc\n", False),
        (("[…]", "c", "[…]", "b", "[…]"), "a\nb\nc\n", False),
        (("[…]", "b", "", "[…]"), "a\nb\nc\n", True),
        (("[…] rules, 0 problems",), "81 rules, 0 problems\n", True),
        (("[…] rules, 0 problems",), "81 rules, 1 problem\n", False),
    ],
)
def test_what_is_shown_is_looked_for_in_order(shown: tuple[str, ...], printed: str, right: bool) -> None:
    assert (missing(shown, printed) is None) == right


def test_blocks_are_read_as_they_are_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shown

    monkeypatch.setattr(shown, "TOP", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- exit 1 -->\n```console\n$ consistency a \\\n    --b\nout\n[…]\n$ consistency c\n```\n\n"
        "    consistency d\n\n<!-- not run: needs a network -->\n\n```sh\npip install x\n```\n\nWords.\n\n"
        '```yaml title="x/y.yaml"\nk: v\n```\n\n```text\nUsage: consistency e\n\n  Examples:\n    consistency e \\\n'
        "        --f\n```\n",
        encoding="utf-8",
    )
    found = list(shown.steps(page))
    assert found == [
        Command("page.md:2", "consistency a --b", ("out", "[…]"), frozenset({0})),
        Command("page.md:2", "consistency c", None, frozenset({1})),
        Command("page.md:10", "consistency d"),
        Command("page.md:14", "pip install x", excuse="needs a network"),
        File("page.md:20", "x/y.yaml", "k: v\n"),
        Command("page.md:24", "consistency e --f", statuses=frozenset({0, 1})),
    ]

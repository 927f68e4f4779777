"""What the pages show: the commands of a page in their order, what is printed below each, and the files it writes.

A page is one session in one folder. In it,

- a fence ```` ```console ```` holds commands that begin with `$ `, and what each prints; `[…]` stands
  for any number of lines, and within a line for any words;
- a fence ```` ```sh ````, and an indented block that begins with a program, hold commands alone, one a line;
- a fence ```` ```python ```` is run by Python;
- the examples of the program's own help, in a ```` ```text ```` fence that begins with `Usage:`, are commands;
- a fence with `title="path"` is a file that is written.

A comment right before a block tells what is special: `<!-- exit 1 -->` the exit status of its last command,
`<!-- not run: why -->` that its commands are not run.

`tests/docs` runs all of it; `docs/make_shown.py` writes what is printed today into the pages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

TOP = Path(__file__).parents[1]
GAP = "[…]"
FILES = TOP / "tests" / "docs" / "files"
HELP = {
    "consistency COMMAND --help": "COMMAND stands for any",
    "consistency ledger account add mlind --role reviewer": "asks for a password; tests/cli gives one",
    "consistency ledger account password mlind": "asks for a password; tests/cli gives one",
    "consistency ledger add articles/ --ledger postgresql+psycopg://desk@db.example/ledger": "it takes a server",
    "consistency spark articles/ --out found -o report.json -o report.html": "starts Spark; docs/howto/spark.md does",
    "consistency spark hdfs:///news/articles.parquet --out hdfs:///news/found --master yarn": "it takes a cluster",
    "consistency review": "serves until it is stopped; tests/review stops it",
    'consistency review --port 9000 --as "Ana Lind"': "serves until it is stopped",
    "consistency review --host 0.0.0.0 --name desk.example.org --ledger postgresql+psycopg://desk@db.example/ledger": (
        "serves until it is stopped, with a server"
    ),
    'consistency completion zsh > "${fpath[1]}/_consistency"': "a variable of zsh; tests/cli runs the script in zsh",
}
"""Examples of the program's own help that are not run, and why."""
_PROGRAMS = re.compile(r"(?:\$ |(?:consistency|make|python3?|pip|git|docker|chromium|cat|\.venv/bin/\S+|\.ci/run) )")
_MARK = re.compile(r"<!--\s*(?:exit (?P<status>\d+)|not run: (?P<excuse>.+?))\s*-->")


@dataclass(frozen=True)
class Command:
    """A command shown. output: the lines below it, None if none are shown; statuses: those that it may end with."""

    where: str
    line: str
    output: tuple[str, ...] | None = None
    statuses: frozenset[int] = frozenset({0})
    excuse: str | None = None
    python: bool = False


@dataclass(frozen=True)
class File:
    """A file shown, which the commands after it find."""

    where: str
    path: str
    text: str


def pages() -> list[Path]:
    """README.md and every page below docs/."""
    return [TOP / "README.md", *sorted((TOP / "docs").rglob("*.md"))]


def name(page: Path) -> str:
    """The page's path in the repository."""
    return page.relative_to(TOP).as_posix()


def steps(page: Path) -> Iterator[Command | File]:
    """What a page shows, in order."""
    mark: re.Match[str] | None = None
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "html_block":
            mark = _MARK.search(token.content)
            continue
        if token.type not in ("fence", "code_block") or token.map is None:
            if token.content:
                mark = None
            continue
        where, words = f"{name(page)}:{token.map[0] + 1}", token.info.split()
        language = words[0] if words else ""
        titled = re.search(r'title="([^"]+)"', token.info)
        if titled:
            yield File(where, titled[1], token.content)
        elif language == "text" and token.content.startswith("Usage:"):
            for line in _examples(token.content):
                yield Command(where, line, statuses=frozenset({0, 1}))
        else:
            found = _block(token.content, language if token.type == "fence" else "indented")
            for number, (line, output) in enumerate(found, 1):
                status = int(mark["status"]) if mark and mark["status"] and number == len(found) else 0
                excuse = mark["excuse"] if mark else None
                yield Command(where, line, output, frozenset({status}), excuse, language == "python")
        mark = None


def _block(text: str, kind: str) -> list[tuple[str, tuple[str, ...] | None]]:
    """The commands of a block, each with what is shown below it."""
    if kind == "python":
        return [(text, None)]
    if kind == "sh" or (kind == "indented" and _PROGRAMS.match(text)):
        lines = re.sub(r"\\\n\s*", "", text).splitlines()
        return [(line.removeprefix("$ "), None) for line in lines if line.strip() and not line.startswith("#")]
    if kind != "console":
        return []
    found: list[tuple[str, tuple[str, ...] | None]] = []
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, rest = re.sub(r"\\\n\s*", "", part).partition("\n")
        shown = tuple(rest.rstrip().splitlines())
        found.append((command, shown or None))
    return found


def _examples(help_text: str) -> list[str]:
    """The commands below `Examples:` in a help."""
    tail = re.split(r"^ *Examples?:$", help_text, flags=re.M)[-1]
    lines = re.sub(r"\\\n\s*", "", tail).splitlines()
    return [line.strip() for line in lines if re.match(r"    (?:consistency|cat) ", line)]


def missing(shown: tuple[str, ...], printed: str) -> str | None:
    """The first line shown that was not printed where it should be, or None. Between gaps, line must follow line."""
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
    if re.fullmatch(_pattern(shown), text):
        return None
    for number, line in enumerate(shown, 1):
        if not re.match(_pattern(shown[:number]), text):
            return line
    return f"{shown[-1]} (and more is printed below)"


def _pattern(shown: tuple[str, ...]) -> str:
    """What the lines match. An empty line beside a gap need not be there."""
    out = ""
    for before, line, after in zip(("", *shown), shown, (*shown[1:], ""), strict=False):
        if line.strip() == GAP:
            out += r"(?:.*\n)*?"
        elif line.strip() or GAP not in (before.strip(), after.strip()):
            out += ".*".join(map(re.escape, line.rstrip().split(GAP))) + r"\n"
    return out


def played(page: Path, folder: Path, home: Path) -> Iterator[tuple[Command, int, str]]:
    """Plays a page in an empty folder: each command that is run, its exit status, and what a terminal would show."""
    prepared(folder, home, page)
    for step in steps(page):
        if isinstance(step, File):
            target = folder / step.path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise ValueError(f"{step.where}: {step.path} lies elsewhere")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.text, encoding="utf-8")
        elif step.excuse is None and step.line not in HELP:
            yield step, *run(meant(step, folder), folder, home)


def run(command: Command, folder: Path, home: Path) -> tuple[int, str]:
    """Exit status, and what a terminal would show."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    env = {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1767225600"}  # 1 January 2026
    env["SPARK_CONF_DIR"] = str(TOP / "tests" / "quick_spark")
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


def meant(command: Command, folder: Path) -> Command:
    """The command with the id of a finding that is there, where the help gives one as an example."""
    if "f1-3c07a1" not in command.line:
        return command
    found = json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"][0]["id"]
    return Command(command.where, command.line.replace("f1-3c07a1", found), statuses=frozenset({0}))

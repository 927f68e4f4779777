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
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

TOP = Path(__file__).parents[2]
GAP = "[…]"
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

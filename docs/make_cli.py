"""Writes docs/cli.md: the help of every command, as the program prints it.

python docs/make_cli.py            write the page
python docs/make_cli.py --check    exit 1 if the page is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from consistency.cli import group

PAGE = Path(__file__).parent / "cli.md"
INTRO = """# The command line

Made from the program's own `--help` by `python docs/make_cli.py`; a test compares the two. Do not edit it by hand.

Results go to standard output and everything else to standard error, so a result can always be piped or redirected.
Every command ends with 0 (done), 1 (a gate, a lint or a rule test failed) or 2 (the run itself failed); 2 beats 1.
Interrupted with Ctrl-C it ends with 130. `NO_COLOR` and `TERM=dumb` switch colour off; only a terminal ever gets any.
"""


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The command itself and all below it, in the order in which help lists them."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=" ".join(("consistency", *path)))
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from commands(found, (*path, name))


def help_of(command: click.Command, path: tuple[str, ...]) -> str:
    """What `--help` prints, at a fixed width."""
    settings = {**group.context_settings, "terminal_width": 100}
    context = click.Context(command, info_name=" ".join(("consistency", *path)), **settings)
    return command.get_help(context)


def page() -> str:
    """The whole page."""
    parts = [INTRO]
    for path, command in commands(group):
        title = " ".join(("consistency", *path))
        parts.append(f"{'#' * min(2 + len(path) // 2, 3)} {title}\n\n```text\n{help_of(command, path)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8", newline="\n")

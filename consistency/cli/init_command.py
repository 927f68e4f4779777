"""`consistency init`: a project's settings, an example topic and a workflow, to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from consistency.errors import UsageError


@click.command(
    "init",
    epilog="""\b
Examples:
  consistency init
  consistency init newsroom --example
  consistency init --ci gitlab --sources articles""",
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "none"], case_sensitive=False),
    default="github",
    show_default=True,
    help="Whose workflow to write.",
)
@click.option("--sources", metavar="NAME", default="sources", show_default=True, help="The folder of sources in DIR.")
@click.option(
    "--example", is_flag=True, help="Also write three short invented sources, one of them not checked in yet."
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
def command(folder: Path, ci: str, sources: str, example: bool, force: bool) -> int:
    """Write settings, an example topic and a workflow to start from.

    Files that are there already are kept, unless --force is given. Each file is listed as written or kept.
    """
    from consistency.cli import starting
    from consistency.cli.output import printable, show, write
    from consistency.config import PYPROJECT, has_table

    planned = [
        (path, text)
        for path, text in starting.files(sources, ci.lower(), example)
        if path.name != ".gitkeep" or not (folder / path).parent.is_dir()  # it only makes git keep an empty folder
    ]
    for path, _ in planned:
        _free(folder, folder / path)
    whole, lines = True, []
    for path, text in planned:
        target = folder / path
        kept = target.exists() and not force
        if not kept and not write(target, text):
            whole = False
            continue
        lines.append(f"{'kept ' if kept else 'wrote'}  {printable(str(target))}")
    show("\n".join(lines))
    if any(line.startswith("kept") for line in lines):
        click.echo("note: what was kept was there before; --force writes over it", err=True)
        if ci.lower() == "gitlab":
            click.echo("note: .gitlab-ci.yml must include .gitlab/consistency.gitlab-ci.yml", err=True)
    if (folder / PYPROJECT).is_file() and has_table(folder / PYPROJECT):
        shown = printable(str(folder / PYPROJECT))
        click.echo(f"note: {shown}: [tool.consistency] no longer holds: consistency.toml goes before it", err=True)
    if whole:
        where = printable(str(folder / sources))
        click.echo(f"next: put sources into {where}, then: {_check(folder, sources, example)}", err=True)
    return 0 if whole else 2


def _free(folder: Path, target: Path) -> None:
    """Raises UsageError where a file stands in the place of a folder, or a folder in the place of a file."""
    from consistency.cli.output import printable

    if target.is_dir():
        raise UsageError("is a folder, where a file is to be written", printable(str(target)))
    for parent in target.parents:
        if parent.exists() and not parent.is_dir():
            raise UsageError("is a file, where a folder is needed", printable(str(parent)))
        if parent == folder:
            break


def _check(folder: Path, sources: str, example: bool) -> str:
    from consistency.cli.output import printable

    go = "" if folder == Path() else f"cd {printable(shlex.quote(str(folder)))} && "
    return f"{go}consistency check {sources}" + (" incoming" if example else "")

"""`consistency ledger`: what lasts between runs: sources, claims, findings, and what was decided on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli import account_command, ledger_transfer
from consistency.cli.ledgers import author_of, author_option, ledger_base, ledger_option, opened
from consistency.cli.options import source_options

if TYPE_CHECKING:
    from consistency.ledger.records import Changes

_quiet = click.option("--quiet", "-q", is_flag=True, help="Only errors on standard error.")
_json = click.option("--json", "as_json", is_flag=True, help="A JSON object a line, for programs.")


@click.group(
    "ledger",
    epilog="""\b
Examples:
  consistency ledger add articles/
  consistency check new.txt --against sqlite:///ledger.db
  consistency ledger list findings
  consistency ledger show f1-6b19d331926f
  consistency ledger verify
  consistency ledger export > ledger.jsonl""",
)
def command() -> None:
    """Keep sources, claims, findings and decisions over months, in a file or on a PostgreSQL server.

    A finding keeps its id and its decisions when other sources come and go; one whose claims change has a further
    version.
    """


@command.command(
    "add",
    epilog="""\b
Examples:
  consistency ledger add articles/
  consistency ledger add articles/ --ledger postgresql+psycopg://desk@db.example/ledger""",
)
@source_options
@ledger_option
@author_option
def add_sources(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    ledger: str | None,
    author: str | None,
) -> int:
    """Add sources, or new versions of those that are there; makes the ledger where there is none.

    A text that is there as it is stays alone. Every version is kept. Each batch of sources is in the ledger whole or
    not at all, whatever happens meanwhile.
    """
    from consistency.cli.common import settings, status_of
    from consistency.cli.progress import Progress
    from consistency.cli.reading import stream, tell_skipped
    from consistency.ledger.adding import add
    from consistency.model import Skipped

    config = settings(config_file, rule_folders, allow_skipped)
    skipped: list[Skipped] = []
    unread: list[Skipped] = []
    with opened(ledger, config, create=True) as engine, Progress(enabled=not quiet) as progress:
        sources = stream(paths, config, skipped, quiet)
        changes = add(engine, sources, config, author_of(author), unread, progress)
    tell_skipped(unread)
    click.echo(told(changes))
    return status_of((*skipped, *unread), config)


@command.command(
    "remove",
    epilog="""\b
Examples:
  consistency ledger remove 2024-02-01-harbour-gazette.txt""",
)
@click.argument("ids", nargs=-1, required=True, metavar="SOURCE...")
@ledger_base
@author_option
def remove_sources(
    ids: tuple[str, ...],
    ledger: str | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    author: str | None,
) -> int:
    """Remove sources by id. Their versions, and what was found and decided on them, can still be looked up."""
    from consistency.cli.common import settings
    from consistency.ledger.update import remove

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine:
        click.echo(told(remove(engine, ids, config, author_of(author))))
    return 0


@command.command(
    "refresh",
    epilog="""\b
Examples:
  consistency ledger refresh""",
)
@ledger_base
@author_option
@_quiet
def refresh_all(
    ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...], author: str | None, quiet: bool
) -> int:
    """Read everything anew by the rules, the settings and the program of today; all decisions are kept."""
    from consistency.cli.common import settings, status_of
    from consistency.cli.progress import Progress
    from consistency.cli.reading import tell_skipped
    from consistency.ledger.adding import refresh

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine, Progress(enabled=not quiet) as progress:
        changes, skipped = refresh(engine, config, author_of(author), progress)
    tell_skipped(skipped)
    click.echo(told(changes))
    return status_of(skipped, config)


@command.command(
    "obey",
    epilog="""\b
Examples:
  consistency ledger obey""",
)
@ledger_base
@author_option
def obey_decisions(
    ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...], author: str | None
) -> int:
    """Work out anew what decisions taught: claims that were parted or joined, readings that were corrected.

    Adding and removing do it too.
    """
    from consistency.cli.common import settings
    from consistency.ledger.adding import obey

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine:
        click.echo(told(obey(engine, config, author_of(author))))
    return 0


@command.command(
    "list",
    epilog="""\b
Examples:
  consistency ledger list sources
  consistency ledger list findings --json
  consistency ledger list decisions
  consistency ledger list runs""",
)
@click.argument("what", type=click.Choice(("sources", "findings", "decisions", "runs")))
@ledger_base
@_json
def list_things(
    what: str, ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...], as_json: bool
) -> int:
    """List sources, findings (as the queue has them), decisions (oldest first) or runs."""
    from consistency.cli.common import settings
    from consistency.cli.output import show
    from consistency.ledger.listing import LISTS, as_text

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine:
        rows = LISTS[what](engine)
        show(as_text(what, rows, as_json))
    return 0


@command.command(
    "show",
    epilog="""\b
Examples:
  consistency ledger show f1-6b19d331926f
  consistency ledger show 2024-02-01-harbour-gazette.txt
  consistency ledger show 2024-02-01-harbour-gazette.txt --text --version 1""",
)
@click.argument("name", metavar="FINDING|SOURCE")
@ledger_base
@click.option("--version", type=click.IntRange(1), metavar="N", help="That version of it (default: the last).")
@click.option("--text", "whole", is_flag=True, help="The text of a source itself, and nothing else.")
def show_thing(
    name: str,
    ledger: str | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    version: int | None,
    whole: bool,
) -> int:
    """Show a finding with its versions and decisions, or a source with the versions of its text."""
    from consistency.cli.common import settings
    from consistency.cli.output import on_terminal, printable, show
    from consistency.ledger.showing import shown, text_of

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine:
        if not whole:
            show(shown(engine, name, version))
            return 0
        text = text_of(engine, name, version)
    show("\n".join(map(printable, text.split("\n"))) if on_terminal() else text)  # to a file or a pipe as it is
    return 0


@command.command(
    "verify",
    epilog="""\b
Exit status:
  0  the ledger is what its sources give
  1  it is not; each difference is a line of standard output

\b
Examples:
  consistency ledger verify""",
)
@ledger_base
@_quiet
def verify_all(ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...], quiet: bool) -> int:
    """Work everything out anew and compare: texts, claims, keys, findings, and the chain of decisions."""
    from consistency.cli.common import settings
    from consistency.cli.output import printable
    from consistency.cli.progress import Progress
    from consistency.ledger.verify import verify

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine, Progress(enabled=not quiet) as progress:
        faults = verify(engine, config, progress)
    for fault in faults:
        click.echo(printable(fault))
    if not faults and not quiet:
        click.echo("the ledger is what its sources give", err=True)
    return 1 if faults else 0


def told(changes: Changes) -> str:
    """What a run did, in a line or two."""
    names = ("added", "changed", "removed", "unchanged")
    sources = [f"{len(getattr(changes, n))} {n}" for n in names if getattr(changes, n)]
    named = (("new", changes.new), ("changed", changes.altered), ("gone", changes.gone))
    findings = [f"{len(ids)} {n}" for n, ids in named if ids]
    return f"sources: {', '.join(sources) or 'none'}\nfindings: {', '.join(findings) or 'as they were'}"


for one in (ledger_transfer.export_all, ledger_transfer.import_all, ledger_transfer.upgrade, account_command.command):
    command.add_command(one)

"""`consistency ledger export`, `import` and `upgrade`: a ledger as a whole, from one place or version to another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from consistency.cli.ledgers import ledger_base, opened, url_of
from consistency.errors import LedgerError, UsageError


@click.command(
    "export",
    epilog="""\b
Examples:
  consistency ledger export > ledger.jsonl
  consistency ledger export -o ledger.jsonl""",
)
@ledger_base
@click.option("--output", "-o", "file", type=click.Path(dir_okay=False), metavar="FILE", help="Write there.")
def export_all(ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...], file: str | None) -> int:
    """Write everything as JSON lines; `import` makes the same ledger of them, on the other kind of database too."""
    from consistency.cli.common import settings
    from consistency.cli.output import write_pieces
    from consistency.ledger.transfer import export

    config = settings(config_file, rule_folders)
    with opened(ledger, config) as engine:
        if file is None:
            for line in export(engine):
                sys.stdout.buffer.write(line)
        else:
            write_pieces(_beside(file, url_of(ledger, config)), export(engine))
    return 0


def _beside(file: str, url: str) -> Path:
    """The file to export to. Raises UsageError for none, and for the ledger itself, whose place it would take."""
    from consistency.ledger.connect import files_of

    if file == "-":
        raise UsageError("-o -: name a file; without -o it goes to standard output")
    if os.path.realpath(file) in files_of(url):
        raise UsageError("is the ledger itself; name another file", file)
    return Path(file)


@click.command(
    "import",
    epilog="""\b
Examples:
  consistency ledger import ledger.jsonl --ledger sqlite:///copy.db""",
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@ledger_base
def import_all(file: str, ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """Make a ledger of what `export` wrote. It must not hold anything yet."""
    from consistency.cli.common import settings
    from consistency.ledger.transfer import load

    config = settings(config_file, rule_folders)
    with click.open_file(file, "rb") as lines, opened(ledger, config, create=True) as engine:
        load(engine, lines, file)
    return 0


@click.command(
    "upgrade",
    epilog="""\b
Examples:
  consistency ledger upgrade""",
)
@ledger_base
def upgrade(ledger: str | None, config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """Bring the tables of a ledger that an older program made up to date. Copy it first."""
    from consistency.cli.common import settings
    from consistency.ledger.connect import SCHEMA, bare_engine, usable, version_of
    from consistency.ledger.connect import shown as shown_url
    from consistency.ledger.schema import create_tables

    config = settings(config_file, rule_folders)
    url = url_of(ledger, config)
    engine = bare_engine(url)
    with usable(url):
        found = version_of(engine)
        if found is None:
            raise UsageError("is no ledger (`consistency ledger add PATHS` makes one)", shown_url(url))
        if not found.isdigit() or int(found) > int(SCHEMA):
            newer = f"was made by a newer program (version {found} of the tables, this one knows {SCHEMA})"
            raise LedgerError(newer, shown_url(url))
        create_tables(engine)
    engine.dispose()
    click.echo(f"version {found} of the tables" + (" is up to date" if found == SCHEMA else f" is now {SCHEMA}"))
    return 0

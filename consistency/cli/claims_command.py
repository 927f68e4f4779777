"""`consistency claims`: what was read from each source."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from consistency.cli.common import read, settings, show, source_options
from consistency.model import Source


@click.command(
    "claims",
    epilog="""\b
Examples:
  consistency claims article.txt
  consistency claims articles/ --format jsonl > claims.jsonl
  consistency claims articles/ --layer periods --format csv""",
)
@source_options
@click.option(
    "--layer",
    type=click.Choice(["claims", "quantities", "periods"]),
    default="claims",
    show_default=True,
    help="Claims, or what they are made of.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "csv"]), help="Default: a table on a terminal, else jsonl."
)
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    layer: str,
    form: str | None,
) -> int:
    """Show the claims read from each source, or the layers below them: every quantity, every time expression."""
    from consistency.reporting import rows

    config = settings(config_file, rule_folders, allow_skipped)
    sources, skipped = read(paths, config, quiet)
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    show(rows.render(list(_rows(sources, layer)), form, layer))
    return 2 if skipped and not config.allow_skipped else 0


def _rows(sources: Sequence[Source], layer: str) -> Iterator[dict[str, Any]]:
    from consistency.extraction.claims import extract_document
    from consistency.extraction.document import parse
    from consistency.extraction.layers import period_rows, quantity_rows

    for source in sources:
        if layer == "quantities":
            yield from quantity_rows(source)
        elif layer == "periods":
            yield from period_rows(source)
        else:
            for claim in extract_document(parse(source)).claims:
                yield claim.to_dict()

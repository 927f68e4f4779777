"""`consistency claims`: what was read from each source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consistency.cli.options import source_options

if TYPE_CHECKING:
    from consistency.cli.progress import Progress
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
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"], case_sensitive=False),
    help="Default: a table on a terminal, else jsonl.",
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
    from consistency.cli.common import settings, status_of
    from consistency.cli.output import on_terminal, show, width
    from consistency.cli.progress import Progress
    from consistency.cli.reading import read
    from consistency.reporting import rows

    config = settings(config_file, rule_folders, allow_skipped)
    with Progress(enabled=not quiet) as progress:
        sources, skipped = read(paths, config, quiet)
        found = list(_rows(sources, layer, progress))
    show(rows.render(found, form or ("table" if on_terminal() else "jsonl"), layer, width(120)))
    return status_of(skipped, config)


def _rows(sources: Sequence[Source], layer: str, progress: Progress) -> Iterator[dict[str, Any]]:
    from consistency.extraction.claims import extract
    from consistency.extraction.layers import period_rows, quantity_rows

    for number, source in enumerate(sources):
        progress("reading claims", number, len(sources))
        if layer == "quantities":
            yield from quantity_rows(source)
        elif layer == "periods":
            yield from period_rows(source)
        else:
            for claim in extract(source).claims:
                yield claim.to_dict()

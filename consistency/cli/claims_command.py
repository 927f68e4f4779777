"""`consistency claims`: what was read from each source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consistency.cli.options import lessons_option, source_options

if TYPE_CHECKING:
    from consistency.cli.progress import Progress
    from consistency.extraction.readings import Readings
    from consistency.model import Skipped, Source


@click.command(
    "claims",
    epilog="""\b
Examples:
  consistency claims article.txt
  consistency claims articles/ --format jsonl > claims.jsonl
  consistency claims articles/ --layer periods --format csv
  consistency claims article.txt --trace""",
)
@source_options
@lessons_option
@click.option(
    "--layer",
    type=click.Choice(["claims", "quantities", "periods"]),
    default="claims",
    show_default=True,
    help="Claims, or what they are made of.",
)
@click.option(
    "--trace",
    "traced",
    is_flag=True,
    help="What each level of the reading matched, sentence by sentence, as text.",
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
    lessons: str | None,
    layer: str,
    traced: bool,
    form: str | None,
) -> int:
    """Show the claims read from each source, or the layers below them: every quantity, every time expression."""
    from consistency.cli.common import lessons_of, settings, status_of
    from consistency.cli.output import on_terminal, show_all, width
    from consistency.cli.progress import Progress
    from consistency.cli.reading import stream
    from consistency.reporting import rows

    if traced and (form or layer != "claims"):
        raise click.UsageError("--trace is a text of its own, of all layers: leave out --format and --layer")
    config = settings(config_file, rule_folders, allow_skipped, lessons=lessons)
    readings = lessons_of(config).readings
    skipped: list[Skipped] = []
    with Progress(enabled=not quiet) as progress:
        sources = _told(stream(paths, config, skipped, quiet), progress)
        if traced:
            show_all(f"{line}\n" for source in sources for line in _trace(source, width(120)))
        else:
            found = (row for source in sources for row in _rows(source, layer, readings))
            show_all(rows.render(found, form or ("table" if on_terminal() else "jsonl"), layer, width(120)))
    return status_of(skipped, config)


def _told(sources: Iterator[Source], progress: Progress) -> Iterator[Source]:
    for number, source in enumerate(sources):
        progress("reading claims", number, None)
        yield source


def _trace(source: Source, columns: int) -> Iterator[str]:
    from consistency.cli.output import printable
    from consistency.extraction.trace import trace

    yield f"source {printable(source.id)}"
    yield from map(printable, trace(source, columns))


def _rows(source: Source, layer: str, readings: Readings) -> Iterator[dict[str, Any]]:
    from consistency.extraction.claims import extract
    from consistency.extraction.corrected import correct
    from consistency.extraction.layers import period_rows, quantity_rows

    if layer == "quantities":
        yield from quantity_rows(source)
    elif layer == "periods":
        yield from period_rows(source)
    else:
        for claim in correct(extract(source), readings).claims:
            yield claim.to_dict()

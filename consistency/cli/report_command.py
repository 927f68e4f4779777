"""`consistency report`: the discrepancy report, a page by default."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.check_command import _known, deliver
from consistency.cli.common import read, run_check, settings, source_options, status_of


@click.command(
    "report",
    epilog="""\b
Examples:
  consistency report articles/ -o report.html
  consistency report articles/ -o report.html -o report.md -o report.json
  consistency report articles/ --format text""",
)
@source_options
@click.option("--format", "form", help="What goes to standard output (default: html, unless files are written).")
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    metavar="FILE[:FORMAT]",
    help="Write a file: html, md, json, … (repeatable).",
)
@click.option("--no-color", is_flag=True, help="No colour, also on a terminal.")
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    form: str | None,
    outputs: tuple[str, ...],
    no_color: bool,
) -> int:
    """Write the discrepancy report. The same as `check --fail-on none`, with a page as its default."""
    _known(form)
    config = settings(config_file, rule_folders, allow_skipped, fail_on="none")
    sources, skipped = read(paths, config, quiet)
    report = run_check(sources, skipped, config, quiet)
    deliver(report, config, form, outputs, "html", no_color, quiet)
    return status_of(report, config)

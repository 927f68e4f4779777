"""`consistency report`: the discrepancy report, a page by default."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.options import engine_options, gate_options, output_options, source_options


@click.command(
    "report",
    epilog="""\b
Examples:
  consistency report articles/ -o report.html
  consistency report articles/ -o report.html -o report.md -o report.json
  consistency report articles/ > report.html
  consistency report articles/ --format text | less""",
)
@source_options
@output_options
@engine_options
@gate_options
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    form: str | None,
    outputs: tuple[str, ...],
    no_color: bool,
    engine: str | None,
    workers: int | None,
    master: str | None,
    baseline: str | None,
    suppressions: str | None,
    lessons: str | None,
    today: str | None,
    verbose: bool,
) -> int:
    """Write the discrepancy report.

    The same as `check --fail-on none`. With neither -o nor --format it prints the HTML page, on a terminal the text.

    PATH is a file (.txt .md .html .pdf .docx .json .jsonl, or the .xml of a feed), a folder of such files, or - for
    standard input.
    """
    from consistency.cli.common import settings
    from consistency.cli.output import on_terminal
    from consistency.cli.running import run

    config = settings(
        config_file,
        rule_folders,
        allow_skipped,
        fail_on="none",
        baseline=baseline,
        suppressions=suppressions,
        lessons=lessons,
        engine=engine,
        workers=workers,
        master=master,
        strict_baseline=False,
    )
    default = "text" if on_terminal() else "html"
    return run(paths, config, form, outputs, default, no_color, quiet, verbose, today)

"""`consistency check`: compare sources, with a gate."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.options import GATES, output_options, source_options


@click.command(
    "check",
    epilog="""\b
Exit status:
  0  nothing at or over the gate
  1  a finding at or over --fail-on
  2  usage, a broken setting or rule, an output that cannot be written, or a source
     that could not be read. A text in another language, or a file of a type that is
     not read, counts only if it was named itself: found in a folder, it is listed.

\b
Examples:
  consistency check articles/
  consistency check articles/ --format json > report.json
  consistency check articles/ -o report.html -o findings.csv --fail-on possible
  consistency check articles/ -o results.sarif -o junit.xml
  cat article.txt | consistency check - archive/""",
)
@source_options
@output_options
@click.option(
    "--fail-on",
    type=click.Choice(GATES, case_sensitive=False),
    help="What makes the exit status 1; each gate includes those before it (default: contradiction).",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Findings of less confidence do not fail the gate (0 to 1).",
)
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    form: str | None,
    outputs: tuple[str, ...],
    no_color: bool,
    fail_on: str | None,
    min_confidence: float | None,
) -> int:
    """Compare sources; exit 1 when something at or over the gate is found.

    Under GitHub Actions, without --format, standard output gets annotations (--format github) unless it is a file.

    PATH is a file (.txt .md .html .pdf .docx .json .jsonl, or the .xml of a feed), a folder of such files, or - for
    standard input.
    """
    from consistency.cli.common import settings
    from consistency.cli.places import format_of_log
    from consistency.cli.running import run

    config = settings(config_file, rule_folders, allow_skipped, fail_on=fail_on, min_confidence=min_confidence)
    return run(paths, config, form or format_of_log(), outputs, "text", no_color, quiet)

"""`consistency check`: compare sources, with a gate."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.options import (
    against_options,
    engine_options,
    fail_options,
    gate_options,
    output_options,
    source_options,
)


@click.command(
    "check",
    epilog="""\b
Exit status:
  0  nothing at or over the gate that is not accepted
  1  a finding at or over --fail-on that neither the baseline nor a suppression accepts;
     with --strict-baseline also an entry of those that meets no finding or has run out,
     or one of the lessons that does nothing
  2  usage, a broken setting or rule, an output that cannot be written, or a source
     that could not be read. A text in another language, or a file of a type that is
     not read, counts only if it was named itself: found in a folder, it is listed.

\b
Examples:
  consistency check articles/
  consistency check articles/ --format json > report.json
  consistency check articles/ -o report.html -o findings.csv --fail-on possible
  consistency check articles/ -o results.sarif -o junit.xml
  consistency check articles/ --baseline consistency-baseline.json --strict-baseline
  consistency check new.txt --against archive/
  cat article.txt | consistency check - --against archive/""",
)
@source_options
@output_options
@engine_options
@against_options
@fail_options
@gate_options
@click.option(
    "--strict-baseline",
    is_flag=True,
    default=None,
    help="Exit 1 also where an entry of the baseline or the suppressions meets no finding or has run out.",
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
    engine: str | None,
    workers: int | None,
    master: str | None,
    against: tuple[str, ...],
    cache: str | None,
    no_cache: bool,
    fail_on: str | None,
    min_confidence: float | None,
    baseline: str | None,
    suppressions: str | None,
    lessons: str | None,
    today: str | None,
    verbose: bool,
    strict_baseline: bool | None,
) -> int:
    """Compare sources; exit 1 when something at or over the gate is found.

    Under GitHub Actions, without --format, standard output gets annotations (--format github) unless it is a file.

    PATH is a file (.txt .md .html .pdf .docx .json .jsonl, or the .xml of a feed), a folder of such files, or - for
    standard input. With --against, the sources of PATH are new ones: only what they have part in is reported.
    """
    from consistency.cli.common import settings
    from consistency.cli.places import format_of_log
    from consistency.cli.running import run

    config = settings(
        config_file,
        rule_folders,
        allow_skipped,
        fail_on=fail_on,
        min_confidence=min_confidence,
        baseline=baseline,
        suppressions=suppressions,
        lessons=lessons,
        engine=engine,
        workers=workers,
        master=master,
        strict_baseline=strict_baseline,
        cache=False if no_cache else cache,
    )
    form = form or format_of_log()
    return run(paths, config, form, outputs, "text", no_color, quiet, verbose, today, against)

"""`consistency compare`: two texts, straight from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import click

from consistency.cli.options import color_option, config_option, format_option, rules_option
from consistency.errors import UsageError


@click.command(
    "compare",
    epilog="""\b
Examples:
  consistency compare "Exports of Norland were 29 billion dollars in 2023." \\
      "Exports of Norland were 31 billion dollars in 2023."
  consistency compare "19 countries joined the pact." "Twenty countries have joined the pact." \\
      --date-a 2021-07-28 --date-b 2023-01-26""",
)
@click.argument("text_a", metavar="TEXT")
@click.argument("text_b", metavar="TEXT")
@click.option("--date-a", metavar="DATE", help="When the first text was published (YYYY-MM-DD).")
@click.option("--date-b", metavar="DATE", help="When the second text was published (YYYY-MM-DD).")
@config_option
@rules_option
@format_option
@color_option
def command(
    text_a: str,
    text_b: str,
    date_a: str | None,
    date_b: str | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    form: str | None,
    no_color: bool,
) -> int:
    """Compare two texts given on the command line.

    The exit status does not depend on what is found; `check` has a gate. Files are compared with `check` and `report`.
    """
    from consistency import pipeline
    from consistency.cli.common import lessons_of, settings, status_of
    from consistency.cli.output import show_all, wants_color, width
    from consistency.cli.reading import tell_skipped
    from consistency.cli.running import rendered
    from consistency.sources import read_records

    records = []
    for name, text, date in (("first text", text_a, date_a), ("second text", text_b, date_b)):
        _check(name, text, date)
        records.append({"id": name, "text": text, "published": date})
    config = settings(config_file, rule_folders, fail_on="none")
    sources, skipped = read_records(records, config.limits)
    report = pipeline.check(sources, config, skipped, asked=True, lessons=lessons_of(config))
    tell_skipped(report.coverage.skipped)
    show_all(rendered(report, form or "text", config, wants_color(no_color), width()))
    return status_of(report.coverage.skipped, config)


def _check(name: str, text: str, date: str | None) -> None:
    from datetime import date as day

    if not text.strip():
        raise UsageError(f"the {name} is empty")
    try:
        a_file = len(text) < 250 and Path(text).exists()
    except (OSError, ValueError):
        a_file = False
    if a_file:
        raise UsageError(f"the {name}, {text!r}, is a file; to compare files: consistency check FILE FILE")
    if date is None:
        return
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            raise ValueError
        day.fromisoformat(date)
    except ValueError:
        raise UsageError(f"the date of the {name} is not a day of the form YYYY-MM-DD: {date!r}") from None

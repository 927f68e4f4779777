"""`consistency compare`: two texts, straight from the command line."""

from __future__ import annotations

import click

from consistency.cli.common import settings, show, wants_color
from consistency.errors import UsageError


@click.command(
    "compare",
    epilog="""\b
Example:
  consistency compare "19 countries joined the pact." "Twenty countries have joined the pact." \\
      --date-a 2021-07-28 --date-b 2023-01-26""",
)
@click.argument("text_a", metavar="TEXT")
@click.argument("text_b", metavar="TEXT")
@click.option("--date-a", metavar="DATE", help="When the first text was published (YYYY-MM-DD).")
@click.option("--date-b", metavar="DATE", help="When the second text was published.")
@click.option("--format", "form", default="text", show_default=True, help="text, json, markdown, html …")
@click.option("--no-color", is_flag=True, help="No colour, also on a terminal.")
def command(text_a: str, text_b: str, date_a: str | None, date_b: str | None, form: str, no_color: bool) -> int:
    """Compare two texts given on the command line."""
    from consistency import check
    from consistency.cli.check_command import _known
    from consistency.reporting import render

    _known(form)
    records = []
    for name, text, date in (("first text", text_a, date_a), ("second text", text_b, date_b)):
        if not text.strip():
            raise UsageError(f"the {name} is empty")
        if date is not None:
            _date(date, name)
        records.append({"id": name, "text": text, "published": date})
    report = check(records, settings(None, ()))
    show(render(report, form, **({"color": wants_color(no_color)} if form == "text" else {})))
    return 2 if report.coverage.skipped else 0


def _date(text: str, name: str) -> None:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"the date of the {name} is not of the form YYYY-MM-DD: {text!r}") from error

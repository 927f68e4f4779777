"""`consistency doctor`: what is installed, what is missing, and how old the data is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.options import config_option

if TYPE_CHECKING:
    from consistency.cli.doctor_facts import Fact

_SIGNS = {"ok": "✓", "note": "!", "broken": "✗"}


@click.command(
    "doctor",
    epilog="""\b
Exit status:
  0  the program can do its work
  1  something is broken: a dependency, the settings, rules or rates
  2  usage

\b
Examples:
  consistency doctor
  consistency doctor --format json
  consistency doctor --today 2025-01-31""",
)
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"], case_sensitive=False),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--today",
    metavar="DATE",
    help="The day to count ages to, YYYY-MM-DD (default: that of SOURCE_DATE_EPOCH, else today).",
)
def command(config_file: Path | None, form: str, today: str | None) -> int:
    """Say what is installed, which extras are missing, and how old rates and tables are.

    Nothing is changed. A line with ! is worth knowing, one with ✗ is broken.
    """
    from consistency.cli.doctor_facts import facts
    from consistency.cli.output import show

    found = facts(config_file, today)
    broken = sum(fact.status == "broken" for group in found.values() for fact in group)
    if form.lower() == "json":
        from consistency.reporting.json import encode

        show(encode({"broken": broken, **found}, 2))
    else:
        show(_text(found))
        click.echo("nothing is broken" if not broken else f"{broken} broken", err=True)
    return 1 if broken else 0


def _text(found: dict[str, list[Fact]]) -> str:
    from consistency.cli.output import printable

    lines = []
    for group, items in found.items():
        lines.append(group.upper())
        wide = max((len(fact.name) for fact in items), default=0)
        for fact in items:
            lines.append(f"{_SIGNS[fact.status]} {fact.name:{wide}}  {printable(fact.value)}")
            if fact.hint:
                lines.append(f"  {'':{wide}}  {printable(fact.hint)}")
        lines.append("")
    return "\n".join(lines).rstrip("\n")

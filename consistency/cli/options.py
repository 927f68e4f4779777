"""Options that several commands share, and the types behind them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from consistency.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

GATES = ("contradiction", "possible", "time-explained", "none")

if TYPE_CHECKING:
    TextType = click.ParamType[str]
else:  # older releases of click know no type argument
    TextType = click.ParamType


class Share(click.FloatRange):
    """A number from 0 to 1. "nan" is in no range, but click lets it through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value!r} is no number", param, ctx)
        return number


class FormatType(TextType):
    """The name of a report format, or an ending that stands for one ("md" for markdown)."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from consistency.reporting import format_name

        try:
            return format_name(str(value))
        except UsageError as error:
            self.fail(error.message, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from consistency.reporting import FORMATS

        return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


class Day(TextType):
    """A day, written YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from consistency.gate.day import today

        try:
            return today(str(value))
        except UsageError as error:
            self.fail(error.message, param, ctx)


class RuleName(TextType):
    """The id of a row of the decision table; completes in a shell."""

    name = "rule"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from consistency.judgement.catalogue import every_rule

        return [CompletionItem(row.id) for row in every_rule() if row.id.startswith(incomplete)]


def stacked(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, shown in help in the order given."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


format_option = click.option(
    "--format",
    "form",
    type=FormatType(),
    metavar="FORMAT",
    help="What goes to standard output: text, json, jsonl, markdown, html, csv, sarif, junit, github, gitlab or "
    "claimreview.",
)
color_option = click.option("--no-color", is_flag=True, help="No colour on a terminal either (as NO_COLOR=1).")
config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file (default: the nearest consistency.toml, or pyproject.toml with [tool.consistency], upward).",
)
rules_option = click.option(
    "--rules",
    "rule_folders",
    multiple=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="A folder of your own rules (relations/ arithmetic/ profiles/ topics/) before the built-in ones (repeatable).",
)
verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help="Tell on standard error which settings hold, what was accepted and why, and how long it took.",
)
today_option = click.option(
    "--today",
    type=Day(),
    metavar="DATE",
    help="The day by which acceptances run out (default: that of SOURCE_DATE_EPOCH, else today).",
)
suppressions_option = click.option(
    "--suppressions",
    type=click.Path(),
    metavar="FILE",
    help="Findings, topics and sources that do not count (default: suppressions.yaml beside the settings file).",
)
lessons_option = click.option(
    "--lessons",
    type=click.Path(),
    metavar="FILE",
    help="What people decided about claims: pairs that are or are not about one thing, corrected readings.",
)
gate_options = stacked(
    click.option("--baseline", type=click.Path(), metavar="FILE", help="Findings that were accepted as they stand."),
    suppressions_option,
    lessons_option,
    today_option,
    verbose_option,
)
fail_options = stacked(
    click.option(
        "--fail-on",
        type=click.Choice(GATES, case_sensitive=False),
        help="What makes the exit status 1; each gate includes those before it (default: contradiction).",
    ),
    click.option(
        "--min-confidence",
        type=Share(0, 1),
        metavar="SHARE",
        help="Findings of less confidence do not fail the gate (0 to 1).",
    ),
)
source_options = stacked(
    click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(allow_dash=True)),
    config_option,
    rules_option,
    click.option(
        "--allow-skipped",
        is_flag=True,
        default=None,
        help="Do not exit 2 because a source could not be read; it is still listed.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="Only errors and skipped sources on standard error."),
)
engine_options = stacked(
    click.option(
        "--engine",
        type=click.Choice(("serial", "processes", "spark")),
        help="Who does the work: one process, several, or Spark. The report is the same (default: serial).",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1),
        metavar="N",
        help="How many processes the engine uses on this computer (default: one for each core).",
    ),
    click.option(
        "--master",
        metavar="URL",
        help="The Spark cluster of --engine spark (default: that of spark-submit, else this computer).",
    ),
)
against_options = stacked(
    click.option(
        "--against",
        multiple=True,
        type=click.Path(),
        metavar="PATH",
        help="Sources that are there already, or a ledger (its file or URL): reported is only what the new sources, "
        "those of PATH..., have part in (repeatable). What is in both is new.",
    ),
    click.option(
        "--cache",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep what was read of the sources of --against there (default: the user's cache folder; safe to delete).",
    ),
    click.option("--no-cache", is_flag=True, help="Read all sources of --against anew, and keep nothing."),
)
output_options = stacked(
    format_option,
    click.option(
        "--output",
        "-o",
        "outputs",
        multiple=True,
        metavar="FILE[:FORMAT]",
        type=click.Path(),
        help="Write a file; its ending says the format unless one is given (repeatable).",
    ),
    color_option,
)

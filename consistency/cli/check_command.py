"""`consistency check`: compare sources, with a gate."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.common import (
    read,
    run_check,
    settings,
    show,
    source_options,
    status_of,
    target,
    wants_color,
    write,
)
from consistency.config import Config
from consistency.model import Report


def deliver(
    report: Report,
    config: Config,
    form: str | None,
    outputs: tuple[str, ...],
    default: str,
    no_color: bool,
    quiet: bool,
) -> None:
    """Writes every output, and to standard output what `form` names (default: only if no file was asked for)."""
    from consistency.reporting import FORMATS, render

    targets = [target(o, tuple(FORMATS)) for o in outputs]
    title = {"title": config.report.title} if config.report.title else {}
    for path, wanted in targets:
        write(path, render(report, wanted, **title))
        if not quiet:
            click.echo(f"wrote {path}", err=True)
    if form or not targets:
        wanted = form or default
        color = {"color": wants_color(no_color)} if wanted == "text" else {}
        show(render(report, wanted, **title, **color))


@click.command(
    "check",
    epilog="""\b
Examples:
  consistency check articles/
  consistency check articles/ --format json > report.json
  consistency check articles/ -o report.html -o findings.csv --fail-on possible
  cat article.txt | consistency check - archive/""",
)
@source_options
@click.option(
    "--format", "form", help="What goes to standard output: text, json, markdown, html, csv … (default: text)."
)
@click.option("--output", "-o", "outputs", multiple=True, metavar="FILE[:FORMAT]", help="Write a file (repeatable).")
@click.option(
    "--fail-on",
    type=click.Choice(["contradiction", "possible", "time-explained", "none"]),
    help="What makes the exit status 1.",
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Findings below it do not fail the gate.")
@click.option("--no-color", is_flag=True, help="No colour, also on a terminal.")
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    form: str | None,
    outputs: tuple[str, ...],
    fail_on: str | None,
    min_confidence: float | None,
    no_color: bool,
) -> int:
    """Compare sources; exit 1 when something at or over the gate is found.

    PATH is a file (.txt .md .html .pdf .docx .json .jsonl .xml), a folder of them, or - for standard input.
    """
    _known(form)
    config = settings(config_file, rule_folders, allow_skipped, fail_on=fail_on, min_confidence=min_confidence)
    sources, skipped = read(paths, config, quiet)
    report = run_check(sources, skipped, config, quiet)
    deliver(report, config, form, outputs, "text", no_color, quiet)
    return status_of(report, config)


def _known(form: str | None) -> None:
    from consistency.reporting import FORMATS

    if form is not None and form not in FORMATS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}", param_hint="--format")

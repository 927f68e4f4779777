"""`consistency explain`: one finding of a report, or one rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.options import RuleName, color_option, config_option, rules_option
from consistency.errors import UsageError

if TYPE_CHECKING:
    from consistency.judgement.rows import Row
    from consistency.model import Finding, Report


@click.command(
    "explain",
    epilog="""\b
Examples:
  consistency explain different-period
  consistency explain f1-3c07a1 --report report.json
  consistency explain f1-3c07a1 articles/""",
)
@click.argument("name", metavar="FINDING-ID|RULE", type=RuleName())
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(allow_dash=True))
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A report written with --format json.",
)
@config_option
@rules_option
@color_option
def command(
    name: str,
    paths: tuple[str, ...],
    report_file: Path | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    no_color: bool,
) -> int:
    """Explain one finding of a report, or one rule.

    A finding is named by its id or the beginning of it, and needs the report it stands in, or the sources that the
    report was made from. The steps that led to it and every fact of the pair are shown.
    """
    from consistency.cli.common import lessons_of, settings
    from consistency.cli.output import show, wants_color, width
    from consistency.cli.running import compared
    from consistency.reporting import explained, rulepages

    if paths and report_file is not None:
        raise UsageError("name either a report or its sources, not both")
    if report_file is not None:
        report = _read(report_file)
    elif paths:
        config = settings(config_file, rule_folders)
        report = compared(paths, config, quiet=True, lessons=lessons_of(config))
    else:
        show(rulepages.text(_rule(name, config_file, rule_folders), width()))
        return 0
    show(explained.render(report, _find(report, name), width(), wants_color(no_color)))
    return 0


def _rule(name: str, config_file: Path | None, rule_folders: tuple[str, ...]) -> Row:
    from consistency.cli.rules_command import book, find_rule

    try:
        return find_rule(name, book(config_file, rule_folders))
    except UsageError as error:
        raise UsageError(
            f"{error.message}; to explain a finding, name its report (--report FILE) or its sources"
        ) from None


def _read(path: Path) -> Report:
    import msgspec

    from consistency.hints import near_file
    from consistency.model import Report

    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except OSError as error:
        hint = near_file(path) if isinstance(error, FileNotFoundError) else ""
        raise UsageError(f"cannot be read: {error.strerror or error}{hint}", str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"is no report written with --format json: {error}", str(path)) from error


def _find(report: Report, name: str) -> Finding:
    exact = [f for f in report.findings if f.id == name]
    found = exact or [f for f in report.findings if f.id.startswith(name)]
    if not found:
        known = ", ".join(f.id for f in report.findings[:5])
        more = f", and {len(report.findings) - 5} more" if len(report.findings) > 5 else ""
        have = f"it has {known}{more}" if known else "it has no findings"
        raise UsageError(f"no finding of this report has the id {name!r}; {have}")
    if len({f.id for f in found}) > 1:
        raise UsageError(f"{name!r} begins several ids: " + ", ".join(f.id for f in found[:10]))
    return found[0]

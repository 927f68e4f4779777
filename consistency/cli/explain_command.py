"""`consistency explain`: one finding of a report, or one rule."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.common import read, run_check, settings, show, wants_color
from consistency.errors import UsageError


@click.command(
    "explain",
    epilog="""\b
Examples:
  consistency explain time-explained-growth
  consistency explain FINDING-ID --report report.json
  consistency explain FINDING-ID articles/""",
)
@click.argument("name", metavar="FINDING-ID|RULE")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="A report written with --format json.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Settings file.")
@click.option("--rules", "rule_folders", multiple=True, metavar="DIR", help="Your own rules (repeatable).")
@click.option("--no-color", is_flag=True, help="No colour, also on a terminal.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    paths: tuple[str, ...],
    report_file: Path | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    no_color: bool,
) -> int:
    """Explain one finding of a report, or one rule."""
    import msgspec

    from consistency.judgement import table
    from consistency.model import Report
    from consistency.pipeline import rulebook_of
    from consistency.reporting import render

    config = settings(config_file, rule_folders)
    rules = {r.id for r in table.load(rulebook_of(config))}
    if name in rules and not paths and report_file is None:
        from consistency.cli.rules_command import show_rule

        return int(ctx.invoke(show_rule, rule=name, rule_folders=rule_folders) or 0)
    if report_file is not None:
        try:
            report = msgspec.json.decode(report_file.read_bytes(), type=Report)
        except OSError as error:
            raise UsageError(f"cannot be read: {error.strerror or error}", str(report_file)) from error
        except msgspec.DecodeError as error:
            raise UsageError(f"is not a report of this program: {error}", str(report_file)) from error
    elif paths:
        sources, skipped = read(paths, config, quiet=True)
        report = run_check(sources, skipped, config, quiet=True)
    else:
        raise UsageError(f"{name!r} is no rule; to explain a finding, name its report (--report FILE) or its sources")
    found = [f for f in report.findings if f.id == name or f.id.startswith(name)]
    if not found:
        raise UsageError(f"no finding of the report has the id {name!r}; `--format json` shows the ids")
    if len({f.id for f in found}) > 1:
        raise UsageError(f"{name!r} begins several ids: " + ", ".join(f.id for f in found))
    only = msgspec.structs.replace(
        report, findings=tuple(found), topics=tuple(t for t in report.topics if t.id == found[0].topic)
    )
    show(render(only, "text", color=wants_color(no_color)))
    return 0

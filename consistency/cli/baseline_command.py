"""`consistency baseline`: the list of findings that are accepted as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consistency.cli.options import (
    Day,
    config_option,
    fail_options,
    source_options,
    stacked,
    suppressions_option,
    today_option,
)
from consistency.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consistency.config import Config
    from consistency.gate import Gate
    from consistency.gate.baseline import Accepted
    from consistency.model import Report

_file = click.option(
    "--output",
    "-o",
    "--baseline",
    "file",
    type=click.Path(),
    metavar="FILE",
    help="The baseline (default: that of the settings, else consistency-baseline.json).",
)
_run = stacked(source_options, _file, suppressions_option, today_option)


@click.group(
    "baseline",
    epilog="""\b
Examples:
  consistency baseline write articles/ --reason "known when we began" --author "M. Lind"
  consistency check articles/ --baseline consistency-baseline.json
  consistency baseline show
  consistency baseline prune articles/""",
)
def command() -> None:
    """Keep the list of findings that are accepted as they stand.

    An entry holds for a finding as long as no claim joins either side and its outcome gets no worse. Files may move and
    the text around a claim may change.
    """


@command.command(
    "write",
    epilog="""\b
Examples:
  consistency baseline write articles/ -o consistency-baseline.json
  consistency baseline write articles/ --accept-new --reason "both papers were told" \\
      --author "M. Lind" --expires 2027-01-31""",
)
@_run
@fail_options
@click.option("--accept-new", is_flag=True, help="Add what is new to a baseline that is already there.")
@click.option("--prune", "prune_too", is_flag=True, help="Take out the entries that accept nothing any more.")
@click.option("--reason", metavar="TEXT", help="Why the findings added are accepted.")
@click.option("--author", metavar="NAME", help="Who accepts them.")
@click.option("--expires", type=Day(), metavar="DATE", help="The last day on which they are.")
def write_baseline(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    file: str | None,
    suppressions: str | None,
    today: str | None,
    fail_on: str | None,
    min_confidence: float | None,
    accept_new: bool,
    prune_too: bool,
    reason: str | None,
    author: str | None,
    expires: str | None,
) -> int:
    """Accept what `check` would fail on with the same settings.

    Where there is a baseline already, its entries stay as they are, and nothing is added unless --accept-new says so:
    what would be is listed, and the exit status is 1.
    """
    from consistency.cli.output import printable, show
    from consistency.cli.telling import line
    from consistency.gate import rewriting

    config = _settings(
        config_file, rule_folders, allow_skipped, file, suppressions, fail_on=fail_on, min_confidence=min_confidence
    )
    there = Path(str(config.baseline)).exists()
    gate, report, status = _compared(paths, config, quiet, today, there)
    if status:
        return status
    if expires is not None and expires < gate.today:
        raise UsageError(f"--expires {expires} is over already (today is {gate.today})")
    seen = gate.apply(report)
    new = gate.failing(seen)
    entries = list(gate.baseline.entries)
    gone = rewriting.idle(gate, report) if prune_too else []
    replaced: list[Accepted] = []
    added: list[Accepted] = []
    if accept_new or not there:
        added = rewriting.accepted(new, seen, gate.today, reason, author, expires)
        entries, replaced = rewriting.joined(entries, added)
    kept = [e for e in entries if e not in gone]
    counts = {"added": added, "replaced": replaced, "taken out": [e for e in gone if e not in replaced]}
    if not _store(config, kept, quiet, counts):
        return 2
    idle = [e for e in rewriting.idle(gate, report) if e in kept]
    if idle and not quiet:
        told = "an entry accepts" if len(idle) == 1 else f"{len(idle)} entries accept"
        click.echo(f"note: {told} nothing any more; --prune takes out what does not", err=True)
    if not (added or there) and not quiet:
        click.echo("note: nothing fails, so the baseline is empty", err=True)
    if new and not added:
        n = len(new)
        show("\n".join(printable(line(finding)) for finding in new))
        told = f"{n} new finding{'' if n == 1 else 's'} (above) not accepted; --accept-new accepts what is new"
        click.echo(f"error: {told}", err=True)
        return 1
    return 0


@command.command("show", epilog="\b\nExamples:\n  consistency baseline show\n  consistency baseline show old.json")
@click.argument("file", required=False, type=click.Path())
@config_option
@today_option
def show_baseline(file: str | None, config_file: Path | None, today: str | None) -> int:
    """List what is accepted: which finding, by whom, when, until when and why.

    FILE is the baseline (default: that of the settings, else consistency-baseline.json).
    """
    from consistency.cli.output import printable, show
    from consistency.gate import baseline, rewriting
    from consistency.gate.day import today as day_of

    config = _settings(config_file, (), None, file, None)
    found = baseline.read(str(config.baseline)).entries
    show("\n".join(printable(text) for text in rewriting.lines(found, day_of(today))))
    click.echo(f"{len(found)} accepted finding{'' if len(found) == 1 else 's'}", err=True)
    return 0


@command.command("update", epilog="\b\nExamples:\n  consistency baseline update articles/")
@_run
def update_baseline(file: str | None, **given: Any) -> int:
    """Bring entries up to date with what they meet; nothing is added.

    Claims that are gone and outcomes that got better are no longer accepted, and rule and message are those of today.
    """
    from consistency.gate import rewriting

    return _rewritten(file, given, lambda gate, report: (rewriting.updated(gate, report), []))


@command.command("prune", epilog="\b\nExamples:\n  consistency baseline prune articles/")
@_run
def prune_baseline(file: str | None, **given: Any) -> int:
    """Take out the entries that accept nothing any more: they meet no finding, or have run out.

    Name all the sources that the baseline is about, or entries of the others go, too.
    """
    from consistency.gate import rewriting

    def pruned(gate: Gate, report: Report) -> tuple[list[Accepted], list[Accepted]]:
        gone = rewriting.idle(gate, report)
        return [e for e in gate.baseline.entries if e not in gone], gone

    return _rewritten(file, given, pruned)


def _rewritten(file: str | None, given: dict[str, Any], change: Any) -> int:
    config = _settings(given["config_file"], given["rule_folders"], given["allow_skipped"], file, given["suppressions"])
    gate, report, status = _compared(given["paths"], config, given["quiet"], given["today"], True)
    if status:
        return status
    entries, gone = change(gate, report)
    changed = [e for e in entries if e not in gate.baseline.entries]
    return 0 if _store(config, entries, given["quiet"], {"changed": changed, "taken out": gone}) else 2


def _settings(
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    file: str | None,
    suppressions: str | None,
    **changes: Any,
) -> Config:
    """The settings, in which a baseline is always named."""
    import msgspec

    from consistency.cli.common import settings
    from consistency.gate.baseline import FILE

    config = settings(config_file, rule_folders, allow_skipped, baseline=file, suppressions=suppressions, **changes)
    return config if config.baseline else msgspec.structs.replace(config, baseline=FILE)


def _compared(
    paths: tuple[str, ...], config: Config, quiet: bool, today: str | None, there: bool
) -> tuple[Gate, Report, int]:
    """The gate, the report before it, and 2 where a source could not be read: a baseline made without it would lack
    its findings, and one pruned without it would lose them."""
    import msgspec

    from consistency.cli.common import status_of
    from consistency.cli.running import compared
    from consistency.gate import Gate

    gate = Gate(config if there else msgspec.structs.replace(config, baseline=None), today)
    report = compared(paths, config, quiet, lessons=gate.book.lessons)
    status = status_of(report.coverage.skipped, config)
    if status:
        click.echo("error: the baseline was left as it is: sources were skipped (--allow-skipped)", err=True)
    return gate, report, status


def _store(config: Config, entries: Iterable[Accepted], quiet: bool, counts: dict[str, list[Accepted]]) -> bool:
    """Writes the file if that changes it; tells what was done."""
    from consistency.cli.output import printable, write
    from consistency.gate.baseline import to_text
    from consistency.gate.files import shown

    path, text = Path(str(config.baseline)), to_text(entries)
    name = printable(shown(str(path)))
    same = path.is_file() and path.read_bytes() == text.encode()
    if not same and not write(path, text):
        return False
    if quiet:
        return True
    for what in ("replaced", "taken out"):
        for e in counts.get(what, []):
            click.echo(printable(f"{what}: {e.finding} ({e.message or e.outcome})"), err=True)
    told = ", ".join(f"{len(some)} {what}" for what, some in counts.items() if some)
    click.echo(f"{name} is as it was" if same else f"wrote {name}" + (f": {told}" if told else ""), err=True)
    return True

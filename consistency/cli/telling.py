"""What a run says of its gate on standard error: the settings in force, what was accepted, and what fails."""

from __future__ import annotations

from collections.abc import Sequence

import click

from consistency.cli.output import printable
from consistency.config import Config
from consistency.gate import Gate
from consistency.model import Acceptance, Finding, Report

_MOST = 20  # lines of one kind, unless all are asked for


def settings(config: Config) -> None:
    """Every setting that is not a default, with the place it comes from."""
    from consistency.cli.config_command import values_of

    values = [(name, value, origin) for name, value, origin in values_of(config) if origin]
    for name, value, origin in values:
        _say(f"setting: {name} = {value} ({origin})")
    if not values:
        _say("setting: all are defaults")


def gate(gate: Gate, report: Report, quiet: bool, verbose: bool) -> None:
    """What does not count any more and what needs a look; with `verbose` also who accepted what, and what fails."""
    strict = gate.config.strict_baseline
    if not quiet or strict:
        _list("error" if strict else "note", report.unused, verbose)
    if quiet:
        return
    if report.coverage.switched_off:
        told = ", ".join(f"{n} by {setting}" for setting, n in report.coverage.switched_off.items())
        _say(f"note: findings switched off: {told}")
    failing = gate.failing(report)
    messages = {f.id: f.message for f in report.findings}
    if verbose:
        for one in report.accepted:
            _say(f"accepted: {one.finding}: {messages.get(one.finding, '')} [{who(one)}]")
        for setting in gate.idle(report):
            _say(f"setting: {setting} met no finding")
        for finding in failing:
            _say(f"fails: {line(finding)}")
        _say(f"gate: {gate.config.fail_on}, confidence from {gate.config.min_confidence:g}, {_many(failing)} it")
    elif report.accepted:
        n = len(report.accepted)
        _say(f"note: {n} finding{'s are' if n > 1 else ' is'} accepted; {_many(failing)} the gate")


def line(finding: Finding) -> str:
    """A finding in one line: its id, outcome, rule and message."""
    return f"{finding.id} {finding.outcome} ({finding.rule}): {finding.message}"


def who(one: Acceptance) -> str:
    """`baseline.json:12, M. Lind, 2024-03-01, until 2025-03-01: a reason`."""
    until = f"until {one.expires}" if one.expires else None
    told = ", ".join(part for part in (one.place or one.by, one.author, one.date, until) if part)
    return f"{told}: {one.reason}" if one.reason else told


def _list(kind: str, sentences: Sequence[str], every: bool) -> None:
    most = len(sentences) if every else _MOST
    for sentence in sentences[:most]:
        _say(f"{kind}: {sentence}")
    if len(sentences) > most:
        _say(f"{kind}: … and {len(sentences) - most} more such entries (--verbose shows all)")


def _many(findings: Sequence[Finding]) -> str:
    n = len(findings)
    return "nothing fails" if not n else "1 finding fails" if n == 1 else f"{n} findings fail"


def _say(text: str) -> None:
    click.echo(printable(text), err=True)

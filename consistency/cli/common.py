"""What the commands share: the settings of a run, and its exit status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from consistency.cli.output import printable
from consistency.config import Config, load_config
from consistency.model import Finding, Skipped

KINDS = ("relations", "arithmetic", "profiles", "topics")  # what a folder of one's own rules may hold

_GATES: dict[str, set[str]] = {
    "contradiction": {"contradiction"},
    "possible": {"contradiction", "possible-contradiction"},
    "time-explained": {"contradiction", "possible-contradiction", "time-explained"},
    "none": set(),
}


def settings(
    config_file: Path | None, rule_folders: Sequence[str], allow_skipped: bool | None = None, **changes: Any
) -> Config:
    """The configuration of a run: the file's, with what the command line says on top."""
    config = load_config(explicit=config_file)
    if rule_folders:
        changes["rules"] = (*rule_folders, *config.rules)
    if allow_skipped is not None:
        changes["allow_skipped"] = allow_skipped
    config = msgspec.structs.replace(config, **{k: v for k, v in changes.items() if v is not None})
    for folder in config.rules:
        _remark_on(Path(folder))
    return config


def _remark_on(folder: Path) -> None:
    """Says what of a user's rules has no effect: a folder called otherwise, or one of words, which are built in."""
    if not folder.is_dir():
        return
    inside = sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    others = [name for name in inside if name not in KINDS]
    shown = printable(str(folder))
    if others:
        click.echo(f"note: {shown}: not read: {printable(', '.join(others))} (read are {', '.join(KINDS)})", err=True)
    elif not inside:
        click.echo(f"note: {shown}: there are no rules in it (they stand in {', '.join(KINDS)})", err=True)


def status_of(skipped: Sequence[Skipped], config: Config, findings: Sequence[Finding] = ()) -> int:
    """2 if a source could not be read, 1 if a finding is at or over the gate, else 0."""
    if not config.allow_skipped and any(not s.minor for s in skipped):
        return 2
    return 1 if at_gate(findings, config) else 0


def at_gate(findings: Sequence[Finding], config: Config) -> frozenset[str]:
    """The ids of the findings at or over the gate."""
    gates = _GATES[config.fail_on]
    return frozenset(f.id for f in findings if f.outcome in gates and f.confidence >= config.min_confidence)

"""What the commands share: the settings of a run, and its exit status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from consistency.cli.output import printable
from consistency.config import Config, load_config
from consistency.errors import ConfigError
from consistency.hints import near_file
from consistency.lessons import NONE, Lessons
from consistency.model import Report, Skipped

if TYPE_CHECKING:
    from consistency.gate import Gate

COMMAND_LINE = "command line"
KINDS = ("relations", "arithmetic", "profiles", "topics")  # what a folder of one's own rules may hold


def settings(
    config_file: Path | None, rule_folders: Sequence[str], allow_skipped: bool | None = None, **changes: Any
) -> Config:
    """The configuration of a run: the file's, with what the command line says on top."""
    config = load_config(explicit=config_file)
    if rule_folders:
        changes["rules"] = (*rule_folders, *config.rules)
    if allow_skipped is not None:
        changes["allow_skipped"] = allow_skipped
    given = {key: value for key, value in changes.items() if value is not None}
    config = msgspec.structs.replace(config, **given, origin={**config.origin, **dict.fromkeys(given, COMMAND_LINE)})
    _there(config, len(rule_folders))
    for folder in config.rules:
        _remark_on(Path(folder))
    return config


def lessons_of(config: Config) -> Lessons:
    """What people decided, by the file that the settings name. Raises ConfigError where it is missing or broken."""
    from consistency.gate import lessons

    return lessons.read(config.lessons).lessons if config.lessons else NONE


def _there(config: Config, given: int) -> None:
    """Raises ConfigError, with the line of the settings file, where that names rules or rates that are not there.

    given: how many folders of rules the command line puts in front.
    """
    origin = config.origin
    for folder in config.rules[given:]:
        if not Path(folder).is_dir():
            raise ConfigError(f"rules: {folder} is not a folder of rules{near_file(folder)}", origin.get("rules"))
    if config.rates and not Path(config.rates).exists():
        raise ConfigError(f"rates: there is no file {config.rates}{near_file(config.rates)}", origin.get("rates"))


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


def status_of(
    skipped: Sequence[Skipped], config: Config, gate: Gate | None = None, report: Report | None = None
) -> int:
    """2 if a source could not be read, 1 if the report fails the gate, else 0."""
    if not config.allow_skipped and any(not s.minor for s in skipped):
        return 2
    return 1 if gate is not None and report is not None and gate.fails(report) else 0

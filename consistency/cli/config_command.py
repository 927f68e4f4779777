"""`consistency config`: the settings in force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consistency.cli.options import config_option

if TYPE_CHECKING:
    from consistency.config import Config


@click.group("config")
def command() -> None:
    """Show the settings in force and where they come from."""


@command.command(
    "show",
    epilog="""\b
Examples:
  consistency config show
  consistency config show --config newsroom.toml""",
)
@config_option
def show_config(config_file: Path | None) -> int:
    """Every setting, its value, and the file and line it comes from."""
    from consistency.cli.output import printable, show
    from consistency.config import load_config

    config = load_config(explicit=config_file)
    values = values_of(config)
    wide = max(len(f"{name} = {value}") for name, value in values)
    lines = (f"{f'{name} = {value}':{wide}}  # {config.origin.get(name, 'default')}" for name, value in values)
    show("\n".join(printable(line) for line in lines))
    return 0


def values_of(config: Config) -> list[tuple[str, str]]:
    """Every setting by its dotted name, with its value as JSON."""
    import msgspec

    return list(_flat(msgspec.to_builtins(config)))


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    import msgspec

    for name, value in table.items():
        if not prefix and name == "origin":
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", "(not set)" if value is None else msgspec.json.encode(value).decode()

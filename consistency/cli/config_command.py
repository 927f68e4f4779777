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
    wide = max(len(f"{name} = {value}") for name, value, _ in values)
    lines = (f"{f'{name} = {value}':{wide}}  # {origin or 'default'}" for name, value, origin in values)
    show("\n".join(printable(line) for line in lines))
    return 0


def values_of(config: Config) -> list[tuple[str, str, str | None]]:
    """Every setting by its dotted name, with its value as JSON and the place it comes from."""
    import msgspec

    flat = _flat(msgspec.to_builtins(config))
    return [(".".join(map(_quoted, name)), value, config.origin.get(".".join(name))) for name, value in flat]


def _quoted(part: str) -> str:
    """A part of a dotted name as TOML writes it."""
    import msgspec

    return part if part and part.replace("-", "_").isidentifier() else msgspec.json.encode(part).decode()


def _flat(table: dict[str, Any], prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    import msgspec

    for name, value in table.items():
        if not prefix and name == "origin":
            continue
        if isinstance(value, dict):
            yield from _flat(value, (*prefix, name))
        else:
            yield (*prefix, name), "(not set)" if value is None else msgspec.json.encode(value).decode()

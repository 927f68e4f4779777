"""Which ledger a command works on: --ledger, else the setting, else `ledger.db` in the project's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.options import config_option, rules_option, stacked
from consistency.config import Config, project_folder

if TYPE_CHECKING:
    import sqlalchemy as sa

ledger_option = click.option(
    "--ledger",
    "ledger",
    metavar="URL",
    help="The ledger: sqlite:///FILE, a file, or postgresql+psycopg://… (default: that of the settings, else ledger.db "
    "in the project's folder).",
)
ledger_base = stacked(ledger_option, config_option, rules_option)
author_option = click.option(
    "--author", metavar="NAME", help="Who does it, for the trail (default: the name you are signed in by)."
)


def url_of(given: str | None, config: Config) -> str:
    """The URL of the ledger to use."""
    from consistency.cli.running import is_url
    from consistency.ledger.connect import FILE

    name = given or config.ledger
    if name is None:
        name = str((project_folder() or Path.cwd()) / FILE)
    return name if is_url(name) or "://" in name else f"sqlite:///{name}"


@contextmanager
def opened(given: str | None, config: Config, create: bool = False) -> Iterator[sa.Engine]:
    """The ledger to use, open."""
    from consistency.ledger.connect import open_ledger

    with open_ledger(url_of(given, config), create) as engine:
        yield engine


def author_of(given: str | None) -> str:
    """Who does it."""
    import getpass

    try:
        return given or os.environ.get("CONSISTENCY_AUTHOR") or getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "unknown"

"""`consistency ledger account`: who may use the review desk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.ledgers import ledger_option, opened
from consistency.cli.options import config_option, stacked

if TYPE_CHECKING:
    from consistency.config import Config

ROLES = ("reader", "reviewer", "editor")
_base = stacked(ledger_option, config_option)
_name = click.argument("name")
_password = click.option(
    "--password-stdin", "stdin", is_flag=True, help="Read the password from standard input instead of asking for it."
)


@click.group(
    "account",
    epilog="""\b
Examples:
  consistency ledger account add mlind --role reviewer
  consistency ledger account list""",
)
def command() -> None:
    """Accounts of the review desk, for where it is not on your own computer alone.

    A reader looks, a reviewer decides, an editor also takes results out and takes back what others taught.
    """


@command.command(
    "add",
    epilog="""\b
Examples:
  consistency ledger account add mlind --role reviewer
  consistency ledger account add robot --role reader --no-password""",
)
@_name
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True, help="What they may do.")
@click.option("--no-password", is_flag=True, help="It signs in by an access token alone.")
@_password
@_base
def add_account(
    name: str, role: str, no_password: bool, stdin: bool, ledger: str | None, config_file: Path | None
) -> int:
    """Make an account."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        accounts.add(engine, name, role, None if no_password else _ask(stdin))
    return 0


@command.command(
    "list",
    epilog="""\b
Examples:
  consistency ledger account list""",
)
@_base
def list_accounts(ledger: str | None, config_file: Path | None) -> int:
    """List the accounts."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        for one in accounts.every(engine):
            ways = [way for way, has in (("password", one.has_password), ("token", one.has_token)) if has]
            shut = "  disabled" if one.disabled else ""
            click.echo(f"{one.name}  {one.role}  {' and '.join(ways) or 'no way in'}  since {one.created[:10]}{shut}")
    return 0


@command.command(
    "password",
    epilog="""\b
Examples:
  consistency ledger account password mlind""",
)
@_name
@_password
@_base
def set_password(name: str, stdin: bool, ledger: str | None, config_file: Path | None) -> int:
    """Give an account another password; it is signed out everywhere."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        accounts.get(engine, name)
        accounts.set_password(engine, name, _ask(stdin))
    return 0


@command.command(
    "role",
    epilog="""\b
Examples:
  consistency ledger account role robot reviewer""",
)
@_name
@click.argument("role", type=click.Choice(ROLES))
@_base
def set_role(name: str, role: str, ledger: str | None, config_file: Path | None) -> int:
    """Give an account another role, at once."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        accounts.set_role(engine, name, role)
    return 0


@command.command(
    "token",
    epilog="""\b
Examples:
  consistency ledger account token robot
  consistency ledger account token robot --revoke""",
)
@_name
@click.option("--revoke", is_flag=True, help="End the account's token and make none.")
@_base
def make_token(name: str, revoke: bool, ledger: str | None, config_file: Path | None) -> int:
    """Print a new access token, for programs. It is told this once, and an older one ends."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        if revoke:
            accounts.end_token(engine, name)
        else:
            click.echo(accounts.new_token(engine, name))
    return 0


@command.command(
    "disable",
    epilog="""\b
Examples:
  consistency ledger account disable robot
  consistency ledger account disable robot --undo""",
)
@_name
@click.option("--undo", is_flag=True, help="Open it again.")
@_base
def disable_account(name: str, undo: bool, ledger: str | None, config_file: Path | None) -> int:
    """Shut an account, and sign it out. What its owner decided stays."""
    from consistency.ledger import accounts

    with opened(ledger, _config(config_file)) as engine:
        accounts.disable(engine, name, not undo)
    return 0


def _config(config_file: Path | None) -> Config:
    from consistency.cli.common import settings

    return settings(config_file, ())


def _ask(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked

"""`consistency review`: the pages on which people work through the findings of a ledger."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.ledgers import author_of, ledger_option, opened
from consistency.cli.options import config_option, rules_option
from consistency.errors import LedgerError, UsageError

if TYPE_CHECKING:
    import sqlalchemy as sa

_LOOPBACK = "127.0.0.1"


@click.group(
    "review",
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",  # as click 8.5 writes it; older ones leave the brackets out
    epilog="""\b
Examples:
  consistency review
  consistency review suggest
  consistency review --port 9000 --as "Ana Lind"
  consistency review --host 0.0.0.0 --name desk.example.org --ledger postgresql+psycopg://desk@db.example/ledger""",
)
@ledger_option
@config_option
@click.option("--host", default=_LOOPBACK, show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: any free one."
)
@click.option("--as", "name", metavar="NAME", help="Who decides (default: the name you are signed in by).")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A host name the desk goes by. Repeatable.")
@click.option("--four-eyes", is_flag=True, help="A decision takes two people (or review.four_eyes of the settings).")
@click.pass_context
def command(
    context: click.Context,
    ledger: str | None,
    config_file: Path | None,
    host: str,
    port: int,
    name: str | None,
    names: tuple[str, ...],
    four_eyes: bool,
) -> int:
    """Open the review desk on a ledger: a queue of findings to decide on, in a browser.

    On this machine alone (the default) whoever opens it works under your name, as an editor, with no sign-in. On any
    other address people sign in, and it only starts where accounts exist. It speaks plain HTTP: put a web server with
    a certificate in front of it where others reach it.
    """
    if context.invoked_subcommand is not None:
        return 0
    from consistency.cli.common import settings

    _installed()
    alone = _is_loopback(host)
    if not alone and name is not None:
        raise UsageError("--as is for a desk on this machine alone; elsewhere people sign in by their own name")
    local = author_of(name).strip() if alone else None
    if local == "":
        raise UsageError("--as needs a name")
    config = settings(config_file, ())
    with opened(ledger, config) as engine:
        if not alone:
            _has_accounts(engine)
        _serve(engine, host, port, local, names, four_eyes or config.review.four_eyes)
    return 0


@command.command(
    "suggest",
    epilog="""\b
Examples:
  consistency review suggest
  consistency review suggest > weights.diff""",
)
@ledger_option
@config_option
@rules_option
@click.option(
    "--least",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="Decisions that another weight must rest on.",
)
@click.pass_context
def suggest_rules(
    context: click.Context,
    ledger: str | None,
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    least: int,
) -> int:
    """Print, as a diff, the weights and words that the decisions suggest. Nothing is changed.

    The weights of the topic score are fitted to the pairs of claims that people judged to be about one thing or not,
    and held to what they are now; words are those of units that people corrected.
    """
    from consistency.cli.common import settings
    from consistency.cli.output import printable
    from consistency.ledger.suggest import suggest
    from consistency.pipeline import rulebook_of

    above = context.parent.params if context.parent else {}
    config = settings(config_file or above.get("config_file"), rule_folders)
    with opened(ledger or above.get("ledger"), config) as engine:
        found = suggest(engine, rulebook_of(config), config.review.four_eyes, least)
    for note in found.notes:
        click.echo(printable(note), err=True)
    click.echo("".join(found.diffs), nl=False)
    if not found.diffs:
        left = f" ({found.gone} more are of claims that are gone)" if found.gone else ""
        click.echo(f"nothing to suggest: {found.pairs} judged pairs of claims{left}", err=True)
    return 0


def _serve(engine: sa.Engine, host: str, port: int, local: str | None, names: tuple[str, ...], four_eyes: bool) -> None:
    import uvicorn

    from consistency.review.app import build

    listening = _listen(host, port)
    with listening:
        bound = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        app = build(engine, local, names, four_eyes)
        # Nobody but a server on this machine may tell who somebody is (X-Forwarded-For); uvicorn's default.
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none")
        )
        click.echo(f"The review desk is at http://{shown}:{bound}/ (Ctrl-C ends it)", err=True)
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it anew once it has ended in order
            server.run(sockets=[listening])
        click.echo("stopped", err=True)


def _listen(host: str, port: int) -> socket.socket:
    """The socket, bound. Raises UsageError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(f"--host {host} is no address of this machine") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(256)
    except OSError as error:
        listening.close()
        if isinstance(error, PermissionError):
            raise UsageError(f"port {port} may not be opened by you; choose one above 1023 with --port") from error
        import errno

        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} is taken; choose another with --port (0: any free one)") from error
        raise UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _installed() -> None:
    try:
        import sqlalchemy  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise LedgerError(
            "the review desk needs the extra `review`: pip install 'claim-consistency[review]'"
        ) from error


def _has_accounts(engine: sa.Engine) -> None:
    from consistency.ledger import accounts

    if not any(not account.disabled for account in accounts.every(engine)):
        raise LedgerError(
            "there is no account to sign in by; `consistency ledger account add NAME` makes one, or leave --host out"
        )

"""The command line: one file a command, each imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from consistency import __version__
from consistency.errors import ConsistencyError

_COMMANDS = {
    "check": "Compare sources; exit 1 when something at or over the gate is found.",
    "claims": "Show the claims read from each source, or the layers below them.",
    "compare": "Compare two texts given on the command line.",
    "completion": "Print the shell completion script.",
    "explain": "Explain one finding of a report, or one rule.",
    "report": "Write the discrepancy report.",
    "rules": "List, show, prove and test the rules.",
    "topics": "Show what clustered into topics, and why.",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported on use, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"consistency.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  consistency report articles/ -o report.html
  consistency check articles/ --fail-on contradiction
  consistency compare "19 countries joined." "21 countries joined."
  consistency COMMAND --help""",
)
@click.version_option(__version__, prog_name="consistency")
def group() -> None:
    """Check what several sources say about the same thing.

    Claims are read from every source, joined by topic, and compared: agreements, contradictions, and changes that time
    explains. The program never says true or false; it says how claims relate, and shows both passages and the rule.

    Results go to standard output, everything else to standard error. Exit status: 0 done, 1 something at or over the
    gate, 2 the run itself failed.
    """


def main(args: list[str] | None = None) -> Any:
    """Entry point of the `consistency` command. Never shows a traceback for an error a user can meet."""
    try:
        status = group.main(args=args, prog_name="consistency", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = 2
    except ConsistencyError as error:
        click.echo(f"error: {error}", err=True)
        status = error.exit_status
    except BrokenPipeError:  # the reader of a pipe went away: nothing to say, and nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        click.echo(f"error: {error.filename or 'input/output'}: {error.strerror or error}", err=True)
        status = 2
    sys.exit(status or 0)

"""The command line: one file a command, each imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from consistency import __version__
from consistency.cli.output import printable
from consistency.errors import ConsistencyError, UsageError

_COMMANDS = {
    "check": "Compare sources; exit 1 when something at or over the gate is found.",
    "report": "Write the discrepancy report.",
    "claims": "Show the claims read from each source, or the layers below them.",
    "topics": "Show what clustered into topics, and why; check curated ones.",
    "compare": "Compare two texts given on the command line.",
    "explain": "Explain one finding of a report, or one rule.",
    "ledger": "Keep sources, findings and decisions over months.",
    "spark": "Compare as many sources as a Spark cluster can hold.",
    "review": "Open the review desk on a ledger, in a browser.",
    "baseline": "Keep the list of findings that are accepted as they stand.",
    "rules": "List, show, prove and test the rules.",
    "init": "Write settings, an example topic and a workflow to start from.",
    "config": "Show the settings in force and where they come from.",
    "schema": "Print the JSON Schema of a kind of file, for editors.",
    "doctor": "Say what is installed, what is missing, and how old the data is.",
    "completion": "Print the shell completion script.",
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name == "help":
            click.echo(ctx.get_help())
            ctx.exit()
        if args and name not in _COMMANDS and not name.startswith("-"):
            ctx.fail(_no_command(name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _no_command(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name.lower(), _COMMANDS, n=1, cutoff=0.5)
    if close:
        return f"there is no command {name!r}; did you mean {close[0]!r}?"
    if os.path.lexists(name):
        return f"{name!r} is no command but a file or folder; did you mean 'consistency report {name}'?"
    return f"there is no command {name!r}; known: {', '.join(_COMMANDS)}"


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  consistency report articles/ -o report.html
  consistency check articles/ --fail-on contradiction
  consistency compare "Exports of Norland were 29 billion dollars in 2023." \\
      "Exports of Norland were 31 billion dollars in 2023."
  consistency COMMAND --help""",
)
@click.version_option(__version__, prog_name="consistency")
def group() -> None:
    """Check what several sources say about the same thing.

    Claims are read from every source, joined by topic, and compared: agreements, contradictions, and changes that time
    explains. Nothing is called true or false: both passages are shown, and the rule that says how they relate.

    Results go to standard output, everything else to standard error. Exit status: 0 done, 1 something at or over the
    gate, 2 the run itself failed (2 beats 1).
    """


def main(args: list[str] | None = None) -> Any:
    """Entry point of the `consistency` command. Never shows a traceback for an error a user can meet."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a locale that cannot print a sign must not stop the run
    try:
        status = _run(args)
    except BrokenPipeError:  # the reader of a pipe went away: nothing to say, and nobody to say it to
        status = 0
    _close(sys.stdout)
    sys.exit(status)


def _run(args: list[str] | None) -> int:
    try:
        return int(group.main(args=args, prog_name="consistency", standalone_mode=False) or 0)
    except SystemExit as ended:  # click's own answer to a broken pipe is 1, which means a gate here
        return 0 if ended.code == 1 else int(ended.code or 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except click.ClickException as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(error.format_message(), err=True)
        else:
            click.echo(f"error: {error.format_message()}{_hint(error)}", err=True)
        return 2
    except ConsistencyError as error:
        click.echo(f"error: {printable(str(error))}", err=True)
        if isinstance(error, UsageError) and error.source is None:
            click.echo("`consistency COMMAND --help` shows usage and examples", err=True)
        return error.exit_status
    except BrokenPipeError:
        raise
    except OSError as error:
        where = printable(str(error.filename)) if error.filename else "input or output"
        click.echo(f"error: {where}: {error.strerror or error}", err=True)
        return 2
    except Exception as error:
        if os.environ.get("CONSISTENCY_DEBUG"):
            raise
        click.echo(f"error: {_unforeseen(error)}", err=True)
        return 2


def _hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"\n`{context.command_path} --help` shows usage and examples" if context else ""


def _unforeseen(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    said = " ".join(str(error).split())[:300]
    return (
        f"this is a fault of the program: {type(error).__name__}: {printable(said)}{place}. Please report it; "
        "with CONSISTENCY_DEBUG=1 in the environment the traceback is shown"
    )


def _close(stream: Any) -> None:
    """Flushes now, while an error can be dealt with: at exit the interpreter would print one of its own."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

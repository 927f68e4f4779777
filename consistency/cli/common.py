"""What the commands share: reading sources with messages, options, outputs, exit status."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from consistency.config import Config, load_config
from consistency.errors import UsageError
from consistency.model import Report, Skipped, Source

F = TypeVar("F", bound=Callable[..., Any])

_SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".txt": "text",
}
_ALIASES = {"md": "markdown", "txt": "text", "htm": "html"}


def source_options(command: F) -> F:
    """PATH… and the options of every command that reads sources."""
    for option in reversed(
        (
            click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(allow_dash=True)),
            click.option(
                "--config",
                "config_file",
                type=click.Path(path_type=Path),
                help="Settings file (default: the nearest consistency.toml upward).",
            ),
            click.option(
                "--rules",
                "rule_folders",
                multiple=True,
                metavar="DIR",
                help="Your own rules, tried before the built-in ones (repeatable).",
            ),
            click.option(
                "--allow-skipped", is_flag=True, default=None, help="Exit 0 although a source could not be read."
            ),
            click.option("--quiet", "-q", is_flag=True, help="Only errors on standard error."),
        )
    ):
        command = option(command)
    return command


def settings(
    config_file: Path | None, rule_folders: Sequence[str], allow_skipped: bool | None = None, **changes: Any
) -> Config:
    """The configuration of a run: the file's, with what the command line says on top."""
    config = load_config(explicit=config_file)
    if rule_folders:
        changes["rules"] = (*rule_folders, *config.rules)
    if allow_skipped is not None:
        changes["allow_skipped"] = allow_skipped
    return msgspec.structs.replace(config, **{k: v for k, v in changes.items() if v is not None})


def read(paths: Sequence[str], config: Config, quiet: bool) -> tuple[list[Source], list[Skipped]]:
    """Reads the sources and says on standard error which were skipped, and why."""
    from consistency.sources import read_paths

    if not paths:
        raise UsageError("name at least one file or folder of sources (or - for standard input)")
    stdin = sys.stdin.buffer.read(config.limits.max_bytes + 1) if "-" in paths else None
    sources, skipped = read_paths(paths, config.limits, stdin=stdin)
    for item in skipped:
        place = item.source if item.line is None else f"{item.source}:{item.line}"
        click.echo(f"skipped {printable(place)}: {printable(item.reason)}", err=True)
    if not sources and not skipped:
        raise UsageError("no source was found there")
    if not quiet:
        undated = sum(1 for s in sources if s.published is None)
        if undated:
            click.echo(f"note: {undated} of {len(sources)} sources carry no publication date", err=True)
    return sources, skipped


def printable(text: str) -> str:
    """Text from outside, safe for a terminal: control and direction characters shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def run_check(sources: Sequence[Source], skipped: Sequence[Skipped], config: Config, quiet: bool) -> Report:
    """The pipeline, with a progress bar once it takes more than a second."""
    from consistency import pipeline

    with Progress(enabled=not quiet) as progress:
        return pipeline.check(sources, config, skipped, progress)


class Progress:
    """A progress bar on standard error, shown after one second, only on a terminal."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled and sys.stderr.isatty()
        self.began = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self.enabled or (self.bar is None and time.monotonic() - self.began < 1.0):
            return
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self.bar = Bar(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(stage, total=total)
        self.bar.update(self.task, description=stage, completed=done, total=total)


def target(output: str, formats: Sequence[str]) -> tuple[Path, str]:
    """FILE[:FORMAT] as path and format; without one, the file's ending decides."""
    name, _, wanted = output.rpartition(":")
    wanted = _ALIASES.get(wanted, wanted)
    if name and wanted in formats:
        return Path(name), wanted
    path = Path(output)
    guessed = _SUFFIXES.get(path.suffix.lower())
    if guessed not in formats:
        raise UsageError(f"which format? write {output}:FORMAT, with FORMAT one of {', '.join(formats)}")
    return path, str(guessed)


def write(path: Path, text: str) -> None:
    """Writes a result whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"cannot be written: {error.strerror or error}", str(path)) from error


def show(text: str) -> None:
    """Prints a result to standard output as UTF-8, whatever the locale."""
    out = sys.stdout
    data = text if text.endswith("\n") else text + "\n"
    if hasattr(out, "buffer"):
        out.buffer.write(data.encode("utf-8", "replace"))
        out.flush()
    else:
        out.write(data)


def wants_color(no_color: bool = False) -> bool:
    """Colour only on a terminal, and not under NO_COLOR (https://no-color.org)."""
    return not no_color and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def status_of(report: Report, config: Config) -> int:
    """2 if a source could not be read, 1 if a finding is at or over the gate, else 0."""
    if report.coverage.skipped and not config.allow_skipped:
        return 2
    gates = {
        "contradiction": {"contradiction"},
        "possible": {"contradiction", "possible-contradiction"},
        "time-explained": {"contradiction", "possible-contradiction", "time-explained"},
        "none": set(),
    }[config.fail_on]
    hit = any(f.outcome in gates and f.confidence >= config.min_confidence for f in report.findings)
    return 1 if hit else 0

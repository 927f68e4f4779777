"""Sources for a command: read, with a word on standard error about every one that was left out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from consistency.cli.output import printable
from consistency.config import Config
from consistency.errors import UsageError
from consistency.model import Skipped, Source


def read(
    paths: Sequence[str], config: Config, quiet: bool = False, outputs: Sequence[Path] = ()
) -> tuple[list[Source], list[Skipped]]:
    """The sources behind `paths`, and those that could not be read.

    outputs: files that this run writes; an older one in a folder of sources is not itself a source, and neither are
    the baseline and the suppressions.
    """
    skipped: list[Skipped] = []
    return list(stream(paths, config, skipped, quiet, outputs)), skipped


def stream(
    paths: Sequence[str], config: Config, skipped: list[Skipped], quiet: bool = False, outputs: Sequence[Path] = ()
) -> Iterator[Source]:
    """`read`, one source at a time; those left out are told of as they come, and added to `skipped`."""
    from consistency.sources import stream_paths

    if not paths:
        raise UsageError("name at least one file or folder of sources (or - for standard input)")
    stdin = _stdin(config.limits.max_bytes, quiet) if "-" in paths else None
    named = (config.baseline, config.suppressions)
    mine = {_real(str(path)) for path in (*outputs, *(name for name in named if name))}
    today = _today()
    count = undated = 0
    for item in stream_paths(paths, config.limits, stdin=stdin):
        if mine and _real(str(item.source if isinstance(item, Skipped) else item.path)) in mine:
            continue
        if isinstance(item, Skipped):
            skipped.append(item)
            _tell(item)
            continue
        count += 1
        undated += item.published is None
        if not quiet:
            _remark(item, today)
        yield item
    if not count and not skipped:
        raise UsageError("no source was found there")
    if not count:
        click.echo("error: no source could be read", err=True)
    if undated and not quiet:
        verb = "carries" if undated == 1 else "carry"
        click.echo(f"note: {undated} of {count} sources {verb} no publication date", err=True)


def tell_skipped(skipped: Sequence[Skipped]) -> None:
    """One line on standard error for each source that was left out, with its file, line and the reason."""
    for item in skipped:
        _tell(item)


def _tell(item: Skipped) -> None:
    place = item.source if item.line is None else f"{item.source}:{item.line}"
    click.echo(f"skipped {printable(place)}: {printable(item.reason)}", err=True)


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a name that this locale cannot write, or one that is no path at all
        return path


def _stdin(most: int, quiet: bool) -> bytes | None:
    if sys.stdin is None:
        return None
    if sys.stdin.isatty() and not quiet:
        click.echo("reading standard input; end it with Ctrl-D", err=True)
    return sys.stdin.buffer.read(most + 1)


def _remark(source: Source, today: str) -> None:
    if source.published is not None and today < source.published < "XXXX":  # XXXX: the year is not known
        name = printable(source.path or source.id)
        place = f"{name}:{source.layout.first_line}" if source.layout.kind == "line" else name
        click.echo(f"note: {place}: published {source.published}, which is in the future", err=True)


def _today() -> str:
    """The day, for remarks on standard error alone: no result depends on it. SOURCE_DATE_EPOCH fixes it."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(given) if given.isascii() and given.isdigit() else time.time()
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(seconds))
    except (OverflowError, OSError, ValueError):
        return "9999-12-31"

"""Sources for a command: read, with a word on standard error about every one that was left out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.output import printable
from consistency.config import Config
from consistency.errors import UsageError
from consistency.model import Skipped, Source

if TYPE_CHECKING:
    from consistency.sources.remembered import Memory, Remembered


def read(
    paths: Sequence[str], config: Config, quiet: bool = False, outputs: Sequence[Path] = ()
) -> tuple[list[Source], list[Skipped]]:
    """The sources behind `paths`, and those that could not be read.

    outputs: files that this run writes; an older one in a folder of sources is not itself a source, and neither are
    the baseline, the suppressions and the lessons. Raises UsageError where one of them is a source, which would be
    written over.
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
    mine = _mine(config, outputs)
    today = _today()
    count = undated = 0
    for item in stream_paths(paths, config.limits, stdin=stdin):
        if mine and _is_mine(item, mine):
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


class Reader:
    """New sources and known ones, read as often as need be; what is told of them is told once, at the end."""

    def __init__(
        self, paths: Sequence[str], config: Config, quiet: bool, outputs: Sequence[Path], against: Sequence[str]
    ) -> None:
        if not paths:
            raise UsageError("name at least one new file or folder of sources (or - for standard input)")
        if "-" in against:
            raise UsageError("--against takes files and folders; standard input can only be a new source")
        self.paths, self.against, self.config, self.quiet = paths, against, config, quiet
        self.places = [_real(path) for path in against]
        self._mine = _mine(config, outputs)
        self._stdin = _stdin(config.limits.max_bytes, quiet) if "-" in paths else None
        self._new: list[Source] = []
        self._skipped = 0

    def stream(self, memory: Memory | None) -> Iterator[tuple[bool, Source | Remembered | Skipped]]:
        """As `consistency.sources.stream_against`, without the files that this run writes."""
        from consistency.sources import stream_against

        self._new.clear()
        self._skipped = 0
        for old, item in stream_against(self.paths, self.against, self.config.limits, self._stdin, memory):
            if self._mine and _is_mine(item, self._mine):
                continue
            if not old:
                self._skipped += isinstance(item, Skipped)
                if isinstance(item, Source):
                    self._new.append(item)
            yield old, item

    def tell(self, skipped: Sequence[Skipped]) -> None:
        """Remarks on the sources. Raises UsageError if there was no new one."""
        tell_skipped(skipped)
        if not self._new and not self._skipped:
            raise UsageError("no new source was found there")
        if not self._new:
            click.echo("error: no new source could be read", err=True)
        if not self.quiet:
            _remark_all(self._new)


def _mine(config: Config, outputs: Sequence[Path]) -> dict[str, bool]:
    """The real paths of files that are no sources to this run: True for those that it writes."""
    named = [name for name in (config.baseline, config.suppressions, config.lessons) if name]
    return dict.fromkeys(map(_real, named), False) | {_real(str(path)): True for path in outputs}


def _is_mine(item: Source | Remembered | Skipped, mine: dict[str, bool]) -> bool:
    """Whether a file is to be passed over. Raises UsageError where a source would be written over by a result.

    An older result never comes as a source: it is known for a report of this program, and skipped.
    """
    place = str(item.source if isinstance(item, Skipped) else item.path if isinstance(item, Source) else item.file)
    written = mine.get(_real(place))
    if written and not isinstance(item, Skipped):
        raise UsageError("is a source, and would be written over; name another file as output", printable(place))
    return written is not None


def _remark_all(sources: Sequence[Source]) -> None:
    today = _today()
    for source in sources:
        _remark(source, today)
    undated = sum(source.published is None for source in sources)
    if undated:
        verb = "carries" if undated == 1 else "carry"
        click.echo(f"note: {undated} of {len(sources)} new sources {verb} no publication date", err=True)


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

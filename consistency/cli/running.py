"""A whole run, as `check` and `report` make it: read, compare, deliver, exit status."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from consistency.cli.common import status_of
from consistency.cli.output import printable, show_all, targets, wants_color, width, write
from consistency.cli.places import in_repository
from consistency.cli.progress import Progress
from consistency.cli.reading import Reader, stream, tell_skipped
from consistency.config import Config
from consistency.errors import UsageError
from consistency.lessons import NONE, Lessons
from consistency.model import Report, Skipped

if TYPE_CHECKING:
    from consistency.gate import Gate

_SQLITE = b"SQLite format 3\0"  # what every file of that database begins with


def compared(
    paths: Sequence[str],
    config: Config,
    quiet: bool,
    outputs: Sequence[Path] = (),
    verbose: bool = False,
    against: Sequence[str] = (),
    lessons: Lessons = NONE,
) -> Report:
    """The report on the sources behind `paths`, with a progress bar where it takes long. against: paths of known ones,
    if the report is to be on what is new; lessons: what people decided."""
    from consistency import pipeline
    from consistency.judgement import table

    if config.rules:
        table.load(pipeline.rulebook_of(config))  # a broken rule is told before the work begins
    with Progress(enabled=not quiet, timed=verbose) as progress:
        if any(map(is_url, against)):
            return _against_ledger(paths, config, quiet, outputs, against, progress)
        if against:
            reader = Reader(paths, config, quiet, outputs, against)
            report = pipeline.check_against(reader.stream, reader.places, config, progress, lessons)
            reader.tell(report.coverage.skipped)
            return report
        from consistency.engines import check

        skipped: list[Skipped] = []
        sources = stream(paths, config, skipped, quiet, outputs)
        return check(sources, config, skipped, progress, lessons)


def _against_ledger(
    paths: Sequence[str],
    config: Config,
    quiet: bool,
    outputs: Sequence[Path],
    against: Sequence[str],
    progress: Progress,
) -> Report:
    if len(against) > 1:
        raise UsageError("--against takes one ledger and nothing beside it; `consistency ledger add` puts more into it")
    from consistency.ledger.connect import files_of

    over = [path for path in outputs if os.path.realpath(path) in files_of(against[0])]
    if over:
        raise UsageError(
            "is the ledger, and would be written over; name another file as output", printable(str(over[0]))
        )
    if config.lessons:
        raise UsageError(
            "a ledger has lessons of its own: leave out --lessons (--lessons '' sets that of the settings aside)"
        )
    from consistency.ledger.holding import check_against
    from consistency.ledger.reading import read_ledger

    skipped: list[Skipped] = []
    with read_ledger(against[0]) as moment:
        sources = list(stream(paths, config, skipped, quiet, outputs))
        report = check_against(moment, sources, config, skipped, progress)
    tell_skipped(report.coverage.skipped[len(skipped) :])
    return report


def _settled(report: Report, against: Sequence[str]) -> Report:
    """The report with what people settled in a ledger accepted."""
    if not any(map(is_url, against)):
        return report
    from consistency.ledger.connect import shown
    from consistency.ledger.holding import accept
    from consistency.ledger.reading import read_ledger

    with read_ledger(against[0]) as moment:
        return accept(moment, report, shown(against[0]))


def is_url(text: str) -> bool:
    """Whether an argument names a ledger rather than a file of sources."""
    return text.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:"))


def _named(place: str) -> str:
    """The URL of a ledger that is named by its file; anything else as it is."""
    if os.path.isfile(place):  # nothing that would have to be waited for
        with contextlib.suppress(OSError), open(place, "rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                return f"sqlite:///{place}"
    return place


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """A signal that ends the program lets go of what it has on file first; the exit status is as shells tell it."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # not everywhere
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@_ended_in_order()
def run(
    paths: Sequence[str],
    config: Config,
    form: str | None,
    outputs: Sequence[str],
    default: str,
    no_color: bool,
    quiet: bool,
    verbose: bool = False,
    today: str | None = None,
    against: Sequence[str] = (),
) -> int:
    """Writes every output, prints what `form` names (`default` if no file is asked for), returns the exit status."""
    from consistency.cli import telling
    from consistency.gate import Gate
    from consistency.reporting.view import summary

    if quiet and verbose:
        raise UsageError("--quiet and --verbose exclude each other")
    if len(against) == 1:
        against = (_named(against[0]),)
    files = targets(outputs)
    gate = Gate(config, today)  # what is wrong with its files is told before the work begins
    if verbose:
        telling.settings(config)
    outs = [path for path, _ in files]
    report = compared(paths, config, quiet, outs, verbose, against, gate.book.lessons)
    report = _settled(gate.apply(report, partial=bool(against)), against)
    if not (report.sources or form or files or config.allow_skipped):
        return 2  # there is nothing to say beyond what standard error says
    whole = True
    for path, wanted in files:
        written = write(path, rendered(report, wanted, config, gate=gate))
        whole = whole and written
        if written and not quiet:
            click.echo(f"wrote {printable(str(path))}", err=True)
    if files and not form and not quiet:
        click.echo(summary(report), err=True)
    if form or not files:
        show_all(rendered(report, form or default, config, wants_color(no_color), width(), gate))
    telling.gate(gate, report, quiet, verbose)
    return status_of(report.coverage.skipped, config, gate, report) if whole else 2


def rendered(
    report: Report,
    form: str,
    config: Config,
    color: bool = False,
    columns: int | None = None,
    gate: Gate | None = None,
) -> Iterable[str]:
    """The report in pieces of text; colour and width concern the text format alone, the gate JUnit."""
    from consistency.reporting import pieces

    options: dict[str, Any] = {"title": config.report.title, "width": columns, "limit": config.report.markdown_limit}
    failing = None if gate is None else frozenset(f.id for f in gate.failing(report))
    options |= {"failing": failing, "relative": in_repository()}
    return pieces(report, form, color=color, **{k: v for k, v in options.items() if v is not None})

"""Engines that use more than one process. `consistency.engine` has the protocol and the serial one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from consistency.config import Config
from consistency.engine import SERIAL, Engine
from consistency.errors import UsageError
from consistency.hints import near
from consistency.lessons import NONE, Lessons
from consistency.model import RECORDS, Report, Skipped, Source
from consistency.pipeline import Progress

ENGINES = ("serial", "processes", "spark")


def engine_of(name: str, workers: int | None = None, master: str | None = None) -> Engine:
    """The engine of a name. workers: how many processes, None for one a core; master: the URL of a Spark cluster.

    Raises UsageError for an unknown name, and where what an engine needs is not installed.
    """
    if name == "serial":
        return SERIAL
    if name == "processes":
        from consistency.engines.processes import Processes

        return Processes(workers)
    if name == "spark":
        from consistency.engines.spark.engine import Spark

        return Spark(master, workers)
    raise UsageError(f"there is no engine {name!r}{near(name, ENGINES)} (known: {', '.join(ENGINES)})")


def check(
    sources: Iterable[Source],
    config: Config,
    skipped: Sequence[Skipped] = (),
    progress: Progress | None = None,
    lessons: Lessons = NONE,
) -> Report:
    """`consistency.pipeline.check` on the engine of the settings. Several processes leave the records of the report on
    file; `whole` takes them into memory."""
    if config.engine == "processes":
        from consistency.engines.disk.flow import check as on_disk

        return on_disk(sources, config, skipped, progress, lessons)
    from consistency import pipeline

    engine = engine_of(config.engine, config.workers, config.master)
    return pipeline.check(sources, config, skipped, progress, lessons=lessons, engine=engine)


def whole(report: Report) -> Report:
    """The report with all its records in memory."""
    return msgspec.structs.replace(report, **{name: tuple(getattr(report, name)) for name in RECORDS})

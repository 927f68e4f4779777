"""Sources to claims: each source by itself, wherever it is.

Texts are read in a process beside Spark's worker, so that one that kills its reader is tried once more and then left
out, as by the engine of several processes; Spark itself would try the whole task again, and then end the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import msgspec

from consistency.archive.kept import Kept, Portrait, portrait
from consistency.archive.reading import lost, one_source
from consistency.engines.kit import kit
from consistency.engines.processes import apart
from consistency.engines.spark.sources import decode as source_of
from consistency.engines.spark.tables import Rows, Stages, mapped, vertex
from consistency.judgement.arithmetic import direct_checks
from consistency.judgement.rates import rates
from consistency.model import Skipped

SCHEMA = "id string, number long, kept binary, portrait binary, aside string, skipped string"

encode = msgspec.msgpack.Encoder().encode
kept_from = msgspec.msgpack.Decoder(Kept).decode
portrait_from = msgspec.msgpack.Decoder(Portrait).decode


def claims(sources: Any, settings: bytes, stages: Stages) -> Any:
    """A row of SCHEMA for each source: what is kept of it, or why its claims could not be read. number: its vertex."""
    read = sources.where("source is not null").select("id", "source")
    return mapped(read.repartition(stages.parts * 2, "id"), _Reading(settings), SCHEMA)


class _Reading:
    """Reads the sources of a partition."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        first = next(rows, None)
        if first is None:
            return ()
        kit(self.settings).warm()  # before another process inherits it
        return apart(_One(self.settings), chain([first], rows), _lost)


class _One:
    """Reads one source; can be sent to another process."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        id_, packed = row
        run = kit(self.settings)
        read = one_source(source_of(packed), run.rules, run.config.limits.seconds, run.lessons.readings)
        if read.info is None or read.extraction is None:
            return _left(id_, read.skipped or lost(id_, "nothing was read"))
        told = read.extraction
        aside = direct_checks(told.claims, {told.source: told.context}, rates(run.config.rates), run.rules).aside
        return (
            id_,
            vertex(id_),
            encode(Kept(read.info, told)),
            encode(portrait(told, run.rules)),
            msgspec.json.encode(aside).decode(),
            None,
        )


def _lost(row: tuple[Any, ...], how: str) -> tuple[Any, ...]:
    return _left(row[0], lost(row[0], how))


def _left(id_: str, skipped: Skipped) -> tuple[Any, ...]:
    return id_, vertex(id_), None, None, "{}", msgspec.json.encode(skipped).decode()

"""Sources to claims: each source by itself, wherever it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from consistency.archive.kept import Kept, Portrait, kept_of, portrait
from consistency.engines.spark.kit import kit
from consistency.engines.spark.sources import decode as source_of
from consistency.engines.spark.tables import Rows, Stages, mapped
from consistency.judgement.arithmetic import direct_checks
from consistency.judgement.rates import rates
from consistency.model import Skipped

SCHEMA = "id string, kept binary, portrait binary, aside string, skipped string"

encode = msgspec.msgpack.Encoder().encode
kept_from = msgspec.msgpack.Decoder(Kept).decode
portrait_from = msgspec.msgpack.Decoder(Portrait).decode


def claims(sources: Any, settings: bytes, stages: Stages) -> Any:
    """A row of SCHEMA for each source: what is kept of it, or why its claims could not be read."""
    read = sources.where("source is not null").select("id", "source")
    return mapped(read.repartition(stages.parts * 2, "id"), _Reading(settings), SCHEMA)


class _Reading:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        run = kit(self.settings)
        assert run.ready
        money = rates(run.config.rates)
        for id_, packed in rows:
            source = source_of(packed)
            kept = kept_of(source, run.rules, run.config.limits.seconds, run.lessons.readings)
            if isinstance(kept, Skipped):
                yield id_, None, None, "{}", msgspec.json.encode(kept).decode()
                continue
            told = kept.extraction
            aside = direct_checks(told.claims, {told.source: told.context}, money, run.rules).aside
            yield id_, encode(kept), encode(portrait(told, run.rules)), msgspec.json.encode(aside).decode(), None

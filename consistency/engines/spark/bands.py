"""Sources that have passages alike, by MinHash (`topics.near_copy = "minhash"`): passages that share a band are looked
at, where `copies` looks at those that share a run of words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from consistency.archive.scatter import live_runs
from consistency.engines.kit import kit
from consistency.engines.spark.reading import kept_from
from consistency.engines.spark.tables import Rows, mapped, vertex
from consistency.topics import minhash
from consistency.topics.candidates import alike, fitting
from consistency.topics.keys import SHINGLE
from consistency.topics.passages import copy_rules

_PASSAGES = "source long, part int, size int, runs int, field boolean, grams array<long>, bands array<long>"
_CHUNK = 500  # passages hashed at once


def passages(kept: Any, settings: bytes) -> Any:
    """Rows of _PASSAGES. runs: how many runs of words a passage has; grams: those that are not boilerplate.

    kept: rows of (kept, hot), sources with the runs of theirs that too many passages have."""
    return mapped(kept, _Passages(settings), _PASSAGES)


def like(found: Any, settings: bytes) -> Any:
    """(a, b): the sources that have two passages alike enough to be looked at. found: as `passages` gives them."""
    from pyspark.sql import functions as f

    place = found.select("source", "part", "field", f.explode("bands").alias("band"))
    one, two = (place.toDF(f"source{n}", f"part{n}", f"field{n}", "band") for n in (1, 2))
    met = one.join(two, "band").where("source1 < source2 and field1 = field2")
    met = met.select("source1", "part1", "source2", "part2").distinct()
    rows = found.select("source", "part", "size", "runs", "field", "grams")
    for n in (1, 2):
        named = rows.toDF(*(f"{name}{n}" for name in rows.columns))
        met = met.join(named, [f"source{n}", f"part{n}"])
    return alike_sources(met.withColumn("n", f.size(f.array_intersect("grams1", "grams2"))), settings)


def alike_sources(met: Any, settings: bytes) -> Any:
    """(a, b): the sources of pairs of passages that are alike enough to be looked at.

    met: pairs of passages, columns named as in _PASSAGES with 1 and 2 behind, and n, how many runs they share."""
    told = met.select("source1", "source2", "n", "size1", "size2", "runs1", "runs2", "field1")
    return mapped(told, _Alike(settings), "a long, b long").distinct()


class _Passages:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        shared = kit(self.settings).shared()

        def of(row: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
            kept, heavy = kept_from(row[0]), {*map(int, row[1])}
            source = vertex(kept.extraction.source)
            for run, grams in live_runs(kept, shared, lambda key: vertex(key) in heavy):
                yield source, run, grams

        every = chain.from_iterable(map(of, rows))
        while chunk := list(islice(every, _CHUNK)):
            told = minhash.bands([grams for *_, grams in chunk])
            for (source, run, grams), own in zip(chunk, told, strict=True):
                named = [vertex("|".join(map(str, band))) for band in own]
                yield source, run.part, run.size, run.runs, run.field, [vertex(SHINGLE + g) for g in grams], named


class _Alike:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        rules = copy_rules(kit(self.settings).rules)
        for a, b, n, size1, size2, runs1, runs2, field in rows:
            if alike(n, runs1, runs2, rules) and fitting(size1, size2, field):
                yield a, b

"""Copied passages: sources whose passages share enough runs of words are compared two by two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from consistency.archive.scatter import copied, runs
from consistency.engines.kit import kit
from consistency.engines.spark.bands import alike_sources
from consistency.engines.spark.reading import kept_from
from consistency.engines.spark.tables import Rows, Stages, mapped, vertex
from consistency.topics.keys import SHINGLE

_RUNS = "gram long, source long, part int, size int, runs int, field boolean"
SCHEMA = "u long, v long, outside boolean"


def grams(claims: Any, settings: bytes, stages: Stages) -> Any:
    """(gram, source, part, …): the runs of words of all passages."""
    return mapped(claims.where("kept is not null").select("kept"), _Runs(settings), _RUNS)


def hot(found: Any, most: int) -> Any:
    """(source, hot): the runs of words of a source that too many passages have."""
    from pyspark.sql import functions as f

    over = found.groupBy("gram").agg(f.count("*").alias("n")).where(f.col("n") > most).select("gram")
    return found.join(over, "gram").groupBy("source").agg(f.sort_array(f.collect_set("gram")).alias("hot"))


def like(found: Any, settings: bytes, most: int) -> Any:
    """(a, b): the sources that have two passages alike enough to be looked at. found: as `grams` gives them."""
    from pyspark.sql import functions as f

    many = found.groupBy("gram").agg(f.count("*").alias("n")).where((f.col("n") > 1) & (f.col("n") <= most))
    live = found.join(many.select("gram"), "gram")
    names = ("source", "part", "size", "runs", "field")
    one = live.select("gram", *(f.col(n).alias(f"{n}1") for n in names))
    two = live.select("gram", *(f.col(n).alias(f"{n}2") for n in names))
    met = one.join(two, "gram").where("source1 < source2 and field1 = field2")
    met = met.groupBy(*(f"{n}1" for n in names), *(f"{n}2" for n in names)).agg(f.count("*").alias("n"))
    return alike_sources(met, settings)


def with_hot(claims: Any, heavy: Any) -> Any:
    """(source, kept, hot): every source, with the runs of words of `hot`."""
    from pyspark.sql import functions as f

    kept = claims.where("kept is not null").select(f.col("number").alias("source"), "kept")
    return kept.join(heavy, "source", "left").withColumn("hot", f.coalesce("hot", f.array().cast("array<bigint>")))


def copies(kept: Any, pairs: Any, settings: bytes, stages: Stages) -> Any:
    """(u, v, outside): claims of two sources that a copy joins; outside: they stand in two sources.

    kept: as `with_hot` gives it; pairs: the sources to be compared, as `like` gives them."""
    sides = pairs.join(kept.toDF("a", "kept1", "hot1"), "a").join(kept.toDF("b", "kept2", "hot2"), "b")
    sides = sides.repartition(stages.parts, "a").sortWithinPartitions("a", "b")
    return mapped(sides.select("a", "kept1", "hot1", "kept2", "hot2"), _Copying(settings), SCHEMA).distinct()


class _Runs:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        shared = kit(self.settings).shared()
        for (packed,) in rows:
            kept = kept_from(packed)
            source = vertex(kept.extraction.source)
            for run in runs(kept, shared)[0]:
                yield vertex(SHINGLE + run.gram), source, run.part, run.size, run.runs, run.field


class _Copying:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        shared = kit(self.settings).shared()
        last, one = None, None
        for a, kept1, hot1, kept2, hot2 in rows:
            if a != last or one is None:
                last, one = a, kept_from(kept1)
            two = kept_from(kept2)
            heavy = {*map(int, hot1), *map(int, hot2)}
            source = {c.id: k.extraction.source for k in (one, two) for c in k.extraction.claims}
            for x, y in copied(one, two, shared, lambda key, heavy=heavy: vertex(key) in heavy):  # type: ignore[misc]
                yield vertex(x), vertex(y), source[x] != source[y]

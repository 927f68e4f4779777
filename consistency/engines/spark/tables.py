"""Stages as folders of Parquet, and rows that come to a worker group by group.

A stage whose folder is whole, and was made from the same input by the same rules, settings and program, is not made
again. The mark that says so is written last, by Spark itself, so that any file system will do that Spark writes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Any

from consistency.archive.index import hashed

Rows = Iterator[tuple[Any, ...]]
Work = Callable[[Rows], Iterable[tuple[Any, ...]]]
_BATCH = 200  # rows of an answer that are held at once
_UNFINISHED = "-"

vertex = hashed
"""A claim or a source as a number. Two that fall together are judged together, which costs time and no result."""


class Stages:
    """The stages below a folder. told: is called with the name of each stage, and whether it was there."""

    def __init__(self, spark: Any, folder: str, told: Callable[[str, bool], None] | None = None) -> None:
        self.spark, self.folder, self.told = spark, folder.rstrip("/"), told or (lambda name, there: None)
        self.parts = max(1, int(spark.sparkContext.defaultParallelism)) * 2

    def path(self, name: str) -> str:
        return f"{self.folder}/stages/{name}"

    def make(self, name: str, stamp: str, work: Callable[[], Any]) -> Any:
        """The rows of a stage. work: makes them, as one data frame or as several, one after the other."""
        there = self._mark(name) == stamp
        self.told(name, there)
        if not there:
            self._set_mark(name, _UNFINISHED)
            made = work()
            frames = iter([made] if hasattr(made, "write") else made)
            for n, frame in enumerate(frames):
                frame.write.mode("append" if n else "overwrite").parquet(self.path(name))
            self._set_mark(name, stamp)
        return self.spark.read.parquet(self.path(name))

    def keep(self, name: str, frame: Any) -> Any:
        """Rows that are needed more than once, and no longer than for the stage at hand."""
        frame.write.mode("overwrite").parquet(self.path(name))
        return self.spark.read.parquet(self.path(name))

    def _mark(self, name: str) -> str | None:
        from pyspark.errors import AnalysisException

        try:
            row = self.spark.read.text(f"{self.folder}/marks/{name}").first()
        except AnalysisException:  # there is none
            return None
        return None if row is None else str(row[0])

    def _set_mark(self, name: str, stamp: str) -> None:
        frame = self.spark.createDataFrame([(stamp,)], "value string").coalesce(1)
        frame.write.mode("overwrite").text(f"{self.folder}/marks/{name}")


def mapped(frame: Any, work: Work, schema: str) -> Any:
    """What `work` makes of the rows of each partition, as they come (`mapInPandas`)."""
    return frame.mapInPandas(_Mapping(work, schema), schema)


def grouped(frame: Any, keys: list[str], order: list[str], work: Work, schema: str, parts: int) -> Any:
    """`mapped`, with the rows of one group together in one partition, and in order. `groups` parts them."""
    return mapped(frame.repartition(parts, *keys).sortWithinPartitions(*keys, *order), work, schema)


def groups(rows: Rows, many: int) -> Iterator[tuple[tuple[Any, ...], Rows]]:
    """The rows of `grouped` by the values of their first `many` columns."""
    return groupby(rows, key=lambda row: row[:many])


class _Mapping:
    """Frames of pandas to rows, and rows to frames."""

    def __init__(self, work: Work, schema: str) -> None:
        self.work = work
        self.columns = [part.split()[0] for part in schema.split(", ")]

    def __call__(self, frames: Iterator[Any]) -> Iterator[Any]:
        import pandas as pd

        rows = iter(self.work(chain.from_iterable(f.itertuples(index=False, name=None) for f in frames)))
        while batch := list(islice(rows, _BATCH)):
            yield pd.DataFrame(batch, columns=self.columns)

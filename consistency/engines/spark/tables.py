"""Stages as folders of Parquet, and rows that come to a worker group by group.

A stage whose folder is whole, and was made from the same input by the same rules, settings and program, is not made
again. The mark that says so is written last; any file system will do that Spark writes to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Any

from consistency.archive.index import hashed
from consistency.engines.spark.session import failing

Rows = Iterator[tuple[Any, ...]]
Work = Callable[[Rows], Iterable[tuple[Any, ...]]]
_BATCH = 200  # rows of an answer that are held at once

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
        """The rows of a stage. work: makes them, as one data frame or as several, one after the other.

        Raises ConsistencyError, naming the stage, where Spark gives it up."""
        with failing(f"Spark gave up at the stage {name!r}"):
            mark = _Mark(self.spark, f"{self.folder}/marks/{name}")
            there = mark.read() == stamp
            self.told(name, there)
            if not there:
                mark.remove()
                made = work()
                frames = iter([made] if hasattr(made, "write") else made)
                for n, frame in enumerate(frames):
                    found = self._written(name, frame, "append" if n else "overwrite")
                mark.write(stamp)
            return self.spark.read.parquet(self.path(name)) if there else found

    def keep(self, name: str, frame: Any) -> Any:
        """Rows that are needed more than once, and no longer than for the stage at hand."""
        return self._written(name, frame, "overwrite")

    def _written(self, name: str, frame: Any, mode: str) -> Any:
        frame.write.mode(mode).parquet(self.path(name))
        return self.spark.read.schema(frame.schema).parquet(self.path(name))  # it need not be looked for in the files


class _Mark:
    """A file that says what a stage was made from, on whatever file system Spark writes to."""

    def __init__(self, spark: Any, path: str) -> None:
        context = spark.sparkContext
        self.path = context._jvm.org.apache.hadoop.fs.Path(path)
        self.files = self.path.getFileSystem(context._jsc.hadoopConfiguration())

    def read(self) -> str | None:
        """None where there is none."""
        if not self.files.exists(self.path) or self.files.getFileStatus(self.path).isDirectory():
            return None
        stream = self.files.open(self.path)
        try:
            return str(stream.readUTF())
        finally:
            stream.close()

    def write(self, stamp: str) -> None:
        stream = self.files.create(self.path, True)
        stream.writeUTF(stamp)
        stream.close()

    def remove(self) -> None:
        self.files.delete(self.path, True)


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

"""Sources to rows: files and folders as every command reads them, Parquet by the executors."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from consistency.config import Config
from consistency.engines.kit import kit
from consistency.engines.spark.session import cause
from consistency.engines.spark.tables import Rows, Stages, mapped
from consistency.errors import SourceError, UsageError
from consistency.model import Skipped, Source
from consistency.sources import read_records, stream_paths
from consistency.sources.files import Entry, find

SCHEMA = "place long, id string, source binary, skipped string"
_FIELDS = ("id", "text", "title", "publisher", "published", "url", "author", "language")
_BATCH = 2_000  # sources that the driver holds at once
_AFTER = 1 << 40  # where the sources from Parquet come, after those from files

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Source).decode


def is_table(path: str) -> bool:
    """Whether a path is that of Parquet: by its name, or because only Spark can read it (`s3a://…`)."""
    return path.rstrip("/").endswith(".parquet") or "://" in path


def stamp(paths: Sequence[str], spark: Any) -> str:
    """Changes when the sources do: with the names and bytes of files, and with the rows of tables."""
    told = []
    for path in paths:
        if is_table(path):
            with _readable(path):
                told.append(f"{path} {_rows_hash(_columns(spark, path))}")
        else:
            told += [_bytes_hash(entry) for entry in find(Path(path))]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def _rows_hash(frame: Any) -> str:
    """The same for the same rows in any order, in however many files."""
    from pyspark.sql import functions as f

    row = f.xxhash64(f.to_json(f.struct("*"))).cast("decimal(38)")
    return str(tuple(frame.agg(f.count("*"), f.sum(row)).first()))


def _bytes_hash(entry: Entry | Skipped) -> str:
    if isinstance(entry, Skipped):
        return f"{entry.source} {entry.reason}"
    try:
        if not entry.path.is_file():  # a pipe, which can be read once
            return f"{entry.shown} {entry.path.stat().st_mtime_ns}"
        with entry.path.open("rb") as handle:
            return f"{entry.shown} {hashlib.file_digest(handle, 'sha256').hexdigest()}"
    except OSError as error:
        return f"{entry.shown} {error}"


def rows(paths: Sequence[str], config: Config, settings: bytes, stages: Stages) -> Iterator[Any]:
    """Frames of SCHEMA: a row for each source, and for each that was left out."""
    files = [path for path in paths if not is_table(path)]
    some = False
    if files:
        numbered = enumerate(stream_paths(files, config.limits))
        while batch := list(islice(numbered, _BATCH)):
            some = True
            told = [_row(place, item) for place, item in batch]
            yield stages.spark.createDataFrame(told, SCHEMA).repartition(stages.parts)
    tables = [path for path in paths if is_table(path)]
    if tables:
        spark = stages.spark
        there = spark.read.parquet(stages.path("sources")) if some else spark.createDataFrame([], SCHEMA)
        found = (mapped(_columns(spark, p).repartition(stages.parts), _Built(settings, p), SCHEMA) for p in tables)
        yield _first_of_each(reduce(lambda a, b: a.union(b), found), there)
    elif not some:
        raise UsageError("no source was found there")


def _row(place: int, item: Source | Skipped) -> tuple[Any, ...]:
    if isinstance(item, Skipped):
        return place, item.source, None, msgspec.json.encode(item).decode()
    return place, item.id, bytearray(encode(item)), None


@contextlib.contextmanager
def _readable(path: str) -> Iterator[None]:
    """Turns what Spark raises about a table into a SourceError."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        if "PATH_NOT_FOUND" in str(error):
            raise SourceError("no such file or folder", path) from error
        raise SourceError(f"is no Parquet that can be read: {cause(error)}", path) from error


def _columns(spark: Any, path: str) -> Any:
    """The columns of a table, named as the fields of a source; `id` and `text` must be there."""
    from pyspark.sql import functions as f

    with _readable(path):
        frame = spark.read.parquet(path)
    missing = {"id", "text"} - set(frame.columns)
    if missing:
        raise SourceError(
            f"has no column {' and none '.join(sorted(missing))} (columns: {', '.join(frame.columns)})", path
        )
    return frame.select(
        *(
            f.col(name).cast("string") if name in frame.columns else f.lit(None).cast("string").alias(name)
            for name in _FIELDS
        )
    )


class _Built:
    """Rows of a table to sources."""

    def __init__(self, settings: bytes, path: str) -> None:
        self.settings, self.path = settings, path

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        limits = kit(self.settings).config.limits
        for row in rows:
            record = {k: v for k, v in zip(_FIELDS, row, strict=True) if isinstance(v, str)}
            read, skipped = read_records([record], limits)
            name = record.get("id", self.path)
            items: tuple[Source | Skipped, ...] = (*read, *(msgspec.structs.replace(s, source=name) for s in skipped))
            yield from (_row(_AFTER, item) for item in items)


def _first_of_each(every: Any, there: Any) -> Any:
    """One source of each id, none that is there; of several the one whose content comes first, so that no order of rows
    matters."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    order = Window.partitionBy("id").orderBy(f.sha2("source", 256))
    taken = there.where("source is not null").select("id", f.lit(True).alias("taken"))
    ranked = every.where("skipped is null").withColumn("n", f.row_number().over(order)).join(taken, "id", "left")
    reason = f.concat(
        f.lit("the id '"), f.col("id"), f.lit("' is already that of another source; give it an id of its own")
    )
    told = f.to_json(f.struct(f.col("id").alias("source"), reason.alias("reason")))
    names = ("place", "id", "source", "skipped")
    first = ranked.where("n = 1 and taken is null").select(*names)
    twice = ranked.where("n > 1 or taken").withColumn("source", f.lit(None).cast("binary")).withColumn("skipped", told)
    return every.where("skipped is not null").union(first).union(twice.select(*names))

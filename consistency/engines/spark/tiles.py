"""Members that share a key, brought together in tiles small enough for a worker, however many share it.

The members of a key are put in order and cut into chunks; a tile is a pair of chunks. A key over the cap keeps the
pairs of neighbours alone (`topics.block_cap`, as in the other engines), which stand in one chunk or in two beside each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from typing import Any, TypeVar

T = TypeVar("T")
TILE = 400
"""Members of a chunk; more than the neighbours that a member of a key over the cap meets."""
COLUMNS = ["key", "one", "two", "capped", "kind", "chunk", "pos", "whole", "payload"]
"""What a tile's rows have: its key and chunks; whether the key is over the cap; the member's chunk and place (where it
matters), the keys under the cap that pairs are looked at once by, and the member itself."""
Placed = tuple[int, int, frozenset[int], T]


def tiled(keys: Any, members: Any, cap: int, once: str, aside: Any = None) -> Any:
    """The rows of all tiles. Of a pair that shares several keys of kind `once` under the cap, the smallest has it.

    keys: (key, kind, most, vertex), each once; more than `most` members, where that is not negative, and nothing is
    looked for by a key. members: (vertex, place, payload), place being what puts them in order. aside: (vertex) of
    those that are not among the neighbours of a key over the cap.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    many = keys.groupBy("key").agg(f.count("*").alias("n"), f.max("most").alias("limit"))
    many = many.where("n > 1 and (limit < 0 or n <= limit)").select("key", "n")
    live = keys.join(many, "key").withColumn("capped", f.col("n") > cap).select("key", "kind", "vertex", "n", "capped")
    whole = (
        live.where(~f.col("capped") & (f.col("kind") == once))
        .groupBy("vertex")
        .agg(f.collect_list("key").alias("whole"))
    )
    nothing = f.array().cast("array<bigint>")
    small = live.where((f.col("n") <= TILE) & ~f.col("capped"))
    small = small.select(
        "key", "kind", "vertex", "capped", *(f.lit(0).alias(c) for c in ("one", "two", "chunk", "pos"))
    )
    large = live.where((f.col("n") > TILE) | f.col("capped"))
    if aside is not None:
        out = aside.select("vertex", f.lit(True).alias("out"))
        large = large.join(out, "vertex", "left").where("not capped or out is null").drop("out")
    order = Window.partitionBy("key").orderBy("place")
    large = large.join(members.select("vertex", "place"), "vertex").withColumn("pos", f.row_number().over(order) - 1)
    large = large.withColumn("chunk", f.floor(f.col("pos") / TILE).cast("int"))
    large = large.withColumn("last", f.max("chunk").over(Window.partitionBy("key")))
    near = f.sequence(f.greatest(f.col("chunk") - 1, f.lit(0)), f.least(f.col("chunk") + 1, f.col("last")))
    every = f.sequence(f.lit(0), f.col("last"))
    large = large.withColumn("other", f.explode(f.when(f.col("capped"), near).otherwise(every)))
    large = large.select(
        "key", "kind", "vertex", "capped",
        f.least("chunk", "other").alias("one"), f.greatest("chunk", "other").alias("two"), "chunk", "pos",
    )  # fmt: skip
    told = small.unionByName(large).join(whole, "vertex", "left").withColumn("whole", f.coalesce("whole", nothing))
    return told.join(members.select("vertex", "payload"), "vertex").select(*COLUMNS)


def pairs(members: Sequence[Placed[T]], key: int, capped: bool, window: int) -> Iterator[tuple[T, T]]:
    """The pairs of one tile that it has to look at. members: (chunk, place, keys under the cap, member)."""
    chunks: dict[int, list[Placed[T]]] = {}
    for member in members:
        chunks.setdefault(member[0], []).append(member)
    sides = list(chunks.values())
    met = combinations(sides[0], 2) if len(sides) == 1 else product(*sides)
    for a, b in met:
        common = a[2] & b[2]
        if capped:
            if not common and abs(a[1] - b[1]) <= window:
                yield a[3], b[3]
        elif key not in common or key == min(common):
            yield a[3], b[3]


def in_tile(rows: Iterator[tuple[Any, ...]], decode: Callable[[bytes], T]) -> list[Placed[T]]:
    """The members of a tile from its rows."""
    return [(chunk, pos, frozenset(map(int, whole)), decode(payload)) for *_, chunk, pos, whole, payload in rows]

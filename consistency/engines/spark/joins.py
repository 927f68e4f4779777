"""What joins claims to each other: keys they share, links of the topic stage, ties of their source, and copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import msgspec

from consistency.archive.scatter import Member, grows, link, members, runs, ties
from consistency.engines.kit import kit
from consistency.engines.spark.reading import encode, kept_from
from consistency.engines.spark.stories import story_from
from consistency.engines.spark.tables import Rows, Stages, grouped, groups, mapped, vertex
from consistency.engines.spark.tiles import in_tile, pairs, tiled
from consistency.judgement.meeting import GROWTH
from consistency.topics.blocking import telling
from consistency.topics.keys import BLOCK, CURATED

_PLACE = "relation string, name string, subject string, day long, published string, first string, start long"
MEMBERS = (
    f"vertex long, id string, source string, print string, {_PLACE}, payload binary, "
    "keys array<long>, kinds array<string>, most array<int>"
)
TIES = "u long, v long"
LINKS = "score double, a string, b string, u long, v long"

member_from = msgspec.msgpack.Decoder(Member).decode


def told(claims: Any, tales: Any, settings: bytes) -> Any:
    """A row of MEMBERS for each claim."""
    read = claims.where("kept is not null").select("id", "kept").join(tales, "id", "left")
    return mapped(read.select("kept", "story"), _Members(settings), MEMBERS)


def tied(claims: Any, settings: bytes) -> Any:
    """(u, v): claims of one source that are joined whatever others say."""
    return mapped(claims.where("kept is not null").select("kept"), _Ties(settings), TIES)


def keys_of(found: Any) -> Any:
    """(key, kind, most, vertex) of every key of every claim."""
    from pyspark.sql import functions as f

    zipped = f.explode(f.arrays_zip("keys", "kinds", "most")).alias("z")
    return found.select("vertex", zipped).select(
        f.col("z.keys").alias("key"), f.col("z.kinds").alias("kind"), f.col("z.most").alias("most"), "vertex"
    )


def links(found: Any, keys: Any, aside: Any, settings: bytes, cap: int, stages: Stages) -> Any:
    """LINKS of pairs that share a block; and with no score, those that a key of growth joins."""
    from pyspark.sql import functions as f

    place = f.struct(*(part.split()[0] for part in _PLACE.split(", ")), "id").alias("place")
    own = found.select("vertex", place, "payload")
    met = keys.where(f.col("kind").isin(BLOCK, GROWTH))
    met = met.withColumn("most", f.when(f.col("kind") == GROWTH, cap).otherwise(f.col("most")))
    tiles = tiled(met, own, cap, BLOCK, aside)
    return grouped(
        tiles, ["key", "one", "two"], ["chunk", "pos"], _Linking(settings), LINKS, stages.parts * 2
    ).distinct()


def capped(keys: Any, cap: int) -> Any:
    """(n): how many keys so many claims share that each is compared with its neighbours alone."""
    from pyspark.sql import functions as f

    many = keys.where(f.col("kind") == BLOCK).groupBy("key").agg(f.count("*").alias("n"), f.max("most").alias("limit"))
    return many.where(f"n > greatest(1, {int(cap)}) and (limit < 0 or n <= limit)").agg(f.count("*").alias("n"))


def stars(keys: Any, cap: int) -> Any:
    """(u, v): claims that one key joins whatever they say, each to the first of them. Of growth, where more than the
    cap share a key: then nobody looks at their pairs, and all are judged together."""
    from pyspark.sql import functions as f

    met = keys.where(f.col("kind") != BLOCK)
    first = met.groupBy("key").agg(f.min("vertex").alias("v"), f.count("*").alias("n"), f.first("kind").alias("kind"))
    first = first.where((f.col("n") > 1) & ((f.col("kind") != GROWTH) | (f.col("n") > cap))).select("key", "v")
    return met.join(first, "key").where("vertex <> v").select(f.col("vertex").alias("u"), "v")


def taught(found: Any, must: Sequence[tuple[str, str]], stages: Stages) -> Any:
    """(u, v): claims that people said are about one thing."""
    from pyspark.sql import functions as f

    if not must:
        return stages.spark.createDataFrame([], TIES)
    said = stages.spark.createDataFrame(list(must), "one string, two string")
    one = found.select(f.col("print").alias("one"), f.col("vertex").alias("u"))
    two = found.select(f.col("print").alias("two"), f.col("vertex").alias("v"))
    return said.join(one, "one").join(two, "two").select("u", "v").where("u <> v")


def with_topic(keys: Any, edges: Any) -> Any:
    """(vertex): claims that a curated topic takes in because they are copies of one of its claims."""
    from pyspark.sql import functions as f

    curated = keys.where(f.col("kind") == CURATED).select("vertex").distinct()
    both = edges.select("u", "v").union(edges.select(f.col("v").alias("u"), f.col("u").alias("v")))
    near = both.join(curated, both.u == curated.vertex).select(f.col("v").alias("vertex"))
    return near.join(curated, "vertex", "left_anti").distinct()


def every(*edges: Any) -> Any:
    """(u, v) of all of them."""
    return reduce(lambda a, b: a.union(b), (e.select("u", "v") for e in edges))


class _Members:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        shared = kit(self.settings).shared()
        for packed, story in rows:
            for m in members(kept_from(packed), None if story is None else story_from(story), shared):
                claim = m.signature.claim
                yield (
                    *(vertex(claim.id), claim.id, claim.source, claim.fingerprint),
                    *(*m.near, *m.rank[:3], encode(m)),
                    [vertex(key) for key in m.keys],
                    [key[:2] for key in m.keys],
                    [-1 if (most := telling(key)) is None else most for key in m.keys],
                )


class _Ties:
    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        shared = kit(self.settings).shared()
        for (packed,) in rows:
            kept = kept_from(packed)
            joined = (*ties(kept, shared), *runs(kept, shared)[1])
            yield from ((vertex(a), vertex(b)) for a, b in joined)


class _Linking:
    """Looks at the pairs of tiles."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        run = kit(self.settings)
        shared, window = run.shared(), run.topics.window
        for (key, _, _, capped, kind), tile in groups(rows, 5):
            for a, b in pairs(in_tile(tile, member_from), key, capped, window):
                if kind == GROWTH:
                    if grows(a, b, shared):
                        names = a.signature.claim.id, b.signature.claim.id
                        yield float("nan"), "", "", *map(vertex, names)
                elif (found := link(a, b, shared)) is not None:
                    yield *found, vertex(found[1]), vertex(found[2])

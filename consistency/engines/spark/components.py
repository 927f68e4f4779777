"""Connected components of a graph of any size: alternating large-star and small-star.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and Beyond (2014). Each round
is two groupings of the edges, and few rounds are needed; nothing is collected. A worker first joins what its own edges
join, so that no more edges are left in a partition than it has vertices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consistency.engines.spark.tables import Rows, Stages, mapped

FEW = 2_000_000
"""Edges that one worker finishes by itself: about 300 MB of it."""
_ROUNDS = 60  # far over what the paper's bound gives for any graph that fits a cluster


def components(edges: Any, stages: Stages, name: str, few: int = FEW) -> Any:
    """(vertex, component) of each vertex of the edges (u, v); a component is called by its smallest vertex.

    few: edges that are left to one worker."""
    from pyspark.sql import functions as f

    found = stages.keep(f"{name}-0", mapped(edges.select("u", "v"), spanning, "u long, v long"))
    if found.count() <= few:
        return _named(mapped(found.coalesce(1), spanning, "u long, v long"))
    last = None
    for number in range(1, _ROUNDS):
        found = stages.keep(f"{name}-{number % 2 + 1}", _small(_large(found)).repartition(stages.parts, "u"))
        said = found.agg(f.count("*"), f.bit_xor(f.xxhash64("u", "v"))).first()
        if said == last:
            break
        last = said
    return _named(found)


def _named(found: Any) -> Any:
    """(vertex, component) of edges that go from each vertex of a component to its smallest."""
    from pyspark.sql import functions as f

    stars = found.select(f.col("u").alias("vertex"), f.col("v").alias("component"))
    return stars.union(stars.select(f.col("component").alias("vertex"), "component").distinct())


def spanning(rows: Rows) -> Iterator[tuple[int, int]]:
    """Edges as few as join the same vertices: each to the smallest of its component."""
    root: dict[int, int] = {}

    def find(i: int) -> int:
        while root.setdefault(i, i) != i:
            root[i] = i = root.setdefault(root[i], root[i])
        return i

    for u, v in rows:
        x, y = find(u), find(v)
        if x != y:
            root[max(x, y)] = min(x, y)
    for i in list(root):
        if (least := find(i)) != i:
            yield i, least


def _large(edges: Any) -> Any:
    """Every larger neighbour of a vertex, joined to the smallest one."""
    from pyspark.sql import functions as f

    both = edges.union(edges.select(f.col("v").alias("u"), f.col("u").alias("v")))
    least = both.withColumn("m", f.least("u", _least_of_u()))
    return least.where("v > u").select(f.col("v").alias("u"), f.col("m").alias("v"))


def _small(edges: Any) -> Any:
    """Every smaller neighbour of a vertex, and itself, joined to the smallest one. Edges go from larger to smaller."""
    from pyspark.sql import functions as f

    out = edges.withColumn("m", _least_of_u()).select(f.explode(f.array("u", "v")).alias("u"), f.col("m").alias("v"))
    return out.where("u <> v").distinct()


def _least_of_u() -> Any:
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    return f.min("v").over(Window.partitionBy("u"))

"""Which documents tell one story: pairs that share a key are scored, and each component is grouped by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from consistency.archive.kept import Portrait
from consistency.engines.kit import kit
from consistency.engines.spark.components import components
from consistency.engines.spark.reading import encode, portrait_from
from consistency.engines.spark.tables import Rows, Stages, grouped, groups, mapped, vertex
from consistency.engines.spark.tiles import in_tile, pairs, tiled
from consistency.topics.about import Story
from consistency.topics.keys import document_keys
from consistency.topics.stories import shared, stories
from consistency.topics.weights import weights

_KEYS = "vertex long, published string, first string, id string, keys array<long>"
_LINKS = "score double, a string, b string, u long, v long"
SCHEMA = "id string, story binary"

story_from = msgspec.msgpack.Decoder(Story).decode


def tales(claims: Any, settings: bytes, cap: int, stages: Stages) -> Any:
    """A row of SCHEMA for each source that tells a story with others."""
    from pyspark.sql import functions as f

    read = claims.where("portrait is not null")
    told = stages.keep("documents", mapped(read.select("portrait"), _keys, _KEYS))
    keys = told.select(f.explode("keys").alias("key"), "vertex")
    keys = keys.select("key", f.lit("d").alias("kind"), f.lit(-1).alias("most"), "vertex")
    members = told.select("vertex", "id", f.struct("published", "first", "id").alias("place"))
    members = members.join(read.select("id", f.col("portrait").alias("payload")), "id")
    tiles = tiled(keys, members, cap, "d")
    links = grouped(tiles, ["key", "one", "two"], ["chunk", "pos"], _Linking(settings), _LINKS, stages.parts)
    links = stages.keep("stories-links", links.distinct())
    home = stages.keep("stories-homes", components(links, stages, "stories-round"))
    own = members.join(home, "vertex").select("component", "payload")
    tied = links.join(home, links.u == home.vertex).select("component", "score", "a", "b")
    rows = own.unionByName(tied, allowMissingColumns=True)
    return grouped(rows, ["component"], ["a", "b"], _Telling(settings), SCHEMA, stages.parts)


def _keys(rows: Rows) -> Iterable[tuple[Any, ...]]:
    for (packed,) in rows:
        one = portrait_from(packed)
        published, first, id_ = one.rank
        yield vertex(id_), published, first, id_, [vertex(key) for key in document_keys(one.document)]


class _Linking:
    """Scores the pairs of tiles."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        run = kit(self.settings)
        table = weights(run.rules)
        asked, window = table.of["story-asked"], run.topics.window
        for (key, _, _, capped), tile in groups(rows, 4):
            for one, two in pairs(in_tile(tile, portrait_from), key, capped, window):
                a, b = sorted((one, two), key=lambda p: p.rank)
                score = shared(a.document, b.document, table.of)
                if score >= asked:
                    names = a.document.source, b.document.source
                    yield score, *names, *map(vertex, names)


class _Telling:
    """Groups the documents of each component."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        run = kit(self.settings)
        for _, component in groups(rows, 1):
            documents: list[Portrait] = []
            links: list[tuple[float, str, str]] = []
            for _, packed, score, a, b in component:
                if packed is None:
                    links.append((score, a, b))
                else:
                    documents.append(portrait_from(packed))
            documents.sort(key=lambda p: p.rank)
            found = stories([p.document for p in documents], weights(run.rules), run.topics, sorted(links))
            yield from ((source, encode(story)) for source, story in found.items())

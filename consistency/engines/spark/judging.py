"""Components to findings: the claims of whole components go to one worker with their sources, and are judged there.

Small components share a worker's time in buckets; none is cut, so that what comes out rests on no partitioning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from consistency import pipeline
from consistency.archive.kept import Kept
from consistency.archive.scatter import document_of, own, part
from consistency.engines.kit import Kit, kit
from consistency.engines.spark.reading import kept_from
from consistency.engines.spark.stories import story_from
from consistency.engines.spark.tables import Rows, Stages, grouped, groups, vertex
from consistency.model import Claim, Course, Finding, Judgement, Topic
from consistency.topics.about import Story

BUCKET = 1_500
"""Claims that a worker is given at once, about; a component of more is a bucket of its own."""
SCHEMA = "what string, id string, record string"
KINDS: dict[str, Any] = {"topic": Topic, "finding": Finding, "claim": Claim, "course": Course}
_COUNT = "count"

_json = msgspec.json.Encoder().encode


def judged(
    claims: Any, members: Any, tales: Any, heavy: Any, links: Any, home: Any, settings: bytes, stages: Stages
) -> Any:
    """Rows of SCHEMA: the topics, findings, derived claims and courses of all components, and what was counted."""
    from pyspark.sql import functions as f

    buckets = max(stages.parts, members.count() // BUCKET)
    placed = members.select("vertex", "id", "source").join(home, "vertex", "left")
    seed = f.coalesce(f.col("component"), f.hash("source").cast("long"))  # claims that are alone go with their source
    placed = placed.withColumn("bucket", f.pmod(f.xxhash64(seed), f.lit(buckets)))
    sources = placed.groupBy("bucket", "source").agg(f.sort_array(f.collect_list("id")).alias("ids"))
    read = claims.where("kept is not null").join(heavy.withColumnRenamed("source", "number"), "number", "left")
    read = read.select(f.col("id").alias("source"), "kept", "aside", "hot")
    sources = sources.join(read, "source").join(tales.withColumnRenamed("id", "source"), "source", "left")
    tied = links.where("a <> ''").join(placed.select(f.col("vertex").alias("u"), "bucket"), "u")
    rows = sources.unionByName(tied.select("bucket", "score", "a", "b"), allowMissingColumns=True).select(*_COLUMNS)
    return grouped(rows, ["bucket"], ["source", "a", "b"], _Judging(settings), SCHEMA, min(buckets, stages.parts * 8))


_COLUMNS = ("bucket", "source", "ids", "kept", "aside", "story", "hot", "score", "a", "b")
"""Of a bucket's rows: those of a source have all up to `hot`, those of a link the others."""


class _Judging:
    """Clusters and judges the components of a bucket."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, rows: Rows) -> Iterable[tuple[Any, ...]]:
        run = kit(self.settings)
        for _, bucket in groups(rows, 1):
            yield from _rows(_judged(bucket, run))


def _judged(bucket: Rows, run: Kit) -> Judgement:
    sources: list[tuple[Kept, Story | None]] = []
    claims: set[str] = set()
    heavy: set[int] = set()
    links: list[tuple[float, str, str]] = []
    direct: Counter[str] = Counter()
    for _, source, ids, kept, aside, story, hot, score, a, b in bucket:
        if source is None:
            links.append((score, a, b))
            continue
        sources.append((kept_from(kept), None if story is None else story_from(story)))
        claims.update(ids)
        heavy.update(() if hot is None else map(int, hot))
        direct.update(msgspec.json.decode(aside, type=dict[str, int]))
    mine = frozenset(claims)
    shared = run.shared()
    told = [(kept, document_of(kept, story, shared)) for kept, story in sources]
    reached = part(told, mine, links, lambda key: vertex(key) in heavy, shared)
    found = own(pipeline.judged(reached, run.rules, run.config, run.lessons), reached.extractions, mine)
    left = Counter(found.not_comparable)
    left.subtract(direct)  # what was set aside in a source by itself is counted with the source
    return msgspec.structs.replace(found, not_comparable={k: n for k, n in left.items() if n})


def _rows(found: Judgement) -> Iterable[tuple[str, str, str]]:
    for topic in found.topics:
        yield "topic", topic.id, _json(topic).decode()
    for finding in found.findings:
        yield "finding", finding.id, _json(finding).decode()
    for claim in found.derived:
        yield "claim", claim.id, _json(claim).decode()
    for course in found.courses:
        yield "course", course.topic, _json(course).decode()
    yield _COUNT, "", _json({"pairs": found.pairs_compared, "aside": found.not_comparable}).decode()


class _Counted(msgspec.Struct):
    pairs: int
    aside: dict[str, int]


def judgement(rows: Iterable[tuple[str, str, str]], asides: Iterable[str]) -> Judgement:
    """The judgement of all components. rows: of SCHEMA, in any order; asides: what was set aside in each source."""
    from consistency.judgement.ranking import worst_first

    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    pairs, aside = 0, Counter[str]()
    for what, _, record in rows:
        if what == _COUNT:
            told = msgspec.json.decode(record, type=_Counted)
            pairs += told.pairs
            aside.update(told.aside)
        else:
            found[what].append(msgspec.json.decode(record, type=KINDS[what]))
    for one in asides:
        aside.update(msgspec.json.decode(one, type=dict[str, int]))
    return Judgement(
        topics=tuple(sorted(found["topic"], key=lambda t: t.id)),
        findings=tuple(sorted(found["finding"], key=worst_first)),
        derived=tuple(sorted(found["claim"], key=lambda c: c.id)),
        courses=tuple(sorted(found["course"], key=lambda c: c.topic)),
        pairs_compared=pairs,
        not_comparable=dict(sorted(aside.items())),
    )

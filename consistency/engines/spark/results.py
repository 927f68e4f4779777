"""What a run leaves for others: claims, findings and topics as Parquet, each record as JSON beside plain columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from consistency.engines.spark.reading import kept_from
from consistency.engines.spark.tables import Rows, Stages, mapped
from consistency.model import Claim, Finding, Topic

CLAIMS = (
    "id string, fingerprint string, source string, published string, kind string, text string, sentence string, "
    "unit string, noun string, topic string, derived boolean, record string"
)
FINDINGS = (
    "id string, outcome string, reason string, rule string, severity string, confidence double, topic string, "
    "message string, claims array<string>, record string"
)
TOPICS = "id string, title string, curated string, claims array<string>, record string"


def write(
    stages: Stages, sources: Any, claims: Any, judged: Any, make: Callable[[str, Callable[[], Any]], Any]
) -> dict[str, int]:
    """Makes the results, in stages of their own; says how many there are of each."""
    from pyspark.sql import functions as f

    topics = make("result-topics", lambda: _of(judged, "topic", _topics, TOPICS))
    findings = make("result-findings", lambda: _of(judged, "finding", _findings, FINDINGS))

    def all_claims() -> Any:
        printed = mapped(claims.where("kept is not null").select("kept"), _printed, CLAIMS)
        every = printed.union(_of(judged, "claim", _derived, CLAIMS))
        home = topics.select(f.explode("claims").alias("id"), f.col("id").alias("of"))
        told = every.join(home, "id", "left").withColumn("topic", f.col("of"))
        return told.select(*(part.split()[0] for part in CLAIMS.split(", ")))

    found = make("result-claims", all_claims)
    left = sources.where("skipped is not null").count() + claims.where("skipped is not null").count()
    return {
        "sources": claims.where("kept is not null").count(),
        "claims": found.count(),
        "topics": topics.count(),
        "findings": findings.count(),
        "skipped": left,
    }


def _of(judged: Any, what: str, work: Callable[[Rows], Iterable[tuple[Any, ...]]], schema: str) -> Any:
    return mapped(judged.where(judged.what == what).select("record"), work, schema)


def _printed(rows: Rows) -> Iterable[tuple[Any, ...]]:
    for (packed,) in rows:
        kept = kept_from(packed)
        for claim in kept.extraction.claims:
            yield _claim(claim, kept.info.published)


def _derived(rows: Rows) -> Iterable[tuple[Any, ...]]:
    return (_claim(msgspec.json.decode(record, type=Claim), None) for (record,) in rows)


def _claim(c: Claim, published: str | None) -> tuple[Any, ...]:
    sentence = c.sentence.text if c.sentence else None
    told = (c.id, c.fingerprint, c.source, published, c.kind, c.text, sentence, c.unit, c.measure.noun)
    return *told, None, c.derived is not None, msgspec.json.encode(c).decode()


def _findings(rows: Rows) -> Iterable[tuple[Any, ...]]:
    for (record,) in rows:
        n = msgspec.json.decode(record, type=Finding)
        told = (n.id, n.outcome, n.reason, n.rule, n.severity, n.confidence, n.topic, n.message)
        yield *told, list(n.claims), record


def _topics(rows: Rows) -> Iterable[tuple[Any, ...]]:
    for (record,) in rows:
        t = msgspec.json.decode(record, type=Topic)
        yield t.id, t.title, t.curated, list(t.claims), record

"""What a check of new sources must say: the full check, cut down to what a new source has part in."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Any

from consistency import pipeline
from consistency.config import Config
from consistency.lessons import NONE, Lessons
from consistency.model import Claim, Course, Finding, Report, Source, Topic
from consistency.sources import read_records, records_against


def invented(many: int, seed: int, strays: float = 0.15) -> list[Source]:
    """Sources of invented news."""
    from benchmarks.invented import articles

    sources, skipped = read_records(articles(many, seed, strays))
    assert not skipped
    return sources


def against(sources: Sequence[Source], new: Collection[str], config: Config, lessons: Lessons = NONE) -> Report:
    """The report on the new ones."""
    fresh = [s for s in sources if s.id in new]
    known = [s for s in sources if s.id not in new]
    return pipeline.check_against(
        lambda memory: records_against(fresh, known, config.limits, memory), (), config, lessons=lessons
    )


def decided(full: Report, chance: random.Random, many: int) -> Lessons:
    """What people could have said of a report: takes back findings, parts and joins claims, corrects readings."""
    printed = [c for c in full.claims if c.derived is None]
    prints = {c.id: c.fingerprint for c in full.claims}
    cannot: set[tuple[str, str]] = set()
    for finding in chance.sample(full.findings, min(many, len(full.findings))):
        if len(finding.sides) == 2:
            cannot.update(_pair(prints[a], prints[b]) for a in finding.sides[0] for b in finding.sides[1])
    for topic in chance.sample([t for t in full.topics if len(t.claims) > 1], k=many // 2 or 1):
        cannot.add(_pair(*(prints[i] for i in chance.sample(topic.claims, 2))))
    must = {_pair(*(c.fingerprint for c in chance.sample(printed, 2))) for _ in range(many)}
    readings: dict[str, dict[str, Any]] = {}
    for claim in chance.sample(printed, many):
        field = chance.choice(("value", "noun", "period", "scope", "modality", "drop"))
        readings[claim.fingerprint] = {field: _READINGS[field]}
    cannot = {p for p in cannot if p[0] != p[1]}
    must = {p for p in must if p[0] != p[1]} - cannot
    return Lessons(must=tuple(sorted(must)), cannot=tuple(sorted(cannot)), readings=readings)


_READINGS: dict[str, Any] = {
    "value": {"low": 20, "high": 30},
    "noun": "export",
    "period": {"from": "2023-01-01", "to": "2023-12-31"},
    "scope": [],
    "modality": "forecast",
    "drop": True,
}


def _pair(a: str, b: str) -> tuple[str, str]:
    return (min(a, b), max(a, b))


def from_new(claim: Claim, claims: dict[str, Claim], new: Collection[str]) -> bool:
    """Whether a claim stands in a new source or is worked out from one that does."""
    return claim.source in new or (
        claim.derived is not None and any(claims[p].source in new for p in claim.derived.from_)
    )


def expected(full: Report, new: Collection[str]) -> tuple[tuple[Finding, ...], tuple[Topic, ...], tuple[Course, ...]]:
    """Findings, topics and courses that the new sources have part in."""
    claims = {c.id: c for c in full.claims}
    findings = tuple(f for f in full.findings if any(from_new(claims[i], claims, new) for i in f.claims))
    told = {f.topic for f in findings}
    topics = tuple(t for t in full.topics if t.id in told or any(from_new(claims[i], claims, new) for i in t.claims))
    names = {t.id for t in topics}
    return findings, topics, tuple(c for c in full.courses if c.topic in names)

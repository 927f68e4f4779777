"""What a check of new sources must say: the full check, cut down to what a new source has part in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consistency import pipeline
from consistency.config import Config
from consistency.model import Claim, Course, Finding, Report, Source, Topic
from consistency.sources import read_records, records_against


def invented(many: int, seed: int, strays: float = 0.15) -> list[Source]:
    """Sources of invented news."""
    from benchmarks.invented import articles

    sources, skipped = read_records(articles(many, seed, strays))
    assert not skipped
    return sources


def against(sources: Sequence[Source], new: Collection[str], config: Config) -> Report:
    """The report on the new ones."""
    fresh = [s for s in sources if s.id in new]
    known = [s for s in sources if s.id not in new]
    return pipeline.check_against(lambda memory: records_against(fresh, known, config.limits, memory), (), config)


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

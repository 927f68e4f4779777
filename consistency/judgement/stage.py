"""The judging stage: topics in, findings out. Readable top to bottom; knows no single rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from consistency.engine import SERIAL, Codec, Engine
from consistency.judgement import arithmetic
from consistency.judgement.apart import numbers_of
from consistency.judgement.breath import parts_of, with_one
from consistency.judgement.checks import check_findings
from consistency.judgement.compare import Bench
from consistency.judgement.curated import curated
from consistency.judgement.echoes import without_echoes
from consistency.judgement.fold import folded
from consistency.judgement.knowledge import knowledge
from consistency.judgement.lineage import comparable
from consistency.judgement.pair import Surroundings
from consistency.judgement.positions import Position, positions_of, sources_of
from consistency.judgement.profiles import profiles
from consistency.judgement.ranking import worst_first
from consistency.judgement.rates import rates
from consistency.judgement.settings import JudgeSettings
from consistency.judgement.table import table
from consistency.judgement.taught import sound, standing
from consistency.judgement.timeline import course
from consistency.judgement.versions import Edge, told
from consistency.model import Claim, Clustering, Course, Extraction, Finding, Judgement, Origins, Topic
from consistency.rulebook import Rulebook, default_rulebook

Placed = tuple[int, Position]
_STRETCH = 1_000  # pairs of claims that are worth a journey to another process


class Judged(msgspec.Struct):
    """What judging one topic gave."""

    topic: Topic
    findings: list[Finding]
    derived: list[Claim]
    course: Course | None
    pairs: int
    aside: dict[str, int]


def judge(
    clustering: Clustering,
    extractions: Sequence[Extraction],
    rules: Rulebook | None = None,
    settings: JudgeSettings = JudgeSettings(),  # noqa: B008 - a frozen record
    engine: Engine = SERIAL,
) -> Judgement:
    """How the claims of every topic relate. Pure: the order of the inputs changes nothing. engine: who judges topics.

    Raises RuleError where a rule file is broken.
    """
    book = rules or default_rulebook()
    claims = {c.id: c for e in sorted(extractions, key=lambda e: e.source) for c in e.claims}
    contexts = {e.source: e.context for e in extractions}
    copied = frozenset(clustering.origins.copied)
    base = Surroundings(
        profile=profiles(book).by_id["unknown"],
        contexts=contexts,
        origins=clustering.origins,
        settings=settings,
        words=knowledge(book),
        copied=copied,
        anew=frozenset(clustering.origins.editions),
        spread=_spread(clustering.origins, claims),
        rates=rates(settings.rates),
        numbers=numbers_of(claims.values()),
        parts=parts_of(claims.values(), knowledge(book)),
    )
    grown = arithmetic.grown(claims.values(), book)
    direct = arithmetic.direct_checks(claims.values(), contexts, base.rates, book)
    base = with_changes(base, same=direct.same)
    topics = sorted(clustering.topics, key=lambda t: t.id)
    work = _Judging(claims, base, book, grown)
    judged = [j for some in engine.map(work, _stretches(topics), codec=Codec(list[Judged])) for j in some]
    checked, extra = check_findings(direct.checks, list(claims.values()), clustering.topics, book)
    aside: Counter[str] = Counter(direct.aside)
    for j in judged:
        aside.update(j.aside)
    every = claims | {c.id: c for j in judged for c in j.derived}
    made = standing([f for j in judged for f in j.findings] + checked, every, settings.cannot)
    findings = without_echoes(folded(made, claims), every)
    return Judgement(
        topics=(*(j.topic for j in judged), *sorted(extra, key=lambda t: t.id)),
        findings=tuple(sorted(findings, key=worst_first)),
        derived=tuple(sorted((c for j in judged for c in j.derived), key=lambda c: c.id)),
        courses=tuple(j.course for j in judged if j.course is not None),
        pairs_compared=sum(j.pairs for j in judged),
        not_comparable=dict(sorted(aside.items())),
    )


class _Judging:
    """Judges a stretch of topics."""

    def __init__(self, claims: dict[str, Claim], base: Surroundings, book: Rulebook, grown: arithmetic.Growth) -> None:
        self.given = (claims, base, book, grown)

    def __call__(self, topics: Sequence[Topic]) -> list[Judged]:
        return [judge_topic(topic, *self.given) for topic in topics]


def _stretches(topics: Sequence[Topic]) -> Iterator[Sequence[Topic]]:
    """Topics in stretches of about as much work: it grows with the square of the claims of one."""
    start = work = 0
    for n, topic in enumerate(topics, 1):
        work += 1 + len(topic.claims) ** 2
        if work >= _STRETCH:
            yield topics[start:n]
            start, work = n, 0
    if start < len(topics):
        yield topics[start:]


def _spread(origins: Origins, claims: dict[str, Claim]) -> dict[str, frozenset[str]]:
    """Origin to the sources that have a claim of it, for origins of more than one source."""
    sources: dict[str, set[str]] = {}
    for claim, origin in origins.of.items():
        if claim in claims:
            sources.setdefault(origin, set()).add(claims[claim].source)
    return {origin: frozenset(found) for origin, found in sources.items() if len(found) > 1}


def judge_topic(
    topic: Topic, claims: dict[str, Claim], base: Surroundings, book: Rulebook, grown: arithmetic.Growth
) -> Judged:
    """One topic: its profile, positions, findings and course."""
    own = [claims[i] for i in topic.claims if i in claims]
    known = curated(topic.curated, book)
    profile = profiles(book).of_topic(own, known.profile, known.changes)
    links = {(link.a, link.b): link for link in topic.links}
    around = with_changes(base, profile=profile, trusted=known.trusted, links=links, with_one=with_one(own, base.words))
    derived = sound(own, arithmetic.derive(own, grown, around, book), claims, around.settings.cannot)
    if len(own) == 1 and not derived:  # most are: nothing to compare
        alone = msgspec.structs.replace(topic, profile=profile.kind, positions=((own[0].id,),))
        return Judged(alone, [], [], None, 0, {})
    positions = positions_of([*own, *derived], around)
    many = len(positions) > 4 * around.settings.time_pairs
    bench = Bench(topic, around, table(book), known.events, many)
    edges: dict[tuple[int, int], Edge] = {}
    aside = Counter[str]()
    for (i, p), (j, q) in _pairs(positions, around.settings):
        if not comparable(p, q, claims) or (found := bench.across(p, q)) is None:
            continue
        if found[0].outcome == "none":
            aside[found[0].reason] += 1
        else:
            edges[i, j] = Edge(*found)
    findings = list(told(positions, edges, bench, around.settings.time_pairs))
    if bench.apart:
        aside["told-apart"] += bench.apart
    if bench.editions:
        aside["another-edition"] += bench.editions
    pairs = len(edges) + sum(aside.values()) + sum(len(sources_of(p.claims)) > 1 for p in positions)
    capped = len(positions) * (len(positions) - 1) // 2 - around.settings.pairs_per_topic
    if capped > 0:
        aside["over the cap"] += capped
    done = msgspec.structs.replace(
        topic,
        claims=(*topic.claims, *(c.id for c in derived)),
        profile=profile.kind,
        positions=tuple(p.ids for p in positions),
    )
    findings.sort(key=worst_first)
    return Judged(done, findings, derived, course(topic, own, around), pairs, aside)


def with_changes(base: Surroundings, **changes: object) -> Surroundings:
    """A copy of the surroundings with some of them changed, and nothing worked out yet."""
    return msgspec.structs.replace(base, **changes, _sides={}, _near={})


def _pairs(positions: list[Position], settings: JudgeSettings) -> Iterable[tuple[Placed, Placed]]:
    """Pairs of positions with their places: all of them, up to the cap (nearest in time first)."""
    numbered = list(enumerate(positions))
    if len(positions) * (len(positions) - 1) // 2 <= settings.pairs_per_topic:
        return combinations(numbered, 2)
    reach = max(1, settings.pairs_per_topic // len(positions))
    return ((x, numbered[j]) for x in numbered for j in range(x[0] + 1, min(x[0] + 1 + reach, len(numbered))))

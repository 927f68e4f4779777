"""Claims to topics: the flow of the stage."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from consistency.engine import SERIAL, Engine
from consistency.model import Clustering, Evidence, Extraction, Link, Origins, Topic
from consistency.rulebook import Rulebook
from consistency.topics import curated
from consistency.topics.about import Document, read_document
from consistency.topics.blocking import block
from consistency.topics.bonds import Bonds, bonds
from consistency.topics.clusters import agglomerate
from consistency.topics.keys import SHINGLE
from consistency.topics.links import Links, links_of
from consistency.topics.origins import find_origins, settled
from consistency.topics.passages import copy_rules
from consistency.topics.settings import TopicSettings, Whole
from consistency.topics.signature import Signature, first_claim, named_after, signatures
from consistency.topics.similarity import Scorer
from consistency.topics.stories import stories
from consistency.topics.titles import title_of
from consistency.topics.vocabulary import Vocabulary, vocabulary
from consistency.topics.weights import Weights, weights

SCHEME = "t1"
DEFAULTS = TopicSettings()


def cluster(
    extractions: Sequence[Extraction],
    rules: Rulebook | None = None,
    settings: TopicSettings = DEFAULTS,
    whole: Whole | None = None,
    engine: Engine = SERIAL,
) -> Clustering:
    """Groups the claims of all sources into topics: claims about one measure, in one role, of one thing.

    Every claim is in exactly one topic, most of them alone. The order of the extractions makes no difference.
    whole: what these sources are a part of; then only its claims are put into topics. engine: who scores the pairs.
    Raises RuleError if a data file of `rules/topics/` is broken.
    """
    known, table = vocabulary(rules), weights(rules)
    origins = _origins(extractions, rules, settings, whole)
    documents = documents_of(extractions, known, table, settings) if whole is None else whole.documents
    if whole is not None and whole.signatures is not None:
        claims = [msgspec.structs.replace(s, index=i) for i, s in enumerate(whole.signatures)]
    else:
        claims = signatures(extractions, documents, known, copy_rules(rules), None if whole is None else whole.claims)
    index = {s.claim.id: s.index for s in claims}
    matched = curated.assign(claims, curated.load(rules), known)
    bound = bonds(claims, origins, matched, settings)
    scorer = Scorer(known, table, settings.asked) if whole is None or whole.scorer is None else whole.scorer
    before = scorer.scored
    met = [s for s in claims if s.index not in matched]
    capped: tuple[str, ...] = ()
    scored = 0
    if whole is not None:
        apart = {i for i in bound.taken if i not in matched}  # they have their topic, and meet nobody
        known_links = ((score, index[a], index[b]) for score, a, b in whole.links)
        links = Links(sorted((x for x in known_links if apart.isdisjoint(x[1:])), key=lambda x: x[1:]))
    else:
        blocks = block(met, known, settings, len(claims), bound.taken)
        links, scored = links_of(blocks, claims, scorer, engine)
        capped = blocks.capped
        del blocks  # a good part of the memory

    def score(a: int, b: int) -> float:
        known_score = links.score(a, b)  # most that are asked for are links
        return scorer.score(claims[a], claims[b]) if known_score is None else known_score

    groups, made = agglomerate(
        len(claims),
        links.best_first(),
        bound.must,
        score,
        table.threshold if settings.threshold is None else settings.threshold,
        table.veto,
        settings.members,
        bound.cannot,
    )
    topics = _topics(groups, made, bound, claims, scorer, {t.id: t.title for t in curated.load(rules)})
    return Clustering(topics=topics, origins=origins, pairs_scored=scorer.scored - before + scored, capped=capped)


def _origins(
    extractions: Sequence[Extraction], rules: Rulebook | None, settings: TopicSettings, whole: Whole | None
) -> Origins:
    if whole is None:
        return find_origins(extractions, rules, None, settings.near_copy)
    if whole.copies is None:
        return find_origins(extractions, rules, lambda g: whole.count(SHINGLE + g), settings.near_copy, whole.forms)
    claims, told = {c.id: c for e in extractions for c in e.claims}, whole.copies
    pairs, repeats = ([(claims[a], claims[b]) for a, b in found] for found in (told.pairs, told.repeats))
    return settled(extractions, pairs, told.editions, repeats, copy_rules(rules))


def explain(extractions: Sequence[Extraction], claim_a: str, claim_b: str, rules: Rulebook | None = None) -> Link:
    """The score of two claims with every weight that went into it. Raises KeyError for an unknown claim id."""
    known, table = vocabulary(rules), weights(rules)
    documents = documents_of(extractions, known, table)
    claims = {s.claim.id: s for s in signatures(extractions, documents, known, copy_rules(rules))}
    a, b = sorted((claims[claim_a], claims[claim_b]), key=lambda s: s.index)
    return Scorer(known, table).explain(a, b)


def documents_of(
    extractions: Sequence[Extraction], known: Vocabulary, table: Weights, settings: TopicSettings = DEFAULTS
) -> dict[str, Document]:
    """What each source is about, and which story it tells with others. The order of the extractions does not matter."""
    documents = {e.source: read_document(e, known) for e in sorted(extractions, key=first_claim)}
    told = stories(list(documents.values()), table, settings)
    return {s: msgspec.structs.replace(d, story=told[s]) if s in told else d for s, d in documents.items()}


def _topics(
    groups: Sequence[Sequence[int]],
    made: Sequence[tuple[int, int]],
    bound: Bonds,
    claims: Sequence[Signature],
    scorer: Scorer,
    titles: dict[str, str],
) -> tuple[Topic, ...]:
    """The records of the groups, ordered by their first claim."""
    home = {i: n for n, group in enumerate(groups) for i in group}
    links: dict[int, list[Link]] = {}
    taken, said, tied = bound.taken, set(bound.said), {(min(p), max(p)) for p in bound.must}
    for a, b in sorted(made):
        why = "taught" if (a, b) in said else "curated" if a in taken else "copied" if (a, b) in tied else None
        link = _bound_link(claims[a], claims[b], why, scorer) if why else scorer.explain(claims[a], claims[b])
        links.setdefault(home[a], []).append(link)
    seen: dict[str, int] = {}
    out: list[Topic] = []
    for n, group in enumerate(groups):
        members = [claims[i] for i in group]
        owner = taken.get(group[0])
        name = owner or f"{SCHEME}:{_digest(members)}"
        seen[name] = seen.get(name, 0) + 1
        out.append(
            Topic(
                id=name if seen[name] == 1 else f"{name}-{seen[name]}",
                title=titles[owner] if owner else title_of(members),
                claims=tuple(s.claim.id for s in members),
                curated=owner,
                links=tuple(links.get(n, ())),
            )
        )
    return tuple(out)


def _bound_link(a: Signature, b: Signature, why: str, scorer: Scorer) -> Link:
    """The link of two claims that belong together whatever their score: a person said so, curated, or at one place
    of a copy."""
    weight = scorer.table.of[why]
    return Link(a=a.claim.id, b=b.claim.id, score=weight, evidence=(Evidence(name=why, weight=weight, detail=""),))


def _digest(members: Sequence[Signature]) -> str:
    """A short hash of the claim that a topic is named after."""
    _, fingerprint, kind = named_after(members)
    return hashlib.sha256(f"{fingerprint}|{kind}".encode("utf-8", "surrogatepass")).hexdigest()[:12]

"""Whether the rows of a ledger say what its records say: what is looked up and listed beside what is kept packed.

Nobody who works with the program can part the two; a hand in the database, or a disk that lies, can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from consistency.archive import Kept, Portrait
from consistency.archive.kept import portrait
from consistency.ledger import tables
from consistency.ledger.content import plain
from consistency.ledger.finding_row import rank
from consistency.ledger.matching import hash_of
from consistency.ledger.records import FindingState, TopicState, unpack
from consistency.model import Claim, Source
from consistency.rulebook import Rulebook
from consistency.sources.remembered import content_of


def parted(base: sa.Connection, rules: Rulebook) -> Iterator[str]:
    """What is not as it should be, a sentence each."""
    yield from _texts(base)
    claims: dict[str, Claim] = {}
    yield from _claims(base, rules, claims)
    yield from _topics(base)
    yield from _versions(base)
    yield from _findings(base, claims)


def _texts(base: sa.Connection) -> Iterator[str]:
    """Every version of every text, and that none is missing."""
    s, v = tables.source.c, tables.source_version.c
    seen: dict[int, list[int]] = defaultdict(list)
    ids = {row.number: row for row in base.execute(sa.select(s.number, s.id, s.version))}
    for row in base.execute(sa.select(tables.source_version).order_by(v.source, v.version)):
        seen[row.source].append(row.version)
        name = f"{ids[row.source].id}, version {row.version}" if row.source in ids else f"source number {row.source}"
        source = _unpacked(row.record, Source)
        if source is None:
            yield f"{name}: its text is damaged"
            continue
        told = (source.id, content_of(source), source.sha256, source.title, source.publisher, source.published)
        said = (ids[row.source].id if row.source in ids else None, row.content, row.sha256)
        if told[:3] != said or tuple(map(plain, told[3:])) != (row.title, row.publisher, row.published):
            yield f"{name}: its text is not the one that was added"
    for number, row in sorted(ids.items()):
        if seen[number] != list(range(1, len(seen[number]) + 1)) or row.version not in (None, len(seen[number])):
            yield f"{row.id}: a version of its text is missing"


def _claims(base: sa.Connection, rules: Rulebook, found: dict[str, Claim]) -> Iterator[str]:
    """What is looked up of the readings. found: takes up the claims, by id."""
    c = tables.claim.c
    listed: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in base.execute(sa.select(c.source, c.id, c.fingerprint)):
        listed[row.source].add((row.id, row.fingerprint))
    s, r = tables.source.c, tables.reading
    for row in base.execute(sa.select(s.id, r).join(r, r.c.source == s.number).order_by(s.id)):
        kept, shown = _unpacked(row.record, Kept), _unpacked(row.portrait, Portrait)
        if kept is None or shown is None:
            yield f"{row.id}: what was read in it is damaged"
            continue
        found |= {claim.id: claim for claim in kept.extraction.claims}
        if listed.pop(row.source, set()) != {(x.id, x.fingerprint) for x in kept.extraction.claims}:
            yield f"{row.id}: the list of its claims is not that of its reading"
        elif row.claims != len(kept.extraction.claims) or shown != portrait(kept.extraction, rules):
            yield f"{row.id}: the summary of its claims is not that of its reading"
    if listed:
        yield "there are claims of sources that are not there"


def _topics(base: sa.Connection) -> Iterator[str]:
    inside = _grouped(base.execute(sa.select(tables.topic_claim.c.topic, tables.topic_claim.c.claim)))
    printed = set(base.scalars(sa.select(tables.claim.c.id)))
    for row in base.execute(sa.select(tables.topic).order_by(tables.topic.c.id)):
        state = _unpacked(row.record, TopicState)
        if state is None:
            yield f"topic {row.id} is damaged"
        elif (state.topic.id, plain(state.topic.title) or "") != (row.id, row.title) or (
            inside.pop(row.id, set()) != {(i,) for i in state.topic.claims if i in printed}
        ):
            yield f"topic {row.id} is listed otherwise than it is"


def _versions(base: sa.Connection) -> Iterator[str]:
    """Every version of every finding, and that none is missing."""
    f, v = tables.finding.c, tables.finding_version.c
    seen: dict[str, list[int]] = defaultdict(list)
    for row in base.execute(sa.select(v.finding, v.version, v.hash, v.record).order_by(v.finding, v.version)):
        seen[row.finding].append(row.version)
        state = _unpacked(row.record, FindingState)
        if state is None or hash_of(state) != row.hash:
            yield f"finding {row.finding}, version {row.version}: it is damaged or was changed"
    for row in base.execute(sa.select(f.id, f.version, f.status, f.decided_version).order_by(f.id)):
        if seen[row.id] != list(range(1, row.version + 1)):
            yield f"finding {row.id}: a version of it is missing"
        settled = row.decided_version is not None
        if settled != (row.status in ("decided", "changed")) or (settled and row.decided_version > row.version):
            yield f"finding {row.id} is marked as {row.status} by a decision on version {row.decided_version or 'none'}"


def _findings(base: sa.Connection, printed: dict[str, Claim]) -> Iterator[str]:
    """What is listed of the findings of today, and the claims they were found in. printed: all there are."""
    topics = set(base.scalars(sa.select(tables.topic.c.id)))
    at, own = tables.finding_claim.c, tables.finding_source.c
    claims = _grouped(base.execute(sa.select(at.finding, at.claim)))
    sources = _grouped(base.execute(sa.select(own.finding, own.source, own.publisher)))
    f, v = tables.finding, tables.finding_version.c
    asked = sa.select(f, v.record).join(tables.finding_version, sa.and_(v.finding == f.c.id, v.version == f.c.version))
    for row in base.execute(asked.where(f.c.computed.is_not(None)).order_by(f.c.id)):
        state = _unpacked(row.record, FindingState)
        rests, stands = claims.pop(row.id, set()), sources.pop(row.id, set())
        if state is None:
            continue  # told of its versions
        finding = state.finding
        recent = max((s.published for s in state.sources if s.published), default="")
        told = (finding.id, finding.topic, finding.outcome, finding.severity, finding.rule, finding.confidence)
        said = (row.computed, row.topic, row.outcome, row.severity, row.rule, row.confidence)
        if (
            told != said
            or (plain(finding.message) or "", plain(recent) or "", rank(finding, recent))
            != (row.message, row.recent, row.rank)
            or rests != {(c.id,) for c in state.claims if c.derived is None}
            or stands != {(s.id, plain(s.publisher)) for s in state.sources}
        ):
            yield f"finding {row.id} is listed otherwise than it is"
        elif any(printed.get(c.id) != c for c in state.claims if c.derived is None):
            yield f"finding {row.id} rests on claims that are not as they were read"
        elif not {row.topic, row.topic.partition("~")[0]} & topics:
            yield f"finding {row.id} is of a topic that is not there"
    if claims or sources:
        yield "there are claims or sources of findings that are not there"


def _grouped(rows: Iterable[Any]) -> dict[str, set[tuple[Any, ...]]]:
    """The rest of each row, by its first value."""
    out: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for first, *rest in rows:
        out[first].add(tuple(rest))
    return out


def _unpacked(data: bytes, kind: type[Any]) -> Any:
    """The record, None where it is damaged."""
    try:
        return unpack(data, kind)
    except ValueError:
        return None

"""The rows of topics and findings: replaced where claims were judged anew, under ids that last.

The engine names a finding after the earliest claim of each side, so an earlier source gives it another name. Here it
keeps the name it was first seen under: the engine's name decides, then the claims that both sides still share. What was
decided on it stays with it; where what it says has changed, it has a further version, and the decision is on the one
before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec
import sqlalchemy as sa

from consistency.archive import Reached
from consistency.ledger import tables
from consistency.ledger.content import chunks, plain
from consistency.ledger.matching import Seen, hash_of, matched, prints
from consistency.ledger.records import FindingState, TopicState, pack, unpacked
from consistency.model import Claim, Finding, Judgement, SourceInfo, Topic

_SEVERITY = {"error": 1.0, "warning": 0.5, "note": 0.1}
_HALF_LIFE = 3 * 365.25  # days after which a finding weighs half as much in the queue
_UNDATED = date(2010, 1, 1)


class Told(msgspec.Struct, frozen=True):
    """Ids of findings that are new, say something else now, or are gone."""

    new: tuple[str, ...]
    altered: tuple[str, ...]
    gone: tuple[str, ...]


def replace(base: sa.Connection, claims: frozenset[str], found: Reached, judgement: Judgement, run: int) -> Told:
    """Puts the topics and findings of some claims in place of those that are there.

    claims: all that were judged anew, and those that are no more; found: where they stand.
    """
    view = _View(found, judgement)
    names = _topics(base, claims, view)
    states = [s for f in judgement.findings if (s := view.state(f, names)) is not None and view.rests(f) & claims]
    old = _old(base, claims)
    pairs, fresh, gone = matched(old, states)
    altered = []
    back = _back(base, fresh)
    for seen, state in pairs:
        if _update(base, seen, state, view, run):
            altered.append(seen.id)
    new = []
    for seen, state in back:
        _update(base, seen, state, view, run)
        new.append(seen.id)
    returned = {id(state) for _, state in back}
    for state in fresh:
        if id(state) not in returned:
            name = _name(base, state.finding.id)
            _insert(base, name, state, view, run)
            new.append(name)
    for seen in gone:
        _clear(base, seen.id)
        base.execute(sa.update(tables.finding).where(tables.finding.c.id == seen.id).values(computed=None))
    return Told(tuple(new), tuple(altered), tuple(seen.id for seen in gone))


class _View:
    """Look-ups over what was judged."""

    def __init__(self, found: Reached, judgement: Judgement) -> None:
        self.judgement = judgement
        self.claims: dict[str, Claim] = {c.id: c for e in found.extractions for c in e.claims}
        self.derived = {c.id: c for c in judgement.derived}
        self.claims |= self.derived
        self.infos: dict[str, SourceInfo] = {k: v.info for k, v in found.kept.items()}
        self.topics = {t.id: t for t in judgement.topics}
        self.courses = {c.topic: c for c in judgement.courses}

    def state(self, finding: Finding, names: Mapping[str, str]) -> FindingState | None:
        """A finding with all that is shown of it."""
        shown = sorted({*finding.claims, *self.rests(finding)})
        claims = tuple(self.claims[i] for i in shown)
        sources = sorted({c.source for c in claims} & set(self.infos))
        topic = names.get(finding.topic, finding.topic)
        return FindingState(
            finding=msgspec.structs.replace(finding, topic=topic),
            claims=claims,
            sources=tuple(self.infos[s] for s in sources),
        )

    def rests(self, finding: Finding) -> frozenset[str]:
        """The printed claims a finding rests on."""
        out: set[str] = set()
        todo = list(finding.claims)
        while todo:
            claim = self.claims[todo.pop()]
            if claim.derived is None:
                out.add(claim.id)
            else:
                todo += [i for i in claim.derived.from_ if i in self.claims]
        return frozenset(out)

    def title(self, topic: str, names: Mapping[str, str] | None = None) -> str:
        """The title of a topic."""
        found = self.topics.get(topic)
        return found.title if found else topic


def _topics(base: sa.Connection, claims: Iterable[str], view: _View) -> dict[str, str]:
    """Writes the topics anew, and tells the name of each: another one where a topic elsewhere has its own."""
    at = tables.topic_claim
    old = {
        t for part in chunks(claims) for t in base.execute(sa.select(at.c.topic).where(at.c.claim.in_(part))).scalars()
    }
    for part in chunks(old):
        base.execute(sa.delete(at).where(at.c.topic.in_(part)))
        base.execute(sa.delete(tables.topic).where(tables.topic.c.id.in_(part)))
    told = {f.topic for f in view.judgement.findings}
    names: dict[str, str] = {}
    for topic in view.judgement.topics:
        if len(topic.claims) < 2 and topic.id not in told:
            continue
        name, n = topic.id, 1
        while base.execute(sa.select(tables.topic.c.id).where(tables.topic.c.id == name)).first():
            n += 1
            name = f"{topic.id}~{n}"
        names[topic.id] = name
        _topic(base, msgspec.structs.replace(topic, id=name), topic.id, view)
    return names


def _topic(base: sa.Connection, topic: Topic, computed: str, view: _View) -> None:
    derived = tuple(sorted((view.derived[i] for i in topic.claims if i in view.derived), key=lambda c: c.id))
    state = TopicState(topic=topic, derived=derived, course=view.courses.get(computed))
    base.execute(sa.insert(tables.topic).values(id=topic.id, title=plain(topic.title) or "", record=pack(state)))
    printed = [i for i in topic.claims if i in view.claims and view.claims[i].derived is None]
    if printed:
        base.execute(sa.insert(tables.topic_claim), [{"claim": i, "topic": topic.id} for i in printed])


def _old(base: sa.Connection, claims: Iterable[str]) -> list[Seen]:
    """The findings that rest on some claims, as they are in the ledger."""
    at = tables.finding_claim.c
    ids = {
        i for part in chunks(claims) for i in base.execute(sa.select(at.finding).where(at.claim.in_(part))).scalars()
    }
    return _seen(base, ids)


def _seen(base: sa.Connection, ids: Iterable[str]) -> list[Seen]:
    f, v = tables.finding.c, tables.finding_version.c
    asked = sa.select(f.id, f.computed, f.version, f.status, f.decided_version, v.hash, v.record).join(
        tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version)
    )
    asked = asked.with_for_update(of=tables.finding)  # who decides on one meanwhile waits, and is told that it moved on
    rows = (row for part in chunks(ids) for row in base.execute(asked.where(f.id.in_(part))))
    return sorted(
        (
            Seen(
                r.id,
                r.computed,
                r.version,
                r.status,
                r.decided_version,
                r.hash,
                prints(unpacked(r.record, FindingState, f"finding {r.id}")),
            )
            for r in rows
        ),
        key=lambda s: s.id,
    )


def _back(base: sa.Connection, fresh: Sequence[FindingState]) -> list[tuple[Seen, FindingState]]:
    """The findings that were gone and come back, under their name and with their decisions: those that say the very
    same, whatever the engine calls them now, then those that the engine calls as it did first."""
    f, v = tables.finding.c, tables.finding_version.c
    hashes = {id(state): hash_of(state) for state in fresh}
    ids = {state.finding.id for state in fresh}
    asked = sa.select(f.id).join(tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version))
    for part in chunks(set(hashes.values())):
        ids |= set(base.scalars(asked.where(f.computed.is_(None), v.hash.in_(part))))
    waiting = sorted((s for s in _seen(base, ids) if s.computed is None), key=lambda s: (s.status == "open", s.id))
    out: list[tuple[Seen, FindingState]] = []
    left = list(fresh)
    ways: tuple[Callable[[Seen, FindingState], bool], ...] = (
        lambda seen, state: seen.id == state.finding.id and seen.hash == hashes[id(state)],
        lambda seen, state: seen.hash == hashes[id(state)],
        lambda seen, state: seen.id == state.finding.id,
    )
    for alike in ways:
        still = []
        for state in left:
            found = next((seen for seen in waiting if alike(seen, state)), None)
            if found is None:
                still.append(state)
            else:
                waiting.remove(found)
                out.append((found, state))
        left = still
    return out


def _name(base: sa.Connection, wanted: str) -> str:
    """An id that no finding has."""
    name, n = wanted, 1
    while base.execute(sa.select(tables.finding.c.id).where(tables.finding.c.id == name)).first():
        n += 1
        name = f"{wanted}~{n}"
    return name


def _update(base: sa.Connection, seen: Seen, state: FindingState, view: _View, run: int) -> bool:
    """Writes what a finding is now. True if it says something else than before."""
    hash_ = hash_of(state)
    values = _values(state, view)
    _clear(base, seen.id)
    altered = hash_ != seen.hash
    version = seen.version
    if altered:
        version += 1
        _version(base, seen.id, version, hash_, state, run)
        values |= {"version": version, "status": _status(base, seen, hash_)}
    else:
        at = tables.finding_version
        where = sa.and_(at.c.finding == seen.id, at.c.version == version)
        base.execute(sa.update(at).where(where).values(record=pack(state)))
    base.execute(sa.update(tables.finding).where(tables.finding.c.id == seen.id).values(values))
    _links(base, seen.id, state, view)
    return altered or seen.computed is None


def _status(base: sa.Connection, seen: Seen, hash_: str) -> str:
    """Where a finding stands that says something else now: what was decided on its very words holds again."""
    if seen.decided_version is None:
        return seen.status
    at = tables.finding_version.c
    asked = sa.select(at.hash).where(at.finding == seen.id, at.version == seen.decided_version)
    return "decided" if base.execute(asked).scalar() == hash_ else "changed"


def _insert(base: sa.Connection, name: str, state: FindingState, view: _View, run: int) -> None:
    values = _values(state, view) | {"id": name, "version": 1, "status": "open", "run": run}
    base.execute(sa.insert(tables.finding).values(values))
    _version(base, name, 1, hash_of(state), state, run)
    _links(base, name, state, view)


def _version(base: sa.Connection, name: str, version: int, hash_: str, state: FindingState, run: int) -> None:
    values = {"finding": name, "version": version, "hash": hash_, "record": pack(state), "run": run}
    base.execute(sa.insert(tables.finding_version).values(values))


def _values(state: FindingState, view: _View) -> dict[str, object]:
    finding = state.finding
    title = view.title(finding.topic.partition("~")[0])
    recent = max((s.published for s in state.sources if s.published), default="")
    words = [title, finding.message, finding.rule, *(c.sentence.text for c in state.claims if c.sentence)]
    words += [w for s in state.sources for w in (s.id, s.title, s.publisher) if w]
    return {
        "computed": finding.id,
        "topic": finding.topic,
        "title": plain(title) or "",
        "outcome": finding.outcome,
        "severity": finding.severity,
        "rule": finding.rule,
        "confidence": finding.confidence,
        "message": plain(finding.message) or "",
        "recent": plain(recent) or "",
        "search": plain("\n".join(words)[:20_000].casefold()) or "",
        "rank": rank(finding, recent),
    }


def rank(finding: Finding, recent: str) -> float:
    """The place in the queue: the logarithm of severity x confidence x recency, where a finding weighs half as much
    every three years. So the order is the same on every day it is looked at."""
    try:
        day = date.fromisoformat(recent)
    except ValueError:
        day = _UNDATED
    weight = _SEVERITY.get(finding.severity, 0.1) * max(finding.confidence, 0.01)
    return round(math.log2(weight) + day.toordinal() / _HALF_LIFE, 6)


def _links(base: sa.Connection, name: str, state: FindingState, view: _View) -> None:
    rests = sorted(view.rests(state.finding))
    base.execute(sa.insert(tables.finding_claim), [{"finding": name, "claim": i} for i in rests])
    rows = [{"finding": name, "source": s.id, "publisher": plain(s.publisher)} for s in state.sources]
    if rows:
        base.execute(sa.insert(tables.finding_source), rows)


def _clear(base: sa.Connection, name: str) -> None:
    for table in (tables.finding_claim, tables.finding_source):
        base.execute(sa.delete(table).where(table.c.finding == name))

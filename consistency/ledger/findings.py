"""The rows of topics and findings: replaced where claims were judged anew, under ids that last.

The engine names a finding after the earliest claim of each side, so an earlier source gives it another name. Here it
keeps the name it was first seen under: the engine's name decides, then the claims that both sides still share. What was
decided on it stays with it; where what it says has changed, it has a further version, and the decision is on the one
before. What says what it said, word for word, is not written again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec
import sqlalchemy as sa

from consistency.archive import Reached
from consistency.ledger import tables
from consistency.ledger.bulk import Rows, chunks, delete, update
from consistency.ledger.content import plain
from consistency.ledger.finding_row import View, rests, values
from consistency.ledger.matching import Now, Seen, hash_of, matched, prints, sum_of
from consistency.ledger.records import FindingState, TopicState, pack, unpacked
from consistency.model import Judgement, Topic


class Told(msgspec.Struct, frozen=True):
    """Ids of findings that are new, say something else now, or are gone."""

    new: tuple[str, ...]
    altered: tuple[str, ...]
    gone: tuple[str, ...]


def replace(base: sa.Connection, claims: frozenset[str], found: Reached, judgement: Judgement, run: int) -> Told:
    """Puts the topics and findings of some claims in place of those that are there.

    claims: all that were judged anew, and those that are no more; found: where they stand.
    """
    view = View(found, judgement)
    names = _topics(base, claims, view)
    states = (view.state(f, names) for f in judgement.findings)
    now = [Now(state, hash_of(state)) for state in states if not claims.isdisjoint(rests(state))]
    pairs, fresh, gone = matched(_old(base, claims), now)
    back = _back(base, fresh)
    came = {id(one) for _, one in back}
    left = [one for one in fresh if id(one) not in came]
    rows = Rows(base)
    altered = _update(base, rows, pairs, view, run)
    _update(base, rows, back, view, run)
    new = [seen.id for seen, _ in back]
    for name, one in zip(_free(base, tables.finding, [one.state.finding.id for one in left]), left, strict=True):
        _insert(rows, name, one, view, run)
        new.append(name)
    _clear(base, [seen.id for seen in gone])
    update(base, tables.finding, ({"id": seen.id, "computed": None} for seen in gone))
    rows.write()
    return Told(tuple(new), tuple(altered), tuple(seen.id for seen in gone))


def _topics(base: sa.Connection, claims: Iterable[str], view: View) -> dict[str, str]:
    """Writes the topics anew, and tells the name of each: another one where a topic elsewhere has its own."""
    at = tables.topic_claim
    old = {
        t for part in chunks(claims) for t in base.execute(sa.select(at.c.topic).where(at.c.claim.in_(part))).scalars()
    }
    delete(base, at.c.topic, old)
    delete(base, tables.topic.c.id, old)
    told = {f.topic for f in view.judgement.findings}
    kept = [t for t in view.judgement.topics if len(t.claims) > 1 or t.id in told]
    names = dict(zip((t.id for t in kept), _free(base, tables.topic, [t.id for t in kept]), strict=True))
    rows = Rows(base)
    for topic in kept:
        _topic(rows, msgspec.structs.replace(topic, id=names[topic.id]), topic.id, view)
    rows.write()
    return names


def _topic(rows: Rows, topic: Topic, computed: str, view: View) -> None:
    derived = tuple(sorted((view.derived[i] for i in topic.claims if i in view.derived), key=lambda c: c.id))
    state = TopicState(topic=topic, derived=derived, course=view.courses.get(computed))
    rows.add(tables.topic, {"id": topic.id, "title": view.title(computed), "record": pack(state)})
    for claim in topic.claims:
        if claim in view.read:  # one that its own source gives by reckoning is among them
            rows.add(tables.topic_claim, {"claim": claim, "topic": topic.id})


def _free(base: sa.Connection, table: sa.Table, wanted: Sequence[str]) -> list[str]:
    """Ids that no row of a table has, nor another one of these: as they are wanted, where that is so."""
    taken = {i for part in chunks(set(wanted)) for i in base.scalars(sa.select(table.c.id).where(table.c.id.in_(part)))}
    out = []
    for name in wanted:
        own, n = name, 1
        while own in taken:
            n += 1
            own = f"{name}~{n}"
            if base.execute(sa.select(table.c.id).where(table.c.id == own)).first():
                taken.add(own)
        taken.add(own)
        out.append(own)
    return out


def _old(base: sa.Connection, claims: Iterable[str]) -> list[Seen]:
    """The findings that rest on some claims, as they are in the ledger."""
    at = tables.finding_claim.c
    ids = {
        i for part in chunks(claims) for i in base.execute(sa.select(at.finding).where(at.claim.in_(part))).scalars()
    }
    return _seen(base, ids)


def _seen(base: sa.Connection, ids: Iterable[str]) -> list[Seen]:
    f, v = tables.finding.c, tables.finding_version.c
    asked = sa.select(f.id, f.computed, f.title, f.version, f.status, f.decided_version, v.hash, v.record).join(
        tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version)
    )
    asked = asked.with_for_update(of=tables.finding)  # who decides on one meanwhile waits, and is told that it moved on
    rows = (row for part in chunks(ids) for row in base.execute(asked.where(f.id.in_(part))))
    return sorted(
        (
            Seen(
                r.id,
                r.computed,
                r.title,
                r.version,
                r.status,
                r.decided_version,
                r.hash,
                sum_of(r.record),
                prints(unpacked(r.record, FindingState, f"finding {r.id}")),
            )
            for r in rows
        ),
        key=lambda s: s.id,
    )


def _back(base: sa.Connection, fresh: Sequence[Now]) -> list[tuple[Seen, Now]]:
    """The findings that were gone and come back, under their name and with their decisions: those that say the very
    same, whatever the engine calls them now, then those that the engine calls as it did first."""
    f, v = tables.finding.c, tables.finding_version.c
    ids = {one.state.finding.id for one in fresh}
    asked = sa.select(f.id).join(tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version))
    for part in chunks({one.hash for one in fresh}):
        ids |= set(base.scalars(asked.where(f.computed.is_(None), v.hash.in_(part))))
    waiting = sorted((s for s in _seen(base, ids) if s.computed is None), key=lambda s: (s.status == "open", s.id))
    ways: tuple[tuple[Callable[[Seen], object], Callable[[Now], object]], ...] = (
        (lambda seen: (seen.id, seen.hash), lambda one: (one.state.finding.id, one.hash)),
        (lambda seen: seen.hash, lambda one: one.hash),
        (lambda seen: seen.id, lambda one: one.state.finding.id),
    )
    out: list[tuple[Seen, Now]] = []
    left = list(fresh)
    for of_seen, of_now in ways:
        by: dict[object, list[Seen]] = {}
        for seen in reversed(waiting):
            by.setdefault(of_seen(seen), []).append(seen)
        still = []
        for one in left:
            alike = by.get(of_now(one))
            if alike:
                out.append((alike.pop(), one))
            else:
                still.append(one)
        left = still
        waiting = sorted((s for group in by.values() for s in group), key=lambda s: (s.status == "open", s.id))
    return out


def _update(base: sa.Connection, rows: Rows, pairs: Collection[tuple[Seen, Now]], view: View, run: int) -> list[str]:
    """Writes what findings are now, as far as it is not what stands there. The ids of those that say something else
    than before."""
    altered, again, cleared, changes = [], [], [], []
    for seen, one in pairs:
        state, title = one.state, view.title(one.state.finding.topic)
        record = pack(state)
        if (seen.computed, seen.title, seen.sum) == (state.finding.id, title, sum_of(record)):
            continue
        version, status = seen.version, seen.status
        if one.hash != seen.hash:
            altered.append(seen.id)
            version, status = version + 1, _status(base, seen, one.hash)
            _version(rows, seen.id, version, one, record, run)
        else:
            again.append({"finding": seen.id, "version": version, "record": record})
        changes.append({"id": seen.id, **values(state, title), "version": version, "status": status})
        cleared.append(seen.id)
        _links(rows, seen.id, state)
    _clear(base, cleared)
    update(base, tables.finding_version, again)
    update(base, tables.finding, changes)
    return altered


def _status(base: sa.Connection, seen: Seen, hash_: str) -> str:
    """Where a finding stands that says something else now: what was decided on its very words holds again."""
    if seen.decided_version is None:
        return seen.status
    at = tables.finding_version.c
    asked = sa.select(at.hash).where(at.finding == seen.id, at.version == seen.decided_version)
    return "decided" if base.execute(asked).scalar() == hash_ else "changed"


def _insert(rows: Rows, name: str, one: Now, view: View, run: int) -> None:
    state = one.state
    row = values(state, view.title(state.finding.topic)) | {"id": name, "version": 1, "status": "open", "run": run}
    rows.add(tables.finding, row)
    _version(rows, name, 1, one, pack(state), run)
    _links(rows, name, state)


def _version(rows: Rows, name: str, version: int, one: Now, record: bytes, run: int) -> None:
    row = {"finding": name, "version": version, "hash": one.hash, "record": record, "run": run}
    rows.add(tables.finding_version, row)


def _links(rows: Rows, name: str, state: FindingState) -> None:
    for claim in rests(state):
        rows.add(tables.finding_claim, {"finding": name, "claim": claim})
    for s in state.sources:
        rows.add(tables.finding_source, {"finding": name, "source": s.id, "publisher": plain(s.publisher)})


def _clear(base: sa.Connection, names: Collection[str]) -> None:
    for table in (tables.finding_claim, tables.finding_source):
        delete(base, table.c.finding, names)

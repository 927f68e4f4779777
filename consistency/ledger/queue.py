"""What the review desk reads: the queue of findings by filter and page, and the versions of a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from consistency.ledger import tables
from consistency.ledger.records import FindingState, unpacked
from consistency.model import Record

STATUSES = ("undecided", "open", "second", "changed", "decided", "gone", "all")
"""What the queue can be narrowed to. undecided: open, second or changed; gone: no longer found."""
_UNDECIDED = ("open", "second", "changed")
_F = tables.finding.c
_CHOICES = 300


class Filters(Record, frozen=True):
    """Which findings. from_, to: ISO days of the latest publication; assignee: a name, or "-" for nobody; search: words
    that must all stand in the finding."""

    outcome: str = ""
    topic: str = ""
    publisher: str = ""
    from_: str = ""
    to: str = ""
    assignee: str = ""
    status: str = "undecided"
    search: str = ""


class Entry(Record, frozen=True):
    """A finding as the queue shows it: the columns of the table `finding`, and who published its sources."""

    id: str
    computed: str | None
    version: int
    topic: str
    title: str
    outcome: str
    severity: str
    rule: str
    confidence: float
    message: str
    recent: str
    rank: float
    status: str
    verdict: str | None
    decided_version: int | None
    assignee: str | None
    publishers: tuple[str, ...] = ()


Key = tuple[float, str]
"""The place of a finding in the queue: its rank and its id."""


class Page(Record, frozen=True):
    """A stretch of the queue. total: how many findings pass the filters; before, after: the places its neighbours
    begin at, None at an end."""

    entries: tuple[Entry, ...]
    total: int
    before: Key | None
    after: Key | None


class Choices(Record, frozen=True):
    """What the filters can be set to, as far as it occurs."""

    outcomes: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    publishers: tuple[str, ...]
    assignees: tuple[str, ...]


class Older(Record, frozen=True):
    """One version of a finding."""

    version: int
    state: FindingState


_COLUMNS = [_F[name] for name in Entry.__struct_fields__ if name != "publishers"]


def page(
    engine: sa.Engine, filters: Filters, after: Key | None = None, before: Key | None = None, size: int = 50
) -> Page:
    """A page of the queue, highest rank first: the first, or the one after or before a place in it (keyset paging)."""
    where = _where(filters)
    with engine.connect() as base:
        total = base.execute(sa.select(sa.func.count()).select_from(tables.finding).where(*where)).scalar_one()
        asked = sa.select(*_COLUMNS).where(*where).limit(size + 1)
        if before is not None:
            rows = base.execute(asked.where(_ahead(before)).order_by(_F.rank, _F.id.desc())).all()
            found = rows[:size][::-1]
            earlier, later = len(rows) > size, bool(found)
        else:
            rows = base.execute(asked.where(*([_behind(after)] if after else [])).order_by(_F.rank.desc(), _F.id)).all()
            found = rows[:size]
            earlier, later = after is not None and bool(found), len(rows) > size
        entries = _entries(base, found)
    return Page(
        entries=entries,
        total=total,
        before=(entries[0].rank, entries[0].id) if earlier else None,
        after=(entries[-1].rank, entries[-1].id) if later else None,
    )


def following(engine: sa.Engine, filters: Filters, place: Key) -> str | None:
    """The id of the finding after a place in the queue; the first one where there is none after it; else None."""
    asked = sa.select(_F.id).where(*_where(filters), _F.id != place[1]).order_by(_F.rank.desc(), _F.id).limit(1)
    with engine.connect() as base:
        found: str | None = base.execute(asked.where(_behind(place))).scalar() or base.execute(asked).scalar()
    return found


def preceding(engine: sa.Engine, filters: Filters, place: Key) -> str | None:
    """The id of the finding before a place in the queue, None at its head."""
    asked = sa.select(_F.id).where(*_where(filters), _ahead(place)).order_by(_F.rank, _F.id.desc()).limit(1)
    with engine.connect() as base:
        found: str | None = base.execute(asked).scalar()
    return found


def entry(engine: sa.Engine, finding: str) -> Entry | None:
    """A finding by its id."""
    with engine.connect() as base:
        found = _entries(base, base.execute(sa.select(*_COLUMNS).where(_F.id == finding)).all())
    return found[0] if found else None


def of_topic(engine: sa.Engine, topic: str, but: str = "", most: int = 50) -> tuple[Entry, ...]:
    """The other findings of a topic and its parts ("topic~part"), highest rank first."""
    whole = topic.partition("~")[0]
    inside = sa.or_(_F.topic == whole, _F.topic.startswith(f"{whole}~", autoescape=True))
    asked = sa.select(*_COLUMNS).where(inside, _F.id != but).order_by(_F.rank.desc(), _F.id).limit(most)
    with engine.connect() as base:
        return _entries(base, base.execute(asked).all())


def state(engine: sa.Engine, finding: str, version: int) -> FindingState | None:
    """A version of a finding, whole. Raises LedgerError where it is damaged."""
    column = tables.finding_version.c
    asked = sa.select(column.record).where(column.finding == finding, column.version == version)
    with engine.connect() as base:
        data = base.execute(asked).scalar()
    return None if data is None else unpacked(data, FindingState, f"finding {finding}")


def older(engine: sa.Engine, finding: str, version: int, most: int = 10) -> tuple[Older, ...]:
    """The versions of a finding before this one, latest first."""
    column = tables.finding_version.c
    asked = sa.select(column.version, column.record).where(column.finding == finding, column.version < version)
    with engine.connect() as base:
        rows = base.execute(asked.order_by(column.version.desc()).limit(most)).all()
    return tuple(Older(row[0], unpacked(row[1], FindingState, f"finding {finding}")) for row in rows)


def choices(engine: sa.Engine) -> Choices:
    """What occurs in findings, for the filters; of topics and publishers the most frequent."""
    publisher = tables.finding_source.c.publisher
    with engine.connect() as base:
        outcomes = base.execute(sa.select(_F.outcome).distinct().order_by(_F.outcome)).scalars().all()
        asked = sa.select(_F.topic, sa.func.min(_F.title), sa.func.count()).group_by(_F.topic)
        found = base.execute(asked.order_by(sa.func.count().desc(), _F.topic).limit(_CHOICES)).all()
        counted = sa.select(publisher).where(publisher.is_not(None)).group_by(publisher)
        names = base.execute(counted.order_by(sa.func.count().desc(), publisher).limit(_CHOICES)).scalars().all()
        people = sa.select(_F.assignee).where(_F.assignee.is_not(None)).distinct().order_by(_F.assignee)
        assignees = base.execute(people).scalars().all()
    return Choices(
        outcomes=tuple(outcomes),
        topics=tuple(sorted(((row[0], row[1]) for row in found), key=lambda pair: (pair[1].casefold(), pair[0]))),
        publishers=tuple(sorted((name for name in names if name), key=lambda name: (name.casefold(), name))),
        assignees=tuple(name for name in assignees if name),
    )


def counts(engine: sa.Engine) -> dict[str, int]:
    """How many findings are of each status; `gone` apart, whatever their status was."""
    gone = sa.case((_F.computed.is_(None), "gone"), else_=_F.status)
    with engine.connect() as base:
        rows = base.execute(sa.select(gone, sa.func.count()).group_by(gone)).all()
    return {row[0]: row[1] for row in rows}


def decided(engine: sa.Engine, verdict: str, most: int = 10_000) -> tuple[Entry, ...]:
    """The findings that were decided so and not undone, latest publication first."""
    asked = sa.select(*_COLUMNS).where(_F.verdict == verdict, _F.status == "decided")
    with engine.connect() as base:
        return _entries(base, base.execute(asked.order_by(_F.recent.desc(), _F.id).limit(most)).all())


def since(engine: sa.Engine, undecided: bool = False) -> dict[str, str]:
    """When each finding was first there (UTC), by its id. undecided: only those of today that wait for a decision."""
    version, run = tables.finding_version.c, tables.run.c
    asked = sa.select(version.finding, run.at).join(tables.run, run.id == version.run).where(version.version == 1)
    if undecided:
        waits = sa.and_(_F.computed.is_not(None), _F.status.in_(_UNDECIDED))
        asked = asked.join(tables.finding, sa.and_(_F.id == version.finding, waits))
    with engine.connect() as base:
        return {row[0]: row[1] for row in base.execute(asked.order_by(version.finding))}


def _where(filters: Filters) -> list[sa.ColumnElement[bool]]:
    out: list[sa.ColumnElement[bool]] = []
    if filters.status == "gone":
        out.append(_F.computed.is_(None))
    elif filters.status != "all":
        out.append(_F.computed.is_not(None))
        out.append(_F.status.in_(_UNDECIDED) if filters.status == "undecided" else _F.status == filters.status)
    if filters.outcome:
        out.append(_F.outcome == filters.outcome)
    if filters.topic:
        out.append(_F.topic == filters.topic)
    if filters.publisher:
        own = tables.finding_source.c
        out.append(_F.id.in_(sa.select(own.finding).where(own.publisher == filters.publisher)))
    if filters.from_:
        out.append(_F.recent >= filters.from_)
    if filters.to:
        out.append(sa.and_(_F.recent <= filters.to, _F.recent != ""))
    if filters.assignee:
        out.append(_F.assignee.is_(None) if filters.assignee == "-" else _F.assignee == filters.assignee)
    return out + words_in(_F.search, filters.search)


def words_in(column: sa.ColumnElement[str], words: str) -> list[sa.ColumnElement[bool]]:
    """All words stand in the column, in any case of letters."""
    return [column.icontains(word, autoescape=True) for word in words.casefold().split()[:12]]


def _behind(place: Key) -> sa.ColumnElement[bool]:
    return sa.or_(_F.rank < place[0], sa.and_(_F.rank == place[0], _F.id > place[1]))


def _ahead(place: Key) -> sa.ColumnElement[bool]:
    return sa.or_(_F.rank > place[0], sa.and_(_F.rank == place[0], _F.id < place[1]))


def _entries(base: sa.Connection, rows: Iterable[Any]) -> tuple[Entry, ...]:
    found = [Entry(**row._asdict()) for row in rows]
    own = tables.finding_source.c
    asked = sa.select(own.finding, own.publisher).where(own.finding.in_([e.id for e in found]))
    publishers: dict[str, set[str]] = {}
    for finding, name in base.execute(asked):
        if name:
            publishers.setdefault(finding, set()).add(name)
    return tuple(msgspec.structs.replace(e, publishers=tuple(sorted(publishers.get(e.id, ())))) for e in found)

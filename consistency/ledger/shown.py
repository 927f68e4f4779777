"""What stands around a finding: its topic as it is today, the claims of it, and the texts they stand in."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from consistency.archive.kept import Kept
from consistency.ledger import tables
from consistency.ledger.queue import words_in
from consistency.ledger.records import TopicState, unpacked
from consistency.model import Claim, Source, SourceInfo

_SOURCES = 500


def topic(engine: sa.Engine, id_: str) -> TopicState | None:
    """A topic as it is today, or the one that a part ("topic~part") is of; None where it has no two claims now."""
    with engine.connect() as base:
        data = base.execute(sa.select(tables.topic.c.record).where(tables.topic.c.id == id_.partition("~")[0])).scalar()
    return None if data is None else unpacked(data, TopicState, f"topic {id_}")


def topics(engine: sa.Engine, words: str, most: int = 20, but: str = "") -> tuple[tuple[str, str], ...]:
    """(id, title) of the topics whose title has all the words."""
    column = tables.topic.c
    asked = sa.select(column.id, column.title).where(*words_in(column.title, words), column.id != but)
    with engine.connect() as base:
        return tuple((row[0], row[1]) for row in base.execute(asked.order_by(column.title, column.id).limit(most)))


def text(engine: sa.Engine, source: str, sha256: str) -> Source | None:
    """The source with this text: the latest version of it that has it. None where the ledger has no such text."""
    column = tables.source_version.c
    asked = (
        sa.select(column.record)
        .join(tables.source, tables.source.c.number == column.source)
        .where(tables.source.c.id == source, column.sha256 == sha256)
        .order_by(column.version.desc())
        .limit(1)
    )
    with engine.connect() as base:
        data = base.execute(asked).scalar()
    return None if data is None else unpacked(data, Source, f"source {source}")


def claims(engine: sa.Engine, ids: Iterable[str]) -> tuple[tuple[Claim, ...], tuple[SourceInfo, ...]]:
    """Claims by their ids, and the sources they stand in; those of the first 500 sources."""
    wanted = list(dict.fromkeys(ids))[:2000]
    column, reading = tables.claim.c, tables.reading.c
    found: dict[str, Claim] = {}
    infos: dict[str, SourceInfo] = {}
    with engine.connect() as base:
        numbers = base.execute(
            sa.select(column.source).where(column.id.in_(wanted)).distinct().order_by(column.source).limit(_SOURCES)
        ).scalars()
        for data in base.execute(
            sa.select(reading.record).where(reading.source.in_(list(numbers))).order_by(reading.source)
        ).scalars():
            kept = unpacked(data, Kept, "a reading")
            infos[kept.info.id] = kept.info
            found.update({claim.id: claim for claim in kept.extraction.claims})
    return tuple(found[i] for i in wanted if i in found), tuple(infos.values())


def with_fingerprints(engine: sa.Engine, marks: Iterable[str]) -> dict[str, str]:
    """The id of a claim of today by its fingerprint, for those that are there."""
    column = tables.claim.c
    with engine.connect() as base:
        rows = base.execute(sa.select(column.fingerprint, column.id).where(column.fingerprint.in_(list(marks))))
        return {row[0]: row[1] for row in rows}

"""The book of decisions: what people said of findings, each entry for ever.

The row of a finding says what holds of its entries; it is kept in step within the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import details, tables
from consistency.ledger.chain import START, canonical, faults, hashed
from consistency.ledger.connect import writing
from consistency.ledger.records import Decision
from consistency.ledger.runs import now
from consistency.ledger.standing import standing


def decide(
    engine: sa.Engine,
    finding: str,
    kind: str,
    author: str,
    *,
    version: int,
    detail: dict[str, Any] | None = None,
    note: str | None = None,
    evidence: str | None = None,
    four_eyes: bool = False,
    at: str | None = None,
) -> Decision:
    """Writes down a judgement on a version of a finding.

    version: the one the person looked at; if the finding says something else by now, the judgement is kept for the
    version it is about. four_eyes: nothing is settled by one person. at: the time in UTC, None for now. Raises
    LedgerError for what cannot be kept: an unknown finding, version or kind, a detail that does not fit the kind.
    """
    kind = details.kind(kind)
    return _write(engine, finding, kind, author, version, detail, note, evidence, None, four_eyes, at)


def assign(engine: sa.Engine, finding: str, to: str | None, author: str, four_eyes: bool = False) -> Decision:
    """Gives a finding to somebody; None takes it from whoever has it."""
    return _write(engine, finding, "assigned", author, None, {"to": to}, None, None, None, four_eyes, None)


def comment(engine: sa.Engine, finding: str, note: str, author: str, four_eyes: bool = False) -> Decision:
    """Adds a note that judges nothing."""
    details.needed(note, "the note", details.NOTE, lines=True)
    return _write(engine, finding, "comment", author, None, None, note, None, None, four_eyes, None)


def undo(engine: sa.Engine, number: int, author: str, note: str | None = None, four_eyes: bool = False) -> Decision:
    """Takes an entry back by a new one. Raises LedgerError if there is none, or it was taken back already."""
    with engine.connect() as base:
        row = base.execute(sa.select(tables.decision).where(tables.decision.c.id == number)).first()
    if row is None:
        raise LedgerError(f"there is no decision {number}")
    if row.kind == "undone":
        raise LedgerError(f"decision {number} takes one back itself; decide anew instead")
    return _write(engine, row.finding, "undone", author, None, None, note, None, number, four_eyes, None)


def of(engine: sa.Engine, finding: str) -> tuple[Decision, ...]:
    """All entries about a finding, oldest first."""
    with engine.connect() as base:
        return tuple(entries(base, tables.decision.c.finding == finding))


def every(engine: sa.Engine) -> Iterator[Decision]:
    """All entries, oldest first."""
    with engine.connect() as base:
        yield from entries(base)


def broken(engine: sa.Engine) -> list[str]:
    """What is wrong with the chain, in sentences; empty where nothing is."""
    return faults(every(engine))


def entries(base: sa.Connection, where: sa.ColumnElement[bool] | None = None) -> Iterator[Decision]:
    """Entries over a connection, oldest first."""
    asked = sa.select(tables.decision).order_by(tables.decision.c.id)
    for row in base.execute(asked if where is None else asked.where(where)):
        yield Decision(**{**row._mapping, "detail": json.loads(row.detail)})


def _write(
    engine: sa.Engine,
    finding: str,
    kind: str,
    author: str,
    version: int | None,
    detail: dict[str, Any] | None,
    note: str | None,
    evidence: str | None,
    undoes: int | None,
    four_eyes: bool,
    at: str | None,
) -> Decision:
    author = details.needed(author, "the name of who decides", details.NAME)
    checked, note, evidence = details.detail(kind, detail), details.note(note), details.evidence(evidence)
    f, d = tables.finding.c, tables.decision.c
    with writing(engine, "decisions") as base:
        row = base.execute(sa.select(f.id, f.version).where(f.id == finding)).first()
        if row is None:
            known = base.scalars(sa.select(f.id).limit(10_000)).all()
            raise LedgerError(f"there is no finding {finding!r} in the ledger{near(str(finding), known)}")
        if version is not None and not 1 <= version <= row.version:
            raise LedgerError(f"finding {finding} has no version {version}; its last is {row.version}")
        if kind == "duplicate" and (
            checked["of"] == finding or base.scalar(sa.select(f.id).where(f.id == checked["of"])) is None
        ):
            raise LedgerError(f"{checked['of']!r} is no other finding of the ledger")
        if undoes is not None and base.scalar(sa.select(d.id).where(d.undoes == undoes)) is not None:
            raise LedgerError(f"decision {undoes} was taken back already")
        last = base.execute(sa.select(d.id, d.hash).order_by(d.id.desc()).limit(1)).first()
        entry = Decision(
            id=1 if last is None else last.id + 1,
            finding=finding,
            version=version or row.version,
            kind=kind,
            detail=checked,
            note=note,
            evidence=evidence,
            author=author,
            at=at or now(),
            undoes=undoes,
            previous=START if last is None else last.hash,
            hash="",
        )
        entry = Decision(**{**entry.to_dict(), "hash": hashed(entry)})
        base.execute(sa.insert(tables.decision).values({**entry.to_dict(), "detail": canonical(checked)}))
        holds = standing(list(entries(base, d.finding == finding)), row.version, four_eyes)
        values = {
            "status": holds.status,
            "verdict": holds.verdict,
            "decided_version": holds.decided_version,
            "assignee": holds.assignee,
        }
        base.execute(sa.update(tables.finding).where(f.id == finding).values(values))
    return entry

"""Findings straight into the tables: two invented papers that count the ferries of a town apart."""

from __future__ import annotations

import sqlalchemy as sa

from consistency import Config, Source, check
from consistency.ledger import tables
from consistency.ledger.connect import writing
from consistency.ledger.records import FindingState, pack
from consistency.model import Report

FIRST = "2026-01-01T08:00:00Z"


def report(town: str = "Norwick") -> Report:
    """Two papers that contradict each other about the ferries of a town."""
    papers = [
        Source(id=f"{town}-{n}", text=f"{n} ferries serve the port of {town}, the harbour office said.", published=day)
        for n, day in ((12, "2025-03-01"), (19, "2025-03-01"))
    ]
    return check(papers, Config())


def state(town: str = "Norwick") -> FindingState:
    """Their contradiction as a ledger keeps it."""
    made = report(town)
    finding = made.findings[0]
    claims = tuple(c for c in made.claims if c.id in finding.claims)
    assert len(claims) == 2
    return FindingState(finding=finding, claims=claims, sources=made.sources)


def put(engine: sa.Engine, name: str, at: FindingState, when: str = FIRST) -> None:
    """Puts a finding into a ledger, or a further version of one that is there."""
    f, v = tables.finding, tables.finding_version
    with writing(engine, "sources") as base:
        run = base.execute(
            sa.insert(tables.run).values(kind="add", at=when, author="ann", program="0", counts="{}")
        ).inserted_primary_key[0]
        known = base.execute(sa.select(f.c.version, f.c.status).where(f.c.id == name)).first()
        version = 1 if known is None else known.version + 1
        if known is None:
            base.execute(
                sa.insert(f).values(
                    id=name,
                    computed=at.finding.id,
                    version=1,
                    topic=at.finding.topic,
                    title="ferries",
                    outcome=at.finding.outcome,
                    severity=at.finding.severity,
                    rule=at.finding.rule,
                    confidence=at.finding.confidence,
                    message=at.finding.message,
                    recent="2025-03-01",
                    search="ferries",
                    rank=1.0,
                    status="open",
                    run=run,
                )
            )
        else:
            status = "changed" if known.status == "decided" else known.status
            base.execute(sa.update(f).where(f.c.id == name).values(version=version, status=status))
        row = {"finding": name, "version": version, "hash": at.finding.message, "record": pack(at)}
        base.execute(sa.insert(v).values(row | {"run": run}))


def row(engine: sa.Engine, name: str) -> tuple[str, str | None, int | None, str | None]:
    """What the row of a finding says: status, verdict, decided_version, assignee."""
    f = tables.finding.c
    with engine.begin() as base:
        found = base.execute(sa.select(f.status, f.verdict, f.decided_version, f.assignee).where(f.id == name)).one()
    return tuple(found)  # type: ignore[return-value]

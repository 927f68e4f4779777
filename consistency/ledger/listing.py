"""What is in a ledger, a row a thing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from consistency.ledger import tables
from consistency.reporting.clean import clean_line

Row = dict[str, Any]


def sources(engine: sa.Engine) -> Iterator[Row]:
    """The current sources, by id."""
    s, v, r = tables.source.c, tables.source_version.c, tables.reading.c
    asked = (
        sa.select(s.id, s.version, v.published, v.publisher, v.title, r.claims)
        .join(tables.source_version, sa.and_(v.source == s.number, v.version == s.version))
        .join(tables.reading, r.source == s.number, isouter=True)
    )
    yield from sorted(_rows(engine, asked), key=lambda row: str(row["id"]))


def findings(engine: sa.Engine) -> Iterator[Row]:
    """The findings of today, as the queue has them."""
    f = tables.finding.c
    asked = sa.select(
        f.id, f.version, f.outcome, f.severity, f.confidence, f.status, f.verdict, f.assignee, f.title, f.message
    )
    yield from _rows(engine, asked.where(f.computed.is_not(None)).order_by(f.rank.desc(), f.id))


def decisions(engine: sa.Engine) -> Iterator[Row]:
    """All decisions, oldest first."""
    d = tables.decision.c
    asked = sa.select(d.id, d.at, d.author, d.finding, d.version, d.kind, d.detail, d.note, d.evidence, d.undoes)
    for row in _rows(engine, asked.order_by(d.id)):
        yield row | {"detail": json.loads(row["detail"])}


def runs(engine: sa.Engine) -> Iterator[Row]:
    """All runs, oldest first."""
    r = tables.run.c
    for row in _rows(engine, sa.select(r.id, r.at, r.kind, r.author, r.program, r.counts).order_by(r.id)):
        yield row | {"counts": json.loads(row["counts"])}


LISTS: dict[str, Callable[[sa.Engine], Iterator[Row]]] = {
    "sources": sources,
    "findings": findings,
    "decisions": decisions,
    "runs": runs,
}


def as_text(what: str, rows: Iterator[Row], as_json: bool) -> str:
    """The rows for people, or as JSON lines."""
    if as_json:
        return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    lines = [_LINES[what](_clean(row)) for row in rows]
    return "\n".join([*lines, f"{len(lines)} {what}"]) + "\n"


def _clean(row: Row) -> Row:
    """The row with every text of it safe to show: ids, titles and messages hold what sources hold."""
    return {key: clean_line(value) if isinstance(value, str) else value for key, value in row.items()}


def _source(row: Row) -> str:
    head = f"{row['id']}  {row['published'] or 'no date'}  {row['publisher'] or 'no publisher'}"
    return f"{head}  {row['claims'] or 0} claims" + (f"  version {row['version']}" if row["version"] > 1 else "")


def _finding(row: Row) -> str:
    stand = row["status"] if row["verdict"] is None else f"{row['status']}: {row['verdict']}"
    who = f", {row['assignee']}" if row["assignee"] else ""
    return (
        f"{row['id']}  {row['outcome']} {row['confidence']:.2f}  [{stand}{who}]  {row['title']}\n    {row['message']}"
    )


def _decision(row: Row) -> str:
    what = f"takes back {row['undoes']}" if row["undoes"] else row["kind"]
    detail = clean_line(str(row["detail"])) if row["detail"] else None
    more = "; ".join(str(x) for x in (detail, row["note"], row["evidence"]) if x)
    head = f"{row['id']}  {row['at']}  {row['author']}  {row['finding']} (version {row['version']})  {what}"
    return f"{head}: {more}" if more else head


def _run(row: Row) -> str:
    counts = ", ".join(f"{n} {name}" for name, n in row["counts"].items())
    return f"{row['id']}  {row['at']}  {row['kind']} by {row['author']}  {counts}"


_LINES: dict[str, Callable[[Row], str]] = {
    "sources": _source,
    "findings": _finding,
    "decisions": _decision,
    "runs": _run,
}


def _rows(engine: sa.Engine, asked: sa.Select[Any]) -> Iterator[Row]:
    with engine.connect() as base:
        for row in base.execute(asked):
            yield dict(row._mapping)

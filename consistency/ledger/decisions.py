"""The book of decisions: what people decided about findings, each an entry that is never changed nor removed.

An entry and what the row of its finding says of it (status, verdict, decided_version, assignee) are written in one
transaction, one writer after another, so that numbers have no gaps and the chain of hashes has no fork. Taking back is
an entry too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import chain, details, tables
from consistency.ledger.book import entries, entry_of, every, known_prints, of_in, same_versions, stated, write
from consistency.ledger.connect import snapshot, writing
from consistency.ledger.records import Decision
from consistency.ledger.runs import now
from consistency.ledger.standing import Standing, standing

_AT = "%Y-%m-%dT%H:%M:%SZ"


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
    """Writes down a judgement of a finding, and gives the entry.

    version: the one that the person looked at; where the finding has moved on, the judgement is kept and the finding
    is `changed`. four_eyes: one judgement does not settle a finding. at: UTC, `YYYY-MM-DDTHH:MM:SSZ`; the clock's if
    none is given. Raises LedgerError for a finding or version that is not there, and for what does not fit the kind.
    """
    kind = details.kind(kind)
    said = details.detail(kind, detail)
    entry = _draft(finding, version, kind, said, note, author, at, evidence)
    return _enter(engine, entry, four_eyes)


def assign(
    engine: sa.Engine, finding: str, to: str | None, author: str, four_eyes: bool = False, *, at: str | None = None
) -> Decision:
    """Gives a finding to somebody; None takes it from whoever has it. Raises LedgerError."""
    said = details.detail("assigned", {"to": to})
    return _enter(engine, _draft(finding, None, "assigned", said, None, author, at), four_eyes)


def comment(
    engine: sa.Engine, finding: str, note: str, author: str, four_eyes: bool = False, *, at: str | None = None
) -> Decision:
    """Adds a note that judges nothing. Raises LedgerError where it is empty."""
    details.needed(note, "the note", details.NOTE, lines=True)
    return _enter(engine, _draft(finding, None, "comment", {}, note, author, at), four_eyes)


def undo(
    engine: sa.Engine,
    number: int,
    author: str,
    note: str | None = None,
    four_eyes: bool = False,
    *,
    at: str | None = None,
) -> Decision:
    """Takes back an entry, by a new one. Raises LedgerError where there is none, or it is taken back already."""
    with writing(engine, "decisions") as base:
        taken = entry_of(base, number)
        if taken is None:
            raise LedgerError(f"there is no decision {number}")
        if taken.kind == "undone":
            raise LedgerError(f"decision {number} takes one back itself; decide anew instead")
        earlier = next((d.id for d in of_in(base, taken.finding) if d.undoes == number), None)
        if earlier is not None:
            raise LedgerError(f"decision {number} is taken back already, by {earlier}")
        stated(base, taken.finding)
        entry = _draft(taken.finding, taken.version, "undone", {}, note, author, at)
        return write(base, {**entry, "undoes": number}, four_eyes)


def of(engine: sa.Engine, finding: str) -> tuple[Decision, ...]:
    """All entries about a finding, oldest first."""
    with engine.begin() as base:
        return of_in(base, finding)


def standing_of(engine: sa.Engine, finding: str, four_eyes: bool = False) -> Standing:
    """What holds of them today. Raises LedgerError for a finding that is not there."""
    with snapshot(engine) as base:
        version = stated(base, finding, lock=False).version
        return standing(of_in(base, finding), version, four_eyes, same_versions(base, finding, version))


def broken(engine: sa.Engine) -> list[str]:
    """What is wrong with the book, in sentences: entries that were changed, are missing or slipped in, and findings
    whose row does not say what the book says."""
    with snapshot(engine) as base:
        return broken_in(base)


def broken_in(base: sa.Connection) -> list[str]:
    """The same, in a transaction."""
    try:
        book = list(entries(base))
    except LedgerError as error:
        return [str(error)]
    out = chain.faults(book)
    books: dict[str, list[Decision]] = {}
    for entry in book:
        books.setdefault(entry.finding, []).append(entry)
    f = tables.finding.c
    marked = sa.or_(f.status != "open", f.verdict.is_not(None), f.assignee.is_not(None))
    rows = {r.id: r for r in base.execute(sa.select(f.id, f.version, f.status, f.verdict, f.assignee)).all()}
    stray = set(base.execute(sa.select(f.id).where(marked)).scalars()) - set(books)
    out += [f"finding {name} is marked as decided, and the book has nothing about it" for name in sorted(stray)]
    for name, of_one in sorted(books.items()):
        row = rows.get(name)
        if row is None:
            out.append(f"the book speaks of finding {name}, which is not in the ledger")
            continue
        stands = standing(of_one)
        if (row.verdict, row.assignee) != (stands.verdict, stands.assignee) or (row.status == "open") != (
            stands.verdict is None
        ):
            said = f"{row.status}, {row.verdict or 'no verdict'}, assigned to {row.assignee or 'nobody'}"
            out.append(f"finding {name} is marked as {said}; the book says otherwise")
    return out


def _draft(
    finding: str,
    version: int | None,
    kind: str,
    detail: dict[str, Any],
    note: str | None,
    author: str,
    at: str | None,
    evidence: str | None = None,
) -> dict[str, Any]:
    """An entry without its place in the chain. version: None for the one the finding is at."""
    if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
        raise LedgerError(f"{str(version)[:80]!r} is no version of a finding (a whole number)")
    return {
        "finding": details.needed(finding, "the finding's id", details.NAME),
        "version": version,
        "kind": kind,
        "detail": detail,
        "note": details.note(note),
        "evidence": details.evidence(evidence),
        "author": details.needed(author, "the author's name", details.NAME),
        "at": _time(at),
        "undoes": None,
    }


def _enter(engine: sa.Engine, entry: dict[str, Any], four_eyes: bool) -> Decision:
    with writing(engine, "decisions") as base:
        row = stated(base, entry["finding"])
        version = row.version if entry["version"] is None else entry["version"]
        if not 1 <= version <= row.version:
            raise LedgerError(f"finding {row.id} has no version {version} (it is at version {row.version})")
        detail = entry["detail"]
        known_prints(base, row.id, version, details.prints(entry["kind"], detail))
        if entry["kind"] == "duplicate":
            if detail["of"] == row.id:
                raise LedgerError(f"finding {row.id} cannot repeat itself")
            stated(base, detail["of"], lock=False)
        return write(base, {**entry, "version": version}, four_eyes)


def _time(at: str | None) -> str:
    if at is None:
        return now()
    try:
        if datetime.strptime(at, _AT).strftime(_AT) == at:
            return at
    except (TypeError, ValueError):
        pass
    raise LedgerError(f"{str(at)[:80]!r} is no time of the form 2026-01-31T09:30:00Z")


__all__ = [
    "assign",
    "broken",
    "broken_in",
    "comment",
    "decide",
    "entries",
    "every",
    "of",
    "standing",
    "standing_of",
    "undo",
]

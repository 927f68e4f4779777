"""Rows of the book of decisions, read and written inside a transaction of `decisions`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import chain, tables
from consistency.ledger.asking import asking
from consistency.ledger.entries import told
from consistency.ledger.records import Decision, FindingState, unpacked
from consistency.ledger.standing import standing

_PAGE = 1_000
_MOST = 10_000  # findings among which a mistyped name is looked for


def every(engine: sa.Engine) -> Iterator[Decision]:
    """All entries of a ledger, oldest first."""
    with engine.begin() as base:
        yield from entries(base)


def entries(base: sa.Connection) -> Iterator[Decision]:
    """Entries over a connection, oldest first. Raises LedgerError for one that is damaged."""
    return told(asking(base))


def of_in(base: sa.Connection, finding: str) -> tuple[Decision, ...]:
    """All entries about a finding, oldest first."""
    return tuple(told(asking(base), "finding = ?", (finding,)))


def entry_of(base: sa.Connection, number: int) -> Decision | None:
    """The entry of a number."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 1 << 31:
        return None
    return next(told(asking(base), "id = ?", (number,)), None)


def stated(base: sa.Connection, finding: str, lock: bool = True) -> Any:
    """The row of a finding: id, version. lock: nobody changes it until the end of the transaction (PostgreSQL).

    Raises LedgerError where there is none.
    """
    f = tables.finding.c
    asked = sa.select(f.id, f.version).where(f.id == finding)
    row = base.execute(asked.with_for_update() if lock else asked).first()
    if row is not None:
        return row
    today = base.execute(sa.select(f.id).where(f.computed == finding).limit(1)).scalar()
    known = base.execute(sa.select(f.id).order_by(f.id).limit(_MOST)).scalars()
    hint = f"; here it is {today}" if today else near(finding, known)
    raise LedgerError(f"there is no finding {finding!r} in the ledger{hint}")


def same_versions(base: sa.Connection, finding: str, version: int) -> frozenset[int]:
    """The versions of a finding that say the same as one of them; itself among them."""
    v = tables.finding_version.c
    now = sa.select(v.hash).where(v.finding == finding, v.version == version).scalar_subquery()
    return frozenset(base.execute(sa.select(v.version).where(v.finding == finding, v.hash == now)).scalars())


def known_prints(base: sa.Connection, finding: str, version: int, prints: tuple[str, ...]) -> None:
    """Makes sure that claims are of this ledger: of the finding as it was looked at, or of a text of today."""
    if not prints:
        return
    v, c = tables.finding_version.c, tables.claim.c
    record = base.execute(sa.select(v.record).where(v.finding == finding, v.version == version)).scalar()
    what = f"version {version} of finding {finding}"
    seen = set() if record is None else {x.fingerprint for x in unpacked(record, FindingState, what).claims}
    left = sorted(set(prints) - seen)
    for at in range(0, len(left), _PAGE):
        some = left[at : at + _PAGE]
        found = set(base.execute(sa.select(c.fingerprint).where(c.fingerprint.in_(some))).scalars())
        for print_ in some:
            if print_ not in found:
                raise LedgerError(f"there is no claim of the fingerprint {print_} in the ledger")


def write(base: sa.Connection, entry: dict[str, Any], four_eyes: bool) -> Decision:
    """Adds an entry to the end of the chain, and says on the row of its finding what holds now."""
    d, f = tables.decision, tables.finding
    end = base.execute(sa.select(d.c.id, d.c.hash).order_by(d.c.id.desc()).limit(1)).first()
    number, previous = (1, chain.START) if end is None else (end.id + 1, end.hash)
    made = Decision(**entry, id=number, previous=previous, hash="")
    made = Decision(**{**made.to_dict(), "hash": chain.hashed(made)})
    row = made.to_dict() | {"detail": chain.canonical(made.detail)}
    base.execute(sa.insert(d).values(row))
    version = base.execute(sa.select(f.c.version).where(f.c.id == made.finding)).scalar_one()
    same = same_versions(base, made.finding, version)
    stands = standing(of_in(base, made.finding), version, four_eyes, same)
    values = {name: getattr(stands, name) for name in ("status", "verdict", "decided_version", "assignee")}
    base.execute(sa.update(f).where(f.c.id == made.finding).values(values))
    return made

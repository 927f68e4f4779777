"""Rows of the book of decisions, read and written inside a transaction of `decisions`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import chain, tables
from consistency.ledger.records import Decision, FindingState, unpack
from consistency.ledger.standing import standing

_PAGE = 1_000


def every(engine: sa.Engine) -> Iterator[Decision]:
    """All entries of a ledger, oldest first."""
    with engine.begin() as base:
        yield from every_in(base)


def every_in(base: sa.Connection) -> Iterator[Decision]:
    """The same, in a transaction. Raises LedgerError for a row that is damaged."""
    d, last = tables.decision, None
    while True:
        asked = sa.select(d).order_by(d.c.id).limit(_PAGE)
        rows = base.execute(asked if last is None else asked.where(d.c.id > last)).all()
        for row in rows:
            yield _entry(row)
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


def of_in(base: sa.Connection, finding: str) -> tuple[Decision, ...]:
    """All entries about a finding, oldest first."""
    d = tables.decision
    return tuple(map(_entry, base.execute(sa.select(d).where(d.c.finding == finding).order_by(d.c.id)).all()))


def entry_of(base: sa.Connection, number: int) -> Decision | None:
    """The entry of a number."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 1 << 31:
        return None
    row = base.execute(sa.select(tables.decision).where(tables.decision.c.id == number)).first()
    return None if row is None else _entry(row)


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
    raise LedgerError(f"there is no finding {finding} in the ledger" + (f"; here it is {today}" if today else ""))


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
    try:
        seen = set() if record is None else {x.fingerprint for x in unpack(record, FindingState).claims}
    except ValueError as error:
        raise LedgerError(f"version {version} of finding {finding} is damaged: {error}") from error
    left = sorted(set(prints) - seen)
    for at in range(0, len(left), _PAGE):
        some = left[at : at + _PAGE]
        found = set(base.execute(sa.select(c.fingerprint).where(c.fingerprint.in_(some))).scalars())
        for print_ in some:
            if print_ not in found:
                raise LedgerError(f"there is no claim of the fingerprint {print_} in the ledger")


def write(base: sa.Connection, entry: dict[str, Any], four_eyes: bool | None) -> Decision:
    """Adds an entry to the end of the chain, and says on the row of its finding what holds now.

    four_eyes: None where the entry judges nothing: the status stays as it is.
    """
    d, f = tables.decision, tables.finding
    end = base.execute(sa.select(d.c.id, d.c.hash).order_by(d.c.id.desc()).limit(1)).first()
    number, previous = (1, chain.START) if end is None else (end.id + 1, end.hash)
    made = Decision(**entry, id=number, previous=previous, hash="")
    made = Decision(**{**{k: getattr(made, k) for k in made.__struct_fields__}, "hash": chain.hashed(made)})
    row = {k: getattr(made, k) for k in made.__struct_fields__} | {"detail": chain.canonical(made.detail)}
    base.execute(sa.insert(d).values(row))
    version = base.execute(sa.select(f.c.version).where(f.c.id == made.finding)).scalar_one()
    same = same_versions(base, made.finding, version)
    stands = standing(of_in(base, made.finding), version, bool(four_eyes), same)
    values: dict[str, Any] = {"assignee": stands.assignee}
    if four_eyes is not None:
        values |= {"status": stands.status, "verdict": stands.verdict, "decided_version": stands.decided_version}
    base.execute(sa.update(f).where(f.c.id == made.finding).values(values))
    return made


def _entry(row: Any) -> Decision:
    values = dict(row._mapping)
    try:
        detail = json.loads(values["detail"])
        if not isinstance(detail, dict) or chain.canonical(detail) != values["detail"]:
            raise ValueError
    except ValueError as error:
        raise LedgerError(f"the detail of decision {row.id} is damaged or was changed") from error
    return Decision(**{**values, "detail": detail})

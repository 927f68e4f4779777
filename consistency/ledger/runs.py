"""Runs: what was done to a ledger's sources, when and by whom, and what its claims and findings rest on."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import sqlalchemy as sa

from consistency.config import Config
from consistency.ledger import tables, taught
from consistency.ledger.asking import asking
from consistency.ledger.basis import basis, unsettled
from consistency.ledger.content import plain
from consistency.ledger.records import Changes
from consistency.lessons import Lessons
from consistency.rulebook import Rulebook
from consistency.version import __version__


def now() -> str:
    """The time, for the trail: UTC, to the second. No finding depends on it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def settled(base: sa.Connection, config: Config, rules: Rulebook) -> None:
    """Makes sure that the ledger rests on what this run rests on; the first run settles it.

    Raises LedgerError where it does not.
    """
    for key, value in unsettled(asking(base), config, rules).items():
        base.execute(sa.insert(tables.meta).values(key=key, value=value))


def resettle(base: sa.Connection, config: Config, rules: Rulebook) -> None:
    """Lets the ledger rest on what this run rests on."""
    for key, value in basis(config, rules).items():
        base.execute(sa.delete(tables.meta).where(tables.meta.c.key == key))
        base.execute(sa.insert(tables.meta).values(key=key, value=value))


def applied(base: sa.Connection) -> Lessons:
    """As `taught.applied`."""
    return taught.applied(asking(base))


def apply(base: sa.Connection, lessons: Lessons) -> None:
    """Notes that the findings were worked out by what people decided."""
    base.execute(sa.delete(tables.meta).where(tables.meta.c.key == "lessons"))
    base.execute(sa.insert(tables.meta).values(key="lessons", value=msgspec.json.encode(lessons).decode()))


def begin(base: sa.Connection, kind: str, author: str | None) -> int:
    """Opens a run, and gives its number."""
    values = {"kind": kind, "at": now(), "author": plain(author), "program": __version__, "counts": "{}"}
    number: int = base.execute(sa.insert(tables.run).values(values).returning(tables.run.c.id)).scalar_one()
    return number


def last(base: sa.Connection) -> int:
    """The number of the last run, 0 if there was none."""
    return base.scalar(sa.select(sa.func.max(tables.run.c.id))) or 0


def finish(base: sa.Connection, run: int, changes: Changes) -> None:
    """Writes down how many of each a run changed."""
    counts = {name: len(ids) for name, ids in changes.to_dict().items() if ids}
    values = {"counts": json.dumps(counts, sort_keys=True)}
    base.execute(sa.update(tables.run).where(tables.run.c.id == run).values(values))

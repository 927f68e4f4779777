"""Opening a ledger that is only read: SQLite by Python's own driver, which is there at once, others as ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from consistency.ledger.asking import Ask, Moment, moments
from consistency.ledger.connect import FILE_URL, WAIT, checked_version, file_of, open_ledger, unusable


@contextmanager
def read_ledger(url: str) -> Iterator[Moment]:
    """A ledger whose tables are of this program's version, to be read. Raises LedgerError."""
    if not url.startswith(FILE_URL):
        with open_ledger(url) as engine:
            yield moments(engine)
        return
    name = file_of(url.removeprefix(FILE_URL), url)
    try:
        base = sqlite3.connect(Path(name).absolute(), timeout=WAIT / 1000, isolation_level=None)
    except sqlite3.Error as error:
        raise unusable(url, error) from error

    def ask(question: str, values: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        return base.execute(question, values).fetchall()

    @contextmanager
    def moment() -> Iterator[Ask]:
        base.execute("BEGIN")
        try:
            yield ask
        finally:
            base.rollback()

    try:
        base.execute(f"PRAGMA busy_timeout = {WAIT}")
        checked_version(_version(base), url)
        yield moment
    except sqlite3.DatabaseError as error:
        outside = isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
        if outside:
            raise unusable(url, error) from error
        raise
    except sqlite3.InterfaceError as error:
        raise unusable(url, error) from error
    finally:
        base.close()


def _version(base: sqlite3.Connection) -> str | None:
    """As `connect.version_of`."""
    there = base.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    found = base.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    return None if found is None else str(found[0])

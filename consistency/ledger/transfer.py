"""A ledger as JSON lines and back, without loss: from a file to a server, or into an archive.

The first line names the version of the tables; each other line is a row: its table and its columns, bytes as base64.
Rows come in a fixed order, so that equal ledgers give equal lines. Who is signed in, and how people sign in, stays
where it is.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.connect import SCHEMA, writing

FORMAT = "consistency-ledger"
_PRIVATE = {"session"}  # tables that are not carried over
_SECRET = {"account": ("password", "token")}
_LOCK = "lock:"
_BATCH = 500


def export(engine: sa.Engine) -> Iterator[bytes]:
    """The lines of a ledger, each with its line end."""
    yield _line({"format": FORMAT, "schema": SCHEMA})
    with engine.connect() as base:
        if engine.dialect.name == "postgresql":
            base = base.execution_options(
                isolation_level="REPEATABLE READ"
            )  # one moment, whatever is written meanwhile
        for table in _tables():
            asked = sa.select(table).order_by(*table.primary_key.columns)
            secret = _SECRET.get(table.name, ())
            for row in base.execution_options(yield_per=_BATCH).execute(asked):
                values = {k: None if k in secret else _out(v) for k, v in row._mapping.items()}
                if table is not tables.meta or not str(values["key"]).startswith(_LOCK):
                    yield _line({"table": table.name, "row": values})


def load(engine: sa.Engine, lines: Iterable[bytes], name: str = "the export") -> None:
    """Fills an empty ledger, in one transaction.

    Raises LedgerError, with the line, for what `export` did not write, and where the ledger holds anything already.
    """
    numbered = enumerate(lines, 1)
    _head(next(numbered, (1, b""))[1], name)
    known = {table.name: table for table in _tables()}
    with writing(engine, "sources") as base:
        for table in known.values():
            if table is not tables.meta and base.execute(sa.select(table).limit(1)).first() is not None:
                raise LedgerError("the ledger is not empty; import into one that holds nothing yet")
        while batch := list(islice(numbered, _BATCH)):
            for number, line in batch:
                table, values = _row(line, known, name, number)
                try:
                    base.execute(sa.insert(table).values(values))
                except sa.exc.DBAPIError as error:
                    said = " ".join(str(error.orig).split())
                    raise LedgerError(f"cannot be put into the ledger: {said}", name, number) from error
        _sequences(base)


def _tables() -> list[sa.Table]:
    return [table for table in tables.metadata.sorted_tables if table.name not in _PRIVATE]


def _head(line: bytes, name: str) -> None:
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise LedgerError("is no export of a ledger", name, 1)
    if head.get("schema") != SCHEMA:
        raise LedgerError(f"is of version {head.get('schema')} of the tables; this program knows {SCHEMA}", name, 1)


def _row(line: bytes, known: dict[str, sa.Table], name: str, number: int) -> tuple[sa.Table, dict[str, Any]]:
    try:
        told = json.loads(line)
        table = known[told["table"]]
        values = {key: _in(told["row"][key], column) for key, column in table.columns.items()}
        if len(told["row"]) != len(values):
            raise ValueError("there are columns that nobody knows")
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise LedgerError(f"is no row of a ledger: {error}", name, number) from error
    return table, values


def _out(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _in(value: Any, column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.LargeBinary) and value is not None:
        return base64.b64decode(value, validate=True)
    return value


def _sequences(base: sa.Connection) -> None:
    """PostgreSQL counts on from the last number that was put in."""
    if base.dialect.name != "postgresql":
        return
    for table in _tables():
        for column in table.primary_key.columns:
            if isinstance(column.type, sa.Integer) and column.autoincrement in ("auto", True):
                named = {"table": f'"{table.name}"', "column": column.name}
                sequence = base.execute(sa.text("SELECT pg_get_serial_sequence(:table, :column)"), named).scalar()
                last = base.execute(sa.select(sa.func.max(column))).scalar()
                if sequence is not None and last is not None:
                    base.execute(sa.text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"

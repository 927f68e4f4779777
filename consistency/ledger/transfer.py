"""A ledger as lines of JSON and back, without loss: for a copy, for another store, for whoever wants to read it.

The first line says what it is: {"format": "consistency-ledger", "schema": "1"}. Then one row a line,
{"table": …, "row": {…}}, table by table, sorted by key whatever the store; bytes are base64 (RFC 4648). The last line
{"rows": n} tells that nothing is cut off. Export, import and export again give the same bytes.

Sessions stay behind; so do hashes of passwords and tokens unless asked for. The tables are walked as they are defined,
so that a new one comes along.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger.connect import SCHEMA, snapshot, writing
from consistency.ledger.decisions import broken_in
from consistency.ledger.tables import account, meta, metadata, session

FORMAT = "consistency-ledger"
_LEFT_OUT = {session.name}
_SECRETS = {(account.name, "password"), (account.name, "token")}
_LOCK = "lock:"  # keys of `meta` that every ledger has from its making on
_BATCH = 500


def export(engine: sa.Engine, secrets: bool = False) -> Iterator[bytes]:
    """The lines of a ledger, each with its line end, as it stands at one moment.

    secrets: hashes of passwords and tokens too. Raises LedgerError for a number that JSON does not have.
    """
    with snapshot(engine) as base:
        yield _line({"format": FORMAT, "schema": SCHEMA})
        rows = 0
        for table in _tables():
            asked = _sorted(table, engine.dialect.name).execution_options(yield_per=_BATCH)
            for row in base.execute(asked):
                if table is meta and row.key.startswith(_LOCK):
                    continue
                yield _line({"table": table.name, "row": _out(table, row, secrets)})
                rows += 1
        yield _line({"rows": rows})


def load(engine: sa.Engine, lines: Iterable[bytes], name: str = "the export") -> int:
    """Fills a ledger that is empty with the lines of an export, in one transaction; how many rows there were.

    name: what the lines are of, for errors. Raises LedgerError, naming the line; then nothing was written.
    """
    with writing(engine, "sources") as base:
        if engine.dialect.name == "postgresql":
            base.execute(sa.select(meta).where(meta.c.key == f"{_LOCK}decisions").with_for_update())
        _must_be_empty(base)
        base.execute(sa.delete(meta).where(~meta.c.key.startswith(_LOCK)))  # the locked rows stay where they are
        reader = _Reader(name)
        try:
            for table, rows in reader.batches(lines):
                _insert(base, table, rows, reader)
            faults = broken_in(base)
            if faults:
                raise LedgerError(f"its book of decisions does not hold: {faults[0]}", name)
        except sa.exc.DBAPIError as error:
            raise _unfit(error, name, reader.number) from error
        if engine.dialect.name == "postgresql":
            _set_counters(base)
        return reader.rows


class _Reader:
    """The rows of an export, checked line by line. number: of the line being read; rows: how many there were; first:
    the line of the first row of the batch that was handed out."""

    def __init__(self, place: str) -> None:
        self.place, self.number, self.rows, self.first = place, 0, 0, 0

    def batches(self, lines: Iterable[bytes]) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
        known = {t.name: t for t in _tables()}
        batch: list[dict[str, Any]] = []
        of: sa.Table | None = None
        done = False
        for self.number, line in enumerate(lines, start=1):
            said = self._read(line)
            if self.number == 1:
                self._header(said)
            elif done:
                raise self._fault("there is more after the last line")
            elif set(said) == {"rows"}:
                if said["rows"] != self.rows:
                    raise self._fault(f"it should have {said['rows']} rows and has {self.rows}")
                done = True
            else:
                table = self._table(said, known)
                if of is not None and (table is not of or len(batch) == _BATCH):
                    yield of, batch
                    batch = []
                if not batch:
                    self.first = self.number
                of = table
                batch.append(self._row(table, said["row"]))
                self.rows += 1
        if not done:
            raise LedgerError("is cut off: its last line is missing" if self.number else "is empty", self.place)
        if of is not None:
            yield of, batch

    def _read(self, line: bytes) -> dict[str, Any]:
        try:
            said = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            if self.number == 1:
                return {}  # told as no header
            raise self._fault(f"is no line of JSON: {error}") from error
        if not isinstance(said, dict):
            raise self._fault("is no object")
        return said

    def _header(self, said: dict[str, Any]) -> None:
        if said.get("format") != FORMAT:
            raise self._fault(f'is no export of a ledger (its first line has "format": "{FORMAT}")')
        schema = said.get("schema")
        if schema != SCHEMA:
            newer = not (isinstance(schema, str) and schema.isdigit() and int(schema) < int(SCHEMA))
            age = "a newer" if newer else "an older"
            how = "" if newer else "; import it with that program and run `consistency ledger upgrade` then"
            raise self._fault(f"was written by {age} program (version {schema} of the tables, here {SCHEMA}){how}")

    def _table(self, said: dict[str, Any], known: dict[str, sa.Table]) -> sa.Table:
        if set(said) != {"table", "row"} or not isinstance(said["row"], dict):
            raise self._fault('must be {"table": …, "row": {…}}')
        name = said["table"]
        if not isinstance(name, str) or name not in known:
            raise self._fault(f"there is no table {str(name)[:80]!r}{near(str(name)[:80], known)}")
        return known[name]

    def _row(self, table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
        names = set(table.c.keys())
        if set(row) != names:
            missing, more = sorted(names - set(row)), sorted(set(row) - names)
            said = f"{missing[0]!r} is missing" if missing else f"there is no {more[0][:80]!r}"
            raise self._fault(f"the row does not fit the table {table.name}: {said}")
        return {column.name: self._value(column, row[column.name]) for column in table.c}

    def _value(self, column: sa.Column[Any], value: Any) -> Any:
        if value is None:
            if not column.nullable:
                raise self._fault(f"{column.table.name}.{column.name} must not be null")
            return None
        kind = column.type.python_type
        fits = type(value) is kind or (kind is float and type(value) is int) or (kind is bytes and type(value) is str)
        if not fits:
            raise self._fault(f"{column.table.name}.{column.name} must be {_WORDS[kind]}")
        if kind is bytes:
            try:
                return base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError) as error:
                raise self._fault(f"{column.table.name}.{column.name} is no base64: {error}") from error
        if kind is int and not -(1 << 63) <= value < 1 << 63:
            raise self._fault(f"{column.table.name}.{column.name} is too large")
        if kind is str and any(0xD800 <= ord(c) < 0xE000 for c in value):
            raise self._fault(f"{column.table.name}.{column.name} has a character that is none")
        return float(value) if kind is float else value

    def _fault(self, message: str) -> LedgerError:
        return LedgerError(message, self.place, self.number)


_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", bytes: "base64"}


def _tables() -> list[sa.Table]:
    """The tables that travel, those that others point to first; by name among equals."""
    return [t for t in metadata.sorted_tables if t.name not in _LEFT_OUT]


def _sorted(table: sa.Table, dialect: str) -> sa.Select[Any]:
    """The rows of a table by its key; texts in the order of their code points on every store."""
    keys: list[Any] = []
    for column in table.primary_key.columns:
        plain = isinstance(column.type, sa.Text) and dialect == "postgresql"
        keys.append(sa.collate(column, "C") if plain else column)
    return sa.select(table).order_by(*keys)


def _out(table: sa.Table, row: Any, secrets: bool) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for column, value in zip(table.c, row, strict=True):
        if isinstance(value, float) and not math.isfinite(value):
            raise LedgerError(f"{table.name}.{column.name} has the number {value}, which JSON does not")
        if (table.name, column.name) in _SECRETS and not secrets:
            value = None
        if isinstance(value, bytes | memoryview):
            value = base64.b64encode(value).decode("ascii")
        out[column.name] = value
    return out


def _line(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode("utf-8")


def _must_be_empty(base: sa.Connection) -> None:
    for table in metadata.sorted_tables:
        if table is not meta and base.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise LedgerError(
                f"the ledger is not empty: it has rows in {table.name!r}; import into one that holds nothing yet"
            )


def _insert(base: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], reader: _Reader) -> None:
    """Puts rows in; where the store takes one of them not, they go in one by one, so that its line can be told."""
    try:
        with base.begin_nested():
            base.execute(sa.insert(table), rows)
    except sa.exc.DBAPIError:
        for line, row in enumerate(rows, reader.first):
            try:
                base.execute(sa.insert(table), row)
            except sa.exc.DBAPIError as error:
                raise _unfit(error, reader.place, line) from error


def _unfit(error: sa.exc.DBAPIError, place: str, line: int) -> LedgerError:
    return LedgerError(f"cannot be put into the ledger: {' '.join(str(error.orig).split())}", place, line)


def _set_counters(base: sa.Connection) -> None:
    """PostgreSQL counts numbers apart from the rows: the next one comes after the largest."""
    for table in _tables():
        column = table.autoincrement_column
        if column is None:
            continue
        counter = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        largest = base.execute(sa.select(sa.func.max(column))).scalar()
        if largest is not None and base.execute(sa.select(counter)).scalar() is not None:
            base.execute(sa.select(sa.func.setval(counter, largest)))


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")

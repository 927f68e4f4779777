"""Rows that are written many at a time, table by table and in the order of their keys: a row by itself costs the
database layer far more than its place in the table, and an index takes keys in order sooner than anyhow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

_ROWS = 2_000  # of a statement
_CHUNK = 500  # values of a question
Row = Mapping[str, Any]


class Rows:
    """Rows to be inserted, kept back until `write`; those of a table that others point to come before theirs."""

    def __init__(self, base: sa.Connection) -> None:
        self.base = base
        self._waiting: dict[sa.Table, list[Row]] = {}

    def add(self, table: sa.Table, row: Row) -> None:
        """A row of a table."""
        self._waiting.setdefault(table, []).append(row)

    def write(self) -> None:
        """Writes what waits."""
        waiting, self._waiting = self._waiting, {}
        for table in sorted(waiting, key=_depth):
            names = [column.name for column in table.primary_key]
            rows = sorted(waiting.pop(table), key=lambda row: tuple(row[name] for name in names))
            for i in range(0, len(rows), _ROWS):
                self.base.execute(sa.insert(table), rows[i : i + _ROWS])


def delete(base: sa.Connection, column: sa.Column[Any], values: Iterable[Any]) -> None:
    """Deletes the rows that have one of the values in a column."""
    for part in chunks(values):
        base.execute(sa.delete(column.table).where(column.in_(part)))


def update(base: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Updates rows: each tells its whole primary key, and what it becomes; all of them the same columns."""
    every = [{f"the_{k}" if k in table.primary_key else k: v for k, v in row.items()} for row in rows]
    if every:
        where = sa.and_(*(column == sa.bindparam(f"the_{column.name}") for column in table.primary_key))
        told: dict[str, Any] = {name: sa.bindparam(name) for name in every[0] if not name.startswith("the_")}
        base.execute(sa.update(table).where(where).values(told), every)


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items, sorted, in lists that one question can hold."""
    every = sorted(items)
    return (every[i : i + _CHUNK] for i in range(0, len(every), _CHUNK))


def _depth(table: sa.Table) -> tuple[int, str]:
    """How many tables it points to, one through the other."""
    return max((1 + _depth(key.column.table)[0] for key in table.foreign_keys), default=0), table.name

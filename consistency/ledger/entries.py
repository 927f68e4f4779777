"""Reading the entries of the book of decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from consistency.errors import LedgerError
from consistency.ledger import chain
from consistency.ledger.asking import Ask
from consistency.ledger.details import detail as checked
from consistency.ledger.records import Decision

_PAGE = 1_000
_COLUMNS = Decision.__struct_fields__


def told(ask: Ask, where: str = "1 = 1", values: Sequence[Any] = ()) -> Iterator[Decision]:
    """The entries of which a condition holds, oldest first. Raises LedgerError for one that is damaged."""
    last = 0
    question = f"SELECT {', '.join(_COLUMNS)} FROM decision WHERE {where} AND id > ? ORDER BY id LIMIT {_PAGE}"
    while True:
        rows = ask(question, (*values, last))
        for row in rows:
            yield _entry(row)
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


def _entry(row: tuple[Any, ...]) -> Decision:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        detail = json.loads(values["detail"])
        if chain.canonical(detail) != values["detail"] or checked(values["kind"], detail) != detail:
            raise ValueError
    except (ValueError, RecursionError, LedgerError) as error:
        raise LedgerError(f"the detail of decision {values['id']} is damaged or was changed") from error
    return Decision(**{**values, "detail": detail})

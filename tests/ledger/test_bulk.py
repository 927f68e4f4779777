"""Rows of a ledger that are written many at a time: none twice, and none that says what stands there."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from ledger_texts import invented

from consistency.config import Config
from consistency.ledger import tables
from consistency.ledger.adding import add, refresh, stored
from consistency.ledger.verify import verify

CONFIG = Config()


def test_findings_that_say_what_they_said_are_not_written_again(ledger: sa.Engine) -> None:
    every = invented(12, 3)
    add(ledger, every[:8], CONFIG)
    written: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith(("UPDATE finding", "INSERT INTO finding", "DELETE FROM finding")):
            written.append(statement)

    with ledger.connect() as base:
        before = base.scalar(sa.select(sa.func.count()).select_from(tables.finding))
    assert before
    sa.event.listen(ledger, "before_cursor_execute", note)
    refresh(ledger, CONFIG)
    assert written == []
    add(ledger, every[8:], CONFIG)
    assert written
    assert verify(ledger, CONFIG) == []


def test_two_versions_of_a_source_in_one_batch(ledger: sa.Engine) -> None:
    first = invented(1, 4)[0]
    second = msgspec.structs.replace(first, text=f"{first.text} Nobody else was hurt.")
    changes = add(ledger, [first, second], CONFIG)
    assert (changes.added, changes.changed) == ((first.id,), (first.id,))
    with ledger.connect() as base:
        assert [s.text for s in stored(base)] == [second.text]
    assert verify(ledger, CONFIG) == []

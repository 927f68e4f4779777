"""Export and import, table by table and fault by fault: nothing is lost between two stores, and what is not whole
leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ledger_rows import put, row, state

from consistency.errors import LedgerError
from consistency.ledger import accounts, decisions, tables, transfer
from consistency.ledger.connect import open_engine, writing

WORD = "correct horse"


@pytest.fixture
def full(ledger: sa.Engine) -> sa.Engine:
    """A ledger with a row or more in every table."""
    for n, town in enumerate(("Norwick", "Sudwick", "Östwick")):
        put(ledger, ("f-b", "f-A", "f-ä")[n], state(town))
    put(ledger, "f-A", state("Eastwick"))
    first = decisions.decide(ledger, "f-A", "explained", "ann", version=1, detail={"by": "other", "text": "ein „é“\n2"})
    decisions.undo(ledger, first.id, "bob")
    decisions.assign(ledger, "f-ä", "Änne", "bob")
    accounts.add(ledger, "Änne", "editor", WORD)
    accounts.new_token(ledger, "Änne")
    accounts.sign_in(ledger, "Änne", WORD)
    with writing(ledger, "sources") as base:
        base.execute(sa.insert(tables.meta).values(key="reading", value="x"))
        base.execute(sa.insert(tables.source).values(number=3, id="a b", version=1))
        version = {"source": 3, "version": 1, "content": "c", "sha256": "s", "record": bytes(range(256)), "run": 1}
        base.execute(sa.insert(tables.source_version).values(version))
        base.execute(sa.insert(tables.reading).values(source=3, claims=1, record=b"", portrait=b"\0"))
        for key in (-(1 << 63), (1 << 63) - 1):
            base.execute(sa.insert(tables.posting).values(key=key, number=3, part=0, size=1, times=1))
        base.execute(sa.insert(tables.claim).values(id="c", source=3, fingerprint="p"))
        base.execute(sa.insert(tables.topic).values(id="t", title="T", record=b"r"))
        base.execute(sa.insert(tables.topic_claim).values(claim="c", topic="t"))
        base.execute(sa.insert(tables.finding_claim).values(finding="f-A", claim="c"))
        base.execute(sa.insert(tables.finding_source).values(finding="f-A", source="a b", publisher=None))
        for table in tables.metadata.sorted_tables:
            assert base.execute(sa.select(table)).first(), f"no row in {table.name}: this test should put one"
    return ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty ledger of each store, to import into."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}", create=True)
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("server")
    name = server.create(request.getfixturevalue("_template"))
    engine = open_engine(server.url(name))
    yield engine
    engine.dispose()
    server.drop(name)


@pytest.mark.parametrize("secrets", [False, True])
def test_export_import_export_gives_the_same_bytes(full: sa.Engine, empty: sa.Engine, secrets: bool) -> None:
    lines = list(transfer.export(full, secrets))
    assert transfer.load(empty, lines) == len(lines) - 2
    assert list(transfer.export(empty, secrets)) == lines
    assert list(decisions.every(empty)) == list(decisions.every(full))
    assert decisions.broken(empty) == []
    assert (accounts.sign_in(empty, "Änne", WORD) is not None) == secrets
    assert (b"scrypt" in b"".join(lines)) == secrets
    tables_of = {json.loads(line).get("table") for line in lines[1:-1]}
    assert tables_of == {t.name for t in tables.metadata.sorted_tables} - {"session"}


def test_a_ledger_that_was_imported_goes_on(full: sa.Engine, empty: sa.Engine) -> None:
    transfer.load(empty, transfer.export(full))
    put(empty, "f-new", state("Westwick"))
    made = decisions.decide(empty, "f-new", "confirmed", "ann", version=1)
    assert made.id == len(list(decisions.every(full))) + 1
    with writing(empty, "sources") as base:
        added = base.execute(sa.insert(tables.source).values(id="next", version=1)).inserted_primary_key
    assert added is not None
    assert added[0] == 4
    assert row(empty, "f-new") == ("decided", "confirmed", 1, None)
    assert decisions.broken(empty) == []


def test_only_an_empty_ledger_is_filled(full: sa.Engine) -> None:
    lines = list(transfer.export(full))
    with pytest.raises(LedgerError, match="not empty"):
        transfer.load(full, lines)
    assert list(transfer.export(full)) == lines


def _edit(at: int, **changes: Any) -> Callable[[list[bytes]], list[bytes]]:
    def work(lines: list[bytes]) -> list[bytes]:
        said = json.loads(lines[at])
        said.update(changes)
        return [*lines[:at], json.dumps(said).encode(), *lines[at:][1:]]

    return work


def _in_row(table: str, **changes: Any) -> Callable[[list[bytes]], list[bytes]]:
    def work(lines: list[bytes]) -> list[bytes]:
        at = next(n for n, line in enumerate(lines) if json.loads(line).get("table") == table)
        said = json.loads(lines[at])
        said["row"].update(changes)
        return [*lines[:at], json.dumps(said).encode(), *lines[at + 1 :]]

    return work


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: [], "is empty"),
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: lines[:1], "cut off"),
        (lambda lines: [*lines[:5], lines[5][:20], *lines[6:]], "file:6: is no line of JSON"),
        (lambda lines: [*lines[:5], *lines[6:]], "rows and has"),
        (lambda lines: [*lines, lines[-1]], "more after the last line"),
        (lambda lines: [*lines[:5], b"\xff\xfe", *lines[6:]], "file:6: is no line of JSON"),
        (lambda lines: [*lines[:5], b"[" * 100_000, *lines[6:]], "file:6: is no line of JSON"),
        (lambda lines: [*lines[:5], b"[]", *lines[6:]], "is no object"),
        (lambda lines: [*lines[:5], lines[5].replace(b'"table"', b'"tabel"'), *lines[6:]], "must be"),
        (lambda lines: lines[1:], "file:1: is no export"),
        (lambda lines: [b"12 ferries serve the port.", *lines], "file:1: is no export"),
        (_edit(0, schema="2"), "newer program"),
        (_edit(0, schema="0"), "older program"),
        (_edit(0, schema=None), "newer program"),
        (_edit(0, format="x"), "is no export"),
        (_edit(3, table="sesion"), "no table 'sesion'"),
        (_edit(3, table="session"), "no table 'session'"),
        (_in_row("run", kind=None), "run.kind must not be null"),
        (_in_row("run", kind=3), "run.kind must be a text"),
        (_in_row("run", id="1"), "run.id must be a whole number"),
        (_in_row("run", id=True), "run.id must be a whole number"),
        (_in_row("run", id=1 << 70), "run.id is too large"),
        (_in_row("run", colour="red"), "there is no 'colour'"),
        (_in_row("finding", confidence="x"), "finding.confidence must be a number"),
        (_in_row("finding", run=99), "cannot be put into"),
        (_in_row("finding_version", record="*"), "no base64"),
        (_in_row("account", disabled=0), "true or false"),
        (_in_row("decision", note="forged"), "decision 1 was changed"),
    ],
)
def test_a_file_that_is_not_in_order_leaves_nothing(
    full: sa.Engine, tmp_path: Path, spoil: Callable[[list[bytes]], list[bytes]], says: str
) -> None:
    lines = spoil(list(transfer.export(full)))
    engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}", create=True)
    before = list(transfer.export(engine))
    with pytest.raises(LedgerError, match=says) as caught:
        transfer.load(engine, lines, "file")
    assert str(caught.value).startswith("file")
    assert list(transfer.export(engine)) == before
    engine.dispose()

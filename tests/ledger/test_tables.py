"""The tables are what the migrations make, on both stores; a ledger of another program is left alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from consistency.errors import LedgerError
from consistency.ledger.connect import SCHEMA, open_engine, version_of, writing
from consistency.ledger.tables import metadata


def test_the_migrations_make_the_tables(new_ledger_url: str) -> None:
    engine = open_engine(new_ledger_url, create=True)
    with engine.connect() as base:
        context = MigrationContext.configure(base, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert version_of(engine) == SCHEMA
    engine.dispose()


def test_opening_again_makes_nothing(new_ledger_url: str) -> None:
    open_engine(new_ledger_url, create=True).dispose()
    engine = open_engine(new_ledger_url, create=True)
    with engine.connect() as base:
        assert base.execute(sa.text("SELECT count(*) FROM meta WHERE key LIKE 'lock:%'")).scalar() == 2
    engine.dispose()


def test_no_ledger_is_made_by_opening(new_ledger_url: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"ledger add"):
        open_engine(new_ledger_url)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "says"), [("0", "older program"), ("999", "newer program"), ("?", "newer program")]
)
def test_a_ledger_of_another_version_is_not_touched(ledger_url: str, version: str, says: str, tmp_path: Path) -> None:
    engine = open_engine(ledger_url)
    with writing(engine, "sources") as base:
        base.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    before = _rows(engine)
    engine.dispose()
    bytes_before = _bytes(tmp_path)
    for create in (False, True):
        with pytest.raises(LedgerError, match=says) as caught:
            open_engine(ledger_url, create=create)
        assert f"version {version}" in str(caught.value)
    assert _bytes(tmp_path) == bytes_before
    engine = sa.create_engine(ledger_url)
    assert _rows(engine) == before
    engine.dispose()


@pytest.mark.parametrize(
    "statement", ["UPDATE decision SET note = 'x'", "DELETE FROM decision", "UPDATE decision SET id = id + 1"]
)
def test_the_book_of_decisions_takes_no_change(ledger: sa.Engine, statement: str) -> None:
    row = "INSERT INTO decision VALUES (1, 'f', 1, 'comment', '{}', 'n', NULL, 'ann', '2026-01-01', NULL, '', 'h')"
    with ledger.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.text(row))
    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        ledger.connect().execution_options(writes=True) as base,
        base.begin(),
    ):
        base.execute(sa.text(statement))
    with ledger.connect() as base:
        assert base.execute(sa.text("SELECT id, note FROM decision")).all() == [(1, "n")]


def test_the_book_of_decisions_cannot_be_emptied(ledger: sa.Engine, store: str) -> None:
    if store == "postgresql":
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), ledger.begin() as base:
            base.execute(sa.text("TRUNCATE decision"))
    else:
        test_the_book_of_decisions_takes_no_change(ledger, "REPLACE INTO decision SELECT * FROM decision")


def _rows(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as base:
        tables = sorted(sa.inspect(base).get_table_names())
        return {t: sorted(map(tuple, base.execute(sa.text(f'SELECT * FROM "{t}"')))) for t in tables}


def _bytes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.is_file()}

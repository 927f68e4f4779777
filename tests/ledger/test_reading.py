"""A ledger that is only read: the same answers and the same words, whatever opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from ledger_texts import invented

from consistency.config import Config
from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.asking import asking
from consistency.ledger.connect import open_ledger
from consistency.ledger.reading import read_ledger
from consistency.ledger.shelf import LedgerShelf


def test_keys_are_counted_as_far_as_it_matters(ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, invented(12, 1), Config())
    monkeypatch.setattr("consistency.ledger.shelf.hashed", int)
    with ledger.connect() as base:
        at = tables.posting.c
        rows = base.execute(sa.select(at.key, sa.func.sum(at.times)).group_by(at.key))
        whole = {key: int(many) for key, many in rows}
        shelf = LedgerShelf(asking(base))
        for most in (1, 1_000):
            counts = shelf.counts(map(str, whole), most)
            for key, many in whole.items():
                three = (many, counts[str(key)], shelf.count(str(key), most))
                assert len({min(n, most + 1) for n in three}) == 1, three


@pytest.mark.parametrize("name", ["none.db", "text.db", ""])
def test_what_cannot_be_used_is_told_alike(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.db").write_text("this is no database at all\n" * 40)
    url = f"sqlite:///{tmp_path / name}" if name.endswith("db") else f"sqlite:///{name}"
    told = []
    for way in (open_ledger, read_ledger):
        with pytest.raises(LedgerError) as error, way(url):
            pass
        told.append(str(error.value))
    assert told[0] == told[1]


def test_a_check_against_sqlite_loads_neither_sqlalchemy_nor_pint(tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text("Published: 2024-03-05\n\nThe harbour of Norwell is 10 miles (16 km) long and has nine cranes.\n")
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    main = "import sys; from consistency.cli import group; group(sys.argv[1:], standalone_mode=False)"
    subprocess.run([sys.executable, "-c", main, "ledger", "add", str(text), "--ledger", url], check=True)
    loaded = main + "; print(sorted({'sqlalchemy', 'pint', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    run = [sys.executable, "-c", loaded, "check", str(text), "--against", url, "--quiet"]
    subprocess.run(run, check=True, capture_output=True)
    assert subprocess.run(run, check=True, capture_output=True, text=True).stderr.strip() == "[]"

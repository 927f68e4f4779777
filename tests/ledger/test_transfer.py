"""A ledger as lines and back: nothing is lost, on either database and from one to the other."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from ledger_texts import invented

from consistency.config import Config
from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.connect import open_engine
from consistency.ledger.decisions import broken, decide, every
from consistency.ledger.transfer import export, load
from consistency.ledger.update import remove
from consistency.ledger.verify import verify

CONFIG = Config()


@pytest.fixture
def filled(ledger: sa.Engine) -> sa.Engine:
    """A ledger with a past."""
    sources = invented(20, 2)
    add(ledger, sources[:15], CONFIG, "Lind")
    with ledger.connect() as base:
        name = base.scalars(sa.select(tables.finding.c.id).order_by(tables.finding.c.id)).first()
    decide(ledger, name, "explained", "Lind", version=1, detail={"by": "time"}, note="Žluťoučký kůň 🐎\n\u202ereversed")
    remove(ledger, [sources[0].id], CONFIG, "Lind")
    add(ledger, sources[15:], CONFIG, "Bo")
    return ledger


def test_there_and_back(filled: sa.Engine, new_ledger_url: str, tmp_path: Path) -> None:
    lines = list(export(filled))
    for url in (new_ledger_url, f"sqlite:///{tmp_path / 'copy.db'}"):
        copy = open_engine(url, create=True)
        load(copy, lines)
        assert list(export(copy)) == lines
        assert verify(copy, CONFIG) == []
        assert broken(copy) == []
        add(copy, invented(24, 2)[20:], CONFIG)
        name = next(every(copy)).finding
        assert decide(copy, name, "confirmed", "Bo", version=1).id == 2, "numbers go on after the last one"
        copy.dispose()


def test_only_into_an_empty_ledger(filled: sa.Engine) -> None:
    before = list(export(filled))
    with pytest.raises(LedgerError, match="not empty"):
        load(filled, before)
    assert list(export(filled)) == before


@pytest.mark.parametrize("broken_", ["last cut", "a table unknown", "a column missing", "twice", "no base64"])
def test_a_broken_export_leaves_nothing(filled: sa.Engine, new_ledger_url: str, broken_: str) -> None:
    lines = list(export(filled))
    place = next(n for n, line in enumerate(lines) if b'"table":"source_version"' in line)
    if broken_ == "last cut":
        lines[-1] = lines[-1][:-9]
        place = len(lines) - 1
    elif broken_ == "a table unknown":
        lines[place] = lines[place].replace(b'"source_version"', b'"diary"')
    elif broken_ == "a column missing":
        lines[place] = lines[place].replace(b'"version":', b'"vision":')
    elif broken_ == "twice":
        lines.insert(place + 1, lines[place])
        place += 1
    else:
        lines[place] = lines[place].replace(b'"record":"', b'"record":"?')
    copy = open_engine(new_ledger_url, create=True)
    with pytest.raises(LedgerError) as told:
        load(copy, lines)
    assert told.value.line == place + 1
    assert len(list(export(copy))) == 2
    load(copy, list(export(filled)))
    copy.dispose()


@pytest.mark.parametrize("head", [b"", b"[]\n", b"{}\n", b"\xff\n", b'{"format":"consistency-ledger","schema":"99"}\n'])
def test_what_is_no_export(new_ledger_url: str, head: bytes) -> None:
    copy = open_engine(new_ledger_url, create=True)
    with pytest.raises(LedgerError):
        load(copy, [head])
    copy.dispose()

"""A ledger that is only read: the same answers and the same words, whatever opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from ledger_texts import invented

from consistency import pipeline
from consistency.config import Config, Topics
from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.asking import asking, moments
from consistency.ledger.connect import open_ledger
from consistency.ledger.decisions import decide
from consistency.ledger.holding import check_against
from consistency.ledger.reading import read_ledger
from consistency.ledger.shelf import LedgerShelf
from consistency.ledger.taught import lessons
from consistency.ledger.verify import verify


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
                assert min(many, most + 1) == min(counts[str(key)], most + 1)


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


@pytest.mark.parametrize("detail", ["{}", '{"pairs":5}', '{"pairs":[["a","b","c"]]}', "[" * 50_000])
def test_a_decision_without_its_shape_is_told_as_damaged(ledger: sa.Engine, detail: str) -> None:
    add(ledger, invented(12, 1), Config())
    with ledger.connect() as base:
        finding = base.scalars(sa.select(tables.finding.c.id).limit(1)).one()
    made = decide(ledger, finding, "needs-source", "Ana Lind", version=1)
    with ledger.connect() as base:
        row = dict(base.execute(sa.select(tables.decision).where(tables.decision.c.id == made.id)).mappings().one())
    row |= {"id": made.id + 1, "kind": "not-same-topic", "detail": detail, "hash": made.hash[::-1]}
    with ledger.begin() as base:
        base.execute(tables.decision.insert().values(**row))
    with ledger.connect() as base, pytest.raises(LedgerError, match=f"decision {made.id + 1} is damaged"):
        lessons(asking(base))


def test_two_slashes_are_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="three: sqlite:///FILE"), read_ledger("sqlite://nohost/ledger.db"):
        pass


@pytest.mark.parametrize("end", ["", "-wal"])
def test_a_report_never_takes_the_place_of_its_ledger(tmp_path: Path, end: str) -> None:
    text, file = tmp_path / "one.txt", tmp_path / "ledger.db"
    text.write_text("Published: 2024-03-05\n\nThe harbour of Norwell has nine cranes.\n", encoding="utf-8")
    run = [sys.executable, "-m", "consistency"]
    subprocess.run([*run, "ledger", "add", str(text), "--ledger", f"sqlite:///{file}"], check=True)
    before = file.read_bytes()
    check = [*run, "check", str(text), "--against", f"sqlite:///{file}", "-o", f"{file}{end}:json"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is the ledger, and would be written over" in done.stderr
    assert file.read_bytes() == before


def test_a_ledger_looks_copies_up_whatever_the_settings_say(ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """`topics.near_copy` is for runs that keep no index: neither filling nor verifying nor checking asks MinHash."""

    def asked(*_: object) -> None:
        raise AssertionError("MinHash was asked")

    monkeypatch.setattr("consistency.topics.candidates._by_minhash", asked)
    config, every = Config(topics=Topics(near_copy="minhash")), invented(14, 2)
    with pytest.raises(AssertionError, match="was asked"):
        pipeline.check(every, config)
    add(ledger, every[:12], config)
    assert verify(ledger, config) == []
    report = check_against(moments(ledger), every[12:], config)
    assert report.coverage.near_copy is msgspec.UNSET


def test_what_is_decided_while_new_sources_are_read_is_obeyed(ledger: sa.Engine) -> None:
    """The ledger is not held while they are read: a correction made meanwhile counts, and a refresh is told."""
    every = invented(12, 1)
    add(ledger, every, Config())
    with ledger.connect() as base:
        finding = base.scalars(sa.select(tables.finding.c.id).limit(1)).one()
    new = msgspec.structs.replace(every[0], id="new")
    before = check_against(moments(ledger), [new], Config())
    claim = next(c for c in before.claims if c.source == "new" and c.kind in ("count", "money"))
    assert claim.value is not None
    detail = {"fingerprint": claim.fingerprint, "field": "value", "value": 987_654}
    times = []

    def decided(stage: str, done: int, of: int | None) -> None:
        if stage == "reading claims" and not times:
            decide(ledger, finding, "wrong-reading", "Ana Lind", version=1, detail=detail)
        times.append(stage)

    after = check_against(moments(ledger), [new], Config(), progress=decided)
    corrected = next(c for c in after.claims if c.source == "new" and c.fingerprint == claim.fingerprint)
    assert corrected.corrected == ("value",)
    assert corrected.value is not None
    assert corrected.value.point == 987_654
    assert times.count("reading claims") == 2  # once by each

    def refreshed(stage: str, done: int, of: int | None) -> None:
        with ledger.begin() as base:
            base.execute(sa.update(tables.meta).where(tables.meta.c.key == "reading").values(value="other"))

    with pytest.raises(LedgerError, match="read by other rules or another program"):
        check_against(moments(ledger), [new], Config(), progress=refreshed)

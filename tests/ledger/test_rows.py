"""`verify` tells what a hand in the database changed: each text, list and version beside what is worked out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from ledger_texts import invented

from consistency.config import Config
from consistency.errors import LedgerError
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.asking import moments
from consistency.ledger.content import stored_one
from consistency.ledger.decisions import decide
from consistency.ledger.holding import check_against
from consistency.ledger.records import FindingState, pack, unpack
from consistency.ledger.showing import shown
from consistency.ledger.update import remove
from consistency.ledger.verify import verify
from consistency.model import Source

CONFIG = Config()
Tampering = Callable[[sa.Connection], Any]


@pytest.fixture
def kept(ledger: sa.Engine) -> sa.Engine:
    """A ledger with two versions of a text, a removed one, and a decision."""
    first, second, *more = invented(14, 11, strays=0.0)
    add(ledger, [first, second, *more], CONFIG)
    add(ledger, [msgspec.structs.replace(first, text=first.text + "\n\nThe mayor is honest.")], CONFIG)
    remove(ledger, [second.id], CONFIG, None)
    with ledger.connect() as base:
        finding = base.execute(
            sa.select(tables.finding.c.id, tables.finding.c.version).where(tables.finding.c.computed.is_not(None))
        ).first()
    assert finding is not None
    decide(ledger, finding.id, "confirmed", "ann", version=finding.version)
    assert verify(ledger, CONFIG) == []
    return ledger


def row(table: sa.Table, **values: Any) -> Tampering:
    """Changes the columns of every row."""
    return lambda base: base.execute(sa.update(table).values(values))


def gone(table: sa.Table, *where: sa.ColumnElement[bool]) -> Tampering:
    """Takes rows out."""
    return lambda base: base.execute(sa.delete(table).where(*where))


def record(table: sa.Table, kind: type[Any], changed: Callable[[Any], Any]) -> Tampering:
    """Changes what is kept packed."""

    def tamper(base: sa.Connection) -> None:
        for found in base.execute(sa.select(table)).all():
            own = [column == getattr(found, column.name) for column in table.primary_key.columns]
            packed = pack(changed(unpack(found.record, kind)))
            base.execute(sa.update(table).where(*own).values(record=packed))

    return tamper


def other_text(source: Source) -> Source:
    return msgspec.structs.replace(source, text=f"{source.text} It rained.")


def other_claims(state: FindingState) -> FindingState:
    claims = tuple(msgspec.structs.replace(c, text="a lie") for c in state.claims)
    return msgspec.structs.replace(state, claims=claims)


V = tables.source_version.c
F = tables.finding_source.c


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (record(tables.source_version, Source, other_text), "version 1: its text is not the one that was added"),
        (row(tables.source_version, sha256="0" * 64), "its text is not the one that was added"),
        (row(tables.source_version, publisher="Nobody"), "its text is not the one that was added"),
        (gone(tables.source_version, V.source == 1, V.version == 1), "a version of its text is missing"),
        (gone(tables.claim), "the list of its claims"),
        (row(tables.reading, claims=0), "the summary of its claims"),
        (row(tables.reading, portrait=b""), "what was read in it is damaged"),
        (row(tables.topic, title="a lie"), "is listed otherwise"),
        (gone(tables.topic_claim), "is listed otherwise"),
        (lambda base: (gone(tables.topic_claim)(base), gone(tables.topic)(base)), "a topic that is not there"),
        (row(tables.finding, message="a lie"), "is listed otherwise"),
        (row(tables.finding, outcome="agreement", severity="note"), "is listed otherwise"),
        (row(tables.finding, rank=0.0), "is listed otherwise"),
        (row(tables.finding, decided_version=None), "by a decision on version none"),
        (gone(tables.finding_claim), "is listed otherwise"),
        (gone(tables.finding_source), "is listed otherwise"),
        (row(tables.reading, record=b"x"), "its claims are not those that its text gives"),
        (row(tables.finding_version, hash="0" * 64), "is damaged or was changed"),
        (row(tables.finding_version, record=b"x"), "is damaged or was changed"),
        (record(tables.finding_version, FindingState, other_claims), "claims that are not as they were read"),
    ],
)
def test_what_was_changed_by_hand_is_told(kept: sa.Engine, tampering: Tampering, says: str) -> None:
    with kept.begin() as base:
        tampering(base)
    told = verify(kept, CONFIG)
    assert any(says in one for one in told), told


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (row(tables.reading, portrait=b"x"), "what was read in source number"),
        (row(tables.reading, record=b"x"), "what was read in source number"),
        (row(tables.finding_version, record=b"x"), "finding f1-"),
    ],
)
def test_damage_is_told_whoever_meets_it(
    kept: sa.Engine, tampering: Tampering, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never as a fault of the program, and nothing is written."""
    monkeypatch.setattr("consistency.ledger.update.WALK", 0)  # as in a ledger that is too large to be looked at whole
    with kept.connect() as base:
        finding, source = base.execute(sa.select(F.finding, F.source).order_by(F.finding)).first() or ("", "")
        first = stored_one(base, source)
    other = msgspec.structs.replace(first, text=first.text + "\n\nThe bridge is long.")
    new = msgspec.structs.replace(other, id="new")
    works = [lambda: add(kept, [other], CONFIG), lambda: check_against(moments(kept), [new], CONFIG)]
    if says.startswith("finding"):
        works[1] = lambda: shown(kept, finding)
    with kept.begin() as base:
        tampering(base)
    for work in works:
        with pytest.raises(LedgerError, match=f"{says}.* is (damaged|cut off).*; `consistency ledger verify`"):
            work()


def test_a_claim_that_a_source_reckons_itself_is_listed_with_its_topic(ledger: sa.Engine) -> None:
    """ "155,000 tonnes, less than half of the 340,000 tonnes": that half and the 155,000 stand in one topic."""
    text = "Chile produced 155,000 tonnes of apples last year, less than half of the 340,000 tonnes of the year before."
    add(ledger, [Source(id="a", text=text, published="2024-02-02")], CONFIG)
    with ledger.connect() as base:
        listed = base.scalars(sa.select(tables.topic_claim.c.claim)).all()
    assert any("#share-of-total" in claim for claim in listed)
    assert verify(ledger, CONFIG) == []

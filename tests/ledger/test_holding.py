"""What is held against a ledger starts from its topics, and comes out as a check of all sources would have it."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from ledger_texts import invented, report_of

from consistency.archive.replay import Replay
from consistency.config import Config
from consistency.ledger import tables
from consistency.ledger.adding import add, obey
from consistency.ledger.asking import moments
from consistency.ledger.decisions import decide
from consistency.ledger.holding import check_against
from consistency.ledger.records import FindingState, unpack
from consistency.ledger.shelf import LedgerShelf
from consistency.ledger.update import remove
from consistency.model import Report, Source

CONFIG = Config()


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many claims were touched from the start, of each check that began from the topics of the ledger."""
    run = Replay.run
    out: list[int] = []

    def counted(replay: Replay[Any], start: Collection[Any]) -> None:
        out.append(len(start))
        run(replay, start)

    monkeypatch.setattr(Replay, "run", counted)
    return out


def without_past(ledger: sa.Engine, sources: Sequence[Source]) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LedgerShelf, "before", lambda shelf: None)
        return check_against(moments(ledger), sources, CONFIG)


def part(ledger: sa.Engine, chance: random.Random, many: int) -> None:
    """Lets a person say of some findings that they are about two things."""
    at, version = tables.finding.c, tables.finding_version.c
    asked = sa.select(at.id, at.version, version.record).join(
        tables.finding_version, sa.and_(version.finding == at.id, version.version == at.version)
    )
    with ledger.connect() as base:
        rows = base.execute(asked.where(at.computed.is_not(None)).order_by(at.id)).all()
    for id_, number, record in chance.sample(list(rows), min(many, len(rows))):
        state = unpack(record, FindingState)
        prints = {c.id: c.fingerprint for c in state.claims}
        one, *others = state.finding.sides
        pairs = [[prints[a], prints[b]] for b in (i for side in others for i in side) for a in one]
        pairs = [p for p in pairs if p[0] != p[1]]
        if pairs:
            decide(ledger, id_, "not-same-topic", "Lind", version=number, detail={"pairs": pairs})


def changed(sources: Sequence[Source], chance: random.Random, many: int) -> list[Source]:
    """Some of the sources, with the text of others."""
    some = chance.sample(list(sources), many)
    return [msgspec.structs.replace(a, text=b.text) for a, b in zip(some, chance.sample(sources, many), strict=True)]


def hold(ledger: sa.Engine, seed: int, many: int, replayed: list[int]) -> None:
    chance = random.Random(seed)
    every = invented(many, seed, strays=0.05)
    chance.shuffle(every)
    cut = many - 6
    add(ledger, every[:cut], CONFIG, batch=chance.choice((9, 40, 200)))
    remove(ledger, [s.id for s in every[:4]], CONFIG, None)
    known = {s.id: s for s in every[4:cut]}
    for n in range(3):
        fresh = [*chance.sample(every[cut:], 1 + n), *changed(list(known.values()), chance, n)]
        told = check_against(moments(ledger), fresh, CONFIG)
        assert told == report_of(list((known | {s.id: s for s in fresh}).values()), {s.id for s in fresh})
        assert told == without_past(ledger, fresh)
    part(ledger, chance, 5)
    obey(ledger, CONFIG)
    for n in range(3):
        fresh = [*chance.sample(every[cut:], 1 + n), *changed(list(known.values()), chance, n)]
        assert check_against(moments(ledger), fresh, CONFIG) == without_past(ledger, fresh)
    assert len(replayed) == 6


def test_what_comes_and_changes(ledger: sa.Engine, replayed: list[int]) -> None:
    hold(ledger, 11, 40, replayed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_comes_and_changes_in_larger_ledgers(ledger: sa.Engine, seed: int, replayed: list[int]) -> None:
    hold(ledger, seed, 110, replayed)


def test_topics_that_rest_on_other_decisions_are_not_begun_from(ledger: sa.Engine, replayed: list[int]) -> None:
    every = invented(30, 3)
    add(ledger, every[:28], CONFIG)
    check_against(moments(ledger), every[28:], CONFIG)
    assert len(replayed) == 1
    part(ledger, random.Random(1), 2)
    check_against(moments(ledger), every[28:], CONFIG)
    assert len(replayed) == 1
    obey(ledger, CONFIG)
    check_against(moments(ledger), every[28:], CONFIG)
    assert len(replayed) == 2

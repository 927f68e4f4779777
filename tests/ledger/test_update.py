"""A ledger holds what `check` finds in all its sources, whatever came, changed and went, in whatever order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from ledger_texts import invented, report_of

from consistency.config import Config, Topics
from consistency.errors import LedgerError
from consistency.gate import Gate
from consistency.ledger import adding, tables, update
from consistency.ledger.adding import add, obey, refresh, stored
from consistency.ledger.asking import moments
from consistency.ledger.decisions import decide, undo
from consistency.ledger.holding import accept, check_against
from consistency.ledger.records import Changes, FindingState, unpack
from consistency.ledger.runs import applied
from consistency.ledger.update import remove
from consistency.ledger.verify import verify
from consistency.model import Source
from consistency.topics import blocking

CONFIG = Config()


def texts(*said: tuple[str, str, str]) -> list[Source]:
    """Sources of (id, day of publication, text)."""
    return [Source(id=i, published=day, published_basis="metadata", publisher=i, text=text) for i, day, text in said]


HARBOUR = "The harbour of Norwell has {} cranes, its authority said on {}."


def harbour(name: str, day: str, many: int) -> Source:
    told = {"2024-03-04": "4 March 2024", "2024-03-05": "5 March 2024"}[day]
    return texts((name, day, HARBOUR.format(many, "4 March 2024" if told else told)))[0]


def rows(ledger: sa.Engine) -> list[sa.Row[tuple[str, str | None, int, str]]]:
    at = tables.finding.c
    with ledger.connect() as base:
        return list(base.execute(sa.select(at.id, at.computed, at.version, at.status).order_by(at.id)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_any_history_gives_what_all_sources_give(ledger: sa.Engine, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed:  # never all at once, however much changes
        monkeypatch.setattr(update, "WALK", 0)
    chance = random.Random(seed)
    many = 70 if ledger.dialect.name == "sqlite" else 35  # a server takes three times as long, for the same work
    every = invented(many, seed)
    chance.shuffle(every)
    add(ledger, every[: many // 2], CONFIG, batch=chance.choice((1, 7, 40)))
    assert verify(ledger, CONFIG) == []
    add(ledger, every[many // 2 :], CONFIG, batch=chance.choice((1, 4)))
    gone = [s.id for s in chance.sample(every, 9)]
    for one in gone[:4]:
        remove(ledger, [one], CONFIG, None)
    remove(ledger, gone[4:], CONFIG, None)
    assert verify(ledger, CONFIG) == []
    left = [s for s in every if s.id not in gone]
    mixed = [msgspec.structs.replace(a, text=b.text) for a, b in zip(left[:8], chance.sample(every, 8), strict=True)]
    changes = add(ledger, mixed, CONFIG, batch=3)
    assert set(changes.changed) | set(changes.unchanged) == {s.id for s in mixed}
    add(ledger, [s for s in every if s.id in gone], CONFIG)
    assert verify(ledger, CONFIG) == []


@pytest.mark.slow
def test_keys_that_become_common_are_followed(ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """More claims of one word than are looked for by it, one source at a time."""
    monkeypatch.setattr(update, "WALK", 0)
    monkeypatch.setattr(blocking, "_RARE", 5)
    every = invented(60, 7, strays=0.0)
    add(ledger, every[:40], CONFIG, batch=40)
    add(ledger, every[40:50], CONFIG, batch=1)
    assert verify(ledger, CONFIG) == []
    add(ledger, every[50:], CONFIG, batch=20)
    remove(ledger, [s.id for s in every[::3]], CONFIG, None)
    assert verify(ledger, CONFIG) == []


def test_a_source_that_comes_twice_is_left_alone(ledger: sa.Engine) -> None:
    every = invented(6, 1)
    assert len(add(ledger, every, CONFIG).added) == 6
    again = add(ledger, every, CONFIG)
    assert (again.added, len(again.unchanged), again.new) == ((), 6, ())
    with ledger.connect() as base:
        assert base.scalar(sa.select(sa.func.count()).select_from(tables.run)) == 1


def test_every_version_of_a_text_is_kept(ledger: sa.Engine) -> None:
    one, two = harbour("a.txt", "2024-03-04", 19), harbour("a.txt", "2024-03-04", 20)
    add(ledger, [one], CONFIG)
    assert add(ledger, [two], CONFIG).changed == ("a.txt",)
    with ledger.connect() as base:
        at = tables.source_version.c
        found = [unpack(r, Source) for r in base.scalars(sa.select(at.record).order_by(at.version))]
        assert [s.text for s in found] == [one.text, two.text]
        assert [s.text for s in stored(base)] == [two.text]


def test_a_finding_keeps_its_id_when_an_earlier_source_comes(ledger: sa.Engine) -> None:
    add(ledger, [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)], CONFIG)
    (before,) = rows(ledger)
    add(ledger, [harbour("a.txt", "2024-03-04", 23)], CONFIG)
    after = {r.id: r for r in rows(ledger)}
    assert after[before.id].computed is not None
    assert after[before.id].computed != before.computed, "the engine calls it otherwise now"
    assert after[before.id].version == 2
    assert verify(ledger, CONFIG) == []


def test_a_finding_that_comes_back_has_its_old_name(ledger: sa.Engine) -> None:
    pair = [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)]
    add(ledger, pair, CONFIG)
    (before,) = rows(ledger)
    assert remove(ledger, ["c.txt"], CONFIG, None).gone == (before.id,)
    assert [r.computed for r in rows(ledger)] == [None]
    assert add(ledger, pair, CONFIG).new == (before.id,)
    assert rows(ledger) == [before]


def test_what_was_decided_comes_back_with_a_finding_that_the_engine_calls_otherwise(ledger: sa.Engine) -> None:
    pair = [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)]
    add(ledger, pair, CONFIG)
    (first,) = rows(ledger)
    add(ledger, [harbour("a.txt", "2024-03-04", 23)], CONFIG)
    decide(ledger, first.id, "explained", "ann", version=2, detail={"by": "time"})
    before = rows(ledger)
    assert {r.computed for r in before if r.id == first.id} != {first.id}
    remove(ledger, ["b.txt"], CONFIG, None)
    assert (first.id, None, 2, "decided") in rows(ledger)
    assert add(ledger, pair[:1], CONFIG).new == (first.id,)
    assert rows(ledger) == before
    assert verify(ledger, CONFIG) == []


def test_the_version_before_can_still_be_read(ledger: sa.Engine) -> None:
    add(ledger, [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)], CONFIG)
    add(ledger, [harbour("d.txt", "2024-03-05", 23)], CONFIG)
    with ledger.connect() as base:
        at = tables.finding_version.c
        first = sa.select(at.finding).where(at.version == 2)
        changed = base.scalars(first).all()
        assert changed
        states = base.scalars(sa.select(at.record).where(at.finding == changed[0]).order_by(at.version)).all()
    told = [{c.source for c in unpack(r, FindingState).claims} for r in states]
    assert told == [{"b.txt", "c.txt"}, {"b.txt", "c.txt", "d.txt"}]


@pytest.mark.parametrize("what", ["refresh", "add"])
def test_a_reading_that_is_corrected_while_texts_are_read_is_obeyed(
    ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    pair = [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)]
    add(ledger, pair, CONFIG)
    (finding,) = rows(ledger)
    with ledger.connect() as base:
        mark = base.scalars(sa.select(tables.claim.c.fingerprint).order_by(tables.claim.c.id)).first()
    real, waiting = adding.put, [{"fingerprint": mark, "field": "value", "value": 23}]

    def put(*given: Any, **named: Any) -> Changes:
        while waiting:  # the texts are read, and nothing is written yet
            decide(ledger, finding.id, "wrong-reading", "ann", version=1, detail=waiting.pop())
        return real(*given, **named)

    monkeypatch.setattr(adding, "put", put)
    if what == "refresh":
        refresh(ledger, CONFIG)
    else:
        renamed = [msgspec.structs.replace(source, title="Cranes") for source in pair]
        add(ledger, [harbour("a.txt", "2024-03-04", 23), *renamed], CONFIG, batch=1)
    assert waiting == []
    with ledger.connect() as base:
        assert applied(base).readings == {mark: {"value": 23}}
    assert verify(ledger, CONFIG) == []


def test_removing_what_is_not_there_removes_nothing(ledger: sa.Engine) -> None:
    add(ledger, invented(4, 2), CONFIG)
    with ledger.connect() as base:
        names = sorted(base.scalars(sa.select(tables.source.c.id)))
    with pytest.raises(LedgerError, match="did you mean"):
        remove(ledger, [names[0], f"{names[1]}x"], CONFIG, None)
    with ledger.connect() as base:
        assert [s.id for s in stored(base)] == names


def test_other_settings_need_a_refresh(ledger: sa.Engine) -> None:
    every = invented(8, 3)
    add(ledger, every[:6], CONFIG)
    other = Config(topics=Topics(threshold=9.0))
    with pytest.raises(LedgerError, match="refresh"):
        add(ledger, every[6:], other)
    refresh(ledger, other)
    assert verify(ledger, other) == []
    add(ledger, every[6:], other)
    assert verify(ledger, other) == []


def test_what_was_tampered_with_is_told(ledger: sa.Engine) -> None:
    add(ledger, [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)], CONFIG)
    with ledger.begin() as base:
        base.execute(sa.delete(tables.posting).where(tables.posting.c.part == 0))
        base.execute(sa.update(tables.finding).values(computed=None))
    told = verify(ledger, CONFIG)
    assert any("keys" in t for t in told)
    assert any("is missing" in t for t in told)


def test_a_batch_holds_all_or_nothing(ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from consistency.ledger import findings

    add(ledger, invented(4, 4)[:2], CONFIG)

    def breaks(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(findings, "_links", breaks)
    pair: Sequence[Source] = [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)]
    with pytest.raises(OSError, match="full"):
        add(ledger, pair, CONFIG)
    monkeypatch.undo()
    assert verify(ledger, CONFIG) == []
    with ledger.connect() as base:
        assert len(list(stored(base))) == 2


def test_holding_against_a_ledger_equals_holding_against_its_files(ledger: sa.Engine) -> None:

    every = invented(40, 6)
    add(ledger, every[:34], CONFIG)
    told = check_against(moments(ledger), every[34:], CONFIG)
    assert told == report_of(every, {s.id for s in every[34:]})
    assert told.findings


def pairs_of(ledger: sa.Engine, name: str) -> list[list[str]]:
    """The fingerprints of a finding's sides, each with each."""
    with ledger.connect() as base:
        at = tables.finding_version.c
        state = unpack(base.scalars(sa.select(at.record).where(at.finding == name)).all()[-1], FindingState)
    prints = {c.id: c.fingerprint for c in state.claims}
    return [[prints[a], prints[b]] for x, y in combinations(state.finding.sides, 2) for a in x for b in y]


def test_a_finding_between_two_things_goes_and_comes_back(ledger: sa.Engine) -> None:
    add(ledger, [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)], CONFIG)
    (before,) = rows(ledger)
    pairs = pairs_of(ledger, before.id)
    made = decide(ledger, before.id, "not-same-topic", "Lind", version=1, detail={"pairs": pairs})
    assert obey(ledger, CONFIG, "Lind").gone == (before.id,)
    assert [(r.computed, r.status) for r in rows(ledger)] == [(None, "decided")]
    assert verify(ledger, CONFIG) == []
    new = harbour("d.txt", "2024-03-05", 19)
    assert not [f for f in check_against(moments(ledger), [new], CONFIG).findings if before.id == f.id]
    undo(ledger, made.id, "Lind", "they are one harbour")
    assert obey(ledger, CONFIG).new == (before.id,)
    assert [(r.computed, r.status) for r in rows(ledger)] == [(before.computed, "open")]
    assert verify(ledger, CONFIG) == []
    assert obey(ledger, CONFIG).to_dict() == obey(ledger, CONFIG).to_dict(), "nothing is left to do"


@pytest.mark.slow
def test_lessons_at_random_moments(ledger: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions between runs: the ledger is at any time what its sources and its lessons give."""
    monkeypatch.setattr(update, "WALK", 0)
    chance = random.Random(7)
    every = invented(60, 8)
    add(ledger, every[:40], CONFIG, batch=40)
    made: list[int] = []
    for n, source in enumerate(every[40:52]):
        found = [r for r in rows(ledger) if r.computed is not None]
        if n % 4 == 3:
            undo(ledger, made.pop(chance.randrange(len(made))), "Lind")
        else:
            one = chance.choice(found)
            pairs = [p for p in pairs_of(ledger, one.id) if p[0] != p[1]]
            if pairs:
                kind = chance.choice(("not-same-topic", "same-topic"))
                made.append(decide(ledger, one.id, kind, "Lind", version=one.version, detail={"pairs": pairs}).id)
        add(ledger, [source], CONFIG)
    assert verify(ledger, CONFIG) == []
    remove(ledger, [s.id for s in every[:9]], CONFIG, None)
    assert verify(ledger, CONFIG) == []


def test_what_was_settled_is_accepted_by_a_check(ledger: sa.Engine) -> None:
    pair = [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)]
    add(ledger, pair, CONFIG)
    (row,) = rows(ledger)
    report = Gate(CONFIG).apply(check_against(moments(ledger), pair[1:], CONFIG))
    assert accept(moments(ledger), report, "ledger").accepted == ()
    decide(ledger, row.id, "confirmed", "Lind", version=1)
    assert accept(moments(ledger), report, "ledger").accepted == (), "a confirmed contradiction stays one"
    decide(ledger, row.id, "explained", "Lind", version=1, detail={"by": "scope"}, note="two basins")
    (one,) = accept(moments(ledger), report, "ledger").accepted
    assert (one.by, one.author, one.reason) == ("decision", "Lind", "explained: two basins")
    taken = decide(ledger, row.id, "explained", "Bo", version=1, detail={"by": "time"}, note="another year")
    undo(ledger, taken.id, "Bo")
    (one,) = accept(moments(ledger), report, "ledger").accepted
    assert (one.author, one.reason) == ("Lind", "explained: two basins"), "who took their word back is not named"
    third = harbour("d.txt", "2024-03-05", 23)
    report = Gate(CONFIG).apply(check_against(moments(ledger), [third], CONFIG))
    assert report.findings
    found = accept(moments(ledger), report, "ledger").accepted
    assert found == (), "a further claim on a side is nothing that was settled"


def test_a_corrected_reading_is_applied_to_its_claim(ledger: sa.Engine) -> None:
    add(ledger, [harbour("b.txt", "2024-03-05", 19), harbour("c.txt", "2024-03-05", 23)], CONFIG)
    (before,) = rows(ledger)
    ((_, fingerprint),) = pairs_of(ledger, before.id)
    detail = {"fingerprint": fingerprint, "field": "value", "value": 19}
    made = decide(ledger, before.id, "wrong-reading", "Lind", version=1, detail=detail)
    obey(ledger, CONFIG)
    (finding,) = (r for r in rows(ledger) if r.computed is not None)
    with ledger.connect() as base:
        at = tables.finding_version.c
        asked = sa.select(at.record).where(at.finding == finding.id).order_by(at.version.desc())
        state = unpack(base.scalars(asked).first(), FindingState)
    assert state.finding.outcome == "agreement"
    (claim,) = (c for c in state.claims if c.fingerprint == fingerprint)
    assert (claim.value.point, claim.corrected) == (19, ("value",))
    assert verify(ledger, CONFIG) == []
    add(ledger, [harbour("d.txt", "2024-03-05", 19)], CONFIG)
    assert verify(ledger, CONFIG) == []
    undo(ledger, made.id, "Lind")
    remove(ledger, ["d.txt"], CONFIG, None)
    assert {r.id: r.computed for r in rows(ledger)}[before.id] == before.computed
    assert verify(ledger, CONFIG) == []


def test_numbers_of_any_size_are_kept(ledger: sa.Engine) -> None:
    said = "Norland owes {} dollars, the bank said on 4 March 2024."
    many = ("300 quintillion", "500 quintillion", "123456789012345678901234567890", "9,999,999,999,999,999,999")
    every = texts(*((f"{n}.txt", "2024-03-05", said.format(words)) for n, words in enumerate(many)))
    add(ledger, every, CONFIG)
    assert verify(ledger, CONFIG) == []

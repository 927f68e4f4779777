"""The book of decisions on both stores: nothing is overwritten, nothing lost, and what was changed is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from ledger_rows import put, row, state

from consistency.errors import LedgerError
from consistency.ledger import chain, decisions, tables
from consistency.ledger.connect import open_engine, writing
from consistency.ledger.findings import _seen
from consistency.ledger.records import Decision, pack

STATE = state()
A, B = sorted(c.fingerprint for c in STATE.claims)


@pytest.fixture
def book(ledger: sa.Engine) -> sa.Engine:
    """A ledger with two findings."""
    put(ledger, "f-1", STATE)
    put(ledger, "f-2", state("Sudwick"))
    return ledger


def test_a_decision_is_kept_whole(book: sa.Engine) -> None:
    made = decisions.decide(
        book,
        "f-1",
        "explained",
        "ann",
        version=1,
        detail={"by": "time", "text": " a month apart\r\nor so "},
        note="see the\r\ntimetable — 時刻表",
        evidence="https://harbour.example/2025?a=1#b",
        at="2026-01-02T03:04:05Z",
    )
    assert decisions.of(book, "f-1") == (made,)
    assert made.detail == {"by": "time", "text": "a month apart\nor so"}
    assert (made.id, made.previous, made.note) == (1, "", "see the\ntimetable — 時刻表")
    assert made.hash == chain.hashed(made)
    assert row(book, "f-1") == ("decided", "explained", 1, None)
    assert row(book, "f-2") == ("open", None, None, None)
    assert decisions.broken(book) == []


def test_two_deciders_are_both_kept_and_the_last_counts(book: sa.Engine) -> None:
    decisions.decide(book, "f-1", "confirmed", "ann", version=1)
    decisions.decide(book, "f-1", "needs-source", "bob", version=1)
    assert [d.author for d in decisions.of(book, "f-1")] == ["ann", "bob"]
    assert row(book, "f-1") == ("decided", "needs-source", 1, None)


def test_undo_is_a_new_entry_and_brings_back_what_held_before(book: sa.Engine) -> None:
    first = decisions.decide(book, "f-1", "confirmed", "ann", version=1)
    second = decisions.decide(book, "f-1", "needs-source", "bob", version=1)
    undone = decisions.undo(book, second.id, "ann", "there is one")
    assert (undone.kind, undone.undoes, undone.note) == ("undone", 2, "there is one")
    assert row(book, "f-1") == ("decided", "confirmed", 1, None)
    decisions.undo(book, first.id, "ann")
    assert row(book, "f-1") == ("open", None, None, None)
    with pytest.raises(LedgerError, match="already, by 4"):
        decisions.undo(book, first.id, "bob")
    with pytest.raises(LedgerError, match="takes one back itself"):
        decisions.undo(book, undone.id, "bob")
    with pytest.raises(LedgerError, match="no decision 99"):
        decisions.undo(book, 99, "bob")
    assert len(decisions.of(book, "f-1")) == 4
    assert decisions.broken(book) == []


def test_assignments_and_comments_judge_nothing(book: sa.Engine) -> None:
    decisions.assign(book, "f-1", "bob", "ann")
    assert row(book, "f-1") == ("open", None, None, "bob")
    decisions.decide(book, "f-1", "confirmed", "bob", version=1)
    given = decisions.assign(book, "f-1", "cyd", "ann")
    decisions.comment(book, "f-1", "asked the harbour", "cyd")
    assert row(book, "f-1") == ("decided", "confirmed", 1, "cyd")
    decisions.undo(book, given.id, "ann")
    assert row(book, "f-1") == ("decided", "confirmed", 1, "bob")
    decisions.assign(book, "f-1", None, "ann")
    assert row(book, "f-1") == ("decided", "confirmed", 1, None)
    assert decisions.broken(book) == []


def test_four_eyes_need_two_people_of_one_mind(book: sa.Engine) -> None:
    def decide(kind: str, who: str) -> Decision:
        return decisions.decide(book, "f-1", kind, who, version=1, four_eyes=True)

    decide("confirmed", "ann")
    assert row(book, "f-1") == ("second", "confirmed", None, None)
    decide("confirmed", "ann")
    assert row(book, "f-1")[0] == "second"
    other = decide("needs-source", "bob")
    assert row(book, "f-1") == ("second", "needs-source", None, None)
    decide("confirmed", "bob")
    assert row(book, "f-1") == ("decided", "confirmed", 1, None)
    decisions.undo(book, other.id + 1, "bob", four_eyes=True)
    assert row(book, "f-1")[0] == "second"
    assert decisions.broken(book) == []


def test_under_four_eyes_one_person_settles_nothing_by_way_of_another_version(book: sa.Engine) -> None:
    """Neither where the finding moves on, nor where it comes back to the very words, nor by a late judgement."""
    decisions.decide(book, "f-1", "explained", "ann", version=1, detail={"by": "time"}, four_eyes=True)
    put(book, "f-1", state("Eastwick"))
    decisions.comment(book, "f-1", "It grew.", "ann", four_eyes=True)
    assert row(book, "f-1") == ("second", "explained", None, None)
    put(book, "f-1", STATE)
    assert row(book, "f-1") == ("second", "explained", None, None)
    decisions.decide(book, "f-1", "explained", "ann", version=2, detail={"by": "time"}, four_eyes=True)
    assert row(book, "f-1") == ("second", "explained", None, None)
    decisions.decide(book, "f-1", "explained", "bob", version=2, detail={"by": "time"}, four_eyes=True)
    assert row(book, "f-1") == ("changed", "explained", 2, None)
    assert decisions.broken(book) == []


def test_a_finding_that_moved_on_is_changed(book: sa.Engine) -> None:
    decisions.decide(book, "f-1", "confirmed", "ann", version=1)
    put(book, "f-1", state("Eastwick"))
    assert row(book, "f-1") == ("changed", "confirmed", 1, None)
    late = decisions.decide(book, "f-1", "needs-source", "bob", version=1)
    assert (late.version, row(book, "f-1")[0]) == (1, "changed")
    decisions.decide(book, "f-1", "confirmed", "cyd", version=2)
    assert row(book, "f-1") == ("decided", "confirmed", 2, None)
    decisions.decide(book, "f-1", "needs-source", "bob", version=1)
    assert row(book, "f-1") == ("decided", "confirmed", 2, None)
    assert decisions.broken(book) == []


def test_a_judgement_of_the_very_words_holds_when_they_come_back(book: sa.Engine) -> None:
    put(book, "f-1", state("Eastwick"))
    put(book, "f-1", STATE)
    decisions.decide(book, "f-1", "confirmed", "ann", version=1)
    assert row(book, "f-1") == ("decided", "confirmed", 1, None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"finding": "f-9"}, "no finding 'f-9'"),
        ({"finding": "f\0"}, "U\\+0000"),
        ({"kind": "confirm"}, "did you mean 'confirmed'"),
        ({"kind": "undone"}, "is not a kind of decision"),
        ({"version": 2}, "no version 2"),
        ({"version": 0}, "no version 0"),
        ({"version": True}, "no version"),
        ({"author": " "}, "author's name is empty"),
        ({"author": "a\nb"}, "U\\+000A"),
        ({"note": "x" * 10_001}, "at most 10,000"),
        ({"note": "a\0b"}, "U\\+0000"),
        ({"note": "\ud800"}, "U\\+D800"),
        ({"evidence": "javascript:alert(1)"}, "address of the web"),
        ({"evidence": "https://"}, "address of the web"),
        ({"evidence": "http://[::1"}, "address of the web"),
        ({"evidence": "https://a.example/ b"}, "address of the web"),
        ({"evidence": "https://a.example:99999/"}, "address of the web"),
        ({"at": "2026-02-30T00:00:00Z"}, "no time"),
        ({"detail": {"by": "time"}}, "has no detail"),
        ({"kind": "explained"}, "'None' is not what explains"),
        ({"kind": "explained", "detail": {"by": "times"}}, "did you mean 'time'"),
        ({"kind": "explained", "detail": {"by": "other"}}, "needs a text"),
        ({"kind": "explained", "detail": {"by": "time", "txt": "x"}}, "did you mean 'text'"),
        ({"kind": "duplicate", "detail": {"of": "f-1"}}, "cannot repeat itself"),
        ({"kind": "duplicate", "detail": {"of": "f-7"}}, "no finding 'f-7'"),
        ({"kind": "duplicate"}, "not nothing"),
        ({"kind": "not-same-topic"}, "needs pairs"),
        ({"kind": "not-same-topic", "detail": {"pairs": [[A, A]]}}, "paired with itself"),
        ({"kind": "same-topic", "detail": {"pairs": [[A]]}}, "two fingerprints"),
        ({"kind": "same-topic", "detail": {"pairs": [[A, "no-such"]]}}, "no claim of the fingerprint no-such"),
        ({"kind": "wrong-reading", "detail": {"fingerprint": A, "field": "valu", "value": 1}}, "did you mean 'value'"),
        ({"kind": "wrong-reading", "detail": {"fingerprint": A, "field": "value"}}, "needs the value"),
        ({"kind": "wrong-reading", "detail": {"field": "value", "value": 1}}, "not nothing"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(book: sa.Engine, given: dict[str, Any], says: str) -> None:
    asked: dict[str, Any] = {"finding": "f-1", "kind": "confirmed", "author": "ann", "version": 1} | given
    finding, kind, author = asked.pop("finding"), asked.pop("kind"), asked.pop("author")
    with pytest.raises(LedgerError, match=says):
        decisions.decide(book, finding, kind, author, **asked)
    assert list(decisions.every(book)) == []
    assert row(book, "f-1") == ("open", None, None, None)


def test_an_id_of_today_is_told_by_its_name_here(book: sa.Engine) -> None:
    with pytest.raises(LedgerError, match=r"here it is f-1"):
        decisions.decide(book, STATE.finding.id, "confirmed", "ann", version=1)


def test_fifty_deciding_at_once_lose_nothing(book: sa.Engine, ledger_url: str) -> None:
    def work(n: int) -> list[int]:
        own = open_engine(ledger_url)
        try:
            kinds = ("confirmed", "needs-source")
            return [decisions.decide(own, f"f-{n % 2 + 1}", kinds[i % 2], f"p{n}", version=1).id for i in range(4)]
        finally:
            own.dispose()

    with ThreadPoolExecutor(50) as pool:
        waiting = [pool.submit(work, n) for n in range(50)]
        while not all(w.done() for w in waiting):
            assert decisions.broken(book) == [], "what is read in the midst of it is whole"
        numbers = [n for w in waiting for n in w.result()]
    kept = list(decisions.every(book))
    assert sorted(numbers) == [d.id for d in kept] == list(range(1, 201))
    assert decisions.broken(book) == []
    for name in ("f-1", "f-2"):
        assert row(book, name)[1] == decisions.of(book, name)[-1].kind


def test_who_decides_while_a_run_rewrites_the_finding_waits_for_it(book: sa.Engine) -> None:
    moved = state("Eastwick")
    with ThreadPoolExecutor(1) as pool:
        with writing(book, "sources") as base:
            assert [s.version for s in _seen(base, ["f-1"])] == [1]
            waiting = pool.submit(decisions.decide, book, "f-1", "confirmed", "ann", version=1)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            run = base.execute(sa.select(sa.func.max(tables.run.c.id))).scalar()
            values = {"finding": "f-1", "version": 2, "hash": "h", "record": pack(moved), "run": run}
            base.execute(sa.insert(tables.finding_version).values(values))
            base.execute(sa.update(tables.finding).where(tables.finding.c.id == "f-1").values(version=2))
        assert waiting.result().version == 1
    assert row(book, "f-1") == ("changed", "confirmed", 1, None)


def test_fifty_taking_back_one_entry_do_it_once(book: sa.Engine) -> None:
    made = decisions.decide(book, "f-1", "confirmed", "ann", version=1)

    def work(n: int) -> bool:
        try:
            decisions.undo(book, made.id, f"p{n}")
        except LedgerError:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(work, range(50))) == 1
    assert len(decisions.of(book, "f-1")) == 2


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE decision SET note = 'another' WHERE id = 2", "decision 2 was changed"),
        ("UPDATE decision SET author = 'bob' WHERE id = 1", "decision 1 was changed"),
        ("UPDATE decision SET detail = '{ }' WHERE id = 2", "detail of decision 2"),
        ("DELETE FROM decision WHERE id = 2", "2 is missing"),
        ("DELETE FROM decision WHERE id > 2", "f-2 is marked as decided"),
        ("UPDATE decision SET id = id + 10", "1 to 10 is missing"),
        ("UPDATE finding SET verdict = 'explained' WHERE id = 'f-1'", "f-1 is marked as decided, explained"),
    ],
)
def test_tampering_is_told(book: sa.Engine, store: str, tampering: str, says: str) -> None:
    for finding in ("f-1", "f-1", "f-2"):
        decisions.decide(book, finding, "confirmed", "ann", version=1)
    with book.connect().execution_options(writes=True) as base, base.begin():
        if store == "sqlite":
            for act in ("update", "delete", "replace"):
                base.execute(sa.text(f"DROP TRIGGER decision_no_{act}"))
        else:
            base.execute(sa.text("DROP TRIGGER decision_closed ON decision"))
        if "id + 10" in tampering:
            base.execute(sa.text("UPDATE decision SET id = id + 100"))
            tampering = tampering.replace("+ 10", "- 90")
        base.execute(sa.text(tampering))
    assert any(says in fault for fault in decisions.broken(book)), decisions.broken(book)


def test_every_pages_through_all(book: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.ledger.book._PAGE", 2)
    for n in range(5):
        decisions.comment(book, "f-1", f"word {n}", "ann")
    assert [d.note for d in decisions.every(book)] == [f"word {n}" for n in range(5)]
    with book.begin() as base:
        assert base.execute(sa.select(sa.func.count()).select_from(tables.decision)).scalar() == 5

"""What is learned from decisions: what holds, not what was taken back, and never a word of one against another."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from ledger_rows import put, row, state

from consistency.errors import LedgerError
from consistency.ledger import decisions, taught
from consistency.ledger.asking import asking
from consistency.ledger.details import detail
from consistency.ledger.records import KINDS, Decision
from consistency.ledger.standing import standing
from consistency.lessons import Lessons

STATE = state()
A, B = sorted(c.fingerprint for c in STATE.claims)


@pytest.fixture
def book(ledger: sa.Engine) -> sa.Engine:
    """A ledger with one finding."""
    put(ledger, "f-1", STATE)
    return ledger


def _decide(book: sa.Engine, kind: str, who: str, four_eyes: bool = False, version: int = 1, **said: Any) -> Decision:
    return decisions.decide(book, "f-1", kind, who, version=version, detail=said, four_eyes=four_eyes)


def _lessons(book: sa.Engine, four_eyes: bool = False) -> Lessons:
    with book.begin() as base:
        return taught.lessons(asking(base), four_eyes)


def test_pairs_and_readings_are_learned_and_revoked(book: sa.Engine) -> None:
    cannot = _decide(book, "not-same-topic", "ann", pairs=[[B, A], [A, B]])
    assert cannot.detail == {"pairs": [[A, B]]}
    assert _lessons(book) == Lessons(cannot=((A, B),))
    decisions.undo(book, cannot.id, "bob")
    assert _lessons(book) == Lessons()
    first = _decide(book, "wrong-reading", "ann", fingerprint=A, field="value", value=12.0)
    _decide(book, "wrong-reading", "bob", fingerprint=B, field="period", value="2025-03-01")
    day = {"from": "2025-03-01", "to": "2025-03-01"}
    assert _lessons(book) == Lessons(readings={A: {"value": 12}, B: {"period": day}})
    with book.begin() as base:
        assert [(d.id, d.author) for d in taught.entries(asking(base))] == [(first.id, "ann"), (first.id + 1, "bob")]


def test_a_later_judgement_of_the_same_version_takes_the_place(book: sa.Engine) -> None:
    _decide(book, "not-same-topic", "ann", pairs=[[A, B]])
    later = _decide(book, "confirmed", "bob")
    assert _lessons(book) == Lessons()
    decisions.undo(book, later.id, "bob")
    assert _lessons(book) == Lessons(cannot=((A, B),))
    _decide(book, "same-topic", "cyd", pairs=[[A, B]])
    assert _lessons(book) == Lessons(must=((A, B),))


def test_a_reading_stays_learned_when_its_fruit_is_judged(book: sa.Engine) -> None:
    _decide(book, "wrong-reading", "ann", fingerprint=A, field="value", value=14)
    put(book, "f-1", state("Eastwick"))
    _decide(book, "confirmed", "ann", version=2)
    assert _lessons(book) == Lessons(readings={A: {"value": 14}})
    assert row(book, "f-1") == ("decided", "confirmed", 2, None)


def test_of_two_findings_the_last_word_on_a_pair_counts(book: sa.Engine) -> None:
    put(book, "f-2", STATE)
    first = _decide(book, "not-same-topic", "ann", pairs=[[A, B]])
    second = decisions.decide(book, "f-2", "same-topic", "bob", version=1, detail={"pairs": [[A, B]]})
    assert _lessons(book) == Lessons(must=((A, B),))
    with book.begin() as base:
        assert list(taught.entries(asking(base))) == [first, second]
    decisions.undo(book, second.id, "bob")
    assert _lessons(book) == Lessons(cannot=((A, B),))


def test_under_four_eyes_one_person_teaches_nothing(book: sa.Engine) -> None:
    _decide(book, "wrong-reading", "ann", True, fingerprint=A, field="value", value=14)
    assert _lessons(book, True) == Lessons()
    _decide(book, "wrong-reading", "bob", True, fingerprint=A, field="value", value=15)
    assert _lessons(book, True) == Lessons()
    _decide(book, "wrong-reading", "bob", True, fingerprint=A, field="value", value=14)
    assert _lessons(book, True) == Lessons(readings={A: {"value": 14}})
    _decide(book, "confirmed", "cyd", True)
    assert _lessons(book, True) == Lessons()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("value", 3, 3),
        ("value", 3.5, 3.5),
        ("value", "2025-03-01", "2025-03-01"),
        ("value", {"low": 3, "high": None}, {"low": 3, "high": None}),
        ("period", {"from": "2025-01-01", "to": None}, {"from": "2025-01-01", "to": None}),
        ("as_of", "2025-01-01", {"from": "2025-01-01", "to": "2025-01-01"}),
        ("scope", ["b", " a ", "b"], ["a", "b"]),
        ("scope", [], []),
        ("noun", "ferry", "ferry"),
        ("unit", None, None),
        ("modality", "forecast", "forecast"),
        ("kind", "money", "money"),
        ("aspect", "change", "change"),
        ("speaker", "the harbour office", "the harbour office"),
    ],
)
def test_what_a_reading_can_be(field: str, value: Any, kept: Any) -> None:
    found = detail("wrong-reading", {"fingerprint": A, "field": field, "value": value})
    assert found == {"fingerprint": A, "field": field, "value": kept}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", None),
        ("value", True),
        ("value", "three"),
        ("value", float("nan")),
        ("value", float("inf")),
        ("value", {"low": 5, "high": 3}),
        ("value", {"low": None, "high": None}),
        ("value", {"low": 3, "high": "2025-01-01"}),
        ("value", {"low": 3}),
        ("period", "2025"),
        ("period", {"from": "2025-02-30", "to": None}),
        ("period", {"from": "2025-02-02", "to": "2025-02-01"}),
        ("scope", "Norwick"),
        ("scope", [1]),
        ("unit", ""),
        ("modality", "maybe"),
        ("kind", "number"),
    ],
)
def test_what_a_reading_cannot_be(field: str, value: Any) -> None:
    with pytest.raises(LedgerError):
        detail("wrong-reading", {"fingerprint": A, "field": field, "value": value})


_ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([*KINDS, "assigned", "comment", "undone"]),
        st.sampled_from(["ann", "bob", "cyd"]),
        st.integers(1, 3),
        st.integers(0, 9),
    ),
    max_size=12,
)


def _book(drawn: list[tuple[str, str, int, int]]) -> list[Decision]:
    """A book that could be: an entry is taken back once, and only if it is there."""
    out: list[Decision] = []
    for kind, author, version, pick in drawn:
        undoes = None
        said: dict[str, Any] = {}
        if kind == "undone":
            taken = {d.undoes for d in out}
            free = [d.id for d in out if d.kind != "undone" and d.id not in taken]
            if not free:
                continue
            undoes = free[pick % len(free)]
        elif kind == "wrong-reading":
            said = {"fingerprint": "ab"[pick % 2], "field": "value", "value": pick % 3}
        elif kind.endswith("same-topic"):
            said = {"pairs": [["a", "bc"[pick % 2]]]}
        elif kind == "assigned":
            said = {"to": [None, "ann"][pick % 2]}
        number = len(out) + 1
        out.append(
            Decision(
                id=number,
                finding="f",
                version=version,
                kind=kind,
                detail=said,
                note=None,
                evidence=None,
                author=author,
                at="2026-01-01T00:00:00Z",
                undoes=undoes,
                previous="",
                hash="",
            )
        )
    return out


@given(_ENTRIES, st.booleans(), st.integers(1, 3))
def test_whatever_happened_the_standing_is_sound(
    drawn: list[tuple[str, str, int, int]], four_eyes: bool, version: int
) -> None:
    book = _book(drawn)
    undone = {d.undoes for d in book}
    stands = standing(book, version, four_eyes)
    judged = [d for d in book if d.kind in KINDS and d.id not in undone]
    assert (stands.status == "open") == (stands.verdict is None) == (not judged)
    assert not undone & {d.id for d in stands.in_force}
    assert set(stands.agreed) <= {d.id for d in stands.in_force}
    assert standing(list(reversed(book)), version, four_eyes) == stands
    if judged:
        assert max(judged, key=lambda d: (d.version, d.id)).kind == stands.verdict
    if four_eyes and stands.status == "decided":
        assert len({d.author for d in judged}) > 1
    agreed = [d for d in book if d.id in stands.agreed]
    assert not {d.kind for d in agreed if d.kind == "same-topic"} or stands.status != "open"
    for one, two in itertools.combinations([d for d in agreed if d.version == stands.decided_version], 2):
        assert one.kind == two.kind, "what is settled of one version is of one kind"


@given(_ENTRIES)
def test_taking_back_the_last_judgement_is_as_if_it_had_not_been(drawn: list[tuple[str, str, int, int]]) -> None:
    book = _book([d for d in drawn if d[0] != "undone"])
    last = next((d for d in reversed(book) if d.kind in KINDS), None)
    if last is None:
        return
    without = [d for d in book if d.id != last.id]
    back = _book([("undone", "ann", 1, 0)])
    assert back == []
    undone = Decision(
        **{k: getattr(last, k) for k in last.__struct_fields__}
        | {"id": len(book) + 1, "kind": "undone", "detail": {}, "undoes": last.id}
    )
    for version, four_eyes in itertools.product((1, 2, 3), (False, True)):
        assert standing([*book, undone], version, four_eyes) == standing(without, version, four_eyes)

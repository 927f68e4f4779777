"""Cohen's kappa against worked examples, and against its formula whatever two people said."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.ledger.agreement import kappa, kappas
from consistency.ledger.records import KINDS, Decision

_KIND = st.sampled_from(KINDS)


def _entry(
    number: int, finding: str, kind: str, author: str, at: str = "2026-01-01T00:00:00Z", **more: int
) -> Decision:
    empty = {"detail": {}, "note": None, "evidence": None, "previous": "", "hash": "", "undoes": None, "version": 1}
    return Decision(**{**empty, **more}, id=number, finding=finding, kind=kind, author=author, at=at)


def test_the_grants_of_the_textbook() -> None:
    """50 grants, two readers: both yes 20, both no 15, one yes 5, the other 10; kappa is 0.4."""
    yes, no = "confirmed", "needs-source"
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_the_table_of_the_paper() -> None:
    """Cohen 1960, table 1: 200 cases, three kinds; po = .70, pe = .41, kappa = .492."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    pairs = [(KINDS[j], KINDS[i]) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    assert kappa(pairs) == pytest.approx(0.29 / 0.59, abs=1e-4)


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([], None),
        ([("a", "a")], None),
        ([("a", "b")], 0.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("b", "b")], 1.0),
    ],
)
def test_at_the_ends(pairs: list[tuple[str, str]], wanted: float | None) -> None:
    assert kappa(pairs) == wanted


@given(st.lists(st.tuples(_KIND, _KIND), max_size=30))
def test_kappa_is_what_the_formula_says(pairs: list[tuple[str, str]]) -> None:
    found = kappa(pairs)
    assert found == kappa([(b, a) for a, b in pairs]) == kappa(pairs[::-1])
    if found is None:
        assert len({kind for pair in pairs for kind in pair}) <= 1
        return
    n = len(pairs)
    po = sum(a == b for a, b in pairs) / n
    mine, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    pe = sum(mine[k] / n * theirs[k] / n for k in KINDS)
    assert found == pytest.approx((po - pe) / (1 - pe), abs=1e-4)
    assert -1 <= found <= 1
    assert (found == 1) == (po == 1)


def test_only_the_last_word_on_the_same_version_is_compared() -> None:
    book = [
        _entry(1, "f-1", "confirmed", "bob"),
        _entry(2, "f-1", "explained", "ann"),
        _entry(3, "f-1", "confirmed", "ann"),
        _entry(4, "f-2", "confirmed", "ann"),
        _entry(5, "f-2", "confirmed", "bob", version=2),
        _entry(6, "f-3", "confirmed", "ann"),
        _entry(7, "f-3", "explained", "bob"),
        _entry(8, "f-3", "undone", "bob", undoes=7),
        _entry(9, "f-3", "comment", "bob"),
        _entry(10, "f-3", "needs-source", "cyd"),
    ]
    found = {(k.one, k.two): (k.both, k.agreed) for k in kappas(book)}
    assert found == {("ann", "bob"): (1, 1), ("ann", "cyd"): (1, 0)}

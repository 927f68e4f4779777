"""Agreement, time to decide and age, against sums done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.ledger.agreement import kappa, kappas, open_by_age, seconds_to_decide, typical
from consistency.ledger.records import KINDS, Decision


def entry(id_: int, finding: str, author: str, kind: str, undoes: int | None = None) -> Decision:
    at = f"2024-03-04T10:{id_:02}:00Z"
    return Decision(
        id=id_, finding=finding, version=1, kind=kind, detail={}, note=None, evidence=None, author=author, at=at,
        undoes=undoes, previous="", hash="",
    )  # fmt: skip


def test_kappa_by_hand() -> None:
    """Cohen's own kind of table: 20 and 15 on the diagonal of 50, 0.7 observed, 0.5 by chance."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) is None
    assert kappa([]) is None


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(KINDS)), min_size=1))
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[str, str]]) -> None:
    one, two = kappa(pairs), kappa([(b, a) for a, b in pairs])
    assert one == two
    assert one is None or one <= 1
    if all(a == b for a, b in pairs):
        assert one in (None, 1)


def test_only_what_holds_counts() -> None:
    book = [
        entry(1, "f1", "A", "confirmed"),
        entry(2, "f1", "B", "confirmed"),
        entry(3, "f2", "A", "confirmed"),
        entry(4, "f2", "B", "duplicate"),
        entry(5, "f2", "B", "undone", undoes=4),
        entry(6, "f2", "B", "needs-source"),
        entry(7, "f3", "C", "confirmed"),
        entry(8, "f1", "C", "comment"),
    ]
    (found,) = kappas(book)
    assert (found.one, found.two, found.both, found.agreed) == ("A", "B", 2, 1)
    since = {"f1": "2024-03-04T10:00:00Z", "f2": "2024-03-04T10:00:00Z", "f3": "2024-03-04T10:10:00Z"}
    assert seconds_to_decide(book, since) == {"f1": 60, "f2": 180, "f3": 0}
    assert typical([60, 180, 0]) == 60
    assert typical([]) is None


def test_ages() -> None:
    now = "2024-03-10T00:00:00Z"
    since = ["2024-03-09T12:00:00Z", "2024-03-05T00:00:00Z", "2024-03-04T00:00:00Z", "2021-01-01T00:00:00Z"]
    found = dict(open_by_age(since, now))
    assert found == {"a day": 1, "a week": 2, "a month": 0, "three months": 0, "a year": 0, "older": 1}

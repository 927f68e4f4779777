"""Time expressions: the cases of `periods_cases.yaml`, ranges, bases and the printed row."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from consistency.extraction import periods
from consistency.extraction.spans import Timex
from consistency.extraction.tokens import tokenise

GROUPS = yaml.load((Path(__file__).parent / "periods_cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
CASES = [
    pytest.param(
        case["text"], None if group["anchor"] == "null" else group["anchor"], case["expect"], id=case["text"][:50]
    )
    for group in GROUPS
    for case in group["cases"]
]


def read(text: str, anchor: str | None = "2013-03-22", basis: str = "published") -> list[Timex]:
    return periods.find_times(tokenise(text), anchor, anchor_basis=basis)


@pytest.mark.parametrize(("text", "anchor", "expect"), CASES)
def test_case(text: str, anchor: str | None, expect: list[list[object]]) -> None:
    found = read(text, anchor)
    assert [[t.text, t.type, t.value] for t in found] == [list(e[:3]) for e in expect]
    for timex, expected in zip(found, expect, strict=True):
        more = expected[3] if len(expected) > 3 else {}
        assert isinstance(more, dict)
        told = {"from": str(timex.from_ or "null"), "to": str(timex.to or "null"), "role": str(timex.role)}
        assert {k: told[k] for k in more} == more


def test_basis_says_what_a_date_rests_on() -> None:
    bases = {t.text: t.basis for t in read("On May 5, 2012 and on May 7 it rained; now and last year, 03/04/12.")}
    assert bases == {
        "May 5, 2012": "stated",
        "May 7": "relative",
        "now": "none",
        "last year": "relative",
        "03/04/12": "inferred",
    }
    assert [t.basis for t in read("It rained on May 7.", basis="inferred")] == ["inferred"]
    assert [t.anchored for t in read("It rained on May 7, and on May 7, 2011.")] == [True, False]


@pytest.mark.parametrize(
    ("text", "from_", "to"),
    [
        ("Output rose from 2010 to 2015.", "2010-01-01", "2015-12-31"),
        ("Output rose between May 2010 and July 2011.", "2010-05-01", "2011-07-31"),
        ("Output (2010–2015) rose.", "2010-01-01", "2015-12-31"),
        ("Output rose from November to February.", "2012-11-01", "2013-02-28"),
        ("It ran March 2-5.", "2013-03-02", "2013-03-05"),
        ("Profit for the six months ended June 30, 2012 was flat.", "2012-01-01", "2012-06-30"),
    ],
)
def test_ranges_join_two_ends(text: str, from_: str, to: str) -> None:
    tokens = tokenise(text)
    (joined,) = periods.ranges(tokens, periods.find_times(tokens, "2013-03-22"))
    assert (joined.from_, joined.to, joined.granularity) == (from_, to, "range")
    assert text[joined.start : joined.end] == joined.text


@pytest.mark.parametrize("text", ["Sales in 2010 and 2015 rose.", "It grew from 12 in 2000 to 518 in 2024."])
def test_two_dates_are_not_a_range(text: str) -> None:
    tokens = tokenise(text)
    assert periods.ranges(tokens, periods.find_times(tokens, "2026-03-22")) == []


def test_row_has_the_published_fields() -> None:
    (timex,) = read("Sales fell in 2010.")
    assert periods.layer_row("a", timex) == {
        "source": "a",
        "start": 14,
        "end": 18,
        "text": "2010",
        "type": "DATE",
        "value": "2010",
        "from": "2010-01-01",
        "to": "2010-12-31",
    }

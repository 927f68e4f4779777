"""Arithmetic on the project's example sources, and on copies with one thing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import consistency
from consistency.judgement.arithmetic.examples import told
from consistency.model import Report

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
FAULTS = {"contradiction", "possible-contradiction"}


@pytest.fixture(scope="module")
def report() -> Report:
    return consistency.check([SEEDS])


def changed(folder: Path, *edits: tuple[str, str], originals: bool = False) -> Report:
    """The report on copies of the seeds in which some words are replaced; each edit must change something."""
    left = set(edits)
    for path in sorted(SEEDS.glob("*.txt")):
        text = old = path.read_text(encoding="utf-8")
        for edit in edits:
            if edit[0] in text:
                left.discard(edit)
            text = text.replace(*edit)
        if text != old and originals:
            (folder / f"old-{path.name}").write_text(old, encoding="utf-8")
        (folder / path.name).write_text(text, encoding="utf-8")
    assert not left
    return consistency.check([folder])


def faults(report: Report) -> list[tuple[str, str]]:
    return [(f.outcome, f.rule) for f in report.findings if f.outcome in FAULTS]


def test_the_trade_of_a_decade_earlier(report: Report) -> None:
    topic = next(t for t in report.topics if t.curated == "china-lac-trade")
    derived = [c for c in report.claims if c.derived is not None and c.id in topic.claims]
    assert [told(c) for c in derived] == ["259.2 billion USD for 2014"]
    assert [(c.derived.rule, len(c.derived.from_)) for c in derived if c.derived] == [("multiplied", 2)]
    value = derived[0].value
    assert value is not None
    assert isinstance(value.low, int | float)
    assert isinstance(value.high, int | float)
    assert value.low <= 518.35e9 / 2.2
    assert value.high >= 518.45e9 / 1.8
    assert (derived[0].id,) in topic.positions
    assert not [f for f in report.findings if derived[0].id in f.claims]


def test_two_currencies_are_one_position(report: Report) -> None:
    topic = next(t for t in report.topics if t.curated == "china-lac-trade")
    claims = {c.id: c for c in report.claims}
    of_2021 = [p for p in topic.positions if claims[p[0]].period.from_ == "2021-01-01"]
    assert [[claims[i].unit for i in p] for p in of_2021] == [["USD", "NZD"]]
    finding = next(f for f in report.findings if f.rule == "two-currencies")
    assert finding.outcome == "agreement"
    assert len({claims[i].source for i in finding.claims}) == 1
    assert any("2023-01-26" in step for step in finding.why)


def test_the_cherries_sent(report: Report) -> None:
    derived = [c for c in report.claims if c.derived is not None and c.derived.rule == "share-of-total"]
    assert [told(c) for c in derived] == ["316,800 tonne for 2021"]


def test_five_programs_are_listed(report: Report) -> None:
    found = [f for f in report.findings if f.rule == "list-length"]
    assert [(f.outcome, len(f.sides)) for f in found] == [("agreement", 2)]
    assert "5 = 5." in found[0].why


def test_no_fault_at_all(report: Report) -> None:
    assert faults(report) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("peace, solidarity, development", "peace, development"), [("contradiction", "list-length")]),
        (("five programs", "four programs"), [("contradiction", "list-length")]),
        (("US$450 billion", "US$450 million"), [("contradiction", "two-currencies")]),
        (("NZ$694b", "NZ$964b"), [("contradiction", "two-currencies")]),
        (("NZ$694b", "NZ$682b"), []),
        (("19 latin", "16 latin"), []),
    ],
)
def test_one_change_one_fault(tmp_path: Path, edit: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    assert faults(changed(tmp_path, edit)) == expected


@pytest.mark.parametrize(
    "edit",
    [
        ("peace, solidarity, development", "peace, development"),
        ("five programs", "six programs"),
        ("US$450 billion", "US$450 million"),
        ("518.4", "481.4"),
        ("518.4 billion", "518.4 million"),
        ("352,000", "253,000"),
        ("nine tenths", "seven tenths"),
    ],
)
def test_beside_the_original_too(tmp_path: Path, edit: tuple[str, str]) -> None:
    found = faults(changed(tmp_path, edit, originals=True))
    assert [outcome for outcome, _ in found] == ["contradiction"]

"""Arithmetic on texts, through the whole program: what is worked out, what is checked, and what stays silent."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import consistency
from consistency.judgement.arithmetic.examples import cases, run_one, told
from consistency.judgement.arithmetic.rules import CODED, Example, Rule, load
from consistency.model import Report
from consistency.rulebook import read_yaml

FILE = Path(__file__).resolve().parent.parent / "cases" / "arithmetic.yaml"
CASES = [pytest.param(case, id=case["id"]) for case in read_yaml(FILE)]
EXAMPLES = [pytest.param(rule, n, example, id=f"{rule.id}-{n}") for rule, n, example in cases()]
KEYS = frozenset(["id", "why", "sources", "expect", "only", "derives", "aside", "positions"])


def report_of(case: dict[str, Any]) -> Report:
    named = [{"id": f"s{n}", "publisher": f"Paper {n}", **source} for n, source in enumerate(case["sources"])]
    return consistency.check(named)


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    report = report_of(case)
    derived = [c for c in report.claims if c.derived is not None]
    assert Counter(told(c) for c in derived) == Counter(case.get("derives", ()))
    if "only" in case:
        assert {f.outcome for f in report.findings} <= set(case["only"])
    else:
        left = [{"outcome": f.outcome, "rule": f.rule} for f in report.findings]
        for wanted in case.get("expect", ()):
            hit = next((f for f in left if wanted.items() <= f.items()), None)
            assert hit is not None, f"no {wanted} among {left}"
            left.remove(hit)
        assert not left
    for reason in case.get("aside", ()):
        assert reason in report.coverage.pairs_not_comparable
    if "positions" in case:
        assert max(len(t.positions) for t in report.topics) <= case["positions"]


@pytest.mark.parametrize("case", CASES)
def test_what_is_worked_out_is_told_as_such(case: dict[str, Any]) -> None:
    report = report_of(case)
    printed = {c.id: c for c in report.claims if c.derived is None}
    for claim in report.claims:
        if claim.derived is None:
            continue
        assert (claim.text, claim.start, claim.end, claim.sentence) == (None, None, None, None)
        assert set(claim.derived.from_) <= set(printed)
        assert claim.derived.steps
        assert claim.confidence <= min(1.0, max(0.8, *(printed[i].confidence for i in claim.derived.from_)))
        assert sum(claim.id in t.claims for t in report.topics) == 1
        firm = [f for f in report.findings if claim.id in f.claims and f.outcome == "contradiction"]
        assert not firm


@pytest.mark.parametrize(("rule", "number", "example"), EXAMPLES)
def test_example(rule: Rule, number: int, example: Example) -> None:
    result = run_one(rule, number, example, consistency.check)
    assert result.passed, result.message


def test_every_rule_is_there_with_its_reasons() -> None:
    rules = load()
    assert [r.id for r in rules] == list(CODED)
    assert all(r.because and r.about for r in rules)


def test_a_finding_of_arithmetic_explains_its_sum() -> None:
    text = "Timber sales of Norland rose 12 percent to 8.4 billion euros in 2024."
    other = "Timber sales of Norland reached 6.1 billion euros in 2023."
    report = report_of(
        {"sources": [{"published": "2025-04-02", "text": text}, {"published": "2025-04-04", "text": other}]}
    )
    finding = next(f for f in report.findings if f.outcome == "possible-contradiction")
    steps = " ".join(finding.why)
    assert "“8.4 billion euros” is read as [8.35 billion, 8.45 billion]." in steps
    assert "8.4 billion ÷ 1.12 = 7.5 billion EUR" in steps
    assert "rule growth" in steps
    assert any("worked out" in step for step in finding.reconcile)


def test_the_order_of_sources_changes_nothing() -> None:
    texts = [
        "Timber sales of Norland reached 8.4 billion euros in 2024.",
        "Timber sales of Norland rose 12 percent in 2024.",
        "Timber sales of Norland reached 9.9 billion euros in 2023.",
    ]
    sources = [{"id": f"s{n}", "published": f"2025-04-0{n + 1}", "text": t} for n, t in enumerate(texts)]
    assert consistency.check(sources).to_dict() == consistency.check(sources[::-1]).to_dict()

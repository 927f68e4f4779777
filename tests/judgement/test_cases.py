"""Cases of `tests/cases/`: claims written by hand, and every finding they must give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from consistency.judgement import judge
from consistency.judgement.oracle import case_of, unknown_keys
from consistency.judgement.table import load
from consistency.model import Finding
from consistency.rulebook import read_yaml

FOLDER = Path(__file__).resolve().parent.parent / "cases"
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.yaml")) for case in read_yaml(path) if "claims" in case]
ORACLE = [pytest.param(case, id=f"{stem}/{case['id']}") for stem, case in CASES if "claims" in case]


def fits(wanted: dict[str, Any], found: Finding) -> bool:
    told = {"outcome": found.outcome, "rule": found.rule, "reason": found.reason, "same_origin": found.same_origin}
    if any(told[key] != value for key, value in wanted.items() if key in told):
        return False
    if "claims" in wanted and sorted(wanted["claims"]) != sorted(found.claims):
        return False
    return wanted.get("note", "") in " ".join((found.message, *found.notes))


@pytest.mark.parametrize("case", ORACLE)
def test_case(case: dict[str, Any]) -> None:
    assert not unknown_keys(case)
    judged = judge(*case_of(case))
    left = list(judged.findings)
    for wanted in case["expect"]:
        hit = next((f for f in left if fits(wanted, f)), None)
        assert hit is not None, f"no finding {wanted} among {[(f.outcome, f.rule, f.claims, f.notes) for f in left]}"
        left.remove(hit)
    assert not left, [(f.outcome, f.rule, f.claims, f.facts) for f in left]
    if "aside" in case:
        assert judged.not_comparable == case["aside"]
    if "positions" in case:
        assert sum(len(t.positions) for t in judged.topics) == case["positions"]


def test_every_row_has_a_case() -> None:
    spoken = {w["rule"] for _, case in CASES for w in case["expect"]}
    aside = {reason for _, case in CASES for reason in case.get("aside", {})}
    rows = {r.id: r for r in load()}
    missing = [i for i, r in rows.items() if (i not in spoken if r.outcome != "none" else r.reason not in aside)]
    assert missing in ([], ["not-comparable"])
    assert not spoken - set(rows) - {"list-length"}


def test_case_names_are_unique() -> None:
    names = Counter(case["id"] for _, case in CASES)
    assert not [n for n, times in names.items() if times > 1]

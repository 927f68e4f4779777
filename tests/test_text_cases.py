"""Cases of `tests/cases/texts/`: whole texts in, what the program must say of them, and nothing bad besides."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from consistency.config import Config
from consistency.model import Finding, Report, Source
from consistency.pipeline import check
from consistency.rulebook import read_yaml

FOLDER = Path(__file__).resolve().parent / "cases" / "texts"
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.yaml")) for case in read_yaml(path)]
BAD = frozenset({"contradiction", "possible-contradiction"})


def run(case: dict[str, Any]) -> Report:
    sources = []
    for name, fields in case["sources"].items():
        told = {key: str(value) for key, value in fields.items()}
        sources.append(Source(id=name, published_basis="metadata" if "published" in told else "none", **told))
    return check(sources, Config())


def between(wanted: dict[str, Any], found: Finding, report: Report) -> bool:
    """Whether a finding relates a claim with the first words of `between` to one with the second."""
    words = {c.id: c.text or "" for c in report.claims}
    sides = [[words.get(i, "") for i in side] for side in found.sides]
    one, two = map(str, wanted["between"])
    if len(sides) == 1:
        return sum(one in w or two in w for w in sides[0]) > 1
    return any(
        any(one in w for w in a) and any(two in w for w in b) for a, b in ((sides[0], sides[1]), (sides[1], sides[0]))
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{stem}/{case['id']}") for stem, case in CASES])
def test_texts(case: dict[str, Any]) -> None:
    report = run(case)
    said = [(f.outcome, f.rule, f.message) for f in report.findings]
    told: set[str] = set()
    for wanted in case["expect"]:
        outcomes = wanted["outcome"] if isinstance(wanted["outcome"], list) else [wanted["outcome"]]
        hits = [f for f in report.findings if f.outcome in outcomes and between(wanted, f, report)]
        assert hits, f"no {outcomes} between {wanted['between']} among {said}"
        told.update(f.id for f in hits)
    bad = [(f.outcome, f.rule, f.message) for f in report.findings if f.outcome in BAD and f.id not in told]
    assert not bad


def test_names_are_unique() -> None:
    names = Counter(case["id"] for _, case in CASES)
    assert not [name for name, times in names.items() if times > 1]

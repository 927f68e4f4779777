"""The schemas of a baseline and of suppressions take what the loaders take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from consistency import check
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.gate import Gate
from consistency.gate.baseline import to_text
from consistency.gate.rewriting import accepted
from consistency.gate.suppressions import read
from consistency.schemas import schema
from consistency.strictyaml import parse_yaml

TEXT = "Exports of Norland were {} billion US dollars in 2023."
SOURCES = [
    {"id": n, "publisher": n, "published": "2024-02-01", "text": TEXT.format(v)} for n, v in (("A", 29), ("B", 34))
]


def valid(kind: str, content: Any) -> bool:
    return bool(Draft202012Validator(schema(kind)).is_valid(content))


def test_a_written_baseline_is_valid() -> None:
    report = check(SOURCES)
    found = list(Gate(Config(), "2024-03-01").failing(report))
    text = to_text(accepted(found, report, "2024-03-01", reason="known", author="M. Lind", expires="2024-12-31"))
    content = json.loads(text)
    assert found
    assert valid("baseline", content)
    for change in ({"outcome": "nonsense"}, {"expires": "soon"}, {"sides": None}, {"extra": 1}):
        assert not valid("baseline", {**content, "accepted": [{**content["accepted"][0], **change}]}), change
    assert not valid("baseline", {**content, "schema": "consistency-baseline/99"})


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("- finding: f1-410ee2675387\n  reason: told\n", True),
        ("- topic: 'Norland*'\n  reason: told\n  author: M. Lind\n  expires: '2026-03-31'\n", True),
        ("- source: wire/*\n  rule: same-period-differs\n  reason: told\n", True),
        ("", True),
        ("- finding: f1-410ee2675387\n", False),
        ("- rule: same-period-differs\n  reason: told\n", False),
        ("- finding: x\n  reason: told\n  expires: soon\n", False),
        ("- finding: x\n  reason: told\n  colour: red\n", False),
        ("finding: x\nreason: told\n", False),
    ],
)
def test_suppressions_are_taken_by_both_or_by_neither(text: str, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "suppressions.yaml"
    path.write_text(text)
    assert valid("suppressions", parse_yaml(text, "s") if text else None) is fits
    try:
        read(str(path), lambda: ["same-period-differs"])
        taken = True
    except ConfigError:
        taken = False
    assert taken is fits

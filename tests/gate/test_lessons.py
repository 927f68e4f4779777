"""A file of lessons: what a run makes of it, what is said of an entry that does nothing, and of a broken file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from gate_texts import ALPHA, BETA, GAMMA, TODAY, outcomes
from jsonschema import Draft202012Validator

from consistency import check
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.gate.lessons import SCHEMA, Correction, Pair, read, to_text
from consistency.lessons import NONE, Lessons
from consistency.schemas import schema

A, B = "c1:aa", "c1:bb"


def written(path: Path, **lists: Any) -> Config:
    path.write_text(json.dumps({"schema": SCHEMA, **lists}, indent=1))
    return Config(lessons=str(path), cache=False)


def prints() -> dict[str, str]:
    """The fingerprint of each source's claim."""
    return {c.source: c.fingerprint for c in check([ALPHA, BETA, GAMMA]).claims if c.kind == "money"}


def test_a_run_obeys_its_file(tmp_path: Path) -> None:
    alpha, beta, gamma = (prints()[s["id"]] for s in (ALPHA, BETA, GAMMA))
    assert "contradiction" in outcomes(check([ALPHA, BETA, GAMMA]))
    pairs = [{"claims": [beta, alpha], "reason": "Other Norlands."}, {"claims": [alpha, gamma]}]
    report = check([ALPHA, BETA, GAMMA], written(tmp_path / "l.json", cannot=pairs), TODAY)
    assert (outcomes(report), report.unused) == (["agreement"], ())
    fixed = written(tmp_path / "l.json", readings=[{"claim": alpha, "field": "value", "value": 34e9}])
    report = check([ALPHA, BETA], fixed, TODAY)
    assert (outcomes(report), report.unused) == (["agreement"], ())
    assert [c.corrected for c in report.claims if c.fingerprint == alpha] == [("value",)]
    against = check([ALPHA], fixed, TODAY, against=[BETA])
    assert outcomes(against) == ["agreement"]


def test_what_does_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    alpha, beta, gamma = (prints()[s["id"]] for s in (ALPHA, BETA, GAMMA))
    path = tmp_path / "l.json"
    path.write_text(
        f"""{{"schema": "{SCHEMA}",
"must": [
{{"claims": ["{alpha}", "{beta}"]}},
{{"claims": ["{beta}", "{gamma}"]}},
{{"claims": ["{alpha}", "{A}"]}}],
"cannot": [
{{"claims": ["{alpha}", "{gamma}"]}},
{{"claims": ["{A}", "{B}"]}}],
"readings": [
{{"claim": "{alpha}", "field": "value", "value": "2024-01-01"}},
{{"claim": "{A}", "field": "noun", "value": "ferry"}},
{{"claim": "{A}", "field": "drop", "value": true}}
]}}"""
    )
    settings = Config(lessons=str(path), cache=False)
    unused = [line.split("l.json:")[1] for line in check([ALPHA, BETA, GAMMA], settings, TODAY).unused]
    assert [line.split(":")[0] for line in unused] == ["4", "5", "8", "10", "11", "12"]
    assert "other entries part" in unused[0]
    assert "no claim c1:aa" in unused[1]
    assert "no claim c1:aa and no claim c1:bb" in unused[2]
    assert "would not go together" in unused[3]
    assert check([ALPHA], settings, TODAY, against=[BETA]).unused == ()


def test_a_run_without_lessons_is_as_it_was(tmp_path: Path) -> None:
    plain = check([ALPHA, BETA, GAMMA], today=TODAY)
    empty = check([ALPHA, BETA, GAMMA], written(tmp_path / "l.json"), TODAY)
    assert empty.to_dict() == plain.to_dict()
    assert "dropped" not in plain.to_dict()["coverage"]
    assert read(str(tmp_path / "l.json")).lessons is NONE


def test_the_same_entries_make_the_same_file(tmp_path: Path) -> None:
    pairs = [
        Pair(claims=(B, A), reason="two\nlines \u202e of “words”", decision=3),
        Pair(claims=("x", "y"), author="M"),
    ]
    readings = [
        Correction(claim=A, field="unit", value=None),
        Correction(claim=A, field="value", value={"low": 1, "high": None}, date="2024-03-01"),
    ]
    text = to_text(pairs, [], readings)
    for seed in range(4):
        some, other = pairs * 2, readings * 2
        random.Random(seed).shuffle(some)
        random.Random(seed).shuffle(other)
        assert to_text(some, [], other) == text
    assert all(line.isprintable() for line in text.split("\n"))
    (tmp_path / "l.json").write_text(text, encoding="utf-8")
    book = read(str(tmp_path / "l.json"))
    assert to_text(book.file.must, book.file.cannot, book.file.readings) == text
    assert book.lessons == Lessons(
        must=((A, B), ("x", "y")), readings={A: {"unit": None, "value": {"low": 1, "high": None}}}
    )
    assert book.file.must[0].reason == "two\nlines \u202e of “words”"
    assert to_text([], [], []) == f'{{\n  "schema": "{SCHEMA}",\n  "must": [],\n  "cannot": [],\n  "readings": []\n}}\n'


GOOD: dict[str, Any] = {
    "schema": SCHEMA,
    "must": [{"claims": [A, B], "date": "2024-03-01", "author": None, "decision": 4}],
    "cannot": [],
    "readings": [
        {"claim": A, "field": "value", "value": 4},
        {"claim": A, "field": "scope", "value": []},
        {"claim": A, "field": "unit", "value": None},
        {"claim": B, "field": "period", "value": {"from": "2024-01-01", "to": None}},
        {"claim": B, "field": "drop", "value": True},
    ],
}


def reading(**fields: Any) -> dict[str, Any]:
    return {**GOOD, "readings": [{"claim": A, "field": "value", "value": 4, **fields}]}


@pytest.mark.parametrize(
    ("content", "told", "shape"),
    [
        ([], "does not begin with", False),
        ({}, "does not begin with", False),
        ({"schema": "consistency-lessons/9"}, "this program reads consistency-lessons/1", False),
        ({**GOOD, "musst": []}, "did you mean 'must'", True),
        ({**GOOD, "must": {}}, '"must" must be a list', False),
        ({**GOOD, "must": [[A, B]]}, "must, entry 1 must be a mapping", False),
        ({**GOOD, "must": [{"claims": [A]}]}, "must, entry 1: claims: expected `array` of length 2", False),
        ({**GOOD, "must": [{"claims": [A, A]}]}, "cannot be paired with itself", False),
        ({**GOOD, "must": [{"claims": [A, B], "date": "soon"}]}, "'soon' is no day", False),
        ({**GOOD, "must": [{"claims": [A, B], "athor": "M"}]}, "did you mean 'author'", False),
        ({**GOOD, "must": [{}]}, "claims is missing", False),
        ({**GOOD, "cannot": [{"claims": [B, A]}]}, "must, entry 1: cannot (line 1) says the opposite", True),
        (reading(field="vlaue"), "did you mean 'value'", False),
        (reading(value=[]), "a value is a number", False),
        (reading(field="unit", value="XQZ"), "'XQZ' is no currency", True),
        (reading(field="kind", value="cuont"), "did you mean 'count'", False),
        (reading(field="drop", value=False), "drop can only be true", False),
        (reading(claim=""), "a fingerprint is empty", False),
        ({**GOOD, "readings": [*GOOD["readings"], GOOD["readings"][0]]}, "corrects the value of c1:aa already", True),
    ],
)
def test_a_broken_file_is_told(content: Any, told: str, shape: bool, tmp_path: Path) -> None:
    """shape: whether the schema, which tells no entry from another, takes it."""
    path = tmp_path / "l.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ConfigError) as caught:
        read(str(path))
    assert told in caught.value.message
    assert "l.json" in str(caught.value)
    if isinstance(content, dict) and content.get("schema") == SCHEMA:
        assert Draft202012Validator(schema("lessons")).is_valid(content) is (shape and "musst" not in content)


def test_a_good_file_is_taken_by_both(tmp_path: Path) -> None:
    path = tmp_path / "l.json"
    path.write_text(json.dumps(GOOD))
    assert read(str(path)).lessons.readings[B]["period"] == {"from": "2024-01-01", "to": None}
    Draft202012Validator(schema("lessons")).validate(GOOD)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe{}", b"[" * 100_000, b'{"schema": NaN}', b"<<<<<<< ours\n{}", b'{"schema": 1}\x00']
)
def test_hostile_bytes_are_a_clear_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "l.json"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"l\.json"):
        read(str(path))

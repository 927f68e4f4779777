"""Each test and each setting that docs/security.md names exists."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from consistency.config import Limits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")


def test_each_danger_has_a_test_that_exists() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "Danger" not in line]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row.split("|")[4])
        assert named, row
        for file, test in named:
            assert f"\ndef {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), (file, test)


def test_each_limit_is_a_setting_and_has_its_row() -> None:
    assert set(re.findall(r"`limits\.(\w+)`", PAGE)) == {field.name for field in msgspec.structs.fields(Limits)}

"""How the rules of arithmetic are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consistency.errors import RuleError
from consistency.judgement.arithmetic.rules import load
from consistency.rulebook import Rulebook


def test_the_patterns_of_built_in_rules_are_sound() -> None:
    """They are not compiled to be checked when they are read."""
    for rule in load():
        for pattern in rule.patterns.values():
            re.compile(pattern)


def test_a_broken_pattern_of_a_user_is_told_with_its_line(tmp_path: Path) -> None:
    mine = tmp_path / "arithmetic"
    mine.mkdir()
    told = (
        "- id: growth",
        "kind: derived",
        "about: x",
        "says: {}",
        "because: x",
        "examples: []",
        "patterns: {odd: '('}",
    )
    (mine / "mine.yaml").write_text("\n" + "\n  ".join(told) + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match="the pattern odd is broken") as error:
        load(Rulebook((str(tmp_path),)))
    assert error.value.line == 2

"""The examples that stand with the rules, run through the whole program."""

from __future__ import annotations

import pytest

import consistency
from consistency.judgement.examples import cases, run_one
from consistency.judgement.rows import Example, Row

EXAMPLES = [pytest.param(row, n, example, id=f"{row.id}-{n}") for row, n, example in cases()]


@pytest.mark.parametrize(("row", "number", "example"), EXAMPLES)
def test_example(row: Row, number: int, example: Example) -> None:
    result = run_one(row, number, example, consistency.check)
    assert result.passed, result.message

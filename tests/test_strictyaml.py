"""Deep nesting costs nothing, whichever libyaml there is: versions before 0.2.6 take the square of the depth for it."""

from __future__ import annotations

import pytest

from consistency.errors import RuleError
from consistency.strictyaml import DEEPEST, parse_yaml


def test_as_deep_as_is_allowed() -> None:
    found = parse_yaml("[" * DEEPEST + "]" * DEEPEST, "s.yaml")
    for _ in range(DEEPEST - 1):
        (found,) = found
    assert found == []
    assert parse_yaml("- [1]\n" * 1_000, "s.yaml") == [[1]] * 1_000  # beside each other, not in each other


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_one_deeper_is_an_error_at_once(opening: str) -> None:
    for many in (DEEPEST + 1, 200_000):
        with pytest.raises(RuleError, match="nesting") as caught:
            parse_yaml("# a\n" + opening * many, "s.yaml")
        assert caught.value.line == 2

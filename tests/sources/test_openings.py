"""Phrases compiled by their first word match as one pattern of all of them does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.sources.dates import alternatives
from consistency.sources.openings import Opening

PHRASES = ("on", "on air", "By", "by the way", "©", "(c) 1", "Kelvin", "sſ", "updated at")
MORE = ("ON", "BY", "kelvin", "\u212aelvin", "ss", "updated", "once", "é", "1", " ", "\t", "-", "")
words = st.sampled_from([*PHRASES, *MORE])


@given(st.lists(words, max_size=6).map(" ".join), st.integers(0, 4), st.sampled_from([0, re.IGNORECASE]))
def test_as_one_pattern(text: str, at: int, flags: int) -> None:
    whole = re.compile(f"(?:{'|'.join(p for _, p in alternatives(PHRASES))})(?!\\w)", flags)
    at = min(at, len(text))
    assert str(Opening(alternatives(PHRASES), r"(?!\w)", flags).match(text, at)) == str(whole.match(text, at))


@pytest.mark.parametrize("text", ["by", "BY the way", "by\tthe way"])
def test_only_what_is_met_is_compiled(text: str) -> None:
    opening = Opening(alternatives(PHRASES), "", re.IGNORECASE)
    assert opening.match("onward") is None
    assert not opening._compiled
    assert opening.match(text) is not None
    assert list(opening._compiled) == ["by"]

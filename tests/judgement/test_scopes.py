"""Scopes against each other, times against each other, and values in words."""

from __future__ import annotations

from typing import Any

import pytest

from consistency.judgement import saying, times
from consistency.judgement.knowledge import knowledge
from consistency.judgement.oracle import claim_of
from consistency.judgement.profiles import profiles
from consistency.judgement.scopes import compare
from consistency.judgement.times import Span
from consistency.model import Claim, Context

FLIP = {"narrower": "wider", "wider": "narrower"}


def claim(**facets: Any) -> Claim:
    entry = {"id": "c", "source": "s", "value": 5, "noun": "person", **facets}
    return claim_of(entry, {"s": Context(source="s", published="2024-05-01")})


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([], [], "same"),
        (["Latin America"], ["Latin America and the Caribbean"], "same"),
        (["South America"], ["Latin America"], "narrower"),
        (["Brazil"], ["South America"], "narrower"),
        (["Brazil"], ["Kenya"], "different"),
        (["Kenya", "Norway"], ["Norway", "Kenya"], "same"),
        (["+investment"], [], "wider"),
        (["-gunman"], [], "narrower"),
        (["-gunman"], ["+gunman"], "narrower"),
        (["Brazil", "+investment"], ["South America"], "overlapping"),
        (["goods"], ["goods and services"], "narrower"),
        (["goods"], ["services"], "different"),
        (["men"], [], "narrower"),
        (["total"], [], "same"),
        (["Kenya"], [], "unknown"),
    ],
)
def test_scopes(a: list[str], b: list[str], expected: str) -> None:
    words = knowledge()
    left, right = claim(scope=a), claim(scope=b)
    assert compare(left, right, (None, None), words) == expected
    assert compare(right, left, (None, None), words) == FLIP.get(expected, expected)


def test_what_the_document_is_about_counts_as_said() -> None:
    here, there = claim(scope=["Kenya"]), claim(scope=[])
    about = Context(source="s", places=("Kenya",))
    assert compare(here, there, (None, about), knowledge()) == "same"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((1, 10), (1, 10), "same"),
        ((1, 10), (3, 4), "within"),
        ((1, 10), (5, 20), "overlapping"),
        ((1, 10), (11, 20), "apart"),
        (None, (1, 2), "unknown"),
    ],
)
def test_periods(a: tuple[int, int] | None, b: tuple[int, int], expected: str) -> None:
    left = Span(*a) if a else None
    assert times.compare(left, Span(*b)) == expected
    assert times.compare(Span(*b), left) == expected


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"value": 19, "noun": "country"}, "19 countries"),
        ({"value": 1, "noun": "country"}, "1 country"),
        ({"value": "more than 20", "noun": "country"}, "more than 20 countries"),
        ({"kind": "money", "unit": "USD", "value": "518.4e9"}, "518.4 billion US dollars"),
        ({"kind": "percent", "value": 6, "aspect": "change", "trend": "up"}, "up 6 percent"),
        ({"kind": "ordinal", "value": 7}, "7th"),
        ({"kind": "ordinal", "value": 12}, "12th"),
        ({"kind": "date", "value": "2015"}, "2015"),
        ({"kind": "date", "value": "2015-05"}, "May 2015"),
        ({"value": "10..12", "noun": "person"}, "between 10 and 12 people"),
        ({"items": ["a", "b"], "noun": "member"}, "2 named (a, b)"),
    ],
)
def test_values_in_words(facets: dict[str, Any], expected: str) -> None:
    told = {k: v for k, v in {"value": 5, **facets}.items() if not (k == "value" and "items" in facets)}
    entry = {"id": "c", "source": "s", **told}
    assert saying.value(claim_of(entry, {"s": Context(source="s")})) == expected


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"noun": "member", "relation": "have"}, "stock"),
        ({"noun": "nation", "relation": "participate"}, "stock"),
        ({"noun": "trade", "kind": "money", "unit": "USD"}, "flow"),
        ({"noun": "person", "relation": "kill"}, "cumulative"),
        ({"noun": "age", "relation": "age", "kind": "measure", "unit": "year"}, "clock"),
        ({"noun": "summit", "kind": "ordinal"}, "constant"),
        ({"noun": "lamp", "relation": "keep"}, "unknown"),
        ({"noun": "coastline", "kind": "measure", "unit": "kilometer", "dimension": "length"}, "constant"),
    ],
)
def test_profiles(facets: dict[str, Any], expected: str) -> None:
    found = profiles().of_topic([claim(**facets)])
    assert found.kind == expected

"""Numbers that tell, and the only number of its sort."""

from __future__ import annotations

from typing import Any

import pytest

from consistency.extraction.claims import extract
from consistency.model import Extraction, Source
from consistency.topics.cluster import cluster
from consistency.topics.telling import lone_sorts, value_key
from consistency.topics.vocabulary import vocabulary


def read(id_: str, text: str, published: str = "2025-03-04") -> Extraction:
    return extract(Source(id=id_, text=text, published=published, publisher=id_))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("It has 18,600 students.", ("count::18600", True)),
        ("It owes $12.5 billion.", ("money:USD:12500000000", True)),
        ("It owes $12 billion.", ("money:USD:12000000000", False)),
        ("Growth was 2.8%.", ("share:percent:2.8", False)),
        ("It has 58 members.", None),
        ("It has 2,000 members.", None),
        ("It has between 1,200 and 1,340 members.", None),
    ],
)
def test_which_numbers_tell(text: str, key: Any) -> None:
    (claim,) = [c for c in read("a", text).claims if c.kind != "date"]
    assert value_key(claim) == key


def test_a_number_told_twice_is_one() -> None:
    text = "The hall has 900 seats. It cost $4 million and later $5 million. All 900 seats were sold."
    lone = lone_sorts(read("a", text).claims, vocabulary())
    assert any("seat" in sort for sort in lone)
    assert not any("USD" in sort for sort in lone)


def together(one: str, two: str, a: str, b: str) -> bool:
    """Whether the claims of two texts that have some words are in one topic."""
    texts = [read("a", one), read("b", two)]
    ids = {
        e.source: next(c.id for c in e.claims if words in (c.text or ""))
        for e, words in zip(texts, (a, b), strict=True)
    }
    return any(set(ids.values()) <= set(t.claims) for t in cluster(texts).topics)


def test_one_number_outweighs_other_words() -> None:
    assert together(
        "The Orlo Fund has assets of $46.25 million for the new port.",
        "The port got $46.25 million of capital from the Orlo Fund.",
        "46.25",
        "46.25",
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "Orlo Hospital treated 1,640 patients in the east wing last year.",
            "Orlo Hospital has 1,640 beds in the east wing.",
        ),
        ("Vesta Motors sold 48,200 cars in Kemoria in 2023.", "Vesta Motors built 48,200 engines in Kemoria in 2023."),
        ("Unemployment in Kemoria was 7.8 percent in March.", "Inflation in Kemoria was 7.8 percent in March."),
    ],
)
def test_one_number_of_two_things_is_two(one: str, two: str) -> None:
    number = next(n for n in ("1,640", "48,200", "7.8") if n in one)
    assert not together(one, two, number, number)


def test_one_number_of_the_killed_and_the_wounded_is_two() -> None:
    assert not together(
        "The blast in Orlaford killed 112 people on Monday.",
        "The blast in Orlaford on Monday left 112 people wounded.",
        "112",
        "112",
    )


def test_a_name_that_one_text_shortens() -> None:
    assert together(
        "Nambare Dam has a reservoir of 1,240 square kilometres.",
        "Nambare was built in 1977, and its reservoir covers 1,580 square kilometres.",
        "1,240",
        "1,580",
    )

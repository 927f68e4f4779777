"""The noun phrase after a number and singular forms."""

import pytest

from consistency.extraction.nouns import lemma, noun_phrase
from consistency.extraction.tokens import tokenise


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("countries", "country"),
        ("people", "person"),
        ("women", "woman"),
        ("buses", "bus"),
        ("houses", "house"),
        ("branches", "branch"),
        ("crises", "crisis"),
        ("species", "species"),
        ("gas", "gas"),
        ("rabbis", "rabbi"),
        ("analysis", "analysis"),
        ("boxes", "box"),
        ("Ferries", "ferry"),
    ],
)
def test_lemma(plural: str, singular: str) -> None:
    assert lemma(plural) == singular


def test_a_lemma_is_its_own_lemma() -> None:
    for word in ("country", "person", "bus", "house", "crisis", "ferry", "boss"):
        assert lemma(word) == word


@pytest.mark.parametrize(
    ("text", "phrase", "head"),
    [
        ("Latin American countries joined", "Latin American countries", "country"),
        ("more wooden houses burned", "wooden houses", "house"),
        ("sports cars were sold", "sports cars", "car"),
        ("people died in the flood", "people", "person"),
        ("state-owned banks closed", "state-owned banks", "bank"),
    ],
)
def test_noun_phrase(text: str, phrase: str, head: str) -> None:
    tokens = tokenise(text)
    found = noun_phrase(tokens, 0)
    assert found is not None
    assert text[slice(*tokens.span(found.first, found.last))] == phrase
    assert found.head == head


def test_no_noun_phrase_across_a_verb() -> None:
    assert noun_phrase(tokenise("said that prices rose"), 0) is None


def test_singular_head() -> None:
    found = noun_phrase(tokenise("member of the board"), 0, singular=True)
    assert found is not None
    assert found.head == "member"

"""Enumerations: what is one, what its items are, whether it is complete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.extraction.entities import find_mentions
from consistency.extraction.lists import find_lists
from consistency.extraction.spans import ListMark
from consistency.extraction.tokens import tokenise


def lists(text: str) -> list[ListMark]:
    tokens = tokenise(text)
    return find_lists(tokens, find_mentions(tokens))


def only(text: str) -> ListMark:
    found = lists(text)
    assert len(found) == 1, found
    return found[0]


FOUND = [
    ("It has offices in Kenya, Ghana, Peru and Norway.", ("Kenya", "Ghana", "Peru", "Norway"), None),
    ("The bank opened branches in Kenya, Ghana, Peru, and Norway.", ("Kenya", "Ghana", "Peru", "Norway"), None),
    ("Ten states, including Kenya, Ghana and Peru, signed.", ("Kenya", "Ghana", "Peru"), False),
    ("Several states such as Kenya and Ghana signed.", ("Kenya", "Ghana"), False),
    ("Two members left, namely Kenya and Ghana.", ("Kenya", "Ghana"), True),
    ("The prize went to both Kenya and Ghana.", ("Kenya", "Ghana"), None),
    ("Five states, Kenya, Ghana, Peru, Chile and Norway, signed.", ("Kenya", "Ghana", "Peru", "Chile", "Norway"), True),
    ("It hit three towns: Arlo, Benfield and Corven.", ("arlo", "Benfield", "Corven"), True),
    ("It has four members: Kenya, Ghana, Peru and Norway.", ("Kenya", "Ghana", "Peru", "Norway"), True),
    ("The fund finances bridges, tunnels, dams and bus depots.", ("bridge", "tunnel", "dam", "bus depot"), None),
    ("the plan covers several fields, including energy and tourism.", ("energy", "tourism"), False),
    ("They traded with Kenya, Ghana, Peru and other countries.", ("Kenya", "Ghana", "Peru"), False),
    ("It has three pillars of trade, art and people-to-people ties.", ("trade", "art", "people-to-people tie"), True),
    ("They launched four programs on energy, health, farming and sport, as well as deepening old friendships.",
     ("energy", "health", "farming", "sport"), True),
    ("Flights go to Kenya, Ghana and Peru, as well as Norway.", ("Kenya", "Ghana", "Peru", "Norway"), None),
    ("Ships call at Kenya, Latin America and the Caribbean, and Norway.",
     ("Kenya", "Latin America and the Caribbean", "Norway"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "items", "complete"), FOUND, ids=[t[:40] for t, _, _ in FOUND])
def test_items_and_completeness(text: str, items: tuple[str, ...], complete: bool | None) -> None:
    mark = only(text)
    assert mark.items == items
    assert mark.complete is complete


def test_lower_case_text() -> None:
    assert only("officials from kenya, ghana and peru met in oslo.").items == ("Kenya", "Ghana", "Peru")


SILENT = [
    "The gunman robbed the store, fled north and hid in a barn.",
    "Ann Roe, the president, and John Doe spoke.",
    "The firm wants a strong, stable and open market.",
    "Talks between Kenya and Ghana went on.",
    "Trade and investment grew.",
    "He killed six people, wounded seven others and fled.",
    "The shop opens on Monday, Tuesday and Friday.",
    "Police said the man was shot, but he lived.",
    "The ministry gave few details about the storm, the damage or the rescue.",
    "The mayor, a lawyer and former judge, resigned.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_list(text: str) -> None:
    assert lists(text) == []


def test_head_and_link() -> None:
    text = "They announced five programs on energy, health, farming, sport and culture."
    mark = only(text)
    tokens = tokenise(text)
    assert mark.head is not None
    assert text[slice(*tokens.span(*mark.head))] == "five programs"
    assert mark.link == "on"
    assert len(mark.items) == 5
    assert mark.complete is True


def test_stated_number_that_counts_something_else_leaves_it_open() -> None:
    mark = only("She held 12 meetings on energy, health and sport.")
    assert mark.complete is None


def test_dropped_item_is_still_a_complete_list() -> None:
    mark = only("They announced five programs on energy, health, farming and sport.")
    assert (len(mark.items), mark.complete) == (4, True)


def test_towns_with_their_states_are_one_item_each() -> None:
    for mark in lists("Offices opened in Austin, Texas, Boise, Idaho, and Fresno, California."):
        assert not {"Texas", "Idaho", "California"} & set(mark.items)


def test_spans_are_exact() -> None:
    text = "Ships call at Kenya, Ghana and Peru."
    tokens = tokenise(text)
    mark = only(text)
    assert text[mark.start : mark.end] == "Kenya, Ghana and Peru"
    assert [text[slice(*tokens.span(*s))] for s in mark.spans] == ["Kenya", "Ghana", "Peru"]


PIECES = st.lists(
    st.sampled_from(
        [
            "Kenya",
            "Ghana",
            "trade",
            "aid",
            ",",
            ",",
            "and",
            "or",
            ";",
            ":",
            "including",
            "as well as",
            "the",
            "of",
            "five",
            "programs",
            "on",
            "'s",
            "23",
            "-",
            ".",
            "\n",
            "both",
            "Ann Roe",
            "said",
            '"',
            "others",
            "such as",
        ]
    ),
    max_size=40,
)


@given(PIECES)
def test_any_text_gives_well_formed_lists(pieces: list[str]) -> None:
    text = " ".join(pieces)
    tokens = tokenise(text)
    last = 0
    for mark in find_lists(tokens, find_mentions(tokens)):
        assert len(mark.items) == len(mark.spans) >= 2
        assert mark.first >= last
        last = mark.last
        assert (mark.start, mark.end) == tokens.span(mark.first, mark.last)
        edges = [edge for span in mark.spans for edge in span]
        assert edges == sorted(edges)
        assert mark.first == edges[0]
        assert mark.last == edges[-1]


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    tokens = tokenise(text)
    find_lists(tokens, find_mentions(tokens))


@pytest.mark.parametrize("unit", [",", "a, ", "and ", "Kenya, Peru and ", "of a ", "a-"])
def test_hostile_repetition_ends(unit: str) -> None:
    tokens = tokenise(unit * 20_000)
    assert all(len(m.items) >= 2 for m in find_lists(tokens, []))

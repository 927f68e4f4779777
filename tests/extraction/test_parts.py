"""Counts of some out of more, and counts that say whom they take in. Sentences written for the purpose."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Source


def scopes(text: str) -> dict[str, set[str]]:
    """The scopes of the counts of a text, by their words."""
    claims = extract(Source(id="s", text=text)).claims
    return {c.text: set(c.scope) for c in claims if c.text is not None and c.kind == "count"}


PARTS = [
    ("At least 64 people died in the floods. Of those, 41 died in Torlund.", "41"),
    ("The blast hurt 40 people, of whom 12 are children.", "12"),
    ("Of the 64 dead, 41 were from Torlund.", "41"),
    ("Of these 40 ships, 12 are tankers.", "12"),
    ("Nine people were hurt. Two of them are in hospital.", "Two"),
    ("Three of the injured were flown to Lund.", "Three"),
    ("The death toll rose to nine on Friday after two more miners died in hospital.", "two more miners"),
    ("The toll of the fire climbed to nine after two miners died of burns.", "two miners"),
]


@pytest.mark.parametrize(("text", "words"), PARTS)
def test_some_of_more(text: str, words: str) -> None:
    assert "part" in scopes(text)[words]


WHOLES = [
    ("Of course, 12 people died in the fire.", "12 people"),
    ("Of those, 41 died in Torlund, while 64 people died in Brask.", "64 people"),
    ("The death toll rose to nine after the fire.", "nine"),
    ("The river rose to nine metres after 30 people died in a flood.", "30 people"),
    ("Police came after 12 people died in the fire.", "12 people"),
    ("In the north of the country, 12 people died.", "12 people"),
]


@pytest.mark.parametrize(("text", "words"), WHOLES)
def test_all_there_are(text: str, words: str) -> None:
    assert "part" not in scopes(text)[words]


@pytest.mark.parametrize(
    "text",
    [
        "Seven people were killed in a market in Brask on Friday, among them the gunman.",
        "Seven people were killed, the gunman among them.",
        "Seven people, the attacker among them, were killed on Friday.",
        "Seven people died on Friday, among whom the shooter.",
        "Seven people, including the gunman, were killed on Friday.",
    ],
)
def test_the_gunman_among_them(text: str) -> None:
    assert scopes(text)["Seven people"] == {"+suspect"}


@pytest.mark.parametrize(
    "text",
    [
        "Seven people were killed on Friday, among them a child.",
        "Seven people were killed on Friday, among them Ann Roe.",
        "Seven people were killed and four hurt, among them the gunman.",
        "Seven people were killed. The gunman lived among them.",
    ],
)
def test_who_is_among_others(text: str) -> None:
    assert not scopes(text)["Seven people"]

"""Which scene a count of people is of."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Source


@pytest.mark.parametrize(
    ("text", "counted", "scope"),
    [
        ("Two people were killed in 6 Arvika shootings on Sunday.", "Two people", "+all scenes"),
        ("Two weekend attacks left one man dead and four people wounded.", "four people", "+all scenes"),
        ("Three people were hurt in the first shooting.", "Three people", "-scenes other than the first"),
        ("Three people were hurt in the second attack, police said.", "Three people", "-scenes other than the second"),
        ("Three citizens were wounded in the shootout.", "Three citizens", "-officers"),
    ],
)
def test_scope_names_the_scene(text: str, counted: str, scope: str) -> None:
    claims = extract(Source(id="a", text=text)).claims
    assert next(c for c in claims if c.text == counted).scope == (scope,)


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in the first attack in the town in years.",
        "Three people were killed in the attack. The first shooting was in May.",
        "Three people were killed in the shooting.",
    ],
)
def test_one_scene_has_no_scope(text: str) -> None:
    claims = extract(Source(id="a", text=text)).claims
    assert next(c for c in claims if c.text == "Three people").scope == ()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "Three students suffered minor wounds, but a girl was rushed to hospital with critical injuries.",
            "Three students",
        ),
        ("Ten people were taken to hospitals by ambulance after the shooting.", "Ten people"),
        ("Three people hurt in the shooting have been discharged.", "Three people"),
    ],
)
def test_some_of_the_injured_are_a_part(text: str, counted: str) -> None:
    claims = extract(Source(id="a", text=text)).claims
    assert "part" in next(c for c in claims if c.text == counted).scope


def test_words_of_the_sentence_before_make_no_part() -> None:
    text = "Two people were released. Four people were wounded in the shooting."
    claims = extract(Source(id="a", text=text)).claims
    assert next(c for c in claims if c.text == "Four people").scope == ()

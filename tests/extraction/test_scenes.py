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

"""Whose age a number is."""

import pytest

from consistency import extract

CASES = [
    ("Ann Lee, 62, of Leeds, was named.", [("62", "Ann Lee")]),
    ("Police say John Roe Jr., 21, of Leeds was hurt.", [("21", "John Roe")]),
    ("The driver hit 64-year-old Tom Hall.", [("64-year-old", "Tom Hall")]),
    ("Mr Brown hit 64-year-old Tom Hall.", [("64-year-old", "Tom Hall")]),
    ("Ann Lee is 62 years old.", [("62 years old", "Ann Lee")]),
    ("Ann Lee's 3-year-old son waited.", [("3-year-old", None)]),
    ("A 19-year-old man was hurt.", [("19-year-old", None)]),
    ("The town has 62, perhaps 63, shops.", []),
]


@pytest.mark.parametrize(("text", "ages"), CASES)
def test_ages(text: str, ages: list[tuple[str, str | None]]) -> None:
    claims = [c for c in extract({"id": "x", "text": text}) if c.measure.noun == "age"]
    assert [(c.text, next(iter(c.measure.entities), None)) for c in claims] == ages

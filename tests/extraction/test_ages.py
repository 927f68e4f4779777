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
    ("A 17-year-old boy, identified as Tom Hall, was hurt.", [("17-year-old", "Tom Hall")]),
    ("A 17-year-old boy was hurt, and Tom Hall fled.", [("17-year-old", None)]),
    ("Tom Hall was hurt. He was 22 years old.", [("22 years old", "Tom Hall")]),
    ("Tom Hall met Ann Lee. She was 22 years old.", [("22 years old", None)]),
    ("Bekele Tura, a 28-year-old Ethiopian, won the race.", [("28-year-old", "Bekele Tura")]),
    ("Ann Lee will leave in May. The 57-year-old has led the firm since 2015.", [("57-year-old", "Ann Lee")]),
    ("Erik Hein, who is 61, has led the house since 2012.", [("61", "Erik Hein")]),
    ("The truck's driver, who is 41, was arrested.", [("41", None)]),
    ("Tom Hall, who is 41 points ahead, won.", []),
    ("The town has 62, perhaps 63, shops.", []),
]


@pytest.mark.parametrize(("text", "ages"), CASES)
def test_ages(text: str, ages: list[tuple[str, str | None]]) -> None:
    claims = [c for c in extract({"id": "x", "text": text}) if c.measure.noun == "age"]
    assert [(c.text, next(iter(c.measure.entities), None)) for c in claims] == ages


def test_an_age_holds_when_it_is_told_and_not_when_something_happened() -> None:
    told = extract(
        {"id": "x", "text": "A jury found 22-year-old Tom Hall guilty of a 2014 robbery.", "published": "2016-01-15"}
    )
    assert [c.period.from_ for c in told if c.measure.noun == "age"] == [None]
    then = extract({"id": "x", "text": "Tom Hall was 22 years old in 2014.", "published": "2016-01-15"})
    assert [c.period.from_ for c in then if c.measure.noun == "age"] == ["2014-01-01"]

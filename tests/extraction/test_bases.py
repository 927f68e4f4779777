"""A time that a number is told against is not the number's time."""

import pytest

from consistency import extract

CASES = [
    ("Norland's output was 1.3 percent higher than in the first quarter of 2023.", "1.3 percent", None),
    ("In the first quarter of 2024 output was 1.3 percent higher than in 2023.", "1.3 percent", "2024-01-01"),
    ("The museum had a quarter more visitors than in 2022.", "a quarter", None),
    ("Sales rose 8 percent from 2022.", "8 percent", None),
    ("Sales in 2023 rose 8 percent from 2022.", "8 percent", "2023-01-01"),
    ("Sales were up 6 percent on the previous year.", "6 percent", None),
    ("Sales fell 3 percent the previous year.", "3 percent", "2023-01-01"),
    ("Fraud cases rose 21 percent in 2023 compared with 2022.", "21 percent", "2023-01-01"),
    ("A tonne fetches 232 euros, after 340 euros a year ago.", "232 euros", None),
    ("A tonne fetches 232 euros, after 340 euros a year ago.", "340 euros", "2023-01-01"),
    ("The average house cost 312,000 pounds in July 2023, up 8 percent on a year earlier.", "8 percent", "2023-07-01"),
    ("Exports grew 8 percent from 2010 to 2020.", "8 percent", "2010-01-01"),
]


@pytest.mark.parametrize(("text", "number", "since"), CASES)
def test_a_base_is_no_period(text: str, number: str, since: str | None) -> None:
    claims = extract({"id": "x", "text": text, "published": "2024-05-08"})
    assert [c.period.from_ for c in claims if c.text == number] == [since]


def test_the_level_before_may_be_of_the_same_year() -> None:
    text = "Cases have reached 1,655 this year, up from 1,240 in early August."
    claims = extract({"id": "x", "text": text, "published": "2024-10-03"})
    assert [c.period.from_ for c in claims if c.text == "1,240"] == ["2024-08-01"]


def test_the_subject_behind_a_time_without_a_comma() -> None:
    claims = extract(
        {"id": "x", "text": "In 2023 Norland's exports rose to 8 billion dollars.", "published": "2024-05-08"}
    )
    assert [c.measure.noun for c in claims if c.kind == "money"] == ["export"]


@pytest.mark.parametrize("text", ["The train hit a bus shortly before eight.", "It fell at seven in the evening."])
def test_hours_are_no_counts(text: str) -> None:
    assert not [c for c in extract({"id": "x", "text": text}) if c.kind == "count"]

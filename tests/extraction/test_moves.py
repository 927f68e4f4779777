"""Levels before and after: each with its own time, and the change that they tell together."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Claim, Source


def read(text: str, published: str = "2025-03-02") -> tuple[list[Claim], list[Claim]]:
    """The printed numbers of a text and the changes worked out from them."""
    claims = [c for c in extract(Source(id="a", text=text, published=published)).claims if c.kind != "date"]
    return [c for c in claims if c.derived is None], [c for c in claims if c.derived is not None]


def when(claim: Claim) -> str:
    return f"{claim.period.from_} to {claim.period.to}" if claim.period.from_ or claim.period.to else ""


YEAR = "{0}-01-01 to {0}-12-31"


@pytest.mark.parametrize(
    ("text", "levels", "change", "span"),
    [
        (
            "Trade of Norland rose from 12 billion dollars in 2000 to 518 billion dollars in 2024.",
            {12e9: YEAR.format(2000), 518e9: YEAR.format(2024)},
            (506e9, "up", "USD"),
            "2000-01-01 to 2024-12-31",
        ),
        (
            "Membership of the club fell from 345 to 325 last year.",
            {345: "", 325: YEAR.format(2024)},
            (20, "down", None),
            YEAR.format(2024),
        ),
        (
            "Unemployment dropped to 4.1 percent from 4.5 percent a year earlier.",
            {4.1: "", 4.5: YEAR.format(2024)},
            (0.4, "down", "percentage_point"),
            "",
        ),
        (
            "Sales reached 518 billion dollars in 2024, up sharply from 450 billion a year earlier.",
            {518e9: YEAR.format(2024), 450e9: YEAR.format(2023)},
            (68e9, "up", "USD"),
            "2023-01-01 to 2024-12-31",
        ),
        (
            "Sales climbed to 518 billion dollars in 2024 from 489 billion a decade earlier.",
            {518e9: YEAR.format(2024), 489e9: YEAR.format(2014)},
            (29e9, "up", "USD"),
            "2014-01-01 to 2024-12-31",
        ),
        (
            "Inflation rose from 3.1% in May 2024 to 3.4% in June 2024.",
            {3.1: "2024-05-01 to 2024-05-31", 3.4: "2024-06-01 to 2024-06-30"},
            (0.3, "up", "percentage_point"),
            "2024-05-01 to 2024-06-30",
        ),
        (
            "Between 2010 and 2020, exports of Norland grew from 12 billion to 20 billion dollars.",
            {12e9: YEAR.format(2010), 20e9: YEAR.format(2020)},
            (8e9, "up", "USD"),
            "2010-01-01 to 2020-12-31",
        ),
        (
            "Exports went from 3 billion dollars in 2020 to 5 billion in 2024.",
            {3e9: YEAR.format(2020), 5e9: YEAR.format(2024)},
            (2e9, "up", "USD"),
            "2020-01-01 to 2024-12-31",
        ),
        (
            "Output of 30 tonnes in 2019 fell to 24 tonnes in 2021.",
            {30: YEAR.format(2019), 24: YEAR.format(2021)},
            (6, "down", "tonne"),
            "2019-01-01 to 2021-12-31",
        ),
        (
            "Since 2015 the number of ferries has risen from 8 to 14.",
            {8: YEAR.format(2015), 14: ""},
            (6, "up", None),
            "2015-01-01 to 2025-03-02",
        ),
    ],
)
def test_two_levels_with_their_times_and_one_change(
    text: str, levels: dict[float, str], change: tuple[float, str, str | None], span: str
) -> None:
    printed, made = read(text)
    assert {c.value.point: when(c) for c in printed} == levels
    assert {c.measure.noun for c in printed} == {made[0].measure.noun}
    (claim,) = made
    assert (claim.aspect, claim.value.point, claim.trend, claim.unit) == ("change", *change)
    assert when(claim) == span
    assert set(claim.derived.from_) == {c.id for c in printed}


def test_the_level_before_held_until_the_time_of_the_change() -> None:
    (before, after), _ = read("Membership of the club fell from 345 to 325 last year.")
    assert (before.as_of.to, before.as_of.basis) == ("2023-12-31", "inferred")
    assert after.as_of.basis == "published"


def test_a_change_keeps_what_the_printed_digits_leave_open() -> None:
    _, (claim,) = read("Exports rose from 12 billion dollars in 2000 to 518 billion dollars in 2024.")
    assert (claim.value.low, claim.value.high, claim.value.hedge) == (505e9, 507e9, "between")
    _, (claim,) = read("Exports rose from 12 billion dollars in 2000 to more than 518 billion dollars in 2024.")
    assert (claim.value.low, claim.value.high, claim.value.hedge) == (505.5e9, None, "at-least")


@pytest.mark.parametrize(
    "text",
    [
        "Revenue rose 6 percent to 518 million dollars in 2024 from 489 million dollars in 2023.",
        "The number of members doubled from 12 to 24 between 2015 and 2020.",
        "Profit was 3.2 million dollars, compared with 2.9 million dollars a year earlier.",
        "The shop sells boots from 40 to 90 dollars.",
        "The club rose from 40 members to 90 dollars in fees.",
        "Profit stayed at 5 million dollars, unchanged from 5 million dollars in 2023.",
        "Exports rose to 5 billion dollars in 2024. They came from 12 countries.",
    ],
)
def test_a_printed_change_and_what_is_none_make_no_other(text: str) -> None:
    assert read(text)[1] == []


def test_a_series_gives_each_number_its_time_and_the_unit_of_the_first() -> None:
    printed, _ = read("The club had 30 members in 2019, 34 in 2020 and 37 in 2021.")
    assert {c.value.point: when(c) for c in printed} == {
        30: YEAR.format(2019),
        34: YEAR.format(2020),
        37: YEAR.format(2021),
    }
    assert {(c.unit, c.measure.noun, c.measure.relation) for c in printed} == {("member", "member", "own")}


def test_numbers_told_respectively_take_the_times_in_their_order() -> None:
    text = "Exports were 3 billion, 4 billion and 5 billion dollars in 2019, 2020 and 2021 respectively."
    printed, _ = read(text)
    assert {c.value.point: when(c)[:4] for c in printed} == {3e9: "2019", 4e9: "2020", 5e9: "2021"}
    assert {(c.kind, c.unit, c.measure.noun) for c in printed} == {("money", "USD", "export")}


def test_the_months_of_a_part_of_a_year_are_no_claim() -> None:
    printed, _ = read("In the first four months of 2024, exports came to 30 billion dollars.")
    assert [(c.text, when(c)) for c in printed] == [("30 billion dollars", "2024-01-01 to 2024-04-30")]


def test_what_is_set_beside_a_level_keeps_its_own_time_and_takes_its_measure() -> None:
    now, then = read("Revenue was 4.2 million dollars, versus 3.9 million in the same months of 2023.")[0]
    assert (then.unit, then.measure.noun, when(then)[:4]) == ("USD", now.measure.noun, "2023")
    bed, guest = read("The inn kept a rating of 4.5 in 2023 and had letters from three guests.")[0]
    assert (bed.unit, guest.as_of.basis) == (None, "published")

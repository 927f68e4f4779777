"""What a claim's amount is where one number alone does not tell it: compounds, degrees, cents, growth, ages, lives."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Claim, Source


def claims(text: str, *kinds: str) -> list[Claim]:
    found = extract(Source(id="s", text=text, published="2025-03-04")).claims
    return [c for c in found if c.kind in (kinds or ("count", "measure", "money", "percent"))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The match lasted two hours and 51 minutes.", 171, "minute"),
        ("She won in 2 hours, 6 minutes, and 41 seconds.", 7_601, "second"),
        ("The baby weighed 7 pounds 4 ounces.", 116, "ounce"),
        ("He was jailed for three years and six months.", 42, "month"),
    ],
)
def test_amounts_in_two_units_are_one(text: str, value: int, unit: str) -> None:
    (claim,) = claims(text)
    assert claim.value is not None
    assert (claim.value.point, claim.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "It took 3 hours, and 20 minutes later he left.",
        "He spent 3 years, 12 months of them abroad.",
        "It took two hours and 90 minutes of that were lost.",
        "The film lasts 2 hours, 15 minutes of which are credits.",
        "He was sentenced to 12 years and 6 months of probation.",
        "She waited 2 hours and 15 minutes later left.",
    ],
)
def test_amounts_that_are_two_stay_two(text: str) -> None:
    assert len(claims(text, "measure")) == 2


def test_an_amount_in_two_units_is_as_vague_as_it_is_said_to_be() -> None:
    (claim,) = claims("It took more than 3 hours and 5 minutes.")
    assert claim.value is not None
    assert (claim.value.low, claim.value.high, claim.value.hedge) == (185, None, "more-than")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("With 44.6 degrees, Rovella set a heat record.", ["degree_Celsius"]),
        ("It was a hot day of 95 degrees.", ["degree_Fahrenheit"]),
        ("The roof slopes by 35 degrees.", ["degree"]),
        ("It was a warm day of 20 degrees. The pan was turned by 90 degrees.", ["degree_Celsius", "degree"]),
        ("It was 12 degrees Celsius at night and 20 degrees in the warm day.", ["degree_Celsius"] * 2),
        ("The dividend is 58 cents a share, after €1.40 for 2022.", ["EUR", "EUR"]),
        ("A ticket costs 58 cents.", ["USD"]),
        ("A ticket costs 58 US cents, or €0.50.", ["USD", "EUR"]),
    ],
)
def test_a_text_settles_what_a_number_leaves_open(text: str, units: list[str]) -> None:
    assert [c.unit for c in claims(text, "measure", "money")] == units


@pytest.mark.parametrize(
    ("text", "noun", "aspect"),
    [
        ("Sales growth of 5% was reported.", "revenue", "change"),
        ("Growth in exports reached 5% in 2023.", "export", "change"),
        ("The firm told of an increase in deliveries of 28 percent.", "delivery", "change"),
        ("Economic growth slowed to 4.1 percent in 2023.", "gdp", "change"),
        ("The economy grew by 4.1 percent in 2023.", "gdp", "change"),
        ("The share of losses was 12 percent.", "share", "level"),
    ],
)
def test_growth_is_the_change_of_what_grew(text: str, noun: str, aspect: str) -> None:
    (claim,) = claims(text, "percent")
    assert (claim.measure.noun, claim.aspect) == (noun, aspect)


@pytest.mark.parametrize(
    "text",
    ["Leonid Varga died on Sunday. He was 91.", "Leonid Varga was 91 when he died.", "At 91, Leonid Varga has died."],
)
def test_an_age_that_is_said_outright(text: str) -> None:
    (claim,) = claims(text)
    assert (claim.measure.noun, claim.measure.entities) == ("age", ("Leonid Varga",))


def test_a_place_is_no_age() -> None:
    assert "age" not in {c.measure.noun for c in claims("Ana Lind was 32, four points behind the leader.")}


def test_a_score_is_no_age() -> None:
    (claim,) = claims("The score was 44.")
    assert claim.measure.noun == "score"


@pytest.mark.parametrize(
    ("text", "noun", "relation"),
    [
        ("More than 300 lives were lost in the disaster.", "person", "kill"),
        ("The gunman fired nine shots in the cafe.", "shot", "shoot"),
        ("The company fired 90 workers.", "worker", "dismiss"),
        ("The toll for cars on the bridge rose to $3.50.", "toll", "level"),
        ("Two were pronounced dead at the scene.", "person", "kill"),
    ],
)
def test_what_is_done_tells_what_is_counted(text: str, noun: str, relation: str) -> None:
    (claim,) = claims(text)
    assert (claim.measure.noun, claim.measure.relation) == (noun, relation)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The palace was built in 1477 and restored later.", ["1477"]),
        ("He was king from 1189 until his death.", ["1189"]),
        ("It was found in 1200 of the cases.", []),
        ("It sold 1200 and bought 1300.", []),
    ],
)
def test_years_of_long_ago(text: str, years: list[str]) -> None:
    assert [c.text for c in claims(text, "date")] == years


def test_a_level_of_today_is_not_dated_by_what_once_happened() -> None:
    then = [c for c in claims("The dam was begun in 2012 and has a capacity of 3,750 MW.") if c.period.from_]
    assert not then
    (joined,) = claims("It joined in 2010 and had 20 members.")
    assert joined.period.from_ == "2010-01-01"


@pytest.mark.parametrize("word", ["permanently", "deliberated", "north", "ago", "cash"])
def test_what_is_no_noun_is_none(word: str) -> None:
    texts = {
        "permanently": "The shop was permanently closed for 12 days.",
        "deliberated": "The jury deliberated for three days.",
        "north": "It fell 12 miles north of the airfield.",
        "ago": "It lived 98 million years ago.",
        "cash": "Ardent bought Norcross for $6.2 billion in cash.",
    }
    assert word not in {c.measure.noun for c in claims(texts[word])}


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("A man of 67 was killed when a roof struck him.", ["67"]),
        ("A woman of 34 and a boy of nine were hurt.", ["34", "nine"]),
        ("Police held a young man of 19, who denies it.", ["19"]),
        ("One man of nine on board survived.", []),
        ("A man of 30 years' service left.", []),
        ("The man of 12 titles lost.", []),
        ("A father of four was killed.", []),
    ],
)
def test_a_man_of_so_many_is_so_old(text: str, ages: list[str]) -> None:
    assert [c.text for c in claims(text) if c.measure.noun == "age"] == ages


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Another 500 homes were damaged in Velmar.", True),
        ("Norland pledged a further $5 million for the dam.", True),
        ("Peru and 12 other countries joined the pact.", True),
        ("Norland pledged more than $5 million for the dam.", False),
        ("Ten were killed and another 12 people were injured.", False),
    ],
)
def test_what_is_told_on_top_is_not_all(text: str, further: bool) -> None:
    assert ("further" in claims(text)[-1].scope) == further


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Sable Air was founded in 1986.", None),
        ("It joined the World Heritage list in 2001.", None),
        ("The carrier was founded in 1996.", "carrier"),
    ],
)
def test_a_name_is_no_noun_of_a_date(text: str, noun: str | None) -> None:
    assert [c.measure.noun for c in claims(text, "date")] == [noun]

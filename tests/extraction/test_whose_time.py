"""A time behind a number that is another thing's is not the number's; what a verb is told of names a number."""

import pytest

from consistency import extract

TIMES = [
    ("Burglaries in Leeds fell to 2,140, the lowest since the force was set up in 1998.", "2,140", None),
    ("The party took 41.8 percent of the vote, its best result since 2007.", "41.8 percent", None),
    ("Exports have risen to 12 million tonnes since 2007.", "12 million tonnes", "2007-01-01"),
    ("The train was made up of four carriages and a locomotive built in 1983.", "four carriages", None),
    ("The fire destroyed 30 houses and a church built in 1872.", "30 houses", None),
    ("The firm owns 30 houses built in 1872.", "30 houses", "1872-01-01"),
    ("The museum shows 215 objects, among them a hook found in 1954.", "215 objects", None),
    ("The fire destroyed 30 houses in 1872.", "30 houses", "1872-01-01"),
]
NOUNS = [
    ("The Lorne Group put the cost of the bridge at 340 million euros.", "340 million euros", "cost"),
    ("Savings from the merger are put at 150 million dollars a year.", "150 million dollars a year", "savings"),
    ("The bank cut its key rate by 25 basis points to 6.5 percent.", "6.5 percent", "policy rate"),
    ("The bank cut its key rate by 25 basis points to 6.5 percent.", "25 basis points", "policy rate"),
    ("The Lorne Group raised its dividend to 1.20 euros.", "1.20 euros", "dividend"),
    ("Full-year operating profit was 117 million euros.", "117 million euros", "operating profit"),
    ("Consumer prices in Ghana rose 1.1 percent in December.", "1.1 percent", "consumer price"),
    ("Consumer prices rose 3.1 percent in December from a year earlier.", "3.1 percent", "inflation"),
    ("Delegations of 21 international bodies took part.", "21 international bodies", "organisation"),
    ("The jobless rate ticked up to 4.3 percent.", "4.3 percent", "unemployment rate"),
]


@pytest.mark.parametrize(("text", "number", "since"), TIMES)
def test_whose_time(text: str, number: str, since: str | None) -> None:
    claims = extract({"id": "x", "text": text, "published": "2024-05-08"})
    assert [c.period.from_ for c in claims if c.text == number] == [since]


@pytest.mark.parametrize(("text", "number", "noun"), NOUNS)
def test_what_is_measured(text: str, number: str, noun: str) -> None:
    claims = extract({"id": "x", "text": text, "published": "2024-05-08"})
    assert [c.measure.noun for c in claims if c.text == number] == [noun]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The river came over the wall at twenty to two.", []),
        ("The ratio was twenty to two.", ["fraction"]),
        ("Nearly one case in five led to a charge.", ["fraction"]),
        ("At least one person in three cars was hurt.", ["count", "count"]),
    ],
)
def test_hours_and_shares(text: str, kinds: list[str]) -> None:
    claims = extract({"id": "x", "text": text, "published": "2024-05-08"})
    assert [c.kind for c in claims] == kinds


def test_a_collision_says_nothing() -> None:
    claims = extract({"id": "x", "text": "The collision in Moara claimed the lives of 11 people."})
    assert [(c.text, c.measure.relation, c.modality) for c in claims] == [("11 people", "kill", "asserted")]


def test_the_age_of_who_is_named_between_commas() -> None:
    claims = extract({"id": "x", "text": "The driver, Anna Lind, is 58 and has worked for the firm for years."})
    assert [(c.text, c.measure.noun, c.measure.entities) for c in claims if c.unit == "year"] == [
        ("58", "age", ("Anna Lind",))
    ]

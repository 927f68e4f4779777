"""What a date dates, where a noun of a happening stands beside it."""

import pytest

from consistency.extraction.claims import extract
from consistency.model import Source


def dated(text: str) -> dict[str, tuple[str | None, str | None]]:
    claims = extract(Source(id="s", text=text, published="2024-03-20")).claims
    return {c.text: (c.measure.relation, c.measure.noun) for c in claims if c.kind == "date"}


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("The March 3 shooting left two people dead.", "March 3", ("shoot", "shooting")),
        ("He was charged in the June 2023 shootout.", "June 2023", ("shoot", "shootout")),
        ("Saturday night's blaze destroyed three houses.", "Saturday night", ("happen", "blaze")),
        ("Two people were hurt in an explosion at the mill on Tuesday.", "Tuesday", ("explode", "explosion")),
        ("The ferry was lost in the storm of May 2, 2019.", "May 2, 2019", ("happen", "storm")),
        ("A separate shooting on Tuesday left a man hurt.", "Tuesday", (None, "shooting")),
        ("It was the most recent crash on Monday.", "Monday", (None, "crash")),
        ("The May 13 election gave the mayor 52 percent.", "May 13", ("hold", "election")),
    ],
)
def test_noun_of_a_happening(text: str, date: str, expected: tuple[str | None, str]) -> None:
    assert dated(text)[date] == expected


@pytest.mark.parametrize(
    ("text", "date", "relation"),
    [
        ("Police arrested a man in the shooting on Friday.", "Friday", "arrest"),
        ("A man was arrested Monday after a crash on the old bridge.", "Monday", "arrest"),
        ("The bridge was opened on May 3, 2019.", "May 3, 2019", "open"),
        ("The crash was on the bridge, which was opened on May 3, 2019.", "May 3, 2019", "open"),
    ],
)
def test_a_verb_between_or_afterwards_keeps_its_date(text: str, date: str, relation: str) -> None:
    assert dated(text)[date][0] == relation

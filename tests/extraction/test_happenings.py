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


@pytest.mark.parametrize(
    ("text", "date", "relation"),
    [
        ("Ann Lee was playing in the yard on Monday when a gang started to shoot.", "Monday", "happen"),
        ("Deputies say a van pulled in at 7:10 p.m. Monday and its driver opened fire.", "7:10 p.m. Monday", "happen"),
        ("Troopers were called at 4:05 p.m. Tuesday to a farm in Bell Street.", "4:05 p.m. Tuesday", "happen"),
        ("They look for the men tied to the shooting reported Tuesday at a school.", "Tuesday", "happen"),
        ("A man accused of opening fire into a crowd gathered at a park on March 3 was caught.", "March 3", "happen"),
        ("Police said on Monday that two men were shot.", "Monday", "say"),
        ("Hundreds gathered for a vigil on Sunday for the man who was shot.", "Sunday", "hold"),
        ("Friends will gather on Sunday to walk where two men were killed.", "Sunday", "gather"),
        ("An officer who shot a man was dismissed on Monday.", "Monday", "dismiss"),
    ],
)
def test_what_was_going_on_when_an_incident_came(text: str, date: str, relation: str) -> None:
    assert dated(text)[date][0] == relation


def test_a_weekday_of_an_incident_never_lies_ahead() -> None:
    text = "The chief hopes that they will find the men who hid near a bar on Friday and shot two people."
    claims = extract(Source(id="s", text=text, published="2024-03-20")).claims
    assert [c.period.from_ for c in claims if c.kind == "date"] == ["2024-03-15"]


def test_a_day_of_what_was_done_is_told_though_it_stands_beside_a_level_too() -> None:
    assert "Monday" in dated("Two children were shot on Monday after a fight broke out; a dozen teens were there.")

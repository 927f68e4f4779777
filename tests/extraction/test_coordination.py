"""Times told one after another: which number and which verb each belongs to. Sentences written for the purpose."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Claim, Source


def claims_of(text: str) -> dict[str, Claim]:
    """The claims of a text by their words."""
    return {c.text: c for c in extract(Source(id="s", text=text)).claims if c.text is not None}


NUMBERS = [
    # sentence, words of a count, its first day, noun, relation
    (
        "By 3 May 2021, 27 people had died in Tessmar and by 10 May 2021, 59.",
        "27 people",
        "2021-05-03",
        "person",
        "kill",
    ),
    ("By 3 May 2021, 27 people had died in Tessmar and by 10 May 2021, 59.", "59", "2021-05-10", "person", "kill"),
    ("By 3 May 2021, 27 people had died there, and by 10 May 2021 59 had.", "59", "2021-05-10", "person", "kill"),
    ("In 2018, 30 members paid, and in 2020, 45.", "30 members", "2018-01-01", "member", "spend"),
    ("In 2018, 30 members paid, and in 2020, 45.", "45", "2020-01-01", "member", "spend"),
    # one time for all: nothing opens a clause of its own
    ("The league had 30 members and 12 guests in 2018.", "30 members", "2018-01-01", "member", "own"),
    ("In 2018, the league had 30 members, and 12 guests came.", "12 guests", "2018-01-01", "guest", "level"),
    ("Twelve people were killed on 3 May 2021, and 9 were hurt.", "Twelve people", "2021-05-03", "person", "kill"),
]


@pytest.mark.parametrize(("text", "words", "day", "noun", "relation"), NUMBERS)
def test_each_number_has_its_own_time(text: str, words: str, day: str, noun: str, relation: str) -> None:
    claim = claims_of(text)[words]
    assert claim.period.from_ == day
    assert (claim.measure.noun, claim.measure.relation) == (noun, relation)


DATES = [
    # sentence, a year, the relation of its date, the noun
    ("The town was founded in 1871 and incorporated as a city in 1904.", "1871", "found", "town"),
    ("The town was founded in 1871 and incorporated as a city in 1904.", "1904", "incorporate", "town"),
    ("The firm was established in 1901, renamed in 1955 and merged in 1999.", "1955", "rename", "company"),
    ("The firm was established in 1901, renamed in 1955 and merged in 1999.", "1999", "merge", "company"),
    ("The mill was built in 1904, rebuilt in 1921 and closed in 1960.", "1921", "rebuild", "mill"),
    ("The show was launched in 2001 and relaunched in 2010.", "2010", "relaunch", "show"),
    ("The province was created in 1881 and abolished in 1950.", "1950", "abolish", "province"),
    # a participle no list knows
    ("The mill was founded in 1904 and thatched in 1921.", "1904", "found", "mill"),
    # two dates of one verb
    ("The club was founded in 1871 or 1872.", "1872", "found", "club"),
    ("The bridge was built in 1904 and its twin in 1921.", "1921", "build", "bridge"),
]


@pytest.mark.parametrize(("text", "year", "relation", "noun"), DATES)
def test_each_verb_has_its_own_date(text: str, year: str, relation: str, noun: str) -> None:
    measure = claims_of(text)[year].measure
    assert (measure.relation, measure.noun) == (relation, noun)


def test_a_participle_no_list_knows_takes_its_date_away() -> None:
    assert claims_of("The mill was founded in 1904 and thatched in 1921.")["1921"].measure.relation != "found"

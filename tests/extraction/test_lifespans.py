"""The days of a life in brackets behind a name. Sentences written for the purpose."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Claim, Source


def dates_of(text: str) -> list[Claim]:
    return [c for c in extract(Source(id="s", text=text)).claims if c.kind == "date"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Otto Brandt (3 May 1871 – 9 April 1931) was a painter from Lund.", "Otto Brandt"),
        ("Corin Vasquer (May 3, 1871 – April 9, 1931) was a painter from Lund.", "Corin Vasquer"),
    ],
)
def test_birth_and_death(text: str, name: str) -> None:
    born, died = dates_of(text)
    assert (born.measure.relation, born.period.from_) == ("bear", "1871-05-03")
    assert (died.measure.relation, died.period.from_) == ("die", "1931-04-09")
    assert born.measure.entities == died.measure.entities == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "The Harlow War (3 May 1871 – 9 April 1872) was a war between two dukes.",
        "The fair (3 May 1871 – 9 May 1871) was held in Oslo.",
        "Otto Brandt opened the fair (3 May 1871 – 9 May 1871).",
        "Otto Brandt (3 May 1971) won.",
    ],
)
def test_other_brackets(text: str) -> None:
    assert not {c.measure.relation for c in dates_of(text)} & {"bear", "kill"}

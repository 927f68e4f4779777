"""The year of a text that does not tell when it was published."""

from __future__ import annotations

import pytest

from consistency.extraction import periods
from consistency.model import Source


@pytest.mark.parametrize(
    ("text", "month", "day", "year"),
    [
        ("The league was founded in 2011 and met in March, 2016.", 6, 1, 2016),
        ("Exports reached 45 billion euros in 2018.", 3, 1, 2019),
        ("So far in 2018, exports have reached 45 billion euros.", 9, 1, 2018),
        ("The plant opened on December 10, 2014.", 2, 1, 2015),
        ("The plant opened on January 10, 2014.", 2, 1, 2014),
        ("The plan was agreed in 2012. Output will double by 2035 and reach 9 million in 2030.", 2, 1, 2012),
        ("The plan was agreed at a meeting on May 13.", 2, 1, None),
        ("", None, None, None),
    ],
)
def test_earliest_year(text: str, month: int | None, day: int | None, year: int | None) -> None:
    assert periods.earliest_year(text, month, day) == year


def source(text: str, published: str | None) -> Source:
    return Source(text=text, id="s", published=published, published_basis="dateline")


def test_settle_published() -> None:
    told = "Updated Jul.1. Trade rose, reaching 45 billion euros in 2018."
    assert periods.settle_published(source(told, "XXXX-07-01")) == ("2019-07-01", "inferred")
    assert periods.settle_published(source(told, "2020-07-01")) == ("2020-07-01", "dateline")
    assert periods.settle_published(source(told, None)) == (None, "dateline")
    assert periods.settle_published(source("No year at all.", "XXXX-07-01")) == (None, "none")
    assert periods.settle_published(source("It began in 2011.", "XXXX-02-29")) == ("2011-02-28", "inferred")

"""The period of a business report, carried over to its later figures. Texts written for the purpose."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Claim, Source

Q2 = ("2023-04-01", "2023-06-30")


def claim_of(text: str, words: str, title: str | None = None) -> Claim:
    source = Source(id="s", text=text, title=title, published="2023-08-01", published_basis="metadata")
    return next(c for c in extract(source).claims if c.text is not None and words in c.text)


CARRIED = [
    ("Tolland Paper reported second-quarter revenue of $6.4 billion. Net income was $312 million.", "$312", Q2),
    ("Tolland Paper reported second-quarter results on Tuesday. Sales rose to $6.4 billion.", "$6.4", Q2),
    (
        "Tolland Paper reported second-quarter revenue of $6.4 billion. It has 41 mills. Its profit was $312 million.",
        "$312",
        Q2,
    ),
    (
        "Tolland Paper said revenue for the first half of 2023 was $6.4 billion. Earnings were $312 million.",
        "$312",
        ("2023-01-01", "2023-06-30"),
    ),
    (
        "Tolland Paper said revenue in fiscal 2022 was $6.4 billion. Operating profit came to $310 million.",
        "$310",
        ("2022-01-01", "2022-12-31"),
    ),
    (
        "Tolland Paper reported second-quarter revenue of $6.4 billion. "
        "Net income was $312 million, up from $290 million a year earlier.",
        "$312",
        Q2,
    ),
]


@pytest.mark.parametrize(("text", "words", "days"), CARRIED)
def test_a_report_has_one_period(text: str, words: str, days: tuple[str, str]) -> None:
    claim = claim_of(text, words)
    assert (claim.period.from_, claim.period.to, claim.period.basis) == (*days, "inferred")
    assert claim.basis["period"] == "inferred"


def test_the_headline_tells_the_period_too() -> None:
    claim = claim_of("Net income was $312 million.", "$312", title="Tolland Paper lifts second-quarter profit")
    assert (claim.period.from_, claim.period.to) == Q2


OWN = [
    # a time of its own, another body, what is to come, no figure of a report, no report, an earlier level
    (
        "Tolland Paper reported second-quarter revenue of $6.4 billion. In 2019, profit was $90 million.",
        "$90",
        "2019-01-01",
    ),
    (
        "Tolland Paper reported second-quarter revenue of $6.4 billion. Profit at Berg Foods was $90 million.",
        "$90",
        None,
    ),
    ("Tolland Paper reported second-quarter revenue of $6.4 billion. It expects revenue of $9 billion.", "$9 b", None),
    ("Tolland Paper reported second-quarter revenue of $6.4 billion. A mill in Oslo cost $90 million.", "$90", None),
    ("Tolland Paper, founded in 1952, showed financial results. Sales were $90 million.", "$90", None),
    ("The council met in the second quarter. Its revenue was $3 million.", "$3 m", None),
    ("Profit was $90 million. Tolland Paper reported second-quarter revenue of $6.4 billion.", "$90", None),
    (
        "Tolland Paper reported second-quarter revenue of $6.4 billion. "
        "Net income was $312 million, up from $290 million a year earlier.",
        "$290",
        "2022-04-01",
    ),
]


@pytest.mark.parametrize(("text", "words", "day"), OWN)
def test_what_the_period_does_not_reach(text: str, words: str, day: str | None) -> None:
    claim = claim_of(text, words)
    assert claim.period.from_ == day
    assert claim.period.basis != "inferred"

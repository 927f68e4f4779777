"""Numbers, values, dates and periods in words."""

# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from consistency.model import Claim, Period, Rank, Value
from consistency.reporting import days, numbers, phrases
from consistency.reporting.wording import plural, unit_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (19, "19"),
        (-5, "−5"),
        (352_000, "352,000"),
        (1_500_000, "1.5 million"),
        (1_234_567, "1,234,567"),
        (518_400_000_000, "518.4 billion"),
        (518.35e9, "518.35 billion"),
        (450336612345.1, "450.3366 billion"),
        (2e12, "2 trillion"),
        (0.1 + 0.2, "0.3"),
        (2.4e18, "2.4 × 10^18"),
        (1e-9, "1 × 10^−9"),
        (10**400, "a number too large to show"),
        (float("inf"), "a number too large to show"),
        (None, "an unknown number"),
    ],
)
def test_numbers(value: float | None, words: str) -> None:
    assert numbers.number(value) == words


@given(st.integers(-(10**17), 10**17))
def test_whole_numbers_are_shown_exactly(value: int) -> None:
    text = numbers.number(value).replace("−", "-").replace(",", "")
    digits, _, word = text.partition(" ")
    scale = {"": 0, "million": 6, "billion": 9, "trillion": 12}[word]
    whole, _, rest = digits.partition(".")
    assert len(rest) <= scale
    assert int(whole + rest.ljust(scale, "0")) == value


@given(st.floats() | st.integers())
def test_any_number_has_words(value: float) -> None:
    assert numbers.number(value)


@pytest.mark.parametrize(
    ("value", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (7, "7th"), (11, "11th"), (112, "112th"), (21, "21st")]
)
def test_ordinals(value: int, words: str) -> None:
    assert numbers.ordinal(value) == words


def claim(value: Value | None, **fields: Any) -> Claim:
    """The first claim of the sample with another value."""
    base = {"value": value, "unit": None, "dimension": "count"}
    return sample.changed(sample.CLAIMS[0], **(base | fields))


MONEY: dict[str, Any] = {"kind": "money", "unit": "USD", "dimension": "money"}
V = Value


@pytest.mark.parametrize(
    ("made", "headline", "interval"),
    [
        (claim(V(low=19, high=19, point=19), unit="country"), "19 countries", "19 countries"),
        (claim(V(low=1, high=1, point=1), unit="country"), "1 country", "1 country"),
        (
            claim(V(low=518.35e9, high=518.45e9, point=518.4e9), **MONEY),
            "518.4 billion US dollars",
            "between 518.35 and 518.45 billion US dollars",
        ),
        (
            claim(V(low=995e6, high=1.005e9, point=1e9), **MONEY),
            "1 billion US dollars",
            "between 995 and 1,005 million US dollars",
        ),
        (
            claim(V(low=20, high=None, low_open=True, point=20, hedge="more-than"), unit="country"),
            "over 20 countries",
            "over 20 countries",
        ),
        (claim(V(low=20, high=None, point=20, hedge="at-least"), unit="person"), "at least 20 people", "at least 20 people"),
        (claim(V(low=None, high=5, high_open=True, point=5, hedge="less-than")), "under 5", "under 5"),
        (claim(V(low=None, high=5, point=5, hedge="at-most")), "at most 5", "at most 5"),
        (claim(V(low=24, high=100, hedge="order"), unit="job"), "between 24 and 100 jobs", "between 24 and 100 jobs"),
        (
            claim(V(low=5.5, high=6.5, point=6), kind="percent", unit="percent", dimension="percent", aspect="change", trend="down"),
            "a fall of 6%",
            "between 5.5% and 6.5%",
        ),
        (claim(V(low=1.8, high=2.2, point=2), kind="multiple"), "2 times", "between 1.8 and 2.2 times"),
        (claim(V(low=7, high=7, point=7), kind="ordinal"), "7th", "7th"),
        (claim(V(low=2, high=2, point=2), kind="rank", rank=Rank(order="largest", of="fleet")), "2nd largest fleet", "2nd largest fleet"),
        (claim(V(low=1, high=1, point=1), kind="rank", rank=Rank(order="largest")), "largest", "largest"),
        (claim(V(low=0.5, high=0.5, point=0.5), per="share", **MONEY), "0.5 US dollars per share", "0.5 US dollars per share"),
        (claim(V(low="2015-01-01", high="2015-12-31", point="2015"), kind="date"), "2015", "2015"),
        (claim(None, kind="list", items=("Ask", "Embla", "Ymir"), complete=False), "Ask, Embla and Ymir, among others", "Ask, Embla and Ymir, among others"),
        (claim(None, kind="list", items=tuple(map(str, range(20)))), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more"),
        (claim(V(low=None, high=None)), "no bounds known", "no bounds known"),
    ],
)  # fmt: skip
def test_values(made: Claim, headline: str, interval: str) -> None:
    assert phrases.headline(made) == headline
    assert phrases.interval(made) == interval


@pytest.mark.parametrize(
    ("noun", "many"),
    [("country", "countries"), ("day", "days"), ("person", "people"), ("bus", "buses"), ("church", "churches"), ("trading partner", "trading partners"), ("aircraft", "aircraft"), ("TEU", "TEU"), ("mother of the child", "mother of the children")],
)  # fmt: skip
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("unit", "dimension", "words"),
    [("USD", "money", "US dollars"), ("XTS", "money", "XTS"), ("metric_ton", "mass", "tonnes"), ("kilometer ** 2", "area", "square kilometres"), ("peak_watt", "power", "peak watts"), ("meter / second", "speed", "meter per second")],
)  # fmt: skip
def test_units(unit: str, dimension: str, words: str) -> None:
    assert unit_words(unit, dimension, True) == words


@pytest.mark.parametrize(
    ("from_", "to", "words"),
    [
        ("2021-01-01", "2021-12-31", "2021"),
        ("2018-01-01", "2020-12-31", "2018–2020"),
        ("2021-07-01", "2021-07-31", "July 2021"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-07-01", "2024-09-30", "Q3 2024"),
        ("2024-01-01", "2024-06-30", "first half of 2024"),
        ("2024-02-01", "2024-05-31", "February to May 2024"),
        ("2024-11-01", "2025-02-28", "November 2024 to February 2025"),
        ("2021-07-28", "2021-07-28", "28 Jul 2021"),
        ("2022-05-03", "2022-05-09", "3 May to 9 May 2022"),
        ("2022-12-30", "2023-01-02", "30 Dec 2022 to 2 Jan 2023"),
        (None, "2021-02-03", "until 3 Feb 2021"),
        ("2014-01-01", None, "since 1 Jan 2014"),
        ("9999-01-01", "9999-12-31", "9999"),
        ("2021-13-01", None, "2021-13-01"),
        ("2022-01-02", "2022-01-01", "2 Jan 2022 to 1 Jan 2022"),
        (None, None, ""),
    ],
)
def test_stretches_of_days(from_: str | None, to: str | None, words: str) -> None:
    assert days.stretch(from_, to) == words


@given(st.dates(), st.dates())
def test_any_two_days_have_words(a: dt.date, b: dt.date) -> None:
    first, last = min(a, b), max(a, b)
    words = days.stretch(first.isoformat(), last.isoformat())
    assert str(first.year) in words or str(last.year) in words


def test_a_period_names_its_basis() -> None:
    assert days.period(Period()) == "not stated"
    assert days.period(Period(text="back then")) == "“back then”, no dates known"
    stated = Period(from_="2021-01-01", to="2021-12-31", basis="stated", text="in 2021")
    assert days.period(stated) == "2021 (stated: “in 2021”)"
    taken = Period(from_="2021-07-28", to="2021-07-28", basis="published")
    assert days.period(taken) == "28 Jul 2021 (taken from the publication date)"


def test_a_source_without_a_date_says_so() -> None:
    dated, undated = sample.SOURCES[0], sample.SOURCES[4]
    assert (days.published(dated), days.published_basis(dated)) == ("published 4 Mar 2022", "from the dateline")
    assert (days.published(undated), days.published_basis(undated)) == ("no publication date found", "")

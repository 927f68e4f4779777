"""Date arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.extraction import calendar as cal


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2013", ("2013-01-01", "2013-12-31", "year")),
        ("2012-02", ("2012-02-01", "2012-02-29", "month")),
        ("2013-03-22", ("2013-03-22", "2013-03-22", "day")),
        ("2013-03-22TNI", ("2013-03-22", "2013-03-22", "day")),
        ("2013-W12", ("2013-03-18", "2013-03-24", "week")),
        ("2013-W12-WE", ("2013-03-23", "2013-03-24", "week")),
        ("2020-W53", ("2020-12-28", "2021-01-03", "week")),
        ("2013-Q4", ("2013-10-01", "2013-12-31", "quarter")),
        ("2013-H1", ("2013-01-01", "2013-06-30", "half")),
        ("2013-SU", ("2013-06-01", "2013-08-31", "quarter")),
        ("2013-WI", ("2013-12-01", "2014-02-28", "quarter")),
        ("199", ("1990-01-01", "1999-12-31", "decade")),
        ("19", ("1900-01-01", "1999-12-31", "century")),
        ("XXXX-05-13", None),
        ("P3Y", None),
        ("PRESENT_REF", None),
        ("0000", None),
        ("2013-02-30", None),
        ("2021-W53", None),
        ("9999-WI", None),
    ],
)
def test_span(value: str, span: tuple[str, str, str] | None) -> None:
    assert cal.span(value) == span


@pytest.mark.parametrize(
    ("day", "n", "unit", "expected"),
    [
        (date(2012, 1, 31), 1, "M", date(2012, 2, 29)),
        (date(2012, 2, 29), 1, "Y", date(2013, 2, 28)),
        (date(2013, 1, 1), -1, "Q", date(2012, 10, 1)),
        (date(2013, 1, 1), -2, "W", date(2012, 12, 18)),
        (date(9999, 12, 31), 1, "D", None),
        (date(1, 1, 1), -1, "Y", None),
        (date(2013, 1, 1), 10**30, "D", None),
        (date(2013, 1, 1), 10**30, "Y", None),
    ],
)
def test_shift(day: date, n: int, unit: str, expected: date | None) -> None:
    assert cal.shift(day, n, unit) == expected


@pytest.mark.parametrize(
    ("year", "day"), [(1961, date(1961, 4, 2)), (2000, date(2000, 4, 23)), (2024, date(2024, 3, 31))]
)
def test_easter(year: int, day: date) -> None:
    assert cal.easter(year) == day


def test_nth_weekday() -> None:
    assert cal.nth_weekday(2013, 11, 4, 4) == date(2013, 11, 28)
    assert cal.nth_weekday(2013, 5, 1, -1) == date(2013, 5, 27)
    assert cal.nth_weekday(0, 5, 1, -1) is None


@given(st.dates(), st.integers(1, 7), st.sampled_from([-1, 1]), st.booleans())
def test_weekday_near_is_within_a_week(day: date, weekday: int, way: int, same: bool) -> None:
    found = cal.weekday_near(day, weekday, way, same=same)
    if found is not None:
        assert found.isoweekday() == weekday
        assert (0 if same else 1) <= (found - day).days * way <= (6 if same else 7)


@given(st.dates(), st.sampled_from("DWMQY"))
def test_a_day_lies_in_its_own_value(day: date, unit: str) -> None:
    days = cal.span(cal.value_at(day, unit))
    if days is not None:
        assert days[0] <= day.isoformat() <= days[1]

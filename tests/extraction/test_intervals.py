"""The interval of values a printed number allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.extraction.intervals import range_of, value_of
from consistency.extraction.numbers import Number, plain


def number(mantissa: int, exp: int = 0) -> Number:
    return Number(0, 1, plain(mantissa, exp), "digits", mantissa, exp)


@pytest.mark.parametrize(
    ("mantissa", "exp", "kind", "low", "high", "step"),
    [
        (5184, 8, "money", 518_350_000_000, 518_450_000_000, 100_000_000),
        (450, 9, "money", 445_000_000_000, 455_000_000_000, 10_000_000_000),
        (352_000, 0, "count", 351_500, 352_500, 1000),
        (200, 0, "count", 195, 205, 10),
        (6, 0, "percent", 5.95, 6.05, 0.1),
        (62, -1, "percent", 6.15, 6.25, 0.1),
        (19, 0, "count", 19, 19, None),
        (7, 0, "ordinal", 7, 7, None),
    ],
)
def test_unhedged(mantissa: int, exp: int, kind: str, low: float, high: float, step: float | None) -> None:
    value = value_of(number(mantissa, exp), "exact", kind)
    assert (value.low, value.high, value.step) == (low, high, step)


def test_an_age_is_exact() -> None:
    value = value_of(number(62), "exact", "measure", age=True)
    assert (value.low, value.high) == (62, 62)


@pytest.mark.parametrize(
    ("hedge", "low", "high", "low_open", "high_open"),
    [
        ("more-than", 300, None, True, False),
        ("at-least", 300, None, False, False),
        ("less-than", None, 300, False, True),
        ("at-most", None, 300, False, False),
        ("nearly", 270, 300, False, False),
        ("about", 285, 315, False, False),
    ],
)
def test_hedges(hedge: str, low: float | None, high: float | None, low_open: bool, high_open: bool) -> None:
    value = value_of(number(300), hedge, "count")
    assert (value.low, value.high, value.low_open, value.high_open) == (low, high, low_open, high_open)
    assert (value.point, value.hedge) == (300, hedge)


def test_doubled_is_a_band() -> None:
    value = value_of(Number(0, 1, 2, "multiple"), "exact", "multiple")
    assert (value.low, value.high, value.point) == (1.8, 2.2, 2)


def test_an_order_of_magnitude_keeps_its_ends() -> None:
    value = value_of(Number(0, 1, 12, "order", low=24, high=100), "exact", "count")
    assert (value.low, value.high, value.hedge) == (24, 100, "order")


def test_a_range_has_no_point() -> None:
    value = range_of(90, 80)
    assert (value.low, value.high, value.point, value.hedge) == (80, 90, None, "between")
    assert range_of(40, 50, "about").hedge == "about"


@given(st.integers(1, 10**12), st.integers(-6, 15), st.sampled_from(["count", "money", "percent", "measure"]))
def test_the_point_lies_inside_and_steps_scale_with_the_unit(mantissa: int, exp: int, kind: str) -> None:
    value = value_of(number(mantissa, exp), "exact", kind)
    assert value.low <= value.point <= value.high  # type: ignore[operator]
    if kind == "money":
        larger = value_of(number(mantissa, exp + 3), "exact", kind)
        assert larger.high - larger.low == pytest.approx(
            1000 * (value.high - value.low), rel=1e-9, abs=1e-11 * larger.high
        )  # type: ignore[operator]


@given(st.integers(1, 10**9), st.sampled_from(["exact", "about", "nearly"]))
def test_a_hedge_only_widens(mantissa: int, hedge: str) -> None:
    plain_value, hedged = value_of(number(mantissa), "exact", "money"), value_of(number(mantissa), hedge, "money")
    assert hedged.low <= plain_value.low or hedge == "nearly"  # type: ignore[operator]
    assert hedged.low <= hedged.point <= hedged.high  # type: ignore[operator]

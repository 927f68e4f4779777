"""Two printed numbers as intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.judgement.intervals import Interval, apart, compare, interval_of, overlap, rounds_to, sign
from consistency.judgement.oracle import interval_for, value_of

NUMBERS = st.one_of(st.integers(1, 10**13), st.decimals(min_value="0.001", max_value="99999.999", places=3).map(float))
HEDGES = st.sampled_from(["{}", "more than {}", "at least {}", "less than {}", "up to {}", "about {}", "nearly {}"])


def read(text: str) -> Interval:
    found = interval_of(value_of(text, "money"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("518.4e9", "518.4e9", "equal"),
        ("518.4e9", "518e9", "rounding"),
        ("518.9e9", "518e9", "rounding"),
        ("518.9e9", "519e9", "rounding"),
        ("518.4e9", "519e9", "disjoint"),
        ("518.4e9", "518.5e9", "disjoint"),
        ("518.4e9", "481.4e9", "disjoint"),
        ("352400", "352000", "rounding"),
        ("459", "450", "rounding"),
        ("444", "450", "disjoint"),
        ("200", "196", "rounding"),
        ("500", "460", "disjoint"),
        ("9.3e9", "9e9", "rounding"),
        ("2.9e9", "2e9", "disjoint"),
        ("0.87", "0.9", "rounding"),
        ("11.2", "11", "rounding"),
        ("11.9", "11", "rounding"),
        ("12.2", "11", "disjoint"),
        ("450e9", "452e9", "rounding"),
        ("400e9", "430e9", "disjoint"),
        ("19", "20", "disjoint"),
        ("19", "about 20", "bound"),
        ("about 20", "21", "bound"),
        ("more than 20", "20", "disjoint"),
        ("at least 20", "20", "bound"),
        ("more than 20", "21", "bound"),
        ("more than 20", "30", "bound"),
        ("more than 20", "31", "uninformative"),
        ("up to 30", "10", "uninformative"),
        ("more than 20", "less than 20", "disjoint"),
        ("more than 300e9", "more than 450e9", "bound"),
        ("nearly 200", "185", "bound"),
        ("nearly 200", "201", "uninformative"),
        ("40..50", "45", "bound"),
        ("40..50", "50.5", "disjoint"),
        ("0.1", "0.10000000000000001", "equal"),
    ],
)
def test_compare(a: str, b: str, expected: str) -> None:
    assert compare(read(a), read(b)) == expected
    assert compare(read(b), read(a)) == expected


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("518.4e9", 518.35e9, 518.45e9),
        ("450e9", 445e9, 455e9),
        ("352000", 351500, 352500),
        ("200", 195, 205),
        ("19", 19, 19),
        ("0.9", 0.895, 0.905),
    ],
)
def test_half_a_unit_of_the_last_digit(printed: str, low: float, high: float) -> None:
    found = interval_for(printed)
    assert found[0] == pytest.approx(low)
    assert found[1] == pytest.approx(high)


def test_dates_lie_in_one_another() -> None:
    year, day, other = (interval_of(value_of(t, "date")) for t in ("2015", "2015-05-13", "2016"))
    assert year is not None
    assert day is not None
    assert other is not None
    assert compare(year, day) == "rounding"
    assert compare(day, other) == "disjoint"


@given(NUMBERS, HEDGES, NUMBERS, HEDGES)
def test_symmetry(x: float, hx: str, y: float, hy: str) -> None:
    a, b = read(hx.format(x)), read(hy.format(y))
    assert compare(a, b) == compare(b, a)
    assert apart(a, b) == apart(b, a)
    assert sign(a, b) == -sign(b, a)


@given(NUMBERS, HEDGES)
def test_a_number_agrees_with_itself(x: float, hedge: str) -> None:
    assert compare(read(hedge.format(x)), read(hedge.format(x))) == "equal"


@given(st.integers(100, 99_999), HEDGES, st.integers(100, 99_999), HEDGES, st.sampled_from([1.0, 10.0]))
def test_scaling_both_changes_nothing(x: int, hx: str, y: int, hy: str, k: float) -> None:
    """Below a million, where no word for the scale changes what zeros mean."""
    a, b = read(hx.format(x)), read(hy.format(y))
    assert compare(scaled(a, k), scaled(b, k)) == compare(a, b)


def scaled(i: Interval, k: float) -> Interval:
    def times(n: float | None) -> float | None:
        return None if n is None else n * k

    return i._replace(low=times(i.low), high=times(i.high), point=times(i.point), step=times(i.step))


@given(NUMBERS, HEDGES, NUMBERS, HEDGES)
def test_disjoint_never_overlaps_but_for_two_plain_numbers(x: float, hx: str, y: float, hy: str) -> None:
    a, b = read(hx.format(x)), read(hy.format(y))
    if compare(a, b) == "disjoint" and "exact" not in {a.hedge, b.hedge}:
        assert not overlap(a, b)


@given(st.integers(100, 10**9), st.integers(1, 6))
def test_a_rounded_number_is_rounding(n: int, digits: int) -> None:
    step = 10 ** min(digits, max(0, len(str(n)) - 2))
    coarse = int(n / step + 0.5) * step
    found = compare(read(str(n)), read(str(coarse)))
    assert found in {"equal", "rounding"}


def test_rounding_needs_a_coarser_side() -> None:
    assert not rounds_to(read("518.4e9"), read("518.5e9"))

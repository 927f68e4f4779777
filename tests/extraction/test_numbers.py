"""Numbers in digits and words, read exactly."""

import pytest

from consistency.extraction.numbers import START, Number, Reader, number_classes, read_digits
from consistency.extraction.tokens import tokenise


def read(text: str, money: bool = False) -> Number | None:
    tokens = tokenise(text + " . . . .", [(0, len(text) + 8)])
    classes = number_classes(tokens)
    found = START.search(classes)
    return Reader(tokens, classes).read(found.start(), money) if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("1 234 567", 1234567),
        ("12,34,567.89", 1234567.89),
        ("1.234,5", 1234.5),
        ("12,5", 12.5),
        ("4.5 million", 4_500_000),
        ("1.1 million", 1_100_000),
        ("450bn", 450_000_000_000),
        ("10k", 10_000),
        ("35 lakh", 3_500_000),
        ("6 crore and two hundred", 60_000_200),
        ("twenty-one", 21),
        ("one hundred and sixty-one", 161),
        ("two hundred and two thousand", 202_000),
        ("three million, two hundred and forty", 3_000_240),
        ("one and a half thousand", 1500),
        ("five and a half million", 5_500_000),
        ("3 million and a half", 3_500_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("7 3/4", 7.75),
        ("2½", 2.5),
        ("nine tenths", 0.9),
        ("three quarters", 0.75),
        ("two hundred point seventy-one", 200.71),
        ("1.3x10^6", 1_300_000),
        ("5.5x10-3", 0.0055),
        ("1e-3", 0.001),
        ("80, 000 seats", 80_000),
        ("322 hundred", 32_200),
    ],
)
def test_value(text: str, value: float) -> None:
    number = read(text)
    assert number is not None
    assert number.value == pytest.approx(value, rel=1e-12)
    assert isinstance(number.value, int) or not float(number.value).is_integer()


@pytest.mark.parametrize(
    ("text", "money", "value"),
    [("3m", True, 3_000_000), ("3m", False, 3), ("3m people", False, 3_000_000), ("2t", False, 2)],
)
def test_m_and_t_are_a_magnitude_only_where_money_or_people_are_told(text: str, money: bool, value: int) -> None:
    number = read(text, money)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize("word", ["1.2.3", "192.168.0.1", "1,23,4", "9" * 41])
def test_no_number(word: str) -> None:
    assert read_digits(word) is None


def test_two_numbers_side_by_side_stay_two() -> None:
    number = read("two three")
    assert number is not None
    assert (number.value, number.last - number.first) == (2, 1)


def test_mantissa_keeps_what_was_printed() -> None:
    number = read("518.4 billion")
    assert number is not None
    assert (number.mantissa, number.exp) == (5184, 8)

"""From a printed number and its hedge to the closed interval of values the words allow.

An unhedged number stands for every value that rounds to it: half of its last printed non-zero digit either way, and
never coarser than two significant digits. A bound uses the printed number as it stands. Vague words have intervals of
their own, by data.
"""

from __future__ import annotations

from functools import lru_cache

from consistency.extraction.numbers import Number, plain
from consistency.extraction.numerals import LARGEST
from consistency.model import Value

_OPEN = {"more-than": (True, False), "less-than": (False, True)}
_EXACT_KINDS = frozenset({"ordinal", "rank", "fraction"})
NEARLY = 0.9  # "nearly x" is [0.9 x, x]
ABOUT = 0.05  # "about x" is x give or take 5 %, or half of its last digit if that is wider
MULTIPLE = 0.1  # "doubled" is [1.8, 2.2]
SHARE = 0.05  # of the whole: no fraction is rounder


def tidy(value: int | float) -> int | float:
    """Whole numbers as int; others without the dust of binary fractions (12 significant digits)."""
    if isinstance(value, int):
        return value if -LARGEST < value < LARGEST else float(value)
    if value != value or value in (float("inf"), float("-inf")):
        return value
    value = float(f"{value:.12g}")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _step_exponent(mantissa: int, exp: int) -> int:
    """Power of ten of the last digit that counts."""
    if mantissa == 0:
        return exp
    digits = str(abs(mantissa))
    bare = digits.rstrip("0")
    exp += len(digits) - len(bare)
    return exp if len(bare) > 1 else exp - 1


@lru_cache(maxsize=65_536)
def _decimal_value(mantissa: int, exp: int, point: int | float, hedge: str, exact: bool) -> Value:
    if exact and hedge == "exact":
        return Value(low=point, high=point, point=point, hedge=hedge)
    step_exp = _step_exponent(mantissa, exp)
    step = None if exact else plain(1, step_exp)
    # in tenths of a step everything is a whole number
    units = mantissa * 10 ** (exp - step_exp + 1) if exp > step_exp else mantissa // 10 ** (step_exp - exp) * 10
    if hedge == "exact":
        low, high = (plain(units - 5, step_exp - 1), plain(units + 5, step_exp - 1))
        return Value(low=low, high=high, point=point, hedge=hedge, step=step)
    if hedge == "about":
        half = max(abs(point) * ABOUT, plain(5, step_exp - 1) if step is not None else 0)
        return Value(low=tidy(point - half), high=tidy(point + half), point=point, hedge=hedge, step=step)
    return _bounded(point, hedge, step)


def _bounded(point: int | float, hedge: str, step: int | float | None = None) -> Value:
    if hedge == "nearly":
        low, high = sorted((tidy(point * NEARLY), point))
        return Value(low=low, high=high, point=point, hedge=hedge, step=step)
    low_open, high_open = _OPEN.get(hedge, (False, False))
    if hedge in ("more-than", "at-least"):
        return Value(low=point, high=None, low_open=low_open, point=point, hedge=hedge, step=step)
    if hedge in ("less-than", "at-most"):
        return Value(low=None, high=point, high_open=high_open, point=point, hedge=hedge, step=step)
    return Value(low=point, high=point, point=point, hedge=hedge, step=step)


def value_of(number: Number, hedge: str, kind: str, age: bool = False) -> Value:
    """The interval of a number under a hedge.

    kind: the quantity's kind; counts under 100, ordinals, ranks and ages (`age`) are exact. A fraction in words is as
    round as a multiple ("twice"): "one in seven" is said of 13 percent and of 15.
    """
    point = number.value
    if number.form == "order" and number.low is not None:
        low, high = number.low, number.high
        if hedge in ("more-than", "at-least"):
            return Value(low=low, high=None, low_open=hedge == "more-than", point=point, hedge=hedge)
        if hedge in ("less-than", "at-most"):
            return Value(low=None, high=high, high_open=hedge == "less-than", point=point, hedge=hedge)
        return Value(low=low, high=high, point=point, hedge="order")
    if kind == "multiple" and hedge in ("exact", "about"):
        return Value(
            low=tidy(point * (1 - MULTIPLE)), high=tidy(point * (1 + MULTIPLE)), point=tidy(point), hedge=hedge
        )
    if kind == "fraction" and hedge in ("exact", "about") and 0 < abs(point) < 1:
        half = min(MULTIPLE * abs(point), SHARE)
        return Value(low=tidy(point - half), high=tidy(point + half), point=point, hedge=hedge)
    exact = age or kind in _EXACT_KINDS or (kind == "count" and abs(point) < 100 and isinstance(point, int))
    if number.mantissa is None:
        point = tidy(point) if kind != "fraction" else point
        if hedge == "about":
            half = abs(point) * ABOUT
            return Value(low=tidy(point - half), high=tidy(point + half), point=point, hedge=hedge)
        return _bounded(point, hedge)
    return _decimal_value(number.mantissa, number.exp, point, hedge, exact)


def range_of(low: int | float, high: int | float, hedge: str = "exact") -> Value:
    """The interval of "between a and b" or "a to b"; a hedge around it stays named ("about 40 to 50")."""
    if low > high:
        low, high = high, low
    if hedge in ("more-than", "at-least"):
        return Value(low=low, high=None, low_open=hedge == "more-than", point=low, hedge=hedge)
    if hedge in ("less-than", "at-most"):
        return Value(low=None, high=high, high_open=hedge == "less-than", point=high, hedge=hedge)
    return Value(low=tidy(low), high=tidy(high), hedge="about" if hedge in ("about", "nearly") else "between")

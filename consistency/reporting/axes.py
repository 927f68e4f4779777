"""Axes of a chart: where ticks stand and what they say. The same data gives the same ticks everywhere."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import msgspec

from consistency.reporting import numbers
from consistency.reporting.days import MONTHS

_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
_MONTH_STEPS = (1, 2, 3, 6)
_DAY_STEPS = (1, 2, 5, 7, 10, 14)


class Tick(msgspec.Struct, frozen=True):
    """A tick at a value of the axis (a day number on the time axis)."""

    at: float
    label: str


def nice_step(span: float, count: int, whole: bool = False) -> float:
    """The smallest of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into at most `count` pieces.

    whole: at least 1, and no 2.5, so that all ticks are whole numbers.
    """
    raw = max(span / max(1, count), 1.0 if whole else 0.0)
    base = 10.0 ** math.floor(math.log10(raw))
    return next((base * m for m in ((1, 2, 5) if whole else (1, 2, 2.5, 5)) if base * m >= raw * (1 - 1e-9)), base * 10)


def value_axis(low: float, high: float, whole: bool, count: int = 5) -> tuple[float, float, tuple[Tick, ...], int]:
    """(bottom, top, ticks, power of ten of the labels) of a linear axis that holds low and high.

    It starts at zero where zero is near (the values span more than half of their height), else just below the values.
    whole: only whole numbers are sensible ticks (counts).
    """
    if high - low <= max(abs(high), abs(low), 1e-290) * 1e-9:
        pad = abs(high) * 0.1 or 1.0
        low, high = low - pad, high + pad
    if low >= 0 and (high - low) * 2 >= high:
        low = 0.0
    elif low >= 0:
        low = max(0.0, low - (high - low) * 0.15)
    high += (high - low) * 0.08
    step = nice_step(high - low, count, whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    power = numbers.scale_of(float(f"{last * step:.12g}"))
    ticks = []
    for n in range(first, last + 1):
        value = float(f"{n * step:.15g}")
        ticks.append(Tick(value, numbers.scaled(value, power, 9) or numbers.number(value)))
    return first * step, last * step, tuple(ticks), power


def _years(first: int, last: int, count: int) -> Iterator[Tick]:
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    step = next((s for s in _YEAR_STEPS if (end.year - start.year) / s <= count), _YEAR_STEPS[-1])
    for year in range(-(-start.year // step) * step, end.year + 1, step):
        if year >= 1 and first <= dt.date(year, 1, 1).toordinal() <= last:
            yield Tick(dt.date(year, 1, 1).toordinal(), str(year))


def _months(first: int, last: int, count: int) -> Iterator[Tick]:
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next((s for s in _MONTH_STEPS if months / s <= count), 12)
    for n in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        day = dt.date(n // 12, n % 12 + 1, 1)
        if n % step == 0 and first <= day.toordinal() <= last:
            yield Tick(day.toordinal(), f"{MONTHS[day.month - 1][:3]} {day.year}")


def _days(first: int, last: int, count: int) -> Iterator[Tick]:
    step = next((s for s in _DAY_STEPS if (last - first) / s <= count), _DAY_STEPS[-1])
    for n in range(-(-first // step) * step, last + 1, step):
        day = dt.date.fromordinal(n)
        yield Tick(n, f"{day.day} {MONTHS[day.month - 1][:3]}" + (f" {day.year}" if last - first > 3 * step else ""))


def time_axis(first: int, last: int, count: int) -> tuple[int, int, tuple[Tick, ...]]:
    """(start, end, ticks) in day numbers, a little wider than first to last; years, months or days as the span asks."""
    span = max(last - first, 10)
    low, high = dt.date.min.toordinal(), dt.date.max.toordinal()
    start, end = max(low, first - span // 14 - 2), min(high, last + span // 14 + 2)
    make = _years if span >= 1100 else _months if span >= 90 else _days
    return start, end, tuple(make(start, end, count))

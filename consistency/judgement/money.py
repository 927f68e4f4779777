"""Exchange rates of a day and of a period: the reference rates of the European Central Bank, from 1999 on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _table() -> Any:
    from currency_converter import CurrencyConverter  # heavy: only when two currencies meet

    return CurrencyConverter(fallback_on_wrong_date=False, fallback_on_missing_rate=True)


def known(*codes: str) -> bool:
    """Whether the table has rates for all these ISO 4217 codes."""
    return all(code in _table().currencies for code in codes)


@lru_cache(maxsize=65536)
def rate(a: str, b: str, day: str) -> float | None:
    """How many b one a bought on an ISO day; on a day without trade, the last day before; None outside the table."""
    if not known(a, b):
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    for back in range(8):
        try:
            return float(_table().convert(1.0, a, b, date=on - timedelta(days=back)))
        except ValueError:  # RateNotFoundError is one: a holiday, or outside the table
            continue
    return None


@lru_cache(maxsize=4096)
def rate_span(a: str, b: str, first: str, last: str) -> tuple[float, float] | None:
    """The lowest and highest rate from one ISO day to another, weekly steps with both ends; None outside the table."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    if end < start or (end - start).days > 40 * 366:
        return None
    days = [start + timedelta(days=n) for n in range(0, (end - start).days, 7)] + [end]
    rates = [r for d in days if (r := rate(a, b, d.isoformat())) is not None]
    return (min(rates), max(rates)) if rates else None


def until() -> str | None:
    """The last day of the table, for the report's data line."""
    bounds = _table().bounds.get("USD")
    return bounds.last_date.isoformat() if bounds else None

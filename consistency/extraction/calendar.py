"""Date arithmetic: what days a TIMEX3 value spans, and values counted forwards and backwards from a day.

Values are TIMEX3 notation (TimeML 1.2.1): `2013`, `2013-03`, `2013-03-22`, `2013-W12`, `2013-W12-WE`, `2013-Q1`,
`2013-H1`, `2013-SP`, `201` (a decade), `20` (a century), a day with a time of day behind `T`. Weeks are ISO 8601's.
No function raises on numbers out of range (30 February, year 0, year 10,000): the answer is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

Span = tuple[str, str, str]
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_VALUE = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d)(?:T.*)?)?|W(?P<w>\d\d)(?P<we>-WE)?|Q(?P<q>[1-4])|H(?P<h>[12])|(?P<s>SP|SU|FA|WI)))?"
    r"|(?P<c>\d\d)(?P<x>\d)?"
)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def parse_day(text: str | None) -> date | None:
    """The day an ISO string begins with ("2013-03-22T10:00" too), or None."""
    if not text or len(text) < 10:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def plus_days(day: date, n: int) -> date | None:
    """The day n days later (earlier for n < 0), or None outside years 1 to 9999."""
    try:
        return day + timedelta(days=n)
    except OverflowError:
        return None


def plus_months(day: date, n: int) -> date | None:
    """The same day n months later; the month's last day where it has no such day."""
    if abs(n) > 120_000:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, n: int, unit: str) -> date | None:
    """`day` moved by n units (D, W, M, Q or Y)."""
    if unit in "DW":
        return plus_days(day, n * (7 if unit == "W" else 1)) if abs(n) < 4_000_000 else None
    return plus_months(day, n * {"M": 1, "Q": 3, "Y": 12}[unit])


def week_value(day: date) -> str:
    """The ISO week a day lies in: 2013-W12."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def value_at(day: date, unit: str) -> str:
    """The TIMEX3 value of the day, week, month, quarter or year `day` lies in."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        return week_value(day)
    if unit == "M":
        return day.isoformat()[:7]
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}"


def month_days(year: int, first: int, last: int) -> tuple[str, str] | None:
    """First and last day of a run of months of one year; `last` below `first` runs into the next year."""
    end_year = year + (last < first)
    start = make_day(year, first, 1)
    stop = make_day(end_year, last, 1)
    if start is None or stop is None:
        return None
    return start.isoformat(), stop.replace(day=monthrange(end_year, last)[1]).isoformat()


def week_days(year: int, week: int) -> tuple[date, date] | None:
    """Monday and Sunday of an ISO week, or None if the year has no such week."""
    try:
        first = date.fromisocalendar(year, week, 1)
    except (ValueError, OverflowError):
        return None
    last = plus_days(first, 6)
    return None if last is None else (first, last)


@lru_cache(maxsize=4096)
def span(value: str) -> Span | None:
    """(from, to, granularity) of a DATE or TIME value: ISO days, both inclusive; None where it names no days."""
    m = _VALUE.fullmatch(value)
    if m is None:
        return None
    if m["c"]:
        low = int(m["c"] + (m["x"] or "0")) * 10
        years = 10 if m["x"] else 100
        if low < 1 or low + years > 9999:
            return None
        return f"{low:04d}-01-01", f"{low + years - 1:04d}-12-31", "decade" if m["x"] else "century"
    year = int(m["y"])
    if m["d"]:
        day = make_day(year, int(m["m"]), int(m["d"]))
        return None if day is None else (day.isoformat(), day.isoformat(), "day")
    if m["w"]:
        week = week_days(year, int(m["w"]))
        if week is None:
            return None
        first = plus_days(week[0], 5) if m["we"] else week[0]
        return None if first is None else (first.isoformat(), week[1].isoformat(), "week")
    if m["q"]:
        months, name = (int(m["q"]) * 3 - 2, int(m["q"]) * 3), "quarter"
    elif m["h"]:
        months, name = (int(m["h"]) * 6 - 5, int(m["h"]) * 6), "half"
    elif m["s"]:
        months, name = SEASONS[m["s"]], "quarter"
    elif m["m"]:
        months, name = (int(m["m"]), int(m["m"])), "month"
    else:
        months, name = (1, 12), "year"
    days = month_days(year, *months)
    return None if days is None else (*days, name)


def weekday_near(day: date, weekday: int, direction: int, *, same: bool = True) -> date | None:
    """The nearest day of that weekday (1 Monday … 7 Sunday) before (-1) or after (+1) `day`; `day` itself if `same`."""
    gap = (day.isoweekday() - weekday) % 7 if direction < 0 else (weekday - day.isoweekday()) % 7
    if gap == 0 and not same:
        gap = 7
    return plus_days(day, gap * direction)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The n-th such weekday of a month; n = -1 is the last."""
    if n > 0:
        first = make_day(year, month, 1)
        return None if first is None else plus_days(first, (weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    last = make_day(year, month, monthrange(year, month)[1]) if 1 <= year <= 9999 else None
    return None if last is None else plus_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (n + 1))


def easter(year: int) -> date | None:
    """Easter Sunday, Gregorian (the anonymous algorithm of Nature, 1876; Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return make_day(year, month, day + 1)

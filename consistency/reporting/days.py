"""Dates and periods as people write them. All input is ISO 8601 text; what is not a date is shown as it stands."""

from __future__ import annotations

import datetime as dt
import re

from consistency.model import Period, SourceInfo
from consistency.reporting.clean import line
from consistency.reporting.wording import lookup

_FIRST = ("January", "February", "March", "April", "May", "June")
MONTHS = (*_FIRST, "July", "August", "September", "October", "November", "December")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def parse(text: object) -> dt.date | None:
    """The date at the start of an ISO date or date-time, or None."""
    match = _ISO.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def day(text: object) -> str:
    """ "2021-07-28" → "28 Jul 2021"."""
    date = parse(text)
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}" if date else line(str(text), 40)


def _last_of_month(date: dt.date) -> bool:
    return (date + dt.timedelta(days=1)).day == 1 if date < dt.date.max else True


def _whole_months(start: dt.date, end: dt.date, quarter: bool) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 12 and start.month == 1:
        return str(start.year)
    if months % 12 == 0 and start.month == 1:
        return f"{start.year}–{end.year}"
    if months == 1:
        return f"{MONTHS[start.month - 1]} {start.year}"
    if quarter and months == 3 and start.month % 3 == 1:
        return f"Q{start.month // 3 + 1} {start.year}"
    if months == 6 and start.month in (1, 7):
        return f"{'first' if start.month == 1 else 'second'} half of {start.year}"
    if start.year == end.year:
        return f"{MONTHS[start.month - 1]} to {MONTHS[end.month - 1]} {end.year}"
    return f"{MONTHS[start.month - 1]} {start.year} to {MONTHS[end.month - 1]} {end.year}"


def stretch(from_: object, to: object, granularity: str | None = None) -> str:
    """A stretch of days: "2021", "2018–2020", "July 2021", "Q3 2024", "28 Jul 2021", "3 May to 9 May 2022"."""
    start, end = parse(from_), parse(to)
    if start is None and end is None:
        return " to ".join(line(str(x), 40) for x in (from_, to) if x)
    if start is None:
        return f"until {day(to)}"
    if end is None:
        return f"since {day(from_)}"
    if start > end:
        return f"{day(from_)} to {day(to)}"
    if start == end:
        return day(from_)
    if start.day == 1 and _last_of_month(end):
        return _whole_months(start, end, granularity != "range")
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1][:3]} to {day(to)}"
    return f"{day(from_)} to {day(to)}"


def period(value: Period) -> str:
    """ "2021 (stated: “in 2021”)", "28 Jul 2021 (taken from the publication date)", "not stated"."""
    span = stretch(value.from_, value.to, value.granularity)
    basis = lookup("period_basis", value.basis)
    if not span:
        words = line(value.text, 80)
        return f"“{words}”, no dates known" if words else "not stated"
    words = line(value.text, 80)
    return f"{span} ({basis}: “{words}”)" if words and words != span else f"{span} ({basis})"


def published(source: SourceInfo) -> str:
    """ "published 28 Jul 2021"; "no publication date found"."""
    return f"published {day(source.published)}" if source.published else "no publication date found"


def published_basis(source: SourceInfo) -> str:
    """Where the publication date came from: "from the dateline"; "" without a date."""
    return lookup("published_basis", source.published_basis) if source.published else ""

"""Printed dates to ISO 8601 days, for headers, metadata and file names; not for the running text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from consistency.rulebook import default_rulebook

MISSING_YEAR = "XXXX"


class Found(msgspec.Struct, frozen=True):
    """A date in a text: its span and its day as `YYYY-MM-DD`, or `XXXX-MM-DD` where no year is printed."""

    start: int
    end: int
    day: str

    @property
    def complete(self) -> bool:
        """Whether the year is printed."""
        return not self.day.startswith(MISSING_YEAR)


def lexicon() -> dict[str, Any]:
    """The content of `lexicon/datelines.yaml`."""
    out: dict[str, Any] = default_rulebook().load("lexicon/datelines.yaml")
    return out


def alternatives(words: Iterable[str]) -> list[tuple[str, str]]:
    """Words, each with a regular expression for it, the longest first; a space stands for any white space in a line."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return [(word, re.escape(word).replace(r"\ ", r"[ \t]+")) for word in ordered]


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words."""
    return "|".join(pattern for _, pattern in alternatives(words))


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in lexicon()["months"].items() for name in names}


_TIME_OF_DAY = r"\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_YEAR = r"(?:1[6-9]|2[01])\d\d"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    month = alternation(list(_months()))
    weekday = alternation(lexicon()["weekdays"])
    return re.compile(
        rf"""(?<![\w/.-])
        (?:(?:on[ \t]+)?(?:{weekday})\b\.?,?[ \t]*)?
        (?:
          (?P<y1>{_YEAR})(?P<sep>[-/.])(?P<m1>\d{{1,2}})(?P=sep)(?P<d1>\d{{1,2}})(?!\d)
            (?:T{_TIME_OF_DAY}\s?(?:Z|[+-]\d\d:?\d\d)?)?
        | (?P<y5>{_YEAR})年(?P<m5>\d{{1,2}})月(?P<d5>\d{{1,2}})日
        | (?P<m2>{month})\b\.?[ \t]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])
            (?:[ \t]*[.,]?[ \t]*(?P<y2>{_YEAR})(?!\d))?
        | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ \t]*(?:of[ \t]+|-)?(?P<m3>{month})\b\.?
            (?:[ \t]*[,-]?[ \t]*(?P<y3>{_YEAR})(?!\d))?
        | (?P<a4>\d{{1,2}})[/.](?P<b4>\d{{1,2}})[/.](?P<y4>{_YEAR})(?!\d)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _clock() -> re.Pattern[str]:
    zone = alternation(lexicon()["clock_zones"])
    return re.compile(
        rf"(?:at[ \t]+)?\d{{1,2}}(?:[:.]\d{{2}}){{0,2}}[ \t]*(?:(?:{zone})(?!\w)[ \t.,]*){{1,3}}(?:\([A-Z]{{2,4}}\))?"
        rf"|(?:at[ \t]+)?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)",
        re.IGNORECASE,
    )


def iso(year: int | str, month: int, day: int) -> str | None:
    """The day in ISO form, or None if the calendar has no such day. A missing year is "XXXX"."""
    if not 1 <= month <= 12:
        return None
    if year == MISSING_YEAR:
        return f"XXXX-{month:02d}-{day:02d}" if 1 <= day <= monthrange(2024, month)[1] else None
    number = int(year)
    if not 1 <= number <= 9999 or not 1 <= day <= monthrange(number, month)[1]:
        return None
    return f"{number:04d}-{month:02d}-{day:02d}"


def _day(m: re.Match[str]) -> str | None:
    g = m.groupdict()
    if g["y1"]:
        return iso(g["y1"], int(g["m1"]), int(g["d1"]))
    if g["y5"]:
        return iso(g["y5"], int(g["m5"]), int(g["d5"]))
    for month, day, year in (("m2", "d2", "y2"), ("m3", "d3", "y3")):
        if g[month]:
            return iso(g[year] or MISSING_YEAR, _months()[g[month].lower()], int(g[day]))
    first, second = int(g["a4"]), int(g["b4"])
    if first > 12 or first == second:
        return iso(g["y4"], second, first)
    if second > 12:
        return iso(g["y4"], first, second)
    return None  # 05/06/2023: which is the month depends on the country


def match_date(text: str, start: int, end: int) -> Found | None:
    """The date that begins at `start`, if any."""
    m = _pattern().match(text, start, end)
    day = _day(m) if m else None
    return Found(start, m.end(), day) if m and day else None


def search_date(text: str, start: int, end: int) -> Found | None:
    """The first date of a stretch of text."""
    for m in _pattern().finditer(text, start, end):
        day = _day(m)
        if day:
            return Found(m.start(), m.end(), day)
    return None


def match_clock(text: str, start: int, end: int) -> int:
    """The end of the clock time that begins at `start`, or `start`."""
    m = _clock().match(text, start, end)
    return m.end() if m else start


_COMPACT = re.compile(rf"(?<![0-9A-Za-z])({_YEAR})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])")
_STAMP = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}.*)?$")
_URL_DAY = re.compile(
    rf"/({_YEAR})/(\d{{1,2}})/(\d{{1,2}})(?:/|$)|/({_YEAR})-(\d\d)-(\d\d)(?!\d)|/({_YEAR})(\d\d)(\d\d)/"
)


def metadata_date(value: Any) -> str | None:
    """The day a metadata field names, whatever its notation; None if it names no full day.

    A time zone is not applied: the day is the one printed, which is the publisher's own.
    """
    if value is None or isinstance(value, bool):
        return None
    raw = " ".join(str(value).split())[:200]
    stamp = _STAMP.match(raw)
    if stamp:
        return iso(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    found = search_date(raw, 0, len(raw))
    return found.day if found and found.complete else None


def filename_date(stem: str) -> str | None:
    """The ISO date in a file name ("report-2023-01-26", "20230126_summit"), if there is exactly one."""
    days = {iso(int(y), int(m), int(d)) for y, _, m, d in _COMPACT.findall(stem)} - {None}
    return next(iter(days)) if len(days) == 1 else None


def url_date(url: str | None) -> str | None:
    """The day in the path of an address, as many news sites print it (/2016/06/03/)."""
    m = _URL_DAY.search((url or "").split("?")[0])
    if not m:
        return None
    year, month, day = (int(g) for g in m.groups() if g)
    return iso(year, month, day)

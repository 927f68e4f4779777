"""Values, dates and names of claims in plain English, for the sentences of findings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from consistency.judgement.pair import Surroundings
from consistency.judgement.plurals import plural, units
from consistency.judgement.times import EARLIEST, LATEST, Span
from consistency.model import Claim, Period, Value

_HEDGES = {
    "about": "about",
    "more-than": "more than",
    "at-least": "at least",
    "less-than": "less than",
    "at-most": "at most",
    "nearly": "nearly",
    "order": "some",
}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def amount(x: float) -> str:
    """A number as people write it: 518.4 billion, 352,000, 0.9."""
    size = abs(x)
    for scale, word in _SCALES:
        if size >= scale:
            return f"{_plain(x / scale)} {word}"
    return _plain(x)


def _plain(x: float) -> str:
    if float(x).is_integer():
        return f"{int(x):,}"
    return f"{x:,.6g}" if abs(x) < 1000 else f"{x:,.2f}".rstrip("0").rstrip(".")


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th …"""
    if 10 <= n % 100 <= 20:
        return f"{n}th"
    return f"{n}{({1: 'st', 2: 'nd', 3: 'rd'}).get(n % 10, 'th')}"


def value(claim: Claim) -> str:
    """The value of a claim with its hedge and unit: "more than 20 countries", "518.4 billion USD"."""
    if claim.quote is not None:
        words = claim.quote.words.split()
        return "“" + " ".join(words[:8]) + (" …" if len(words) > 8 else "") + "”"
    if claim.items is not None:
        return _several(claim.items)
    if claim.value is None:
        return claim.text or "no value"
    return _with_unit(claim, claim.value)


def _several(items: tuple[str, ...]) -> str:
    shown = ", ".join(items[:6]) + (", …" if len(items) > 6 else "")
    return f"{len(items)} named ({shown})"


def _with_unit(claim: Claim, v: Value) -> str:
    if isinstance(v.low, str) or isinstance(v.high, str):
        return days_between(v.low, v.high)
    if v.hedge == "order" and claim.text:
        return claim.text
    if claim.kind == "fraction" and claim.text and claim.derived is None:
        return f"“{claim.text}”"
    number, n = _number(v)
    if claim.derived is not None and v.hedge == "between" and v.point is not None:
        number = f"about {number}"
    if claim.kind in {"ordinal", "rank"} and isinstance(v.point, int | float):
        order = claim.rank.order if claim.rank and claim.rank.order else None
        return f"{ordinal(int(v.point))}{f' ({order})' if order else ''}"
    sign = {"up": "up ", "down": "down "}.get(claim.trend or "", "") if claim.aspect == "change" else ""
    return f"{sign}{number}{_unit(claim, n)}"


def _unit(claim: Claim, n: float | None) -> str:
    if claim.kind == "percent":
        return " percent"
    if claim.kind == "multiple":
        return " times"
    if claim.kind == "fraction" or not claim.unit:
        return ""
    per = f" per {claim.per.replace('_', ' ')}" if claim.per else ""
    if claim.kind == "money":
        return f" {currency(claim.unit, n)}{per}"
    name = claim.unit.replace("_", " ")
    one, many = units()["units"].get(claim.unit) or (name, plural(name))
    return f" {one if n == 1 else many}{per}"


def currency(code: str, n: float | None) -> str:
    """The name of a currency for so many of it ("US dollars"); the code where it has none."""
    names = units()["currencies"].get(code)
    return str(names[0 if n == 1 else 1]) if names else code


def _number(v: Value) -> tuple[str, float | None]:
    """The number in words of its hedge, and the number that decides between one and many."""
    hedge = _HEDGES.get(v.hedge, "")
    if isinstance(v.point, int | float):
        return f"{hedge} {amount(v.point)}".strip(), v.point
    low = v.low if isinstance(v.low, int | float) else None
    high = v.high if isinstance(v.high, int | float) else None
    if low is not None and high is not None:
        return f"between {amount(low)} and {amount(high)}", high
    end = low if low is not None else high
    return (f"{hedge} {amount(end)}".strip(), end) if end is not None else ("an unknown number of", None)


def interval(v: Value | None) -> str:
    """The interval in the notation of mathematics: [19, 21], (20, ∞)."""
    if v is None:
        return "no interval"
    low = "−∞" if v.low is None else v.low if isinstance(v.low, str) else amount(v.low)
    high = "∞" if v.high is None else v.high if isinstance(v.high, str) else amount(v.high)
    left = "(" if v.low is None or v.low_open else "["
    right = ")" if v.high is None or v.high_open else "]"
    return f"{left}{low}, {high}{right}"


@lru_cache(maxsize=65536)
def days_between(first: object, last: object) -> str:
    """A stretch of days by its two ISO ends, as short as it can be said: a year, a month, a day, or from … to …

    "28 Jul 2021", "2018–2020", "May 2025"; what is no ISO day ("XXXX-05-13") stays as it is.
    """
    if not isinstance(first, str) or not isinstance(last, str):
        return (
            f"since {day(first)}"
            if isinstance(first, str)
            else f"until {day(last)}"
            if isinstance(last, str)
            else "an unknown time"
        )
    if first == last:
        return day(first)
    if first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"
    if first[:7] == last[:7] and first[8:] == "01" and last[8:] >= "28":
        return day(first).split(" ", 1)[-1]
    return f"{day(first)} to {day(last)}"


def day(iso: str) -> str:
    """An ISO day for people: 28 Jul 2021."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {int(parts[0])}"


@lru_cache(maxsize=65536)
def _iso(day: int) -> str | None:
    from datetime import date

    return date.fromordinal(day).isoformat() if EARLIEST < day < LATEST else None


def when(claim: Claim, around: Surroundings) -> str:
    """The time that decides for a claim: its period for an amount over time, else the date its value held."""
    if around.profile.kind in {"flow"} or (
        claim.period.basis in {"stated", "relative"} and around.profile.kind == "unknown"
    ):
        return counted(claim, around)
    if around.profile.kind == "cumulative" and claim.as_of.basis == "published":
        return period(claim.as_of)  # told then, however long the total had been settled
    held = around.held(claim)
    return span(held) if held else "no known date"


def counted(claim: Claim, around: Surroundings) -> str:
    """The days that an amount was counted over: its period, as far as it was over when it was told."""
    found = around.side(claim).period
    return span(found) if found else period(claim.period)


def period(p: Period) -> str:
    """A period for people."""
    return days_between(p.from_, p.to) if p.from_ or p.to else "no stated period"


def span(s: Span) -> str:
    """A span of ordinals for people."""
    return days_between(_iso(s.first), _iso(s.last))


def source(claim: Claim, around: Surroundings, other: Claim | None = None) -> str:
    """The publisher, or the id where there is none; both where `other` is of another source of that publisher."""
    context = around.context(claim)
    name = (context.publisher if context and context.publisher else None) or claim.source
    if other is not None and other.source != claim.source and name == source(other, around) != claim.source:
        return f"{name} ({claim.source})"
    return name


def scope(claim: Claim) -> str:
    """What the number covers, for people."""
    plain = [s for s in claim.scope if s[:1] not in "+-"]
    more = [f"with {s[1:].strip()}" for s in claim.scope if s[:1] == "+"]
    less = [f"without {s[1:].strip()}" for s in claim.scope if s[:1] == "-"]
    return " ".join(filter(None, [joined(plain), *more, *less])) or "an unstated scope"


def joined(names: Iterable[str]) -> str:
    """a, b and c."""
    items = list(names)
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)

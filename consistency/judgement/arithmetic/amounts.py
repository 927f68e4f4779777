"""Interval arithmetic for claims that are worked out, and the claims themselves."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence

import msgspec

from consistency.judgement.intervals import Interval
from consistency.judgement.saying import amount, interval
from consistency.model import Claim, Derived, Number, Period, Value

Factor = tuple[float | None, float | None, float]
"""Lowest, highest (None: no end) and printed size of a factor above zero."""


def tidy(x: float) -> Number:
    """A number to nine significant digits, so that the binary form of a decimal shows nowhere."""
    rounded = float(f"{x:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**63 else rounded


def over(i: Interval, factor: Factor) -> Value | None:
    """An amount at or above zero divided by a factor; None where neither end is known."""
    low, high, size = factor
    return _value(
        None if i.low is None or high is None else i.low / high,
        None if i.high is None or low is None or low <= 0 else i.high / low,
        None if i.point is None else i.point / size,
        i,
    )


def times(i: Interval, factor: Factor) -> Value | None:
    """An amount at or above zero times a factor; None where neither end is known."""
    low, high, size = factor
    return _value(
        None if i.low is None or low is None else i.low * low,
        None if i.high is None or high is None else i.high * high,
        None if i.point is None else i.point * size,
        i,
    )


def _value(low: float | None, high: float | None, point: float | None, of: Interval) -> Value | None:
    """hedge: "between" for a stretch with two ends (it is worked out, not vague), else that of the bound."""
    if low is None and high is None:
        return None
    hedge = "between" if low is not None and high is not None else "at-least" if high is None else "at-most"
    return Value(
        low=None if low is None else _outward(low, math.floor),
        high=None if high is None else _outward(high, math.ceil),
        low_open=low is None or of.low_open,
        high_open=high is None or of.high_open,
        point=None if point is None else tidy(round3(point)),
        hedge=hedge,
    )


def _outward(end: float, to: Callable[[float], int]) -> Number:
    """An end to four significant digits, rounded so that the interval never shrinks."""
    end = float(f"{end:.9g}")
    if end == 0 or float(f"{end:.4g}") == end:
        return tidy(end)
    grain = 10.0 ** (math.floor(math.log10(abs(end))) - 3)
    return tidy(to(end / grain) * grain)


def worked_out(
    base: Claim, rule: str, value: Value, parents: Sequence[Claim], steps: Sequence[str], sure: float, **facets: object
) -> Claim:
    """A claim like `base` with another value; it has no text and no place, and names what it rests on.

    sure: how much less certain it is than its parents together.
    """
    lineage: list[str] = []
    confidence = sure
    earlier: list[str] = []
    for parent in parents:
        if parent.derived is None:
            confidence *= parent.confidence
            lineage.append(parent.id)
        else:
            confidence = min(confidence, parent.confidence * sure)
            lineage.extend(parent.derived.from_)
            earlier.extend(parent.derived.steps)
    lineage = list(dict.fromkeys(lineage))
    period = facets.get("period", base.period)
    told = "|".join((rule, *sorted(lineage), repr(value), repr(period)))
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    prints = "|".join((rule, *sorted(p.fingerprint for p in parents), repr(value), repr(period)))
    return msgspec.structs.replace(
        base,
        id=f"{base.source}#{rule}-{digest[:10]}",
        fingerprint="1-" + hashlib.sha256(prints.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=None,
        start=None,
        end=None,
        sentence=None,
        location=None,
        value=value,
        readings=(),
        derived=Derived(rule=rule, from_=tuple(lineage), steps=(*earlier, *steps)),
        confidence=round(max(0.05, confidence), 2),
        **facets,
    )


def read_as(claim: Claim) -> str:
    """The first step of any sum: what a printed number is taken to be."""
    return f"“{claim.text}” is read as {interval(claim.value)}."


def shown(value: Value, unit: str | None) -> str:
    """The result of a step: "about 259.2 billion USD, from 220 to 308 billion"."""
    named = f" {unit.replace('_', ' ')}" if unit else ""
    if isinstance(value.point, int | float):
        return f"{amount(round3(value.point))}{named}, within {interval(value)}"
    return f"{interval(value)}{named}"


def round3(x: float) -> float:
    """Four significant digits: more would pretend to a precision that a worked-out number has not."""
    return float(f"{x:.4g}")


def years_back(period: Period, years: int, basis: str = "relative") -> Period:
    """The same stretch so many years earlier, said to be worked out."""
    return Period(
        from_=_moved(period.from_, years),
        to=_moved(period.to, years),
        granularity=period.granularity,
        basis=basis,
        text=None,
    )


def _moved(day: str | None, years: int) -> str | None:
    if day is None:
        return None
    rest = "-02-28" if day[4:] == "-02-29" else day[4:]
    return f"{int(day[:4]) - years:04d}{rest}"

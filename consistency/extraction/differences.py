"""The change that two printed levels tell: "from 12 billion in 2000 to 518 billion in 2024" is 506 billion in 24 years.

It has no words of its own, so it is a derived claim, and names the two it rests on.
"""

from __future__ import annotations

import hashlib

import msgspec

from consistency.extraction.intervals import tidy
from consistency.extraction.moves import Move
from consistency.model import Claim, Derived, Period, Value

RULE = "told-by-ends"
SURE = 0.8
_SOFTER = ("none", "inferred", "relative", "published", "stated")


def difference(move: Move, before: Claim, after: Claim, over: Period | None) -> Claim | None:
    """The change from one level to the other. over: its time, where that is told as one ("last year")."""
    value = _between(before, after, move.trend == "up")
    if value is None:
        return None
    period = _stretch(before, after, over)
    relation = after.measure.relation
    points = after.kind == "percent" and after.unit == "percent"
    told = "|".join((RULE, repr(value), repr(period)))
    return msgspec.structs.replace(
        after,
        id=f"{after.source}#{RULE}-{_digest(told, before.id, after.id)[:10]}",
        fingerprint="1-" + _digest(told, before.fingerprint, after.fingerprint)[:16],
        text=None,
        start=None,
        end=None,
        sentence=None,
        location=None,
        value=value,
        aspect="change",
        trend=move.trend,
        unit="percentage_point" if points else after.unit,
        period=period,
        measure=msgspec.structs.replace(after.measure, relation="change" if relation == "level" else relation),
        basis={**after.basis, "period": period.basis if period.from_ else "missing"},
        readings=(),
        derived=Derived(
            rule=RULE,
            from_=(before.id, after.id),
            steps=(
                f"“{before.text}” and “{after.text}” are told as one level before and after: what lies between them is "
                "the change.",
            ),
        ),
        confidence=round(SURE * before.confidence * after.confidence, 2),
    )


def _between(before: Claim, after: Claim, up: bool) -> Value | None:
    """What lies between two amounts, from the least to the most that their printed digits allow."""
    if before.value is None or after.value is None:
        return None
    low, high = (before.value, after.value) if up else (after.value, before.value)
    ends = (low.low, low.high, low.point, high.low, high.high, high.point)
    least, most, one, other_least, other_most, other = (None if isinstance(e, str) else e for e in ends)
    if one is None or other is None:
        return None
    point = tidy(float(f"{other - one:.9g}"))
    bottom = None if other_least is None or most is None else max(0, tidy(float(f"{other_least - most:.9g}")))
    top = None if other_most is None or least is None else tidy(float(f"{other_most - least:.9g}"))
    if top is None and bottom is None:
        return None
    hedge = "at-most" if bottom is None else "at-least" if top is None else "exact" if bottom == top else "between"
    return Value(low=bottom, high=top, low_open=bottom is None, high_open=top is None, point=point, hedge=hedge)


def _stretch(before: Claim, after: Claim, over: Period | None) -> Period:
    """From the time of the first level to that of the last."""
    if over is not None:
        return over
    first, last = before.period, after.period
    if first.from_ is None or last.to is None or first.from_ > last.to:
        return last if first.from_ is None else Period()
    basis = min(first.basis, last.basis, key=_SOFTER.index)
    return Period(from_=first.from_, to=last.to, granularity="range", basis=basis, text=None)


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

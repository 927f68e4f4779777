"""One claim's interval in the unit of another."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction import units
from consistency.judgement.intervals import Interval
from consistency.judgement.rates import Rates
from consistency.model import Claim
from consistency.rulebook import remembered

_POINT = "percentage_point"
NOT_SCALED = frozenset({"count", "ordinal", None})


class _Lines(msgspec.Struct):
    """unit -> unit -> (scale, offset), of the units of the table that convert."""

    of: dict[str, dict[str, tuple[float, float]]]


@lru_cache(maxsize=4096)
def _line(a: str, b: str) -> tuple[float, float] | None:
    """(scale, offset) of the unit a in units of b (the offset is for temperatures); None where they do not convert."""
    names = _names()
    if a in names and b in names:
        return _lines().of.get(a, {}).get(b)
    return _asked(a, b)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(units.names())


@lru_cache(maxsize=1)
def _lines() -> _Lines:
    seed = msgspec.json.encode([units.names(), units.pint_installed()]) + b"1"
    return remembered("lines", seed, _Lines, _every)


def _every() -> _Lines:
    """Pint's answers for all units of the table: two convert where they are of one dimension."""
    alike: dict[str, list[str]] = {}
    for name in units.names():
        try:
            alike.setdefault(str(_registry().get_dimensionality(name)), []).append(name)
        except Exception:
            continue  # not known to Pint
    known = [name for group in alike.values() for name in group]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the logarithm of nothing, of decibels
        found = {(a, b): _asked(a, b) for group in alike.values() for a in group for b in group}
    of = {a: {b: line for b in known if (line := found.get((a, b))) is not None} for a in known}
    return _Lines(of)


def _asked(a: str, b: str) -> tuple[float, float] | None:
    try:
        registry = _registry()
        zero = registry.Quantity(0.0, a).to(b).magnitude
        one = registry.Quantity(1.0, a).to(b).magnitude
    except Exception:  # pint raises a dozen kinds for unknown and unlike units, some of them from its parser
        return None
    return float(one - zero), float(zero)


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint  # heavy: only where the table of lines is not kept yet, or a unit is none of the lexicon's

    return pint.UnitRegistry(cache_folder=":auto:")


def same_unit(a: Claim, b: Claim) -> bool:
    """Whether two claims can be compared as printed. Counted nouns are one unit: the topic has joined them; so are a
    day and a year."""
    if _family(a) != _family(b):
        return False
    if _family(a) in {"count", "date"}:
        return a.per == b.per
    return a.unit == b.unit and a.per == b.per


def _family(claim: Claim) -> str:
    if claim.kind in {"percent", "fraction", "money", "date", "list", "quote", "rank", "ordinal", "multiple"}:
        return claim.kind
    return "count" if claim.dimension in NOT_SCALED else "measure"


def converted(
    i: Interval, claim: Claim, to: Claim, days: tuple[str, ...], span: tuple[str, str] | None, rates: Rates
) -> list[Interval]:
    """The interval of `claim` in the unit of `to`, one for each rate that may hold; empty where they do not convert.

    days: publication days, whose rates may have been used; span: the period the amount is about.
    """
    here, there = _family(claim), _family(to)
    if {here, there} == {"percent", "fraction"}:
        if _POINT in {claim.unit, to.unit}:
            return []  # by two percentage points, and by a quarter
        return [scaled(i, 100.0, 100.0) if here == "fraction" else scaled(i, 0.01, 0.01)]
    if here != there or claim.per != to.per or not claim.unit or not to.unit:
        return []
    if here == "money":
        return [scaled(i, low, high) for low, high in _spans(rates, claim.unit, to.unit, days, span)]
    if here == "measure":
        line = _line(claim.unit, to.unit)
        return [_moved(i, *line)] if line and line[0] > 0 else []
    return []


def _spans(
    rates: Rates, a: str, b: str, days: tuple[str, ...], span: tuple[str, str] | None
) -> list[tuple[float, float]]:
    spans = [rates.span(a, b, d, d) for d in days]
    if span:
        spans.append(rates.span(a, b, *span))
    return [s for s in spans if s]


def scaled(i: Interval, low: float, high: float) -> Interval:
    """An interval times a factor that lies between two positive ones."""
    ends = [None if e is None else sorted((e * low, e * high)) for e in (i.low, i.high)]
    point = None if i.point is None else i.point * (low + high) / 2
    step = None if i.step is None else i.step * (low + high) / 2
    return i._replace(low=ends[0][0] if ends[0] else None, high=ends[1][1] if ends[1] else None, point=point, step=step)


def _moved(i: Interval, scale: float, offset: float) -> Interval:
    def at(amount: float | None) -> float | None:
        return None if amount is None else amount * scale + offset

    return i._replace(
        low=at(i.low), high=at(i.high), point=at(i.point), step=None if i.step is None else i.step * scale
    )

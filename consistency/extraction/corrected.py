"""Claims whose reading a person corrected: what they say goes, right after the text was read.

A corrected claim keeps its id, its fingerprint and its words; `corrected` names the fields that are no longer the
program's own, its confidence is 1, and its period, day and scope count as stated. A value, a unit and a kind that do
not go together (a day for a count) are left as they were read; so are they in `corrected`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from consistency.extraction import money, units
from consistency.extraction.readings import FIELDS, NOTHING, Readings
from consistency.model import Claim, Extraction, Period, Value

__all__ = ["NOTHING", "Readings", "correct"]

_FACETS = ("period", "as_of", "scope")
_AMOUNT = ("value", "unit", "kind")  # what must go together


def correct(extraction: Extraction, readings: Readings) -> Extraction:
    """The claims of a source with the readings of those that were corrected, and without those that are none.

    readings: as `consistency.extraction.readings` checks them. An unknown field is left alone."""
    if not readings or all(c.fingerprint not in readings for c in extraction.claims):
        return extraction
    claims, dropped = [], []
    for claim in extraction.claims:
        fields = readings.get(claim.fingerprint, {})
        if fields.get("drop"):
            dropped.append(claim.fingerprint)
        else:
            claims.append(_corrected(claim, fields) if fields else claim)
    return msgspec.structs.replace(extraction, claims=tuple(claims), dropped=tuple(dropped))


def _corrected(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    known = {name: told for name, told in fields.items() if name in FIELDS}
    found = _with(claim, known)
    if not _fits(found):
        known = {name: told for name, told in known.items() if name not in _AMOUNT}
        found = _with(claim, known)
    if not known:
        return claim
    basis = {**claim.basis, **{name: "stated" for name in _FACETS if name in known}}
    return msgspec.structs.replace(found, basis=basis, corrected=tuple(sorted(known)), confidence=1.0)


def _with(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    changes: dict[str, Any] = {}
    measure: dict[str, Any] = {}
    for name, told in fields.items():
        if name == "value":
            changes |= {"value": _value(told), "readings": ()}
        elif name in ("period", "as_of"):
            changes[name] = _period(told)
        elif name == "scope":
            changes[name] = tuple(told)
        elif name in ("noun", "relation"):
            measure[name] = told
        elif name not in _AMOUNT:
            changes[name] = told
    if "noun" in measure and claim.kind == "count" and claim.unit == claim.measure.noun and measure["noun"]:
        changes["unit"] = measure["noun"]  # what a count is of
    changes |= _kind_and_unit(claim, fields)
    return msgspec.structs.replace(claim, **changes, measure=msgspec.structs.replace(claim.measure, **measure))


def _value(told: Any) -> Value:
    if not isinstance(told, Mapping):
        return Value(low=told, high=told, point=told)
    low, high = told["low"], told["high"]
    hedge = "at-most" if low is None else "at-least" if high is None else "exact" if low == high else "between"
    return Value(low=low, high=high, point=low if low == high else None, hedge=hedge)


def _period(told: Mapping[str, Any]) -> Period:
    first, last = told["from"], told["to"]
    kind = "day" if first == last and first is not None else "range"
    return Period(from_=first, to=last, granularity=kind, basis="stated")


def _kind_and_unit(claim: Claim, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The unit, with what it measures and the kind of claim that goes with it; a word that is no unit is counted."""
    if "unit" in fields:
        unit = fields["unit"]
        kind = fields.get("kind", _kind_by(unit, claim.kind))
    elif "kind" in fields:
        unit, kind = claim.unit, fields["kind"]
    else:
        return {}
    return {"unit": unit, "kind": kind, "dimension": _dimension(kind, unit)}


def _kind_by(unit: str | None, kind: str) -> str:
    measured = _measured(unit)
    if measured is not None:
        return measured if measured in ("money", "percent") else "measure"
    return "count" if unit is not None and kind in ("money", "measure", "percent") else kind


def _measured(unit: str | None) -> str | None:
    if unit is None:
        return None
    return "money" if unit in money.codes() else units.dimension(unit)


def _dimension(kind: str, unit: str | None) -> str | None:
    if kind in ("money", "measure", "percent"):
        return _measured(unit)
    return None if kind in ("fraction", "multiple", "rank") else kind


def _fits(claim: Claim) -> bool:
    """Whether kind, unit and value of a claim go together."""
    if claim.kind in ("list", "quote", "rank"):
        return getattr(claim, {"list": "items"}.get(claim.kind, claim.kind)) is not None
    if claim.value is None:
        return False
    ends = [end for end in (claim.value.low, claim.value.high) if end is not None]
    if any(isinstance(end, str) != (claim.kind == "date") for end in ends):
        return False
    if claim.kind in ("money", "percent"):
        return claim.dimension == claim.kind
    return claim.kind != "measure" or claim.dimension not in (None, "money", "percent")

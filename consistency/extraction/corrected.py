"""Claims whose reading a person corrected: what they say goes, right after the text was read.

A corrected claim keeps its id, its fingerprint and its words; `corrected` names the fields that are no longer the
program's own, and its confidence is 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from consistency.extraction.units import dimension
from consistency.model import Claim, Extraction, Period, Value

Readings = Mapping[str, Mapping[str, Any]]
"""By fingerprint and field: value (a number, a day or {"low", "high"}), unit, per, kind, aspect, period and as_of
({"from", "to"}), scope (names), noun, modality, speaker."""
NOTHING: Readings = MappingProxyType({})


def correct(extraction: Extraction, readings: Readings) -> Extraction:
    """The claims of a source with the readings of those that were corrected. An unknown field is left alone."""
    if not readings or all(c.fingerprint not in readings for c in extraction.claims):
        return extraction
    claims = tuple(
        _corrected(c, readings[c.fingerprint]) if c.fingerprint in readings else c for c in extraction.claims
    )
    return msgspec.structs.replace(extraction, claims=claims)


def _corrected(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    changes: dict[str, Any] = {}
    basis = dict(claim.basis)
    for field, told in sorted(fields.items()):
        if field == "value":
            changes["value"], changes["readings"] = _value(told), ()
        elif field in ("period", "as_of"):
            changes[field] = _period(told)
        elif field == "scope":
            changes["scope"] = tuple(told)
        elif field == "noun":
            changes["measure"] = msgspec.structs.replace(claim.measure, noun=told)
        elif field == "unit":
            changes |= _unit(claim, told)
        elif field in ("per", "kind", "aspect", "modality", "speaker"):
            changes[field] = told
        else:
            continue
        if field in ("period", "as_of", "scope"):
            basis[field] = "stated"
    known = tuple(sorted(set(fields) & FIELDS))
    return msgspec.structs.replace(claim, **changes, basis=basis, corrected=known, confidence=1.0)


FIELDS = frozenset(
    {"value", "unit", "per", "kind", "aspect", "period", "as_of", "scope", "noun", "modality", "speaker"}
)


def _value(told: Any) -> Value:
    if isinstance(told, Mapping):
        return Value(low=told["low"], high=told["high"], hedge="between" if None not in told.values() else "exact")
    return Value(low=told, high=told, point=told)


def _period(told: Mapping[str, Any]) -> Period:
    first, last = told["from"], told["to"]
    kind = "day" if first == last and first is not None else "range"
    return Period(from_=first, to=last, granularity=kind, basis="stated")


def _unit(claim: Claim, unit: str | None) -> dict[str, Any]:
    """The unit, with what it measures and the kind of claim that goes with it; a word that is no unit is counted."""
    if unit is None:
        return {"unit": None}
    if re.fullmatch(r"[A-Z]{3}", unit):  # an ISO 4217 code
        return {"unit": unit, "dimension": "money", "kind": "money"}
    measured = dimension(unit)
    if measured is not None:
        return {"unit": unit, "dimension": measured, "kind": "measure"}
    if claim.kind in ("money", "measure", "count"):
        return {"unit": unit, "dimension": "count", "kind": "count"}
    return {"unit": unit}

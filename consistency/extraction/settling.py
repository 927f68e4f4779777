"""Units that one number leaves open and its text settles: bare degrees of temperature, and whose cents are meant.

As `compose` it is for claims; the layer `quantities` shows the numbers as they were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.spans import Quantity
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

_NEAR = 6  # tokens
_HOT = 60  # no weather has so many degrees Celsius


class _Words(msgspec.Struct, frozen=True):
    warmth: frozenset[str]
    angles: frozenset[str]
    cents: frozenset[str]
    with_cents: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = default_rulebook().load("lexicon/measures.yaml")["settling"]
    return _Words(*(frozenset(data[key]) for key in ("warmth", "angles", "cents", "with_cents")))


def settle(tokens: Tokens, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities in order, each in the unit its text means."""
    degrees = [q for q in quantities if q.unit == "degree" and _is_warmth(tokens, q)]
    cents = [q for q in quantities if q.kind == "money" and _is_cents(tokens, q)]
    if not (degrees or cents):
        return list(quantities)
    changed: dict[int, str] = {}
    if cents and (currency := _currency(tokens, quantities)) is not None:
        changed |= dict.fromkeys((q.first for q in cents), currency)
    if degrees:
        scale = _most(q.unit for q in quantities if q.dimension == "temperature")
        changed |= {q.first: scale or _scale(q) for q in degrees}
    return [q if q.first not in changed else _in_unit(q, changed[q.first]) for q in quantities]


def _is_warmth(tokens: Tokens, q: Quantity) -> bool:
    """Whether degrees are a temperature: the sentence has a word for one, and none for an angle stands near."""
    number = tokens.sentence_of(q.first)
    first, last, _, _ = tokens.sentences[number]
    near = tokens.lower[max(first, q.first - _NEAR) : min(last, q.last + _NEAR)]
    return not _words().warmth.isdisjoint(tokens.lower[first:last]) and _words().angles.isdisjoint(near)


def _is_cents(tokens: Tokens, q: Quantity) -> bool:
    return not _words().cents.isdisjoint(tokens.lower[q.number[1] : q.last]) and tokens.lower[q.last - 2] != "us"


def _currency(tokens: Tokens, quantities: Sequence[Quantity]) -> str | None:
    """The currency of a text whose amounts are all in one that has cents."""
    told = {q.unit for q in quantities if q.kind == "money" and not _is_cents(tokens, q)}
    found = told.pop() if len(told) == 1 else None
    return found if found in _words().with_cents else None


def _scale(q: Quantity) -> str:
    much = q.value.point
    return "degree_Fahrenheit" if isinstance(much, int | float) and much > _HOT else "degree_Celsius"


def _most(units: Iterable[str | None]) -> str | None:
    counted = Counter(u for u in units if u is not None)
    return min(counted, key=lambda u: (-counted[u], u)) if counted else None


def _in_unit(q: Quantity, unit: str) -> Quantity:
    dimension = "temperature" if q.unit == "degree" else q.dimension
    return msgspec.structs.replace(q, unit=unit, dimension=dimension)

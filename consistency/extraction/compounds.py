"""Amounts told in two or three units: "two hours and 51 minutes", "2 hours 6 minutes and 41 seconds", "7 lb 4 oz".

They are read as numbers of their own first (the layer `quantities` shows them so); claims are made of the whole amount,
in its smallest unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from consistency.extraction.spans import Quantity
from consistency.extraction.tokens import Tokens
from consistency.extraction.units import parts
from consistency.model import Value

_JOINERS = frozenset({",", "and"})
_OTHERS = frozenset({"of", "later", "suspended"})  # what only the second of two amounts is: "6 months of probation"


def compose(tokens: Tokens, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities in order, those that tell one amount together made one."""
    out: list[Quantity] = []
    for n, q in enumerate(quantities):
        following = quantities[n + 1] if n + 1 < len(quantities) else None
        if out and (whole := _whole(tokens, out[-1], q, following)) is not None:
            out[-1] = whole
        else:
            out.append(q)
    return out


def _whole(tokens: Tokens, a: Quantity, b: Quantity, following: Quantity | None) -> Quantity | None:
    """The amount that `a` and the rest `b` tell together, None if they do not."""
    found = parts().get(a.unit or "") if a.kind == b.kind == "measure" else None
    if found is None or b.unit != found[0] or b.value.hedge != "exact" or a.per or b.per or b.first - a.last > 2:
        return None
    between = tokens.lower[a.last : b.first]
    if not _JOINERS.issuperset(between) or not (a.aspect == b.aspect == "level"):
        return None
    if len(between) > 1 and "," not in a.text:  # "for 3 hours, and 20 minutes later"
        return None
    if between == [","] and not _goes_on(tokens, b, following):  # "3 years, 6 months of which"
        return None
    if tokens.lower[b.last] in _OTHERS:
        return None
    much, rest, many = a.value.point, b.value.point, found[1]
    if not isinstance(much, int) or not isinstance(rest, int) or not 0 < rest < many:
        return None
    start, end = tokens.span(a.first, b.last)
    value = _sum(a.value, b.value, many)
    return msgspec.structs.replace(
        a, last=b.last, start=start, end=end, text=tokens.text[start:end], unit=b.unit, value=value, noun=b.noun
    )


def _goes_on(tokens: Tokens, b: Quantity, following: Quantity | None) -> bool:
    """Whether a third amount closes the row: "2 hours, 6 minutes and 41 seconds"."""
    found = parts().get(b.unit or "")
    if following is None or found is None or following.unit != found[0] or following.first - b.last > 2:
        return False
    return "and" in tokens.lower[b.last : following.first]


def _sum(a: Value, b: Value, many: int) -> Value:
    """`a` of a unit that is `many` of that of `b`, and `b`: as exact as `b`, or as vague as `a`."""
    whole = a.point * many + b.point  # type: ignore[operator]
    if a.hedge == "exact":
        low, high = (None if end is None else whole + (end - b.point) for end in (b.low, b.high))  # type: ignore[operator]
    else:
        low, high = (None if end is None else whole + (end - a.point) * many for end in (a.low, a.high))  # type: ignore[operator]
    return msgspec.structs.replace(a, low=low, high=high, point=whole, step=b.step)

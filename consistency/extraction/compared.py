"""A quantity that is told to compare another one with: "$5 billion, up from $4 billion a year earlier"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from consistency.extraction.spans import Quantity

_BEFORE = frozenset({"from", "against", "versus", "vs", "than"})


def compared(lower: Sequence[str], q: Quantity, quantities: Sequence[Quantity]) -> Quantity | None:
    """The quantity of the same unit right before `q`, if `q` is told to compare it with."""
    at = q.first - 1
    if lower[at] in ("the", "a"):
        at -= 1
    if at < 1 or not (lower[at] in _BEFORE or (lower[at] in ("with", "to") and lower[at - 1] == "compared")):
        return None
    number = bisect_left(quantities, q.first, key=lambda other: other.first)
    before = quantities[number - 1] if number else None
    same = before is not None and (before.unit == q.unit or (q.unit is None and q.kind == before.kind == "count"))
    return before if same else None

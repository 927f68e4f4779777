"""A number with what stands glued to it in meaning: currency, unit, rate, counted noun. No hedge, no direction yet."""

from __future__ import annotations

import msgspec

from consistency.extraction.numbers import Number


class Atom(msgspec.Struct):
    """What was read around one number. first/last: tokens of number, currency and unit; nfirst/nlast: of the number."""

    first: int
    last: int
    nfirst: int
    nlast: int
    number: Number
    kind: str = "count"
    unit: str | None = None
    per: str | None = None
    dimension: str | None = "count"
    noun: tuple[int, int] | None = None
    age: bool = False
    rank: str | None = None
    joined: bool = False  # a hyphen ties it to the noun: "a 5-member forum"

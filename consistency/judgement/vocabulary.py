"""The closed vocabulary of facts about a pair of claims, and its packing into one integer.

Every value of every fact has one bit. A pair of claims is a word with one bit set for each fact; a row of the decision
table is a word with all the bits it allows. A row matches when the pair has no bit outside it: one integer operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "measure": ("same", "narrower", "wider", "unknown"),
        "aspect": ("same", "level-vs-change"),
        "values": (
            "equal",
            "rounding",
            "converted",
            "bound",
            "uninformative",
            "disjoint",
            "unit-mismatch",
            "subset",
            "replaced",
            "variant",
            "number-differs",
            "negation-differs",
        ),
        "difference": ("none", "small", "large"),
        "periods": ("same", "within", "overlapping", "apart", "unknown"),
        "gap": ("negligible", "short", "long", "unknown"),
        "profile": ("stock", "flow", "cumulative", "constant", "clock", "unknown"),
        "direction": ("up", "down", "level", "none"),
        "rate": ("plausible", "implausible", "unknown"),
        "scopes": ("same", "narrower", "wider", "overlapping", "different", "unknown"),
        "part": ("fits", "exceeds", "none"),
        "modality": ("both-asserted", "both-forecast", "one-forecast", "one-target", "one-denied", "one-hypothetical"),
        "standing": ("equal", "weaker", "official-revision", "same-originator"),
        "origin": ("independent", "same-source", "copied"),
        "changed": ("none", "value", "period"),
        "superseded": ("yes", "no"),
        "told": ("once", "both"),
        "vintage": ("same", "later", "unknown"),
        "basis": ("firm", "soft", "missing"),
    }
)

AGREEING = frozenset({"equal", "rounding", "converted", "bound"})
"""Values of the fact `values` under which two numbers can both be right."""


def _layout() -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    bits: dict[tuple[str, str], int] = {}
    fields: dict[str, int] = {}
    at = 0
    for fact, values in FACTS.items():
        fields[fact] = ((1 << len(values)) - 1) << at
        for value in values:
            bits[fact, value] = 1 << at
            at += 1
    return bits, fields


BITS, FIELDS = _layout()
EVERYTHING = sum(FIELDS.values())


def pack(facts: Mapping[str, str]) -> int:
    """The word of a pair: one bit for each fact."""
    word = 0
    for fact, value in facts.items():
        word |= BITS[fact, value]
    return word


def box(when: Mapping[str, Iterable[str]]) -> int:
    """The word of a condition: all bits it allows; facts it does not name allow everything."""
    word = EVERYTHING
    for fact, allowed in when.items():
        word &= ~FIELDS[fact]
        for value in allowed:
            word |= BITS[fact, value]
    return word


def unpack(word: int) -> dict[str, tuple[str, ...]]:
    """The allowed values of each fact that a box restricts, in the vocabulary's order."""
    out: dict[str, tuple[str, ...]] = {}
    for fact, values in FACTS.items():
        if word & FIELDS[fact] != FIELDS[fact]:
            out[fact] = tuple(v for v in values if word & BITS[fact, v])
    return out

"""Arithmetic on claims: claims worked out from others, and checks that need no second source.

This first version holds one direct check: a stated number against the length of the list it announces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from consistency.model import Claim, Record
from consistency.rulebook import Rulebook

_NEAR = 120
"""How many characters may lie between a number and the list it announces."""


class Check(Record):
    """A finding that arithmetic makes by itself. sides: claim ids; facts are for the reader, not for the table."""

    rule: str
    outcome: str
    reason: str
    severity: str
    sides: tuple[tuple[str, ...], ...]
    message: str
    because: str
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    why: tuple[str, ...] = ()
    reconcile: tuple[str, ...] = ()
    confidence: float = 1.0


def derive(claims: Sequence[Claim], rules: Rulebook | None = None) -> list[Claim]:
    """Claims worked out from those of one topic. None yet."""
    return []


def direct_checks(claims: Sequence[Claim], rules: Rulebook | None = None) -> list[Check]:
    """Checks of the claims of all sources that need no topic: stated numbers against the lists they announce."""
    by_sentence: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if claim.sentence is not None and claim.kind in {"count", "list"}:
            by_sentence.setdefault((claim.source, claim.sentence.start), []).append(claim)
    return [check for key in sorted(by_sentence) for check in _list_lengths(by_sentence[key])]


def _list_lengths(claims: list[Claim]) -> Iterator[Check]:
    for items in (c for c in claims if c.kind == "list" and c.items):
        number = _announces(items, claims)
        if number is not None and (check := _length_check(number, items)):
            yield check


def _announces(items: Claim, claims: list[Claim]) -> Claim | None:
    """The count right before a list whose noun the list enumerates; the nearest one."""
    found = [
        c
        for c in claims
        if c.kind == "count"
        and c.end is not None
        and items.start is not None
        and 0 <= items.start - c.end <= _NEAR
        and c.unit is not None
        and c.unit in {items.unit, items.measure.noun}
    ]
    return max(found, key=lambda c: c.end or 0) if found else None


def _stated(number: Claim) -> float | None:
    """The printed number, where it is no vague word ("several", "dozens")."""
    value = number.value
    if value is None or value.hedge == "order" or not isinstance(value.point, int | float):
        return None
    return value.point


def _length_check(number: Claim, items: Claim) -> Check | None:
    """The check of a stated number against its list; none where a bound or an open list leaves nothing to check."""
    length, stated = len(items.items or ()), _stated(number)
    if stated is None or number.value is None or number.value.hedge != "exact":
        return None
    if items.complete is False and length <= stated:
        return None
    fits = length == stated
    only = "at least " if items.complete is False else ""
    return Check(
        rule="list-length",
        outcome="agreement" if fits else "contradiction",
        reason="list-length",
        severity="note" if fits else "error",
        sides=((number.id,), (items.id,)),
        message=f"“{number.text}” and the list after it, which names {only}{length}, "
        + ("agree" if fits else "do not agree"),
        because=f"A sentence that announces a number of {number.unit or 'names'} and lists them must list as many.",
        facts={"values": "equal" if fits else "disjoint", "origin": "same-source"},
        why=(f"The sentence says “{number.text}”.", f"Its list names {length}: {', '.join(items.items or ())}."),
        reconcile=() if fits else ("They agree if the list is not complete, or one of its names stands for two.",),
        confidence=round(number.confidence * items.confidence, 2),
    )

"""What a direct check says, before it becomes a finding."""

from __future__ import annotations

import msgspec

from consistency.model import Record


class Check(Record, frozen=True):
    """A finding that arithmetic makes by itself. sides: claim ids; facts are for the reader, not for the table.

    rule: the id of a rule of `rules/arithmetic/`, whose `because` ends the steps.
    """

    rule: str
    outcome: str
    sides: tuple[tuple[str, ...], ...]
    message: str
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    why: tuple[str, ...] = ()
    reconcile: tuple[str, ...] = ()
    confidence: float = 1.0


class Told(Record, frozen=True):
    """What the direct checks gave. aside: how often one could not be made, by reason.

    same: claim id -> id of the claim whose amount it repeats in another unit ("US$450 billion (NZ$694b)").
    """

    checks: tuple[Check, ...] = ()
    same: dict[str, str] = msgspec.field(default_factory=dict)
    aside: dict[str, int] = msgspec.field(default_factory=dict)

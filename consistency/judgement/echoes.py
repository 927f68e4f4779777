"""One fault, one finding: what arithmetic says of a number that is already told to be at odds becomes a note of that.

A number changed in a copy no longer fits its amount in another currency, its list, or what is worked out from it: the
changed number is the fault, the rest follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from consistency.judgement.arithmetic.rules import CODED
from consistency.model import Claim, Finding

_FAULTS = frozenset({"contradiction", "possible-contradiction"})


def without_echoes(findings: Sequence[Finding], claims: Mapping[str, Claim]) -> list[Finding]:
    """The findings without those of arithmetic that rest on a claim another finding holds against a copy or firmly."""
    tabled: dict[str, Finding] = {}
    checked: dict[str, Finding] = {}
    for g in findings:
        if g.outcome == "contradiction" and not _worked_out(g, claims):
            for i in g.claims:
                (checked if g.rule in CODED else tabled).setdefault(i, g)
    both = {**checked, **tabled}
    notes: dict[str, list[str]] = {}
    kept = []
    for f in findings:
        holder = None
        if f.outcome in _FAULTS and _worked_out(f, claims):
            holder = _holder(f, both, claims)
        elif f.outcome in _FAULTS and f.rule in CODED:
            holder = _holder(f, tabled, claims)
        if holder is None:
            kept.append(f)
        else:
            notes.setdefault(holder.id, []).append(f"Also seen: {f.message}.")
    return [msgspec.structs.replace(f, notes=(*f.notes, *notes[f.id])) if f.id in notes else f for f in kept]


def _worked_out(f: Finding, claims: Mapping[str, Claim]) -> bool:
    """Whether one side of a finding is a claim that is worked out."""
    return any(claims[i].derived is not None for i in f.claims if i in claims)


def _holder(f: Finding, holders: Mapping[str, Finding], claims: Mapping[str, Claim]) -> Finding | None:
    """The finding that already tells of a claim f rests on."""
    for i in f.claims:
        claim = claims.get(i)
        for j in (i, *(claim.derived.from_ if claim is not None and claim.derived else ())):
            if j in holders:
                return holders[j]
    return None

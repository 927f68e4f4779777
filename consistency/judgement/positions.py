"""Groups the claims of a topic that say the same: its positions.

Claims share a position when they have one printed meaning (value, scope, modality, standing, role) and one time. They
are grouped by equal keys, never by closure over "compatible": 19, "about 20" and 21 are three positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from consistency.judgement.pair import Surroundings
from consistency.judgement.scopes import Scope
from consistency.model import Claim

Key = tuple[object, ...]


class Position(NamedTuple):
    """Claims that say the same, earliest first. first, last: days by ordinal between which they say it, if dated.

    also: the same amounts told again in another unit ("US$450 billion (NZ$694b)").
    """

    claims: tuple[Claim, ...]
    first: int | None
    last: int | None
    also: tuple[Claim, ...] = ()

    @property
    def everything(self) -> tuple[Claim, ...]:
        return (*self.claims, *self.also)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(c.id for c in self.everything)


def positions_of(claims: Iterable[Claim], around: Surroundings) -> list[Position]:
    """The positions of a topic, in order of time and then of fingerprint."""
    every = sorted(claims, key=lambda c: (c.fingerprint, c.id))
    here = {c.id for c in every}
    groups: dict[Key, list[Claim]] = {}
    also: dict[str, list[Claim]] = {}
    for claim in every:
        if (first := around.same.get(claim.id)) in here:
            also.setdefault(str(first), []).append(claim)
        else:
            groups.setdefault(meaning(claim, around), []).append(claim)
    found = [p for group in groups.values() for p in _by_time(group, around)]
    out = [p._replace(also=tuple(a for c in p.claims for a in also.get(c.id, ()))) for p in found]
    return sorted(
        out, key=lambda p: (p.first is None, p.first or 0, p.last or 0, p.claims[0].fingerprint, p.claims[0].id)
    )


def meaning(claim: Claim, around: Surroundings) -> Key:
    """What a claim says, but for when: equal for two claims exactly if they say the same."""
    modality = "asserted" if claim.modality == "reported" else claim.modality
    return (
        claim.kind,
        _value_key(claim),
        claim.aspect,
        claim.trend,
        None if claim.dimension == "count" else claim.unit,
        claim.per,
        around.words.noun(claim.measure.noun) if claim.kind == "count" else None,
        _role(claim, around),
        Scope(claim.scope, around.words).key(),
        modality,
        claim.standing,
        claim.superseded,
        claim.derived.rule if claim.derived else None,
        _period_key(claim, around),
    )


def _role(claim: Claim, around: Surroundings) -> str | None:
    """The relation where it makes a part of another, else nothing: a topic has one role."""
    parts = around.words.role_parts
    relation = claim.measure.relation
    return relation if relation in parts or any(relation in wide for wide in parts.values()) else None


def _value_key(claim: Claim) -> Key:
    if claim.quote is not None:
        return (" ".join(claim.quote.words.split()).casefold(), (claim.quote.speaker or "").casefold())
    if claim.items is not None:
        return (*sorted(" ".join(i.split()).casefold() for i in claim.items), claim.complete)
    value = claim.value
    if value is None:
        return ()
    order = claim.rank.order if claim.rank else None
    return (_end(value.low), _end(value.high), value.low_open, value.high_open, _end(value.point), value.hedge, order)


def _end(end: float | str | None) -> object:
    """An end as a key; numbers to nine significant digits, so that the binary form of a decimal decides nothing."""
    return f"{end:.9g}" if isinstance(end, int | float) else end


def _period_key(claim: Claim, around: Surroundings) -> Key:
    """The period, where it decides: a flow's, or that of a measure no profile knows or of a running total."""
    if around.profile.kind not in {"flow", "unknown", "cumulative"} or claim.kind == "date":
        return ()
    return (claim.period.from_, claim.period.to)


def _by_time(group: list[Claim], around: Surroundings) -> Iterator[Position]:
    """A group cut where its dates are more than negligibly apart, counted from the first of each part (no chaining)."""
    dated = []
    undated = []
    for claim in group:
        held = around.held(claim)
        if held is None:
            undated.append(claim)
        else:
            dated.append((held.first, held.last, claim.fingerprint, claim.id, claim))
    dated.sort(key=lambda d: d[:4])
    matters = around.profile.kind in {"stock", "cumulative", "clock", "unknown"}
    part: list[tuple[int, int, str, str, Claim]] = []
    for item in dated:
        if part and matters and item[0] - part[0][1] > around.profile.negligible_gap_days:
            yield Position(tuple(d[4] for d in part), part[0][0], max(d[1] for d in part))
            part = []
        part.append(item)
    if part:
        last = max(d[1] for d in part)
        if not matters:
            yield Position((*(d[4] for d in part), *undated), part[0][0], last)
            undated = []
        else:
            yield Position(tuple(d[4] for d in part), part[0][0], last)
    if undated:
        yield Position(tuple(undated), None, None)


def sources_of(claims: Iterable[Claim]) -> set[str]:
    """The ids of the sources that some claims come from."""
    return {c.source for c in claims}

"""The course of a value over time: the largest set of claims that can stand together, the rest as outliers.

Claims of one time stand together where their intervals share an amount. Where the profile says that the value never
falls, the amounts of all times must also fit one rising line: a claim is kept if the line passes through its interval.
The set kept is the one backed by most independent origins (a copy adds none); no winner is forced beyond that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consistency.judgement import scopes
from consistency.judgement.arithmetic.amounts import tidy
from consistency.judgement.intervals import Interval, interval_of
from consistency.judgement.pair import Surroundings
from consistency.judgement.positions import sources_of
from consistency.judgement.scopes import Scope
from consistency.judgement.times import EARLIEST, LATEST, span_of
from consistency.model import Claim, Course, CoursePoint, Topic

_MOST = 2_000


class Placed(NamedTuple):
    """A claim in its time slot with its interval; infinite ends where it is open."""

    slot: tuple[int, int]
    low: float
    high: float
    claim: Claim


def course(topic: Topic, claims: Sequence[Claim], around: Surroundings) -> Course | None:
    """The course of a topic's value; None where fewer than two claims have a number and a time."""
    if len(sources_of(claims)) < 2:
        return None
    placed = _placed(claims, around)
    if len(placed) < 2 or len(placed) > _MOST or len(sources_of(p.claim for p in placed)) < 2:
        return None
    slots = sorted({p.slot for p in placed})
    groups = [[p for p in placed if p.slot == s] for s in slots]
    levels = _rising(groups, around) if around.profile.monotone == "up" else [_level(g, around) for g in groups]
    points: list[CoursePoint] = []
    kept: set[str] = set()
    for slot, group, level in zip(slots, groups, levels, strict=True):
        chosen = [p for p in group if p.low <= level <= p.high]
        kept.update(p.claim.id for p in chosen)
        if chosen:
            points.append(_point(slot, chosen))
    return Course(
        topic=topic.id, points=tuple(points), outliers=tuple(p.claim.id for p in placed if p.claim.id not in kept)
    )


def _placed(claims: Sequence[Claim], around: Surroundings) -> list[Placed]:
    """The claims a line can go through: one kind and unit (the commonest), one scope as far as told, plainly asserted,
    with a time."""
    usable = [c for c in claims if c.modality in {"asserted", "reported"} and not c.superseded and c.standing is None]
    keys = [(c.kind, c.dimension, None if c.dimension == "count" else c.unit) for c in usable]
    if not keys:
        return []
    common = max(sorted(set(keys), key=repr), key=keys.count)
    scopes_told = [Scope(c.scope, around.words).key() for c in usable]
    told = max(sorted(set(scopes_told)), key=lambda s: (scopes_told.count(s), s == ()))
    model = min((c for c, s in zip(usable, scopes_told, strict=True) if s == told), key=lambda c: (c.fingerprint, c.id))
    out = []
    for claim, key in zip(usable, keys, strict=True):
        contexts = (around.context(model), around.context(claim))
        if scopes.compare(model, claim, contexts, around.words) not in {"same", "unknown"}:
            continue
        interval = interval_of(claim.value)
        slot = _slot(claim, around)
        if (
            key == common
            and interval is not None
            and not interval.dates
            and slot is not None
            and claim.aspect != "change"
        ):
            out.append(Placed(slot, *_ends(interval), claim))
    return sorted(out, key=lambda p: (p.slot, p.claim.fingerprint, p.claim.id))


def _slot(claim: Claim, around: Surroundings) -> tuple[int, int] | None:
    kind = around.profile.kind
    if kind in {"constant", "clock"}:
        return (0, 0) if kind == "constant" else None
    span = span_of(claim.period) if kind == "flow" else around.held(claim)
    if span is None or span.first <= EARLIEST or span.last >= LATEST:
        return None
    return span.first, span.last


def _ends(i: Interval) -> tuple[float, float]:
    tiny = 1e-9
    low = float("-inf") if i.low is None else i.low * (1 + tiny if i.low_open and i.low > 0 else 1)
    high = float("inf") if i.high is None else i.high * (1 - tiny if i.high_open and i.high > 0 else 1)
    return low, high


def _weight(group: Sequence[Placed], level: float, around: Surroundings) -> int:
    """How many independent origins back a level."""
    return len({around.origin(p.claim) for p in group if p.low <= level <= p.high})


def _candidates(group: Sequence[Placed]) -> list[float]:
    """Levels at which the set of satisfied claims can change: the finite ends."""
    return sorted({e for p in group for e in (p.low, p.high) if abs(e) != float("inf")})


def _level(group: Sequence[Placed], around: Surroundings) -> float:
    """The level of one time that most origins back; the lowest such."""
    levels = _candidates(group)
    return max(levels, key=lambda x: (_weight(group, x, around), -x)) if levels else 0.0


def _rising(groups: Sequence[Sequence[Placed]], around: Surroundings) -> list[float]:
    """A level for each time, never falling, backed by as many origins as possible (by dynamic programming)."""
    levels = sorted({x for g in groups for x in _candidates(g)}) or [0.0]
    best = [0] * len(levels)
    back: list[list[int]] = []
    for group in groups:
        row, came, top = [], [], 0
        for k, level in enumerate(levels):
            top = k if best[k] > best[top] else top
            row.append(best[top] + _weight(group, level, around))
            came.append(top)
        best = row
        back.append(came)
    k = max(range(len(levels)), key=lambda i: (best[i], -i))
    out = []
    for came in reversed(back):
        out.append(levels[k])
        k = came[k]
    return out[::-1]


def _point(slot: tuple[int, int], chosen: Sequence[Placed]) -> CoursePoint:
    from datetime import date

    low, high = max(p.low for p in chosen), min(p.high for p in chosen)
    first, last = (date.fromordinal(d).isoformat() if d > 0 else None for d in slot)
    return CoursePoint(
        from_=first,
        to=last,
        low=None if low == float("-inf") else tidy(low),
        high=None if high == float("inf") else tidy(high),
        claims=tuple(p.claim.id for p in chosen),
    )

"""A change and both its ends in one sentence ("rose 6 percent from 489 to 518"); a share and both its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency.judgement import intervals
from consistency.judgement.arithmetic.amounts import Factor, over, read_as, round3
from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.growth import factor_of
from consistency.judgement.arithmetic.lines import Line, number, words
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.intervals import Interval, interval_of
from consistency.judgement.saying import amount, interval
from consistency.model import Claim, Value


def stated_changes(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """The check of a sentence that holds one change and the two levels it lies between, and no other number."""
    rule = rules["stated-change"]
    moves = [c for c in line.claims if c.aspect in {"change", "multiple"} and c.value is not None]
    levels = line.amounts
    if rule is None or len(moves) != 1 or len(levels) != 2 or rule.search("points", line.after(moves[0], 10)):
        return
    factor = factor_of(moves[0])
    ends = _ends(rule, line, levels)
    if factor is None or ends is None or not _close_by(rule, line, [moves[0], *levels]):
        return
    before, after = (number(c) for c in ends)
    if before is not None and after is not None and min(before.low or 0, after.low or 0) > 0:
        yield from _change_check(rule, moves[0], ends, factor, before, after)


def _ends(rule: Rule, line: Line, levels: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The level before and the one after: the first is led by "from"."""
    a, b = levels
    if a.kind != b.kind or a.per != b.per or a.unit != b.unit:
        return None
    led = [bool(told) and rule.has("from", told[-1]) for told in (words(line.before(c, 30)) for c in levels)]
    if led[0] == led[1]:
        return None
    return (a, b) if led[0] else (b, a)


def _close_by(rule: Rule, line: Line, claims: list[Claim]) -> bool:
    """Whether the three stand in one clause."""
    first, last = min(c.start or 0 for c in claims), max(c.end or 0 for c in claims)
    told = line.text(first, last)
    return len(told) <= rule.numbers.get("reach", 140) and not rule.search("apart", told)


def _change_check(
    rule: Rule, change: Claim, ends: tuple[Claim, Claim], factor: Factor, before: Interval, after: Interval
) -> Iterator[Check]:
    value = over(after, factor)
    implied = interval_of(value) if value else None
    if value is None or implied is None:
        return
    fits = intervals.overlap(before, implied)
    miss = 0.0 if fits else _miss(before, implied)
    outcome = (
        "agreement"
        if fits
        else "possible-contradiction"
        if miss <= rule.numbers.get("slack", 0.02)
        else "contradiction"
    )
    point = value.point if isinstance(value.point, int | float) else None
    implies = amount(point) if point is not None else interval(value)
    yield Check(
        rule=rule.id,
        outcome=outcome,
        sides=((change.id,), tuple(c.id for c in ends)),
        message=rule.say(outcome, change=change.text, before=ends[0].text, after=ends[1].text, implied=implies),
        facts={"values": "equal" if fits else "disjoint", "origin": "same-source"},
        why=(
            read_as(ends[0]),
            read_as(ends[1]),
            f"“{change.text}” multiplies the level before by {round3(factor[2]):g}.",
            f"{ends[1].text} ÷ {round3(factor[2]):g} = {implies}, within {interval(value)}.",
        ),
        reconcile=() if fits else rule.reconcile,
        confidence=round(min(c.confidence for c in (change, *ends)), 2) if fits else 0.85,
    )


def _miss(a: Interval, b: Interval) -> float:
    gap = intervals.apart(a, b)
    size = max((abs(m) for m in (intervals.middle(a), intervals.middle(b)) if m), default=0.0)
    return gap / size if gap is not None and size else 1.0


def stated_shares(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """ "31 of the 62 members, or 50 percent": a share beside the two numbers it is worked out from."""
    rule = rules["stated-share"]
    counts = [c for c in line.amounts if c.kind == "count"]
    shares = [c for c in line.claims if c.kind == "percent" and c.aspect == "level" and number(c) is not None]
    if rule is None or len(counts) != 2 or len(shares) != 1:
        return
    part, whole, share = *counts, shares[0]
    lead = line.text(part.start or 0, whole.start or 0)
    if not rule.matches("part", lead) or not rule.matches("or", line.between(whole, share)):
        return
    a, b, told = number(part), number(whole), number(share)
    if not (a and b and told and a.point and b.point and b.low and a.low and a.high and b.high) or a.point > b.point:
        return
    made = Interval(100 * a.low / b.high, 100 * a.high / b.low)
    fits = intervals.overlap(made, told)
    miss = 0.0 if fits else intervals.apart(made, told) or 0.0
    if not fits and miss <= rule.numbers.get("loose", 0.6):
        return
    outcome = "agreement" if fits else "contradiction"
    shown = f"{100 * a.point / b.point:.3g}"
    yield Check(
        rule=rule.id,
        outcome=outcome,
        sides=((share.id,), (part.id, whole.id)),
        message=rule.say(outcome, share=share.text, part=amount(a.point), whole=whole.text, made=shown),
        facts={"values": "equal" if fits else "disjoint", "origin": "same-source"},
        why=(
            f"{amount(a.point)} of {amount(b.point)} is {shown} percent, within {_percent(made)}.",
            read_as(share),
        ),
        reconcile=() if fits else rule.reconcile,
        confidence=0.85,
    )


def _percent(i: Interval) -> str:
    return interval(
        Value(low=None if i.low is None else round3(i.low), high=None if i.high is None else round3(i.high))
    )

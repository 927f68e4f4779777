"""A total and its parts ("45 people: 20 in Arvika, 15 in Lund and 10 in Borg"), and shares of one whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from consistency.judgement.arithmetic.amounts import read_as, round3
from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import Line, number, plain, words
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.intervals import Interval
from consistency.judgement.saying import amount
from consistency.model import Claim

_DATES = frozenset({"date", "list", "quote"})


def totals(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """The check of a total against the parts that a sentence lists behind it."""
    rule = rules["total-and-parts"]
    numbers = [c for c in line.claims if c.kind not in _DATES]
    if rule is None or len(numbers) < 3 or len(numbers) > rule.numbers.get("most", 14):
        return
    total, parts = numbers[0], numbers[1:]
    if _is_sum(rule, line, total, parts) and (check := _sum_check(rule, total, parts)):
        yield check


def _is_sum(rule: Rule, line: Line, total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether all numbers behind the first are its parts: one kind of thing, listed, each with its own words."""
    if not all(_countable(c) for c in (total, *parts)) or not rule.matches("opens", line.between(total, parts[0])):
        return False
    units = {c.unit for c in parts} - {None}
    if total.kind != "count" and not units <= {total.unit}:
        return False
    if any(p.kind != total.kind and p.unit is not None for p in parts):
        return False
    gaps = [line.between(a, b) for a, b in itertools.pairwise(parts)]
    if not all(rule.search("comma", g) and len(g) <= rule.numbers.get("gap", 60) for g in gaps):
        return False
    return bool(rule.search("last", gaps[-1])) and not any(rule.has("other", w) for g in gaps for w in words(g))


def _countable(claim: Claim) -> bool:
    value = claim.value
    if claim.kind not in {"count", "money", "measure"} or claim.aspect != "level" or claim.dimension == "time":
        return False
    return plain(claim) and value is not None and value.hedge == "exact" and number(claim) is not None


def _sum_check(rule: Rule, total: Claim, parts: Sequence[Claim]) -> Check | None:
    whole, read = number(total), [number(p) for p in parts]
    found = [i for i in read if i is not None and i.low is not None and i.high is not None and i.point is not None]
    if whole is None or whole.low is None or whole.high is None or len(found) != len(parts):
        return None
    low, high = _added(found)
    point = sum(i.point or 0 for i in found)
    if point < rule.numbers.get("least", 0.6) * whole.low:
        return None  # so few parts are no list of them all
    over, under = low > whole.high * (1 + 1e-9), high < whole.low * (1 - 1e-9)
    outcome = "contradiction" if over else "possible-contradiction" if under else "agreement"
    told = " + ".join(amount(i.point or 0) for i in found)
    rest = "" if low == high else f", between {amount(round3(low))} and {amount(round3(high))} with all rounding"
    return Check(
        rule=rule.id,
        outcome=outcome,
        sides=((total.id,), tuple(p.id for p in parts)),
        message=rule.say(outcome, total=total.text, sum=amount(round3(point))),
        facts={"part": "exceeds" if over else "fits", "values": "disjoint" if over or under else "equal"},
        why=(read_as(total), f"The parts: {told} = {amount(round3(point))}{rest}."),
        reconcile=() if outcome == "agreement" else rule.reconcile,
        confidence=round(min(0.9, total.confidence), 2),
    )


def _added(found: Sequence[Interval]) -> tuple[float, float]:
    return sum(i.low or 0 for i in found), sum(i.high or 0 for i in found)


def _of_one(found: Sequence[Claim]) -> Iterator[Claim]:
    """The shares of what the first one that tells a whole is a share of; those that tell none go with it."""
    noun = next((c.measure.noun for c in found if c.measure.noun is not None), None)
    scope = next((c.scope for c in found if c.scope), ())
    for claim in found:
        if claim.measure.noun in (None, noun) and claim.scope in ((), scope):
            yield claim


def shares(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """Percentages of one whole that add up to far more than a hundred."""
    rule = rules["shares-over-hundred"]
    found = [c for c in line.claims if c.kind == "percent" and c.aspect == "level" and plain(c)]
    if rule is None or len(found) < 3 or len(found) != len([c for c in line.claims if c.kind not in _DATES]):
        return
    if len(found := list(_of_one(found))) < 3:
        return
    read = [i for c in found if (i := number(c)) is not None and i.low is not None and i.point is not None]
    gaps = [line.between(a, b) for a, b in itertools.pairwise(found)]
    if len(read) != len(found) or not all(rule.search("comma", g) for g in gaps):
        return
    said = words(line.sentence.text)
    if not any(rule.has("split", w) for w in said) or any(rule.has("several", w) for w in said):
        return
    low = sum(i.low or 0 for i in read)
    if low <= 100 + rule.numbers.get("slack", 2):
        return
    told = " + ".join(f"{i.point:g}" for i in read)
    total = sum(i.point or 0 for i in read)
    yield Check(
        rule=rule.id,
        outcome="possible-contradiction",
        sides=((found[0].id,), tuple(c.id for c in found[1:])),
        message=rule.say("possible-contradiction", sum=f"{total:g}"),
        facts={"part": "exceeds", "values": "disjoint"},
        why=(f"{told} = {total:g} percent, at least {low:g} with all rounding; a whole has 100.",),
        reconcile=rule.reconcile,
        confidence=round(min(c.confidence for c in found[:1]), 2),
    )

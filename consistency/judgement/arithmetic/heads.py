"""An amount per head times the population of the same place, where one document states both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from consistency.judgement.arithmetic.amounts import read_as, shown, times, worked_out
from consistency.judgement.arithmetic.lines import Line, number
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import amount
from consistency.model import Claim


def per_head(lines: Sequence[Line], rules: Arithmetic) -> Iterator[Claim]:
    """The totals of one document that its amounts per head and its one population of that place come to."""
    rule = rules["per-head"]
    if rule is None:
        return
    people = [c for line in lines for c in line.amounts if _is_population(rule, c)]
    if not people:
        return
    for line in lines:
        for claim in line.amounts:
            if claim.kind in {"money", "measure"} and _is_per_head(rule, line, claim):
                found = [p for p in people if _one_place(p, claim) and _one_time(p, claim)]
                if len({(p.value, p.unit) for p in found}) == 1 and (total := _total(rule, claim, found[0])):
                    yield total


def _is_population(rule: Rule, claim: Claim) -> bool:
    if claim.kind != "count":
        return False
    return claim.measure.noun == "population" or rule.has("people", claim.unit or "")


def _is_per_head(rule: Rule, line: Line, claim: Claim) -> bool:
    if claim.per is not None:
        return rule.has("heads", claim.per)
    return bool(rule.search("lead", line.before(claim, 40)) or rule.search("tail", line.after(claim, 16)))


def _places(claim: Claim) -> frozenset[str]:
    return frozenset(s for s in claim.scope if s[:1] not in "+-") or frozenset(claim.measure.entities)


def _one_place(a: Claim, b: Claim) -> bool:
    return bool(_places(a)) and _places(a) == _places(b)


def _one_time(a: Claim, b: Claim) -> bool:
    told = [(c.period.from_, c.period.to) for c in (a, b) if c.period.from_ or c.period.to]
    return len(set(told)) <= 1


def _total(rule: Rule, claim: Claim, people: Claim) -> Claim | None:
    heads, each = number(people), number(claim)
    if heads is None or each is None or heads.point is None or claim.measure.noun is None:
        return None
    value = times(each, (heads.low, heads.high, heads.point))
    if value is None or rule.has("people", claim.measure.noun):
        return None
    first = amount(each.point) if each.point is not None else "the amount"
    steps = (
        read_as(claim),
        read_as(people),
        f"{first} each × {amount(heads.point)} = {shown(value, claim.unit)}.",
    )
    named = claim.measure
    measure = msgspec.structs.replace(named, terms=tuple(t for t in named.terms if not rule.has("heads", t)))
    dated = claim if claim.period.from_ else people
    sure = rule.numbers.get("confidence", 0.7)
    return worked_out(
        claim, rule.id, value, (claim, people), steps, sure, per=None, measure=measure, period=dated.period
    )

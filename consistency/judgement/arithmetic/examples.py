"""Runs the examples that stand with the rules of arithmetic, and finds what is missing of them."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.judgement.arithmetic.lines import year_of
from consistency.judgement.arithmetic.rules import CODED, Example, Rule, load
from consistency.judgement.results import Check, Result, result_of, unlike, with_names
from consistency.judgement.saying import amount
from consistency.model import Claim, Report
from consistency.rulebook import Rulebook


def cases(rules: Rulebook | None = None) -> Iterator[tuple[Rule, int, Example]]:
    """Every example with its rule and number."""
    for rule in load(rules):
        for number, example in enumerate(() if rule.off else rule.examples, 1):
            yield rule, number, example


def told(claim: Claim) -> str:
    """A claim that was worked out, as examples name it: "25.7 billion USD for 2014"."""
    v, when = claim.value, claim.period if claim.period.from_ or claim.period.to else claim.as_of
    point = v.point if v is not None and isinstance(v.point, int | float) else 0
    bound = {"at-most": "at most ", "at-least": "at least "}.get(v.hedge if v else "", "")
    year = year_of(when)
    dated = f"for {year}" if year else f"until {when.to}" if when.from_ is None else f"for {when.from_} to {when.to}"
    return f"{bound}{amount(point)} {claim.unit or ''} {dated}"


def run_one(rule: Rule, number: int, example: Example, check: Check) -> Result:
    """Check one example: its outcomes, what the rule works out, and whether it speaks where it is to."""
    report = check(with_names(example.sources, rule.id, number))
    found = tuple(sorted({f.outcome for f in report.findings}))
    expected = tuple(sorted(set(example.expect)))
    made = _made(rule, report)
    faults = unlike(expected, found)
    if rule.kind == "derived" and made != tuple(sorted(example.derives)):
        faults.append(f"expected {', '.join(example.derives) or 'no claim'}, worked out {', '.join(made) or 'none'}")
    said = rule.id in {f.rule for f in report.findings}
    if rule.kind == "check" and said != rule.fires(example):
        faults.append("the rule spoke where it should stay silent" if said else "the rule did not speak")
    return result_of(rule, number, expected, found, faults)


def _made(rule: Rule, report: Report) -> tuple[str, ...]:
    return tuple(sorted(told(c) for c in report.claims if c.derived is not None and c.derived.rule == rule.id))


def faults(rules: Rulebook | None = None) -> Iterator[tuple[Rule | None, str]]:
    """What the rules of arithmetic lack: a rule itself, a reason, an example in which it speaks or stays silent."""
    found = load(rules)
    names = {r.id for r in found}
    for name in CODED:
        if name not in names:
            yield None, f"the rule {name} of arithmetic is missing"
    for rule in found:
        if rule.off:
            continue
        if not any(rule.fires(e) for e in rule.examples):
            yield rule, "has no example in which it speaks"
        if all(rule.fires(e) for e in rule.examples):
            yield rule, "has no example in which it stays silent"
        if not (rule.because and rule.about):
            yield rule, "does not say what it counts (about) and why (because)"
        if rule.kind == "check" and not rule.says:
            yield rule, "says nothing"

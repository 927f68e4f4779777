"""Runs the examples that stand with the rows of the decision table: the rules' documentation is also their test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consistency.judgement.arithmetic import examples as sums
from consistency.judgement.oracle import case_of
from consistency.judgement.results import Check, Result, result_of, unlike, with_names
from consistency.judgement.rows import Example, Row
from consistency.judgement.table import load
from consistency.model import Finding, Report
from consistency.rulebook import Rulebook, builtin_rules


def cases(rules: Rulebook | None = None) -> Iterator[tuple[Row, int, Example]]:
    """Every example with its row and number."""
    for row in load(rules):
        for number, example in enumerate(row.examples, 1):
            yield row, number, example


def _checked(report: Report) -> tuple[Sequence[Finding], Mapping[str, int]]:
    return report.findings, report.coverage.pairs_not_comparable


def _judged(example: Example, rules: Rulebook | None) -> tuple[Sequence[Finding], Mapping[str, int]]:
    """The findings of an example that is told by its claims."""
    from consistency.judgement.stage import judge

    judged = judge(*case_of({"sources": {s["id"]: s for s in example.sources}, "claims": example.claims}), rules)
    return judged.findings, judged.not_comparable


def run_one(row: Row, number: int, example: Example, check: Check, rules: Rulebook | None = None) -> Result:
    """Check one example: the outcomes must be those expected, and the row must have spoken where it is to."""
    findings, aside = (
        _judged(example, rules) if example.claims else _checked(check(with_names(example.sources, row.id, number)))
    )
    found = tuple(sorted({f.outcome for f in findings}))
    expected = tuple(sorted(set(example.expect)))
    said = {f.rule for f in findings}
    faults = unlike(expected, found)
    if row.outcome != "none" and row.fires(example) and row.id not in said:
        faults.append(f"the row did not speak, but {', '.join(sorted(said)) or 'no other'}")
    if row.outcome != "none" and not row.fires(example) and row.id in said:
        faults.append("the row spoke where it should stay silent")
    if example.set_aside and example.set_aside not in aside:
        faults.append(
            f"expected a pair set aside as {example.set_aside}, found {', '.join(sorted(aside)) or 'nothing'}"
        )
    return result_of(row, number, expected, found, faults)


def run(rules: Rulebook, check: Check, plain: Check) -> list[Result]:
    """Check every example of every rule.

    check: `consistency.check` bound to these rules; plain: to the built-in ones alone. The examples of built-in rules
    are about those alone: that a user's row in front of them answers otherwise is what the row is for.
    """
    home = str(builtin_rules())
    tabled = [
        run_one(row, number, example, plain) if row.builtin else run_one(row, number, example, check, rules)
        for row, number, example in cases(rules)
    ]
    return tabled + [
        sums.run_one(rule, number, example, plain if rule.file.startswith(home) else check)
        for rule, number, example in sums.cases(rules)
    ]

"""All rules of a rulebook as one list: the rows of the decision table, then the rules of arithmetic."""

from __future__ import annotations

from consistency.judgement.arithmetic import rules as arithmetic
from consistency.judgement.rows import Example, Row
from consistency.judgement.table import load
from consistency.rulebook import Rulebook, builtin_rules, default_rulebook

_SEVERITY = {"contradiction": "error", "possible-contradiction": "warning"}


def every_rule(rules: Rulebook | None = None) -> list[Row]:
    """The rows in the order they are tried, then what is counted. Raises RuleError with file and line."""
    book = rules or default_rulebook()
    return [*load(book), *(_row(rule) for rule in arithmetic.load(book) if not rule.off)]


def _row(rule: arithmetic.Rule) -> Row:
    """A rule of arithmetic in the shape in which rules are shown; no pair ever meets its empty condition."""
    return Row(
        id=rule.id,
        outcome=rule.outcome,
        reason=rule.id,
        severity=_SEVERITY.get(rule.outcome, "note"),
        when={},
        where={},
        message=" · ".join(rule.says.values()),
        because=rule.because,
        examples=tuple(Example(sources=e.sources, expect=e.expect, derives=e.derives) for e in rule.examples),
        override=False,
        file=rule.file,
        line=rule.line,
        builtin=rule.file.startswith(str(builtin_rules())),
        box=0,
        about=rule.about,
    )

"""Proves the decision table: every combination of facts is answered, no row is dead, no contradiction stands on sand.

Method: a row's condition is a box in the space of facts (a set of values on each axis). Subtracting the boxes of the
rows above from a row's own leaves what only it can answer: nothing left means the row is dead. Subtracting all rows
from the whole space must leave nothing. The space is far too large to list; boxes are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from consistency.errors import RuleError
from consistency.judgement.arithmetic.examples import faults as arithmetic_faults
from consistency.judgement.arithmetic.rules import Rule
from consistency.judgement.knowledge import knowledge
from consistency.judgement.rows import Row
from consistency.judgement.table import load
from consistency.judgement.vocabulary import EVERYTHING, FIELDS, box, unpack
from consistency.model import Record
from consistency.rulebook import Rulebook, default_rulebook, read_yaml


class Problem(Record, frozen=True):
    """A fault of the table. severity: error | warning."""

    rule: str
    message: str
    file: str | None = None
    line: int | None = None
    severity: str = "error"


def subtract(whole: int, part: int) -> list[int]:
    """The boxes that together are `whole` without `part`, disjoint; [whole] where they do not meet."""
    both = whole & part
    if any(not both & field for field in FIELDS.values()):
        return [whole]
    out = []
    rest = whole
    for field in FIELDS.values():
        outside = rest & field & ~part
        if outside:
            out.append((rest & ~field) | outside)
            rest = (rest & ~field) | (both & field)
    return out


def remainder(whole: int, parts: Iterable[int]) -> list[int]:
    """What is left of a box when others are taken away."""
    left = [whole]
    for part in parts:
        left = [piece for box_ in left for piece in subtract(box_, part)]
        if not left:
            break
    return left


def impossible(rules: Rulebook) -> list[int]:
    """The boxes of `relations/impossible.yaml`: combinations of facts that no pair can have."""
    out = []
    for path in rules.files("relations"):
        if path.name != "impossible.yaml":
            continue
        content = read_yaml(path)
        if not isinstance(content, list):
            raise RuleError("must be a list of combinations of facts", str(path), 1)
        for n, entry in enumerate(content, 1):
            try:
                when = msgspec.convert(entry["when"], dict[str, str | list[str]])
                out.append(box({k: (v,) if isinstance(v, str) else v for k, v in when.items()}))
            except (KeyError, TypeError, msgspec.ValidationError) as error:
                raise RuleError(f"entry {n} is not a combination of facts: {error}", str(path)) from error
    return out


def lint(rules: Rulebook | None = None) -> list[Problem]:
    """Every fault of the table, in the order of its rows; an empty list is a proof.

    Raises RuleError for a file of rules that cannot be read."""
    book = rules or default_rulebook()
    knowledge(book)
    rows = load(book)
    never = impossible(book)
    problems = [p for row in rows for p in _row_problems(row)]
    problems += _dead(rows, never)
    problems += _unanswered(rows, never)
    problems += [_arithmetic_problem(rule, said) for rule, said in arithmetic_faults(book)]
    return problems


def _arithmetic_problem(rule: Rule | None, said: str) -> Problem:
    return Problem(
        rule=rule.id if rule else "", message=said, file=rule.file if rule else None, line=rule.line if rule else None
    )


def _row_problems(row: Row) -> list[Problem]:
    out = []
    if row.outcome == "contradiction" and row.when.get("basis") != ("firm",) and (row.builtin or not row.override):
        hint = "" if row.builtin else " (or say override: true)"
        out.append(_problem(row, f"says contradiction on a basis that is not firm: add `basis: firm` to when{hint}"))
    if row.where and row.builtin:
        out.append(_problem(row, "is built in and so may not be bound to a place"))
    if row.outcome != "none" or row.when:
        if not any(row.fires(e) for e in row.examples):
            out.append(_problem(row, "has no example in which it speaks"))
        if all(row.fires(e) for e in row.examples):
            out.append(_problem(row, "has no example in which it stays silent"))
    if not row.because:
        out.append(_problem(row, "does not say why (because)"))
    return out


def _dead(rows: list[Row], never: list[int]) -> list[Problem]:
    """Rows that no possible pair reaches. A row bound to a place takes nothing away from those below it."""
    out = []
    above: list[int] = list(never)
    for row in rows:
        if not remainder(row.box, above):
            out.append(_problem(row, "is dead: the rows above it answer everything it could"))
        if not row.where:
            above.append(row.box)
    return out


def _unanswered(rows: list[Row], never: list[int]) -> list[Problem]:
    left = remainder(EVERYTHING, [*never, *(r.box for r in rows if not r.where)])
    return [Problem(rule="", message=f"no row answers {_words(unpack(piece))}") for piece in left[:10]]


def _words(facts: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{k}: {' or '.join(v)}" for k, v in facts.items()) or "anything"


def _problem(row: Row, message: str) -> Problem:
    return Problem(rule=row.id, message=message, file=row.file, line=row.line)

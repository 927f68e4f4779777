"""What running the examples of a rule gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from consistency.model import Record, Report

Check = Callable[[list[dict[str, Any]]], Report]


class Result(Record, frozen=True):
    """One example of one rule. number: its place in the row, from 1; found: the outcomes the program gave."""

    rule: str
    number: int
    passed: bool
    expected: tuple[str, ...]
    found: tuple[str, ...]
    message: str = ""
    file: str | None = None
    line: int | None = None


class Ruled(Protocol):
    """What has examples: a row of the table, or a rule of arithmetic."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str | None: ...
    @property
    def line(self) -> int | None: ...


def result_of(
    rule: Ruled, number: int, expected: tuple[str, ...], found: tuple[str, ...], faults: Sequence[str]
) -> Result:
    """The result of one example: passed where there is no fault, else with the faults as its message."""
    return Result(
        rule=rule.id,
        number=number,
        passed=not faults,
        expected=expected,
        found=found,
        message="; ".join(faults),
        file=rule.file,
        line=rule.line,
    )


def unlike(expected: tuple[str, ...], found: tuple[str, ...]) -> list[str]:
    """The fault of an example that gave other outcomes than it names, if it did."""
    if expected == found:
        return []
    return [f"expected {', '.join(expected) or 'nothing'}, found {', '.join(found) or 'nothing'}"]


def with_names(sources: Sequence[dict[str, Any]], rule: str, number: int) -> list[dict[str, Any]]:
    """The sources as `consistency.check` takes them: ids and publishers filled in where an example leaves them out."""
    out = []
    for n, source in enumerate(sources):
        letter = chr(ord("a") + n)
        out.append({"id": f"{rule}-{number}-{letter}", "publisher": f"Paper {letter.upper()}", **source})
    return out

"""What running the examples of a rule gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

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


def with_names(sources: Sequence[dict[str, Any]], rule: str, number: int) -> list[dict[str, Any]]:
    """The sources as `consistency.check` takes them: ids and publishers filled in where an example leaves them out."""
    out = []
    for n, source in enumerate(sources):
        letter = chr(ord("a") + n)
        out.append({"id": f"{rule}-{number}-{letter}", "publisher": f"Paper {letter.upper()}", **source})
    return out

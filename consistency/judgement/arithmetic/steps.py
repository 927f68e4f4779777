"""How far back in time the start of a change lies: a year before, a decade before, a year that is named."""

from __future__ import annotations

import re
from typing import NamedTuple

from consistency.judgement.arithmetic.lines import Line, year_of
from consistency.judgement.arithmetic.rules import Rule
from consistency.judgement.saying import period as say_period
from consistency.model import Claim, Period

REACH = 70
"""Characters around a change and its level in which the words for its time may stand."""


class Step(NamedTuple):
    """years: from the start of a change to its end; slack: by how many that may be off; why: for people."""

    years: int
    slack: int
    why: str


def step_back(rule: Rule, line: Line, change: Claim, level: Claim) -> Step | None:
    """The length of a change in whole years; None where the text does not tell it."""
    first = min(change.start or 0, level.start or 0)
    last = max(change.end or 0, level.end or 0)
    region = line.text(first - REACH, last + REACH)
    end = year_of(time_of(level, change))
    if end is not None and (found := rule.search("since_year", region)):
        years = end - int(found[1])
        return Step(years, 0, f"it began in {found[1]}, {_years(years)} before {end}") if 0 < years < 200 else None
    if found := rule.search("year_before", region):
        return Step(1, 0, f"“{found[0].strip()}” is a year before")
    if found := rule.search("span", region):
        years = _length(rule, found)
        return Step(years, 1, f"“{found[0].strip()}” is {_years(years)}, give or take one") if years else None
    if end is not None and _one_year(change, level) and not rule.search("part_of_year", region):
        return Step(1, 0, f"a change in {end} is one from the year before")
    return None


def time_of(level: Claim, change: Claim) -> Period:
    """When the level was reached: its own period, else the year the change is told for."""
    if level.period.from_ or level.period.to:
        return level.period
    return change.period if year_of(change.period) is not None else Period()


def _one_year(change: Claim, level: Claim) -> bool:
    """Whether the change is told for the year of the level, or for no time of its own."""
    if change.period.from_ is None and change.period.to is None:
        return True
    return say_period(change.period) == say_period(time_of(level, change))


def _length(rule: Rule, found: re.Match[str]) -> int:
    """The whole years of a matched span such as "the past two decades"."""
    told = found.groupdict()
    if told["n"] is None:
        return int(rule.numbers["decade"])
    number = told["n"].casefold()
    count = int(number) if number.isdigit() else int(rule.numbers[f"n_{number}"])
    return count * int(rule.numbers["decade"] if told["unit"].casefold().startswith("decade") else 1)


def _years(n: int) -> str:
    return f"{n} year" + ("" if n == 1 else "s")

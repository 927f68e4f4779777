"""A first time bounds all times before: what passes 500 billion for the first time was less in every year before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from consistency.judgement.arithmetic.amounts import read_as, worked_out
from consistency.judgement.arithmetic.lines import Line, words
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import amount
from consistency.model import Claim, Period, Value


def first_times(line: Line, rules: Arithmetic) -> Iterator[Claim]:
    """The bound on earlier times that a sentence with "for the first time" gives."""
    rule = rules["first-time"]
    marks = [c for c in line.claims if c.kind == "ordinal" and words(c.text or "") == ["first", "time"]]
    if rule is None or len(marks) != 1 or rule.search("limited", line.after(marks[0])):
        return
    levels = [c for c in line.amounts if _passed(rule, line, c)]
    if len(levels) == 1 and len(line.amounts) == 1 and (claim := _bound(rule, line, levels[0], marks[0])):
        yield claim


def _passed(rule: Rule, line: Line, claim: Claim) -> str | None:
    """over | reached | under: how the mark was met, from the words of the amount or right before it."""
    told = words(claim.text or "") + words(line.before(claim, 25))[-2:]
    if claim.value is not None and claim.value.hedge == "less-than":
        return "under" if any(rule.has("under", w) for w in told) else None
    if claim.value is not None and claim.value.hedge == "more-than":
        return "over"
    return "reached" if any(rule.has("reached", w) for w in told) else None


def _bound(rule: Rule, line: Line, level: Claim, mark: Claim) -> Claim | None:
    how = _passed(rule, line, level)
    start = level.period.from_ or level.as_of.from_
    if how is None or level.value is None or not isinstance(level.value.point, int | float) or start is None:
        return None
    x = level.value.point
    before = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    value = (
        Value(low=x, high=None, high_open=True, point=x, hedge="at-least")
        if how == "under"
        else Value(low=None, high=x, low_open=True, high_open=how == "reached", point=x, hedge="at-most")
    )
    when = Period(to=before, granularity=level.period.granularity, basis="relative")
    side = "at least" if how == "under" else "less than" if how == "reached" else "at most"
    steps = (
        read_as(level),
        f"“{mark.text}”: it had not been so before, so at every time until {before} it was {side} {amount(x)}.",
    )
    sure = rule.numbers.get("confidence", 0.8)
    timed = {"period": when if level.period.from_ else Period(), "as_of": when}
    return worked_out(level, rule.id, value, (level, mark), steps, sure, **timed)

"""A weekday and its date: "Tuesday, May 13, 2025" is one day only if that day was a Tuesday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import Line
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.model import Claim, Context

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekdays(line: Line, rules: Arithmetic, context: Context | None) -> Iterator[Check]:
    """A check for each date of a sentence whose weekday is wrong; the text of one date is looked at once."""
    rule = rules["weekday"]
    seen: set[str] = set()
    if rule is None:
        return
    for claim in line.claims:
        period, text = claim.period, claim.period.text or ""
        found = rule.matches("date", text.strip()) if period.from_ and period.from_ == period.to else None
        if found is None or text in seen:
            continue
        seen.add(text)
        if check := _check(rule, claim, found["weekday"].casefold(), bool(found["year"]), context):
            yield check


def _check(rule: Rule, claim: Claim, told: str, year_stated: bool, context: Context | None) -> Check | None:
    day = date.fromisoformat(claim.period.from_ or "")
    named = next(i for i, name in enumerate(DAYS) if name.startswith(told[:3]))
    if day.weekday() == named or not (year_stated or _near(rule, day, context)):
        return None
    right = DAYS[day.weekday()].capitalize()
    return Check(
        rule=rule.id,
        outcome="contradiction",
        sides=((claim.id,),),
        message=rule.say("contradiction", text=claim.period.text, day=day.isoformat(), right=right),
        facts={"values": "disjoint", "origin": "same-source"},
        why=(
            f"The text says “{claim.period.text}”.",
            f"{day.isoformat()} was a {right}"
            + ("." if year_stated else "; the year is that of the publication, a few weeks away."),
        ),
        reconcile=rule.reconcile,
        confidence=0.95 if year_stated else 0.85,
    )


def _near(rule: Rule, day: date, context: Context | None) -> bool:
    """Whether a date without a year lies so close to the publication that its year is sure."""
    if context is None or not context.published or context.published_basis not in {"metadata", "dateline", "text"}:
        return False
    return abs((date.fromisoformat(context.published) - day).days) <= rule.numbers.get("near_days", 45)

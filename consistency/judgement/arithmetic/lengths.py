"""A stated number and the list it announces: "five programs on a, b, c, d and e"."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import Line, plain
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import amount, interval
from consistency.model import Claim


def list_lengths(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """A check for every list whose number the sentence announces."""
    rule = rules["list-length"]
    if rule is None:
        return
    for items in line.claims:
        if items.kind != "list" or len(items.items or ()) < 2 or not plain(items):
            continue
        announced = _announces(rule, line, items)
        if announced and (check := _check(rule, line, *announced, items)):
            yield check


def _announces(rule: Rule, line: Line, items: Claim) -> tuple[Claim, str] | None:
    """The count right before a list that counts its kind, with how plainly it announces it: plain | loose | open."""
    before = [c for c in line.claims if c.kind == "count" and (c.end or 0) <= (items.start or 0)]
    if not before or not plain(before[-1]):
        return None
    number = before[-1]
    between = line.between(number, items)
    if rule.matches("among", between):
        return number, "open"
    if number.unit is None or not {number.unit, number.measure.noun} & {items.unit, items.measure.noun}:
        return None
    if len(between) > rule.numbers.get("near", 80):
        return None
    for how in ("open", "plain", "loose"):
        if rule.matches(how, between.strip()):
            return number, how
    return None


def _check(rule: Rule, line: Line, number: Claim, how: str, items: Claim) -> Check | None:
    value, length = number.value, len(items.items or ())
    if value is None or value.hedge not in {"exact", "at-most", "less-than", "between"}:
        return None  # "at least five" and "some five" leave any list right
    low, high = value.low, value.high
    if isinstance(low, str) or isinstance(high, str) or high is None or (low is None and how != "open"):
        return None
    partly = how == "open" or items.complete is False
    over, under = length > high or (length == high and value.high_open), low is not None and length < low
    if partly and not over:
        return None
    if partly and (over and how == "loose"):
        return None
    fits = not over and not under
    if not fits and not partly and not _surely(rule, how, items, length, low or 0, high):
        return None
    outcome = "agreement" if fits else "contradiction"
    names = ", ".join(items.items or ())
    stated = amount(high) if low == high else interval(value)
    sum_ = f"{length} {'=' if fits else 'is more than' if over else 'is fewer than'} {stated}."
    return Check(
        rule=rule.id,
        outcome=outcome,
        sides=((number.id,), (items.id,)),
        message=rule.say(outcome, number=number.text, listed=f"{'at least ' if partly else ''}{length}"),
        facts={"values": "equal" if fits else "disjoint", "origin": "same-source"},
        why=(f"The sentence says “{number.text}”.", f"Its list names {length}: {names}.", sum_),
        reconcile=() if fits else rule.reconcile,
        confidence=round(number.confidence * items.confidence, 2),
    )


def _surely(rule: Rule, how: str, items: Claim, length: int, low: float, high: float) -> bool:
    """Whether a list that does not fit is the list of that number.

    "five programs: a, b and c" is; "five reports on fish, meat and wheat" may tell what they are about, so that only a
    list that misses by one is held against the number.
    """
    if how == "plain":
        return items.complete is not None or length >= rule.numbers.get("plain_items", 3)
    near = rule.numbers.get("loose_miss", 1)
    return (
        items.complete is True and length >= rule.numbers.get("loose_items", 4) and low - near <= length <= high + near
    )

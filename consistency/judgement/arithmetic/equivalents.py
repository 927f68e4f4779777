"""One amount in two units: "US$450 billion (NZ$694b)", "10 miles (16 km)"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from consistency.judgement import conversion, intervals
from consistency.judgement.arithmetic.amounts import read_as
from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import Line, number, plain
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.intervals import Interval
from consistency.judgement.rates import Rates
from consistency.judgement.saying import interval, period
from consistency.model import Claim, Context, Value


class Pairing(NamedTuple):
    """An amount and the same amount in another unit, right behind it."""

    first: Claim
    second: Claim
    rule: Rule


class Option(NamedTuple):
    """The second amount at one rate, in the unit of the first. why: which rate, for people."""

    value: Interval
    why: str


def pairings(line: Line, rules: Arithmetic) -> Iterator[Pairing]:
    """The amounts of a sentence that are told in two units."""
    levels = [c for c in line.claims if c.kind in {"money", "measure"} and c.aspect == "level" and plain(c)]
    for first, second in itertools.pairwise(levels):
        rule = rules["two-currencies" if first.kind == "money" else "two-units"]
        if rule is None or first.kind != second.kind or first.unit == second.unit or first.per != second.per:
            continue
        if None in (first.unit, second.unit) or first.dimension != second.dimension or first.dimension == "time":
            continue
        closing = line.after(second, 24)
        if rule.matches("open", line.between(first, second)) and rule.search("close", closing):
            yield Pairing(first, second, rule)


def compare(pair: Pairing, context: Context | None, rates: Rates) -> Check | str:
    """Whether both amounts can be one; a reason where that is not told: no-rate | no-date | loose-equivalent."""
    first, second, rule = pair
    left, right = number(first), number(second)
    if left is None or right is None:
        return "unit-mismatch"
    left, right = (_near_its_mark(i, rule.numbers.get("bound", 1.25)) for i in (left, right))
    options = _options(pair, right, context.published if context else None, rates)
    if isinstance(options, str):
        return options
    fits = next((o for o in options if intervals.overlap(_bare(left), _bare(o.value))), None)
    miss = 0.0 if fits else min(_miss(left, o.value) for o in options)
    if not fits and miss <= rule.numbers.get("loose", 0.03):
        return "loose-equivalent"
    outcome = (
        "agreement" if fits else "possible-contradiction" if miss <= rule.numbers.get("slack", 0.1) else "contradiction"
    )
    nearest = fits or min(options, key=lambda o: _miss(left, o.value))
    result = _printed(nearest.value)
    return Check(
        rule=rule.id,
        outcome=outcome,
        sides=((first.id,), (second.id,)),
        message=rule.say(
            outcome, first=first.text, second=second.text, result=f"{result} {_unit(first)}", miss=f"{miss:.0%}"
        ),
        facts={"values": "converted" if fits else "disjoint", "origin": "same-source"},
        why=(
            read_as(first),
            read_as(second),
            *(o.why for o in ([fits] if fits else options)),
            f"In {_unit(first)} the second amount is {result}; "
            + ("the two meet." if fits else f"the two are {miss:.0%} apart."),
        ),
        reconcile=() if fits else rule.reconcile,
        confidence=round(min(first.confidence, second.confidence), 2),
    )


def _near_its_mark(i: Interval, reach: float) -> Interval:
    """A bound that is told again in another unit is the same mark: "over 450 (NZ$694b)" lies not far beyond it."""
    if i.high is None and i.low is not None and i.low > 0:
        return i._replace(high=i.low * reach, high_open=False)
    if i.low is None and i.high is not None and i.high > 0:
        return i._replace(low=i.high / reach, low_open=False)
    return i


def _unit(claim: Claim) -> str:
    return (claim.unit or "").replace("_", " ")


def _bare(i: Interval) -> Interval:
    return i._replace(point=None, step=None)


def _printed(i: Interval) -> str:
    ends = [None if e is None else float(f"{e:.6g}") for e in (i.low, i.high)]
    return interval(Value(low=ends[0], high=ends[1], low_open=i.low_open, high_open=i.high_open))


def _miss(a: Interval, b: Interval) -> float:
    """How far two amounts are apart, as a share of the larger, between their nearest ends."""
    gap = intervals.apart(a, b)
    sizes = [abs(m) for m in (intervals.middle(a), intervals.middle(b)) if m]
    return gap / max(sizes) if gap is not None and sizes else 1.0


def _options(pair: Pairing, right: Interval, published: str | None, rates: Rates) -> list[Option] | str:
    first, second, _ = pair
    if first.kind == "measure":
        found = conversion.converted(right, second, first, (), None, rates)
        why = f"{_unit(second)} converts to {_unit(first)} by definition."
        return [Option(found[0], why[:1].upper() + why[1:])] if found else "unit-mismatch"
    a, b = second.unit or "", first.unit or ""
    if not rates.known(a, b):
        return "no-rate"
    stretches: list[tuple[str, str, str]] = []
    if published:
        stretches.append((published, published, f"on {published}, the day of publication"))
    if first.period.from_ and first.period.to:
        stretches.append((first.period.from_, first.period.to, f"in {period(first.period)}"))
    out = []
    for start, end, when in stretches:
        span = rates.span(a, b, start, end)
        if span is not None:
            told = f"{span[0]:.4g}" if span[0] == span[1] else f"between {span[0]:.4g} and {span[1]:.4g}"
            scaled = conversion.scaled(right, *span)
            out.append(Option(scaled, f"1 {a} was {told} {b} {when}."))
    return out or ("no-rate" if stretches else "no-date")

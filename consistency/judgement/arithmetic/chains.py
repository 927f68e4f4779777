"""Growth across sentences and sources: a level of one year and the change told for that year give the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from consistency.judgement.arithmetic.amounts import Factor, over, read_as, round3, shown, worked_out, years_back
from consistency.judgement.arithmetic.growth import factor_of, is_level
from consistency.judgement.arithmetic.lines import number, year_of
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import amount
from consistency.model import Claim

STEPS = 5
Changes = Mapping[tuple[str, int, str], Sequence[tuple[int, Claim, Factor]]]
"""The yearly changes of all sources by noun, year and name, each with its place among all of them and its factor."""
Noun = Callable[[str | None], str | None]
Alike = Callable[[Claim, Claim], bool]
"""Whether a level and a change are of one measure, place and thing."""


def yearly_changes(claims: Iterable[Claim], noun: Noun) -> Changes:
    """The yearly changes of all sources, in a fixed order."""
    out: dict[tuple[str, int, str], list[tuple[int, Claim, Factor]]] = {}
    yearly = (c for c in claims if is_yearly(c))
    for place, claim in enumerate(sorted(yearly, key=lambda c: (c.fingerprint, c.id))):
        name, year, factor = noun(claim.measure.noun), year_of(claim.period), factor_of(claim)
        if name is not None and year is not None and factor is not None:
            for entity in set(claim.measure.entities):
                out.setdefault((name, year, entity), []).append((place, claim, factor))
    return out


def is_yearly(claim: Claim) -> bool:
    """Whether a claim is a change over one calendar year."""
    share = claim.kind in {"percent", "fraction"} and claim.aspect == "change"
    return share and year_of(claim.period) is not None and factor_of(claim) is not None


def is_start(claim: Claim) -> bool:
    """Whether yearly changes may lead on from a claim: a level of one calendar year."""
    return is_level(claim) and claim.derived is None and year_of(claim.period) is not None


def chain(levels: Sequence[Claim], changes: Changes, rules: Arithmetic, noun: Noun, alike: Alike) -> list[Claim]:
    """The levels of earlier years that the changes give, step by step; what stands in one sentence is left out."""
    rule = rules["growth-chain"]
    if rule is None or not changes:
        return []
    out: list[Claim] = []
    seen: set[tuple[object, ...]] = set()
    front = [c for c in levels if _leading_on(c, changes, noun) and is_start(c)]
    for _ in range(int(rule.numbers.get("steps", STEPS))):
        found = [claim for c in front for claim in _one_step(rule, c, _leading_on(c, changes, noun), alike)]
        front = []
        for claim in found:
            key = (claim.period.from_, claim.value, claim.unit)
            if key not in seen and len(out) < rule.numbers.get("most", 24):
                seen.add(key)
                out.append(claim)
                front.append(claim)
    return out


def _leading_on(level: Claim, changes: Changes, noun: Noun) -> Sequence[tuple[int, Claim, Factor]]:
    """The changes of what a level measures, in its year, that share a name with it."""
    name, year = noun(level.measure.noun), year_of(level.period)
    if name is None or year is None:
        return ()
    found = {c[0]: c for entity in level.measure.entities for c in changes.get((name, year, entity), ())}
    return [found[place] for place in sorted(found)]


def _one_step(rule: Rule, level: Claim, changes: Sequence[tuple[int, Claim, Factor]], alike: Alike) -> list[Claim]:
    year, read = year_of(level.period), number(level)
    out: list[Claim] = []
    if year is None or read is None:
        return out
    for _, change, factor in changes:
        if _one_sentence(level, change) or not alike(level, change):
            continue
        value = over(read, factor)
        if value is None:
            continue
        sign = "up" if change.trend == "up" else "down"
        first = amount(read.point) if read.point is not None else "the level"
        steps = (
            *(() if level.derived else (read_as(level),)),
            f"Another sentence says “{change.text}”, {sign}, for {year}.",
            f"{first} of {year} ÷ {round3(factor[2]):g} = {shown(value, level.unit)}, for {year - 1}.",
        )
        when = years_back(level.period, 1)
        sure = rule.numbers.get("confidence", 0.7)
        claim = worked_out(level, rule.id, value, (level, change), steps, sure, period=when, as_of=when)
        out.append(claim)
    return out


def _one_sentence(a: Claim, b: Claim) -> bool:
    if a.sentence is None or b.sentence is None:
        return False
    return a.source == b.source and a.sentence.start == b.sentence.start

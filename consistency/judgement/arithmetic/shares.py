"""A share of a total: nine tenths of 352,000 tonnes; and the part that is larger than its whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec

from consistency.judgement.arithmetic.amounts import Factor, read_as, round3, shown, times, worked_out
from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import Line, number, plain
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import amount
from consistency.model import Claim


def of_totals(line: Line, rules: Arithmetic) -> Iterator[Claim]:
    """The amounts that shares of a total come to; only a total that is printed in the sentence is taken."""
    rule = rules["share-of-total"]
    if rule is None:
        return
    for share in line.claims:
        factor = _share(share)
        total = _total_of(rule, line, share) if factor else None
        read = number(total) if total else None
        value = times(read, factor) if read and factor else None
        if total is None or value is None or factor is None:
            continue
        first = amount(read.point) if read and read.point is not None else "the total"
        steps = (
            f"“{share.text}” of “{total.text}”.",
            read_as(total),
            f"{first} × {round3(factor[2]):g} = {shown(value, total.unit)}.",
        )
        measure = msgspec.structs.replace(total.measure, relation=share.measure.relation or total.measure.relation)
        dated = share.period.from_ or share.period.to
        sure = rule.numbers.get("confidence", 0.8)
        yield worked_out(
            total,
            rule.id,
            value,
            (share, total),
            steps,
            sure,
            measure=measure,
            period=share.period if dated else total.period,
            scope=share.scope or total.scope,
        )


def _share(claim: Claim) -> Factor | None:
    """The factor of a percentage or fraction that is a level and no more than the whole."""
    read = number(claim)
    if claim.kind not in {"percent", "fraction"} or claim.aspect != "level" or read is None or not plain(claim):
        return None
    scale = 100.0 if claim.kind == "percent" else 1.0
    if read.point is None or not 0 < read.point <= scale:
        return None
    low, high = (None if e is None else e / scale for e in (read.low, read.high))
    return (low, None if high is None else min(high, 1.0), read.point / scale)


def _total_of(rule: Rule, line: Line, share: Claim) -> Claim | None:
    """The total that follows a share ("of its 352,000 tonnes"), or leads to it ("of the 90 members, 40 percent")."""
    levels = [c for c in line.amounts if c.unit is not None]
    after = next((c for c in levels if (c.start or 0) >= (share.end or 0)), None)
    if after is not None and rule.matches("of", line.between(share, after)) and not _continued(rule, line, after):
        return after
    before = [c for c in levels if (c.end or 0) <= (share.start or 0)]
    if (
        before
        and rule.matches("comma", line.between(before[-1], share))
        and rule.search("of_the", line.before(before[-1]))
    ):
        return before[-1]
    return None


def _continued(rule: Rule, line: Line, total: Claim) -> bool:
    """Whether the words after a number make it no total of its own ("of the 27 states' delegates")."""
    return rule.search("continued", line.after(total, 12)) is not None


def over_whole(line: Line, rules: Arithmetic) -> Iterator[Check]:
    """ "60 of the 45 members": a part that is larger than its whole."""
    rule = rules["part-over-whole"]
    if rule is None:
        return
    counts = [c for c in line.amounts if c.kind == "count"]
    for part, whole in itertools.pairwise(counts):
        low, high = number(part), number(whole)
        if low is None or high is None or low.low is None or high.high is None or low.low <= high.high:
            continue
        lead = line.text(
            part.start or 0, whole.start or 0
        )  # a count may reach over its whole: "sixty of the 45 members"
        if whole.unit is None or not rule.matches("part", lead) or _continued(rule, line, whole):
            continue
        if part.unit not in {None, whole.unit}:
            continue
        yield Check(
            rule=rule.id,
            outcome="contradiction",
            sides=((part.id,), (whole.id,)),
            message=rule.say("contradiction", part=part.text, whole=whole.text),
            facts={"part": "exceeds", "values": "disjoint", "origin": "same-source"},
            why=(read_as(part), read_as(whole), f"{amount(low.low)} is more than {amount(high.high)}."),
            reconcile=rule.reconcile,
            confidence=round(min(part.confidence, whole.confidence), 2),
        )

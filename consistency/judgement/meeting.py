"""In which ways claims of different topics bear on each other in judging, so that a part of many sources can be judged
as if all were there: keys for what joins sources, ties for what joins claims of one source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from consistency.judgement.arithmetic import Told, direct_checks, firsts, growth
from consistency.judgement.arithmetic.chains import STEPS, is_start, is_yearly
from consistency.judgement.arithmetic.equivalents import pairings
from consistency.judgement.arithmetic.events import numbered
from consistency.judgement.arithmetic.lines import lines_of, year_of
from consistency.judgement.arithmetic.rules import arithmetic
from consistency.judgement.knowledge import knowledge
from consistency.model import Claim, Extraction
from consistency.rulebook import Rulebook

GROWTH, EVENT = "g|", "e|"
"""What a key begins with: levels and yearly changes of one noun and name, and a numbered event."""

Tie = tuple[str, str]
"""The ids of two claims."""


def keys_of(extraction: Extraction, rules: Rulebook | None = None) -> dict[str, int]:
    """Key -> how many claims of the source have it: what joins claims of different sources beyond their topics."""
    return dict(Counter(key for claim in extraction.claims for key in claim_keys(claim, rules)))


def claim_keys(claim: Claim, rules: Rulebook | None = None) -> Iterator[str]:
    """The keys of one claim: a year's change gives the level before it from any source's level, and a numbered event
    is held once."""
    known, words = arithmetic(rules), knowledge(rules)
    noun = words.noun(claim.measure.noun)
    if known["growth-chain"] is not None and noun is not None and (is_yearly(claim) or is_start(claim)):
        yield from (f"{GROWTH}{noun}|{name}" for name in sorted(set(claim.measure.entities)))
    rule = known["event-year"]
    if rule is not None and (event := numbered(claim, rule, words.noun)):
        yield from (f"{EVENT}{event[0]}|{event[1]}|{name}" for name in event[2])


def may_grow(a: Claim, b: Claim, rules: Rulebook | None = None) -> bool:
    """Whether two claims that share a key of growth are a level and a change that may lead on from it."""
    return _leads(a, b, rules) or _leads(b, a, rules)


def _leads(level: Claim, change: Claim, rules: Rulebook | None) -> bool:
    if not (is_start(level) and is_yearly(change)) or level.per != change.per:
        return False
    names = set(level.measure.entities), set(change.measure.entities)
    if not (names[0] <= names[1] or names[1] <= names[0]):
        return False
    rule = arithmetic(rules)["growth-chain"]
    steps = STEPS if rule is None else int(rule.numbers.get("steps", STEPS))
    year, told = year_of(level.period), year_of(change.period)
    return year is not None and told is not None and year - steps < told <= year


def ties(extraction: Extraction, rules: Rulebook | None = None, direct: Told | None = None) -> frozenset[Tie]:
    """Claims of one source whose findings may answer for each other's: a claim and what is worked out from it, the
    sides of a check, an amount told twice, a number and the quotation it stands in. direct: its checks, where they are
    known; at which rates is no matter, as two amounts are tied whether they can be compared or not."""
    known = arithmetic(rules)
    out: set[Tie] = set()
    for line in lines_of(extraction.claims):
        for claim in (*growth.before_change(line, known), *firsts.first_times(line, known)):
            out.update(_all_of(claim.derived.from_ if claim.derived else ()))
        out.update((pair.first.id, pair.second.id) for pair in pairings(line, known))
    for claim in extraction.claims:
        if claim.derived is not None:
            out.update(_all_of((claim.id, *claim.derived.from_)))
    told = direct or direct_checks(extraction.claims, {extraction.source: extraction.context}, None, rules)
    for check in told.checks:
        out.update(_all_of([i for side in check.sides for i in side]))
    out.update(_quoted(extraction.claims))
    here = {c.id for c in extraction.claims}  # what was worked out may rest on a claim that somebody dropped
    return frozenset(tie for tie in out if here.issuperset(tie))


def _all_of(ids: Iterable[str]) -> Iterator[Tie]:
    return combinations(ids, 2)


def _quoted(claims: Iterable[Claim]) -> Iterator[Tie]:
    """Each quotation with the claims that stand in it."""
    placed = sorted((c.start, c.end, c.id, c.kind) for c in claims if c.start is not None and c.end is not None)
    starts = [p[0] for p in placed]
    for start, end, id_, kind in placed:
        if kind == "quote":
            for _, last, other, _ in placed[bisect_left(starts, start) : bisect_left(starts, end)]:
                if other != id_ and last <= end:
                    yield id_, other

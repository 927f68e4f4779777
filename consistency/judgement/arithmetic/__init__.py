"""Arithmetic on claims: claims worked out from others, and checks that need no second source.

`within` works out what one document's sentences give, before topics are made; `derive` what joins the topic of a claim
it rests on; `direct_checks` what can be said of a text by counting alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from consistency.judgement.arithmetic import (
    chains,
    changes,
    equivalents,
    events,
    firsts,
    growth,
    heads,
    lengths,
    shares,
    sums,
)
from consistency.judgement.arithmetic.check import Check, Told
from consistency.judgement.arithmetic.lines import lines_of
from consistency.judgement.arithmetic.rules import arithmetic
from consistency.judgement.arithmetic.weekdays import weekdays
from consistency.judgement.knowledge import knowledge
from consistency.judgement.pair import Surroundings
from consistency.judgement.rates import Rates, rates
from consistency.judgement.scopes import compare as compare_scopes
from consistency.model import Claim, Context, Extraction
from consistency.rulebook import Rulebook

__all__ = ["Check", "Growth", "Told", "derive", "direct_checks", "within"]


def within(extraction: Extraction, rules: Rulebook | None = None) -> Extraction:
    """The extraction with the claims that its own sentences give: shares of totals, amounts per head times heads."""
    known = arithmetic(rules)
    if known["told-by-ends"] is None:  # a user's rule may silence what the extraction tells
        kept = tuple(c for c in extraction.claims if c.derived is None)
        extraction = msgspec.structs.replace(extraction, claims=kept)
    lines = list(lines_of(extraction.claims))
    found = [c for line in lines for c in shares.of_totals(line, known)]
    found += heads.per_head(lines, known)
    if not found:
        return extraction
    return msgspec.structs.replace(extraction, claims=(*extraction.claims, *_unlike(found, extraction.claims)))


class Growth(NamedTuple):
    """What changes and first times give. claims: parent claim id -> claims that join its topic."""

    claims: dict[str, list[Claim]]
    changes: chains.Changes


def grown(claims: Iterable[Claim], rules: Rulebook | None = None) -> Growth:
    """The levels before changes and the bounds of first times, by the claim whose topic they join."""
    known, every = arithmetic(rules), list(claims)
    out: dict[str, list[Claim]] = {}
    for line in lines_of(every):
        for claim in (*growth.before_change(line, known), *firsts.first_times(line, known)):
            if claim.derived is not None:
                out.setdefault(claim.derived.from_[0], []).append(claim)
    return Growth(out, chains.yearly_changes(every, knowledge(rules).noun))


def derive(
    own: Sequence[Claim],
    found: Growth,
    around: Surroundings,
    rules: Rulebook | None = None,
) -> list[Claim]:
    """Claims worked out from those of one topic, in a fixed order. found: from `grown`, over all claims."""
    words = around.words
    out = [d for c in own for d in found.claims.get(c.id, ()) if around.level or d.period.to is not None]

    def alike(level: Claim, change: Claim) -> bool:
        """One place and one set of names, or the names of one side among those of the other."""
        if level.per != change.per:
            return False
        names = set(level.measure.entities), set(change.measure.entities)
        if not (names[0] & names[1]) or not (names[0] <= names[1] or names[1] <= names[0]):
            return False
        pair = (around.context(level), around.context(change))
        return compare_scopes(level, change, pair, words, False) == "same"

    levels = sorted(own, key=lambda c: (c.fingerprint, c.id))
    out += chains.chain(levels, found.changes, arithmetic(rules), words.noun, alike)
    return sorted(_unlike(out, own), key=lambda c: (c.fingerprint, c.id))


def _unlike(found: Iterable[Claim], others: Iterable[Claim]) -> list[Claim]:
    """The claims without those whose id is taken."""
    seen = {c.id for c in others}
    out = []
    for claim in found:
        if claim.id not in seen:
            seen.add(claim.id)
            out.append(claim)
    return out


def direct_checks(
    claims: Iterable[Claim],
    contexts: Mapping[str, Context] | None = None,
    table: Rates | None = None,
    rules: Rulebook | None = None,
) -> Told:
    """Checks of the claims of all sources that need no topic, in order of source and place."""
    known, every = arithmetic(rules), [c for c in claims if c.derived is None]
    around, money = contexts or {}, table or rates()
    checks: list[Check] = []
    same: dict[str, str] = {}
    aside: Counter[str] = Counter()
    for line in lines_of(every):
        context = around.get(line.source)
        checks += lengths.list_lengths(line, known)
        for pair in equivalents.pairings(line, known):
            same[pair.second.id] = pair.first.id
            told = equivalents.compare(pair, context, money)
            if isinstance(told, str):
                aside[told] += 1
            else:
                checks.append(told)
        checks += weekdays(line, known, context)
        checks += shares.over_whole(line, known)
        checks += changes.stated_changes(line, known)
        checks += changes.stated_shares(line, known)
        checks += sums.totals(line, known)
        checks += sums.shares(line, known)
    checks += events.event_years(every, known, around, knowledge(rules).noun)
    return Told(checks=tuple(checks), same=same, aside=dict(sorted(aside.items())))

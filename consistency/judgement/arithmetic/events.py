"""A numbered event and its year, across sources: a seventh summit is held once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from consistency.judgement.arithmetic.check import Check
from consistency.judgement.arithmetic.lines import plain
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.saying import ordinal
from consistency.model import Claim, Context

Event = tuple[str, int, tuple[str, ...]]
"""What an event is, its number, and the names that tell of what series it is one."""
Years = tuple[str | int, ...]
"""What an event is, its number, and two years in order."""
Noun = Callable[[str | None], str | None]
_FIRM = frozenset({"stated", "relative"})


def event_years(
    claims: Sequence[Claim], rules: Arithmetic, contexts: Mapping[str, Context], noun: Noun
) -> Iterator[Check]:
    """Two sources that put one numbered event into two years, told once for each event and pair of years.

    What some tell with a name more (of the town it was held in) is the same event."""
    rule = rules["event-year"]
    if rule is None:
        return
    groups: dict[Event, list[Claim]] = {}
    for claim in claims:
        if event := numbered(claim, rule, noun):
            groups.setdefault(event, []).append(claim)
    done: dict[Years, list[frozenset[str]]] = {}
    for event, group in sorted(groups.items(), key=lambda g: (len(g[0][2]), g[0])):
        yield from _told(rule, event, sorted(group, key=lambda c: (c.fingerprint, c.id)), contexts, done)


def numbered(claim: Claim, rule: Rule, noun: Noun) -> Event | None:
    """The event a claim numbers and dates ("the seventh summit of the council, in 2016"), if it does."""
    name = noun(claim.measure.noun)
    point = claim.value.point if claim.value else None
    if claim.kind != "ordinal" or not isinstance(point, int) or not plain(claim) or _year(claim) is None:
        return None
    series = _series(claim)
    return (name, point, series) if name and series and rule.has("events", name) else None


def _told(
    rule: Rule,
    event: Event,
    group: Sequence[Claim],
    contexts: Mapping[str, Context],
    done: dict[Years, list[frozenset[str]]],
) -> Iterator[Check]:
    name, point, series = event
    names = frozenset(series)
    for a, b in combinations(group[:200], 2):
        years = (_year(a), _year(b))
        if a.source == b.source or years[0] == years[1]:
            continue
        told = done.setdefault((name, point, *sorted(y or 0 for y in years)), [])
        if any(other <= names for other in told):
            continue
        told.append(names)
        firm = all(c.period.basis == "stated" for c in (a, b)) and a.measure.entities == b.measure.entities
        outcome = "contradiction" if firm else "possible-contradiction"
        said = f"{ordinal(point)} {name} ({', '.join(series)})"
        tellers = [_name(c, contexts) for c in (a, b)]
        yield Check(
            rule=rule.id,
            outcome=outcome,
            sides=((a.id,), (b.id,)),
            message=rule.say(outcome, event=said, first=tellers[0], second=tellers[1], year=years[0], other=years[1]),
            facts={"values": "disjoint", "origin": "independent"},
            why=(
                f"{tellers[0]} tells of the {said} in {years[0]}.",
                f"{tellers[1]} tells of it in {years[1]}.",
            ),
            reconcile=rule.reconcile,
            confidence=round(a.confidence * b.confidence * (1.0 if firm else 0.7), 2),
        )


def _year(claim: Claim) -> int | None:
    """The one year the event is told for, where the text tells it."""
    period = claim.period
    if period.basis not in _FIRM or not period.from_ or not period.to or period.from_[:4] != period.to[:4]:
        return None
    return int(period.from_[:4])


def _series(claim: Claim) -> tuple[str, ...]:
    """What the event is one of: the names beside it, in order, where they stand in the sentence."""
    return tuple(sorted(set(claim.measure.entities))) if claim.basis.get("entities", "stated") == "stated" else ()


def _name(claim: Claim, contexts: Mapping[str, Context]) -> str:
    context = contexts.get(claim.source)
    return (context.publisher if context and context.publisher else None) or claim.source

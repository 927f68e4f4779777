"""Dates of what people were doing, or of what was done at once, when an incident came: "were playing on Monday when …".

Such a date is the day of the incident that its sentence tells of.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.calendar import parse_day, plus_days
from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import head, noun_of, subject
from consistency.extraction.spans import Timex
from consistency.extraction.vocabulary import vocabulary
from consistency.rulebook import default_rulebook

HAPPEN = "happen"
_REACH = 45  # tokens of a sentence that are read on either side of a date
_CLOCK = "T"  # in TIMEX3 notation, before an hour


def has_hour(t: Timex) -> bool:
    """Whether a time names an hour: what is said is dated by its day alone."""
    return t.type == "TIME" and t.value.partition(_CLOCK)[2][:1].isdigit()


def gone_by(t: Timex, published: str | None) -> Timex:
    """The time of what has happened: a weekday that would lie ahead of the publication is that of the week before.

    "She hoped to find who shot him on Sunday": the verb beside the day looks ahead, what happened does not.
    """
    if published is None or not t.anchored or t.granularity != "day" or t.from_ is None or t.from_ <= published[:10]:
        return t
    if weekdays().isdisjoint(w.strip(".,") for w in t.text.lower().split()):
        return t
    day = parse_day(t.from_)
    before = plus_days(day, -7) if day is not None else None
    return t if before is None else msgspec.structs.replace(t, from_=before.isoformat(), to=before.isoformat())


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    """The names of the days of the week."""
    return frozenset(default_rulebook().load("lexicon/times.yaml")["classes"]["weekday"])


def of_incident(clauses: Clauses, t: Timex, group: VerbGroup, first: int, stop: int) -> bool:
    """Whether a date whose verb is `group` is the day of an incident; its sentence is tokens first..stop-1."""
    known = vocabulary()
    if group.future or group.relation in known.incident or group.base not in known.circumstances:
        return False
    if group.passive and group.base in known.calls:  # "officers were called at 3 a.m. to a house"
        of = subject(clauses, group, first)
        inner = head(clauses, of) if of else None
        if of and inner and noun_of(clauses, inner, of[1]) in known.called:
            return True
    if group.relation == "say" and not group.passive and not _after_happening(clauses, group):
        return False
    low, high = max(first, t.first - _REACH), min(stop, t.last + _REACH)
    words = clauses.tokens.lower[low:high]
    if not known.aftermath.isdisjoint(words):
        return False
    return _tells(clauses, low, high)


def _after_happening(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether a participle stands right behind a happening: "the shooting reported on Tuesday"."""
    at = group.first - 1
    return at >= 0 and clauses.tags[at] == "n" and lemma(clauses.tokens.lower[at]) in vocabulary().events


def _tells(clauses: Clauses, low: int, high: int) -> bool:
    """Whether tokens low..high-1 tell of an incident, by a verb, a noun or a state ("found dead")."""
    known, tags = vocabulary(), clauses.tags
    at: int | None = low
    while at is not None and at < high:
        group = clauses.after(at, high)
        if group is None:
            break
        if group.relation in known.incident and group.relation != HAPPEN:
            return True
        at = group.last
    for i in range(low, high):
        word = clauses.tokens.lower[i]
        if word in known.incident_words:
            return True
        if word in known.states and known.states[word] in known.incident:
            return True
        if tags[i] == "n" and known.events.get(lemma(word)) in known.incident:
            return True
    return False

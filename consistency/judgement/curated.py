"""The part of a curated topic (`rules/topics/*.yaml`) that judging needs."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from consistency.judgement.intervals import day
from consistency.judgement.times import EARLIEST, LATEST, Span
from consistency.rulebook import Rulebook
from consistency.topics.curated import load


class Event(NamedTuple):
    """Something that happened on a day and may explain a change."""

    on: int
    date: str
    text: str


class Curated(msgspec.Struct, frozen=True):
    """profile: the id of a profile, or None; changes: facets of it that the topic sets otherwise."""

    profile: str | None = None
    changes: dict[str, Any] = {}
    events: tuple[Event, ...] = ()
    trusted: tuple[str, ...] = ()


def curated(name: str | None, rules: Rulebook) -> Curated:
    """What a curated topic says of its measure; nothing for a topic that is not curated."""
    topic = next((t for t in load(rules) if t.id == name), None) if name else None
    if topic is None:
        return Curated()
    changes = {} if topic.max_rate is None else {"max_step_per_year": topic.max_rate}
    events = tuple(sorted(Event(day(e.date), e.date, e.text) for e in topic.events))
    return Curated(topic.profile, changes, events, topic.trusted)


def between(events: tuple[Event, ...], a: Span | None, b: Span | None) -> tuple[Event, ...]:
    """The events that fall after the earlier and not after the later of two spans."""
    if a is None or b is None or (a.first, a.last) == (b.first, b.last):
        return ()
    early, late = sorted((a, b), key=lambda s: (s.first, s.last))
    if early.first <= EARLIEST or late.last >= LATEST:
        return ()
    return tuple(e for e in events if early.last < e.on <= late.last)

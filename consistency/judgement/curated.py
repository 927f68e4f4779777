"""Curated topics (`rules/topics/<id>.yaml`): the part of them that judging needs."""

from __future__ import annotations

from typing import Any, NamedTuple

from consistency.errors import RuleError
from consistency.judgement.intervals import day
from consistency.judgement.times import EARLIEST, LATEST, Span
from consistency.rulebook import Rulebook


class Event(NamedTuple):
    """Something that happened on a day and may explain a change."""

    on: int
    date: str
    text: str


class Curated(NamedTuple):
    """profile: the id of a profile, or None; changes: facets of it that the topic sets otherwise."""

    profile: str | None = None
    changes: dict[str, Any] = {}
    events: tuple[Event, ...] = ()
    trusted: tuple[str, ...] = ()


_CHANGES = (
    "max_rate_per_year",
    "negligible_gap_days",
    "short_gap_days",
    "revision",
    "monotone",
    "directions",
    "free_step",
)


def curated(name: str | None, rules: Rulebook) -> Curated:
    """What a curated topic says of its measure. Raises RuleError for a broken one."""
    if name is None:
        return Curated()
    file = f"topics/{name}.yaml"
    try:
        content = rules.load(file)
    except RuleError:
        return Curated()
    if not isinstance(content, dict):
        raise RuleError("must be a mapping", file)
    changes = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items() if k in _CHANGES}
    trusted = tuple(str(t) for t in content.get("originators") or content.get("trusted") or ())
    return Curated(content.get("profile"), changes, tuple(_events(content, file)), trusted)


def _events(content: dict[str, Any], file: str) -> list[Event]:
    out = []
    for entry in content.get("events") or []:
        try:
            out.append(Event(day(str(entry["date"])), str(entry["date"]), str(entry["text"])))
        except (KeyError, TypeError, ValueError) as error:
            raise RuleError(f"an event needs a date (YYYY-MM-DD) and a text, not {entry!r}", file) from error
    return sorted(out)


def between(events: tuple[Event, ...], a: Span | None, b: Span | None) -> tuple[Event, ...]:
    """The events that fall after the earlier and not after the later of two spans."""
    if a is None or b is None or (a.first, a.last) == (b.first, b.last):
        return ()
    early, late = sorted((a, b), key=lambda s: (s.first, s.last))
    if early.first <= EARLIEST or late.last >= LATEST:
        return ()
    return tuple(e for e in events if early.last < e.on <= late.last)

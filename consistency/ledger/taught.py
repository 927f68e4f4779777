"""What people's decisions teach later runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from consistency.ledger.decisions import entries as book
from consistency.ledger.records import Decision
from consistency.ledger.standing import TEACHING, standing
from consistency.lessons import Lessons


def entries(base: sa.Connection, four_eyes: bool = False) -> Iterator[Decision]:
    """The decisions in force that teach something, oldest first. Each can be revoked by undoing it."""
    about: dict[str, list[Decision]] = defaultdict(list)
    for entry in book(base):
        about[entry.finding].append(entry)
    found = []
    for of_one in about.values():
        holds = standing(of_one, four_eyes=four_eyes)
        agreed = set(holds.agreed)
        found += [d for d in holds.in_force if d.kind in TEACHING and d.id in agreed]
    yield from sorted(found, key=lambda d: d.id)


def lessons(base: sa.Connection, four_eyes: bool = False) -> Lessons:
    """What later runs obey. Of two that contradict each other the later one counts."""
    pairs: dict[tuple[str, str], str] = {}
    readings: dict[str, dict[str, Any]] = {}
    for entry in entries(base, four_eyes):
        if entry.kind == "wrong-reading":
            readings.setdefault(entry.detail["fingerprint"], {})[entry.detail["field"]] = entry.detail["value"]
        else:
            pairs.update(dict.fromkeys(((a, b) for a, b in entry.detail["pairs"]), entry.kind))
    return Lessons(
        must=tuple(sorted(p for p, kind in pairs.items() if kind == "same-topic")),
        cannot=tuple(sorted(p for p, kind in pairs.items() if kind == "not-same-topic")),
        readings={print_: dict(sorted(fields.items())) for print_, fields in sorted(readings.items())},
    )

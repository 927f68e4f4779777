"""What people's decisions teach later runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from consistency.gate.lessons import Correction, Pair, to_text
from consistency.ledger.asking import Ask
from consistency.ledger.entries import told
from consistency.ledger.records import Decision
from consistency.ledger.standing import TEACHING, standing
from consistency.lessons import NONE, Lessons

_TAUGHT = f"finding IN (SELECT finding FROM decision WHERE kind IN ({', '.join('?' * len(TEACHING))}))"


def entries(ask: Ask, four_eyes: bool = False) -> Iterator[Decision]:
    """The decisions in force that teach something, oldest first. Each can be revoked by undoing it."""
    about: dict[str, list[Decision]] = defaultdict(list)
    for entry in told(ask, _TAUGHT, TEACHING):
        about[entry.finding].append(entry)
    found = []
    for of_one in about.values():
        holds = standing(of_one, four_eyes=four_eyes)
        agreed = set(holds.agreed)
        found += [d for d in holds.in_force if d.kind in TEACHING and d.id in agreed]
    yield from sorted(found, key=lambda d: d.id)


def file(ask: Ask, four_eyes: bool = False) -> str:
    """What later runs obey as a file (`consistency check --lessons`), with who decided it, when and why."""
    pairs: dict[tuple[str, str], tuple[str, Pair]] = {}
    readings: dict[tuple[str, str], Correction] = {}
    for entry in entries(ask, four_eyes):
        said: dict[str, Any] = {
            "reason": entry.note,
            "author": entry.author,
            "date": entry.at[:10],
            "decision": entry.id,
        }
        if entry.kind == "wrong-reading":
            claim, field = entry.detail["fingerprint"], entry.detail["field"]
            readings[claim, field] = Correction(claim=claim, field=field, value=entry.detail["value"], **said)
        else:
            pairs |= {(a, b): (entry.kind, Pair(claims=(a, b), **said)) for a, b in entry.detail["pairs"]}
    must, cannot = (
        [pair for kind, pair in pairs.values() if kind == wanted] for wanted in ("same-topic", "not-same-topic")
    )
    return to_text(must, cannot, readings.values())


def lessons(ask: Ask, four_eyes: bool = False) -> Lessons:
    """What later runs obey. Of two that contradict each other the later one counts."""
    pairs: dict[tuple[str, str], str] = {}
    readings: dict[str, dict[str, Any]] = {}
    for entry in entries(ask, four_eyes):
        if entry.kind == "wrong-reading":
            readings.setdefault(entry.detail["fingerprint"], {})[entry.detail["field"]] = entry.detail["value"]
        else:
            pairs.update(dict.fromkeys(((a, b) for a, b in entry.detail["pairs"]), entry.kind))
    return Lessons(
        must=tuple(sorted(p for p, kind in pairs.items() if kind == "same-topic")),
        cannot=tuple(sorted(p for p, kind in pairs.items() if kind == "not-same-topic")),
        readings={print_: dict(sorted(fields.items())) for print_, fields in sorted(readings.items())},
    )


def applied(ask: Ask) -> Lessons:
    """What people had decided when the topics and findings were worked out last."""
    found = ask("SELECT value FROM meta WHERE key = 'lessons'", ())
    return msgspec.json.decode(found[0][0], type=Lessons) if found else NONE

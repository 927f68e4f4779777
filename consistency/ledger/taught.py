"""What later runs learn from the book of decisions, and which entry each lesson rests on. Undoing the entry revokes it.

"not the same topic" and "same topic" are about pairs of claims, "wrong reading" about one part of one claim. Where
settled entries say different things of the same, the last counts and the others are listed as overruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from consistency.ledger.book import every_in
from consistency.ledger.records import Decision
from consistency.ledger.standing import TEACHING, standing
from consistency.lessons import Lessons
from consistency.model import Record


class Taught(Record, frozen=True):
    """One lesson.

    decision: number of the entry it rests on; finding, author, at, note: of that entry; kind: must (the claims are
    about one thing) | cannot (they are not) | reading; claims: fingerprints, the pair or the one; field, value: of a
    reading, what the claim says there; overruled: number of the entry whose word counts instead, None where this one's
    does.
    """

    decision: int
    finding: str
    author: str
    at: str
    note: str | None
    kind: str
    claims: tuple[str, ...]
    field: str | None = None
    value: Any = None
    overruled: int | None = None


def lessons(engine: sa.Engine, four_eyes: bool = False) -> Lessons:
    """What later runs obey. four_eyes: only what two people said."""
    return lessons_of(entries(engine, four_eyes))


def entries(engine: sa.Engine, four_eyes: bool = False) -> tuple[Taught, ...]:
    """Every lesson of entries in force, in the order of the book; the overruled among them."""
    with engine.begin() as base:
        return entries_in(base, four_eyes)


def entries_in(base: sa.Connection, four_eyes: bool = False) -> tuple[Taught, ...]:
    """The same, in a transaction."""
    books: dict[str, list[Decision]] = {}
    for entry in every_in(base):
        books.setdefault(entry.finding, []).append(entry)
    return taught_by(books.values(), four_eyes)


def taught_by(books: Iterable[Sequence[Decision]], four_eyes: bool = False) -> tuple[Taught, ...]:
    """The lessons of the entries about some findings. Pure."""
    found = []
    for book in books:
        if any(d.kind in TEACHING for d in book):
            stands = standing(book, None, four_eyes)
            agreed = set(stands.agreed)
            found += [d for d in stands.in_force if d.id in agreed and d.kind in TEACHING]
    said = [t for d in sorted(found, key=lambda d: d.id) for t in _taught(d)]
    last = {_about(t): t for t in said}
    return tuple(
        t if _same(last[_about(t)], t) else Taught(**_fields(t) | {"overruled": last[_about(t)].decision}) for t in said
    )


def lessons_of(taught: Iterable[Taught]) -> Lessons:
    """The form that runs obey: sorted, each once."""
    pairs: dict[str, set[tuple[str, str]]] = {"must": set(), "cannot": set()}
    readings: dict[str, dict[str, Any]] = {}
    for t in taught:
        if t.overruled is not None:
            continue
        if t.kind == "reading":
            readings.setdefault(t.claims[0], {})[str(t.field)] = t.value
        else:
            pairs[t.kind].add((t.claims[0], t.claims[1]))
    return Lessons(
        must=tuple(sorted(pairs["must"])),
        cannot=tuple(sorted(pairs["cannot"])),
        readings={k: dict(sorted(readings[k].items())) for k in sorted(readings)},
    )


def _taught(d: Decision) -> list[Taught]:
    base: dict[str, Any] = {"decision": d.id, "finding": d.finding, "author": d.author, "at": d.at, "note": d.note}
    if d.kind == "wrong-reading":
        said = d.detail
        claims = (said["fingerprint"],)
        return [Taught(**base, kind="reading", claims=claims, field=said["field"], value=said["value"])]
    kind = "must" if d.kind == "same-topic" else "cannot"
    return [Taught(**base, kind=kind, claims=tuple(pair)) for pair in d.detail["pairs"]]


def _about(t: Taught) -> tuple[str, ...]:
    return ("reading", *t.claims, str(t.field)) if t.kind == "reading" else ("pair", *t.claims)


def _same(a: Taught, b: Taught) -> bool:
    """Whether two lessons about the same say the same; true and 1 are not the same."""
    return a.kind == b.kind and repr(a.value) == repr(b.value)


def _fields(t: Taught) -> dict[str, Any]:
    return {k: getattr(t, k) for k in t.__struct_fields__}

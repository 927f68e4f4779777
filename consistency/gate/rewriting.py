"""A baseline made anew from a report: what is kept, brought up to date, taken out, and what is new.

Nothing that was not accepted before is accepted afterwards, unless it is asked for: then each new finding is an entry
of its own, with who accepts it and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from consistency.gate import Gate
from consistency.gate.baseline import Accepted
from consistency.gate.sight import Sight, covers
from consistency.judgement.rows import OUTCOMES
from consistency.model import Finding, Report

_RANK = {outcome: n for n, outcome in enumerate(OUTCOMES)}


def accepted(
    findings: Iterable[Finding],
    report: Report,
    today: str,
    reason: str | None = None,
    author: str | None = None,
    expires: str | None = None,
) -> list[Accepted]:
    """Entries that accept `findings` of `report` as they stand. today, expires: ISO days."""
    sight = Sight(report)
    return [
        Accepted(
            finding=f.id,
            message=f.message,
            topic=_title(f, sight),
            outcome=f.outcome,
            rule=f.rule,
            sides=_sides(sight.sides(f)),
            reason=reason,
            author=author,
            date=today,
            expires=expires,
        )
        for f in findings
    ]


def joined(entries: Iterable[Accepted], new: Sequence[Accepted]) -> tuple[list[Accepted], list[Accepted]]:
    """The entries with the new ones; then the old ones that a new one replaces: it accepts all that they did."""
    kept: list[Accepted] = []
    replaced: list[Accepted] = []
    for e in entries:
        by = any(_RANK[n.outcome] <= _RANK[e.outcome] and covers(n.content(), e.content()) for n in new)
        (replaced if by else kept).append(e)
    return [*kept, *new], replaced


def idle(gate: Gate, report: Report) -> list[Accepted]:
    """The entries that accept nothing in a report (as it was before `Gate.apply`): none fits, or they have run out."""
    met = {n for numbers in _met(gate, report).values() for n in numbers}
    return [e for n, e in enumerate(gate.baseline.entries) if n not in met or gate.is_over(e)]


def updated(gate: Gate, report: Report) -> list[Accepted]:
    """The entries as their findings stand today: claims that are gone and outcomes that got better are no longer
    accepted, and the words for people are those of today. One that accepts nothing stays as it is."""
    sight = Sight(report)
    findings: dict[int, list[Finding]] = {}
    for at, numbers in _met(gate, report).items():
        for n in numbers:
            findings.setdefault(n, []).append(report.findings[at])
    return [
        _updated(e, findings[n], sight) if n in findings and not gate.is_over(e) else e
        for n, e in enumerate(gate.baseline.entries)
    ]


def _updated(entry: Accepted, found: list[Finding], sight: Sight) -> Accepted:
    best = min(found, key=lambda f: (f.id != entry.finding, _RANK[f.outcome], f.id))
    left = {print_ for f in found for side in sight.sides(f) for print_ in side}
    return msgspec.structs.replace(
        entry,
        finding=best.id,
        message=best.message,
        topic=_title(best, sight),
        rule=best.rule,
        outcome=min((f.outcome for f in found), key=lambda o: _RANK[o]),
        sides=tuple(tuple(p for p in side if p in left) for side in entry.sides),
    )


def _met(gate: Gate, report: Report) -> dict[int, list[int]]:
    """For each finding that an entry accepts, by its place in the report, the numbers of all such entries."""
    sight = Sight(report)
    return {
        at: numbers
        for at, f in enumerate(report.findings)
        if gate.concerns(f, sight) and (numbers := gate.baseline.accepting(sight.sides(f), f.outcome))
    }


def _title(finding: Finding, sight: Sight) -> str:
    return sight.topic(finding)[-1]


def _sides(sides: Iterable[frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(tuple(sorted(side)) for side in sides))


def lines(entries: Iterable[Accepted], today: str) -> Iterator[str]:
    """Entries for people, a few lines each."""
    for e in sorted(entries, key=lambda e: (e.finding, e.outcome)):
        yield f"{e.finding} {e.outcome}" + (f" ({e.rule})" if e.rule else "")
        if e.message:
            yield f"    {e.message}"
        who = f"accepted by {e.author}" if e.author else "accepted"
        on = f"{who} on {e.date}" if e.date else who
        until = "" if e.expires is None else f", ran out on {e.expires}" if e.ran_out(today) else f", until {e.expires}"
        yield f"    {on}{until}" + (f": {e.reason}" if e.reason else "")

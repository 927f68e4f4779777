"""How reviewers work: how far they agree, how long a decision takes, how long findings have been open.

Agreement is Cohen's kappa: (po - pe) / (1 - pe), with po the share of findings that both judged alike and pe the share
expected by chance from how often each uses each kind (Cohen, A Coefficient of Agreement for Nominal Scales, Educational
and Psychological Measurement 20, 1960). It takes both for independent; the desk shows earlier decisions, so it says at
most how far people agree who can see each other.

Pure, but for `opened` and `waiting`, which ask the ledger. Times are UTC as the book has them; spans are seconds.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from consistency.errors import LedgerError
from consistency.ledger.records import KINDS, Decision
from consistency.model import Record

if TYPE_CHECKING:
    import sqlalchemy as sa

DAY = 86_400
AGES = ((DAY, "under a day"), (7 * DAY, "1 to 7 days"), (30 * DAY, "7 to 30 days"), (90 * DAY, "30 to 90 days"))
OLDEST = "over 90 days"


class Agreement(Record, frozen=True):
    """Two reviewers. findings: how many both judged; same: how many alike; expected: the share by chance; kappa: 1 is
    full agreement, 0 no more than by chance, None where chance alone would give full agreement."""

    a: str
    b: str
    findings: int
    same: int
    expected: float
    kappa: float | None


class Spans(Record, frozen=True):
    """Seconds: of how many, the median, and the quarters below and above it (None for none)."""

    count: int
    median: float | None = None
    lower: float | None = None
    upper: float | None = None


def judgements(decisions: Iterable[Decision]) -> dict[tuple[str, int], dict[str, Decision]]:
    """The last judgement of each person of each version of a finding, without those taken back."""
    book = sorted(decisions, key=lambda d: d.id)
    undone = {d.undoes for d in book if d.undoes is not None}
    out: dict[tuple[str, int], dict[str, Decision]] = {}
    for d in book:
        if d.kind in KINDS and d.id not in undone:
            out.setdefault((d.finding, d.version), {})[d.author] = d
    return out


def agreements(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """Every two reviewers who judged one version of a finding, by name."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for by in judgements(decisions).values():
        for a, b in combinations(sorted(by), 2):
            pairs.setdefault((a, b), []).append((by[a].kind, by[b].kind))
    return tuple(_agreement(a, b, pairs[a, b]) for a, b in sorted(pairs))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of what two people said of each thing; None where it is not defined."""
    if not pairs:
        return None
    n, same, chance = len(pairs), sum(a == b for a, b in pairs), _chance(pairs)
    return None if chance == n * n else (same * n - chance) / (n * n - chance)


def time_to_decide(decisions: Iterable[Decision], opened: Mapping[str, str]) -> Spans:
    """From when a finding was first in the ledger to its first judgement that was not taken back.

    opened: finding -> time. Findings that are not in it do not count.
    """
    first: dict[str, str] = {}
    for by in judgements(decisions).values():
        for d in by.values():
            first[d.finding] = min(first.get(d.finding, d.at), d.at)
    return spans(_seconds(opened[f], at) for f, at in first.items() if f in opened)


def open_by_age(waiting: Mapping[str, str], now: str) -> dict[str, int]:
    """How many findings have been waiting how long. waiting: finding -> since when; now: a time."""
    out = dict.fromkeys([*(name for _, name in AGES), OLDEST], 0)
    for since in waiting.values():
        age = _seconds(since, now)
        out[next((name for limit, name in AGES if age < limit), OLDEST)] += 1
    return out


def spans(seconds: Iterable[float]) -> Spans:
    """What is in the middle of some spans (quarters by linear interpolation, both ends counted in)."""
    found = sorted(max(0.0, s) for s in seconds)
    if not found:
        return Spans(count=0)
    if len(found) == 1:
        return Spans(count=1, median=found[0], lower=found[0], upper=found[0])
    lower, median, upper = statistics.quantiles(found, n=4, method="inclusive")
    return Spans(count=len(found), median=median, lower=lower, upper=upper)


def opened(engine: sa.Engine) -> dict[str, str]:
    """Finding -> when it was first in the ledger."""
    import sqlalchemy as sa

    from consistency.ledger import tables

    v, r = tables.finding_version.c, tables.run.c
    asked = sa.select(v.finding, r.at).join(tables.run, r.id == v.run).where(v.version == 1).order_by(v.finding)
    with engine.begin() as base:
        return {name: at for name, at in base.execute(asked)}  # noqa: C416  # rows are no pairs to mypy


def waiting(engine: sa.Engine) -> dict[str, str]:
    """Finding -> since when it has waited for a decision: since its version of today was made. Those that are gone and
    those that are decided do not wait, and neither do agreements, which nobody need decide on."""
    import sqlalchemy as sa

    from consistency.ledger import tables

    f, v, r = tables.finding.c, tables.finding_version.c, tables.run.c
    asked = (
        sa.select(f.id, r.at)
        .join(tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version))
        .join(tables.run, r.id == v.run)
        .where(f.status != "decided", f.computed.is_not(None), f.outcome != "agreement")
        .order_by(f.id)
    )
    with engine.begin() as base:
        return {name: at for name, at in base.execute(asked)}  # noqa: C416  # rows are no pairs to mypy


def _agreement(a: str, b: str, pairs: list[tuple[str, str]]) -> Agreement:
    n = len(pairs)
    same = sum(x == y for x, y in pairs)
    return Agreement(a=a, b=b, findings=n, same=same, expected=_chance(pairs) / (n * n), kappa=kappa(pairs))


def _chance(pairs: Sequence[tuple[str, str]]) -> int:
    """The agreement expected by chance, times the square of how many there are: whole, so that nothing is rounded."""
    mine, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return sum(mine[k] * theirs[k] for k in mine)


def _seconds(start: str, end: str) -> float:
    return (_time(end) - _time(start)).total_seconds()


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise LedgerError(f"{text[:80]!r} is no time of the form 2026-01-31T09:30:00Z") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)

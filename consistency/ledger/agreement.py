"""How reviewers work together: agreement beyond chance, time to decide, open findings by age. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from statistics import median

from consistency.ledger.records import KINDS, Decision
from consistency.model import Record

AGES = (("a day", 1), ("a week", 7), ("a month", 30), ("three months", 91), ("a year", 365))
"""The ages by which open findings are told, in days."""


class Kappa(Record, frozen=True):
    """Agreement of two reviewers over the findings that both judged.

    both: how many those are; agreed: on how many of them the judgements are of one kind; kappa: Cohen's kappa, None
    where chance alone would agree on all.
    """

    one: str
    two: str
    both: int
    agreed: int
    kappa: float | None


def kappas(decisions: Iterable[Decision]) -> list[Kappa]:
    """Cohen's kappa of each two reviewers with a finding in common (A coefficient of agreement for nominal scales,
    Educational and Psychological Measurement 20, 1960), over the last judgement of each that was not taken back."""
    last: dict[str, dict[tuple[str, int], str]] = {}
    for (finding, version, author), kind in _judged(decisions).items():
        last.setdefault(author, {})[finding, version] = kind
    out = []
    for one, two in combinations(sorted(last), 2):
        pairs = [(kind, last[two][f]) for f, kind in sorted(last[one].items()) if f in last[two]]
        if pairs:
            same = sum(a == b for a, b in pairs)
            out.append(Kappa(one=one, two=two, both=len(pairs), agreed=same, kappa=kappa(pairs)))
    return out


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """(observed agreement - agreement by chance) / (1 - agreement by chance), to four decimals."""
    many = len(pairs)
    if not many:
        return None
    observed = sum(a == b for a, b in pairs) / many
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[kind] * second[kind] for kind in first) / many**2
    return None if chance == 1 else round((observed - chance) / (1 - chance), 4)


def seconds_to_decide(decisions: Iterable[Decision], since: Mapping[str, str]) -> dict[str, float]:
    """By finding: the seconds from when it was there (since, UTC) to the first judgement that was not taken back."""
    first: dict[str, str] = {}
    every = sorted(decisions, key=lambda d: d.id)
    undone = {d.undoes for d in every if d.undoes is not None}
    for d in every:
        if d.kind in KINDS and d.id not in undone:
            first.setdefault(d.finding, d.at)
    found = {f: (_moment(at) - _moment(since[f])).total_seconds() for f, at in first.items() if f in since}
    return {f: max(0.0, seconds) for f, seconds in sorted(found.items())}


def typical(seconds: Iterable[float]) -> float | None:
    """The median, None of nothing."""
    every = list(seconds)
    return median(every) if every else None


def open_by_age(since: Iterable[str], now: str) -> list[tuple[str, int]]:
    """How many open findings are no older than each of AGES and older than the one before; the rest is "older"."""
    counts: Counter[str] = Counter()
    for at in since:
        days = (_moment(now) - _moment(at)).total_seconds() / 86_400
        counts[next((name for name, most in AGES if days <= most), "older")] += 1
    return [(name, counts[name]) for name in (*(name for name, _ in AGES), "older")]


def _judged(decisions: Iterable[Decision]) -> dict[tuple[str, int, str], str]:
    """(finding, version, person) -> kind of their last judgement that holds. Two versions are two things to judge."""
    every = sorted(decisions, key=lambda d: d.id)
    undone = {d.undoes for d in every if d.undoes is not None}
    return {(d.finding, d.version, d.author): d.kind for d in every if d.kind in KINDS and d.id not in undone}


def _moment(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

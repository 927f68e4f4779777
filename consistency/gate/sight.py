"""A report as acceptances see it: what a finding says by content, and the names its topic and its sources go by."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from itertools import permutations

from consistency.model import Finding, Report

Sides = tuple[frozenset[str], ...]

GATED = ("contradiction", "possible-contradiction", "time-explained")
"""The outcomes that a gate may fail on, worst first."""


class Sight:
    """Look-ups over one report."""

    def __init__(self, report: Report) -> None:
        # The other claims of a large report would fill the memory.
        named = {i for f in report.findings for side in (f.claims, *f.sides) for i in side}
        told = {c.id: (c.fingerprint, c.source) for c in report.claims if c.id in named}
        self._prints = {i: print_ for i, (print_, _) in told.items()}
        self._source = {i: source for i, (_, source) in told.items()}
        self._path = {s.id: s.path for s in report.sources}
        self._topics = {t.id: tuple(n for n in (t.id, t.curated, t.title) if n) for t in report.topics}

    def sides(self, finding: Finding) -> Sides:
        """The fingerprints of the claims of each side."""
        return tuple(frozenset(self._prints.get(i, i) for i in side) for side in finding.sides)

    def topic(self, finding: Finding) -> tuple[str, ...]:
        """The names of its topic: id, curated id, title."""
        return self._topics.get(finding.topic, (finding.topic,))

    def sources(self, finding: Finding) -> list[str]:
        """The ids and paths of the sources it rests on, sorted."""
        ids = {self._source[i] for i in finding.claims if i in self._source}
        return sorted(ids | {path for i in ids if (path := self._path.get(i))})


def covers(whole: Sides, part: Sides) -> bool:
    """Whether every side of `part` lies in a side of `whole`, each in another one."""
    if len(whole) != len(part):
        return False
    return any(all(p <= w for p, w in zip(part, order, strict=True)) for order in permutations(whole))


def is_named(names: Iterable[str], pattern: str) -> bool:
    """Whether a glob (or a plain name) fits one of the names, in whatever case."""
    wanted = pattern.casefold()
    return any(name.casefold() == wanted or fnmatchcase(name.casefold(), wanted) for name in names)

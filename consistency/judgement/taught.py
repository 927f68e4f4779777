"""Findings that people took back: their sides are not about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import msgspec

from consistency.lessons import Lessons
from consistency.model import Extraction, Finding, Judgement


def obeyed(judgement: Judgement, extractions: Sequence[Extraction], lessons: Lessons) -> Judgement:
    """The judgement without the findings between claims that are not about one thing.

    Printed claims that are forbidden never share a cluster. What is left are claims that were worked out, and checks
    that need no cluster (a number and the list after it).
    """
    if not lessons.cannot:
        return judgement
    cannot = set(lessons.cannot)
    prints = {c.id: c.fingerprint for e in extractions for c in e.claims}
    prints |= {c.id: c.fingerprint for c in judgement.derived}

    def stands(finding: Finding) -> bool:
        pairs = [(prints.get(a, a), prints.get(b, b)) for x, y in combinations(finding.sides, 2) for a in x for b in y]
        return not pairs or any((min(p), max(p)) not in cannot for p in pairs)

    findings = tuple(f for f in judgement.findings if stands(f))
    return msgspec.structs.replace(judgement, findings=findings)

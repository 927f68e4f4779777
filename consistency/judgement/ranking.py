"""Which of several pairs speaks for two positions, and in what order findings are shown."""

from __future__ import annotations

from consistency.judgement.facts import Facts
from consistency.judgement.rows import OUTCOMES
from consistency.model import Finding

_BASIS = {"firm": 0, "soft": 1, "missing": 2}
RANK = {outcome: n for n, outcome in enumerate(OUTCOMES)}


def telling(full: Facts) -> tuple[int, int, int, int, str, str]:
    """A sort key: the pair of which most is known comes first.

    A copy that changed something tells most, then a later figure of the same originator, then the firmer basis, then
    the plainer voice; equal ones by fingerprint.
    """
    facts = full.facts
    return (
        facts["changed"] == "none",
        facts["standing"] not in {"same-originator", "official-revision"},
        _BASIS[facts["basis"]],
        facts["standing"] == "weaker",
        full.pair.a.fingerprint,
        full.pair.b.fingerprint,
    )


def worst_first(finding: Finding) -> tuple[int, str, float, str, str]:
    """A sort key for the findings of a topic: the worst outcome first, then the surest, then by id."""
    severity = {"error": "0", "warning": "1"}.get(finding.severity, "2")
    return (RANK[finding.outcome], severity, -finding.confidence, finding.id, finding.rule)

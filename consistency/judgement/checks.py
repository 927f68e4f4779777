"""Direct checks as findings: arithmetic within a source, which no pair of positions can show."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.judgement.arithmetic import Check
from consistency.judgement.arithmetic.rules import arithmetic
from consistency.judgement.compare import finding_id
from consistency.model import Claim, Finding, Topic
from consistency.rulebook import Rulebook

_SEVERITY = {"contradiction": "error", "possible-contradiction": "warning"}


def check_findings(
    checks: Sequence[Check], claims: Sequence[Claim], topics: Sequence[Topic], rules: Rulebook
) -> tuple[list[Finding], list[Topic]]:
    """The findings of all direct checks, and topics for those whose claims have none."""
    by_id = {c.id: c for c in claims}
    home = {i: t.id for t in topics for i in t.claims}
    because = {name: rule.because for name, rule in arithmetic(rules).by_id.items()}
    findings: list[Finding] = []
    made: dict[str, Topic] = {}
    for check in checks:
        ids = [i for side in check.sides for i in side]
        topic = next((home[i] for i in ids if i in home), None)
        if topic is None:
            first = by_id[ids[0]]
            topic = f"check-{first.fingerprint}"
            made.setdefault(topic, Topic(id=topic, title=first.text or first.kind, claims=tuple(ids)))
        findings.append(_finding(check, topic, by_id, because[check.rule]))
    return findings, list(made.values())


def _finding(check: Check, topic: str, by_id: dict[str, Claim], because: str) -> Finding:
    sides = [[by_id[i] for i in side] for side in check.sides]
    return Finding(
        id=finding_id(sides, check.rule),
        topic=topic,
        outcome=check.outcome,
        reason=check.rule,
        rule=check.rule,
        severity=_SEVERITY.get(check.outcome, "note"),
        claims=tuple(i for side in check.sides for i in side),
        sides=check.sides,
        facts=check.facts,
        message=check.message,
        why=(*check.why, f"Rule {check.rule}. {because}"),
        reconcile=check.reconcile,
        confidence=check.confidence,
    )

"""Claims and findings as rows of words, for a terminal table or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.model import Claim, Finding, Report
from consistency.reporting import days, passages, phrases
from consistency.reporting.clean import line
from consistency.reporting.index import Index
from consistency.reporting.sides import acceptance_words

CLAIM_COLUMNS = ("source", "place", "kind", "text", "value", "period", "as_of", "counts", "modality", "sentence")
_SIDE_COLUMNS = ("source", "publisher", "published", "place", "text", "value", "period", "sentence", "claims")
FINDING_COLUMNS = (
    *("id", "outcome", "severity", "topic", "message", "reason", "rule", "confidence"),
    *(f"{side}_{name}" for side in "ab" for name in _SIDE_COLUMNS),
    *("notes", "reconcile", "accepted"),
)


def claim_place(claim: Claim) -> str:
    """ "12:34" (line and column), "page 3", or "" where the claim has no place."""
    at = claim.location
    if at is None or at.line is None:
        return f"page {at.page}" if at and at.page else ""
    return f"{at.line}:{at.column}" if at.column else str(at.line)


def _span(claim: Claim, name: str) -> str:
    at = claim.as_of if name == "as_of" else claim.period
    return days.stretch(at.from_, at.to, at.granularity)


def claims_table(claims: Iterable[Claim], width: int = 300) -> list[dict[str, str]]:
    """One row a claim with the keys CLAIM_COLUMNS: plain text of at most `width` characters, safe for a terminal."""
    return [
        {
            "source": line(claim.source, width),
            "place": claim_place(claim),
            "kind": claim.kind,
            "text": line(claim.text, width) if claim.derived is None else f"derived: {line(claim.derived.rule, 80)}",
            "value": line(phrases.interval(claim) or phrases.headline(claim), width),
            "period": _span(claim, "period"),
            "as_of": _span(claim, "as_of"),
            "counts": line(claim.measure.noun or claim.unit, 80),
            "modality": claim.modality,
            "sentence": line(passages.plain_text(passages.parts(claim)), width),
        }
        for claim in claims
    ]


def _side(index: Index, ids: tuple[str, ...], prefix: str) -> dict[str, str]:
    claims = [index.claims[i] for i in ids if i in index.claims]
    if not claims:
        return {}
    claim = claims[0]
    source = index.source(claim)
    row = claims_table([claim], 1000)[0]
    found = {
        "source": row["source"],
        "publisher": source.name if source else "",
        "published": line(source.date, 20) if source else "",
        "place": index.place(claim) if claim.derived is None else "",
        "text": row["text"],
        "value": row["value"],
        "period": row["period"],
        "sentence": row["sentence"],
        "claims": str(len(claims)),
    }
    return {f"{prefix}_{key}": value for key, value in found.items()}


def _finding(index: Index, finding: Finding, titles: dict[str, str]) -> dict[str, str]:
    sides = finding.sides if len(finding.sides) > 1 else tuple((i,) for side in finding.sides for i in side)
    row = dict.fromkeys(FINDING_COLUMNS, "")
    row |= {
        "id": line(finding.id),
        "outcome": line(finding.outcome, 80),
        "severity": line(finding.severity, 20),
        "rule": line(finding.rule),
    }
    row |= {"topic": titles.get(finding.topic, ""), "message": line(finding.message), "reason": line(finding.reason)}
    row |= {"confidence": f"{finding.confidence:.2f}"}
    row |= {"notes": line("; ".join(finding.notes), 1000), "reconcile": line("; ".join(finding.reconcile), 1000)}
    row["accepted"] = acceptance_words(index.accepted.get(finding.id))
    for side, prefix in zip(sides, "ab", strict=False):
        row |= _side(index, side, prefix)
    return row


def findings_table(report: Report) -> list[dict[str, str]]:
    """One row a finding with the keys FINDING_COLUMNS; sides beyond the second are left to the other formats."""
    index = Index(report)
    titles = {topic.id: line(topic.title, 200) for topic in report.topics}
    return [_finding(index, finding, titles) for finding in report.findings]

"""One JSON object a line: findings with their claims, or claims, or any records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from consistency.model import Report
from consistency.reporting.json import encode


def lines(records: Iterable[Any]) -> Iterator[str]:
    """One line (with its end) for each record or dict: `consistency claims --format jsonl`, and the layers."""
    for record in records:
        yield encode(record) + "\n"


def pieces(report: Report, rows: str = "findings") -> Iterator[str]:
    """rows: "findings" (each with its claims under `records`, and who accepted it under `accepted`) or "claims"."""
    if rows == "claims":
        return lines(report.claims)
    claims = {claim.id: claim for claim in report.claims}
    accepted = {entry.finding: entry for entry in report.accepted}
    return lines(
        {**f.to_dict(), "records": [claims[i] for i in f.claims if i in claims], "accepted": accepted.get(f.id)}
        for f in report.findings
    )

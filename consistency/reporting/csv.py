"""Findings or claims as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from consistency.model import Claim, Report
from consistency.reporting.tables import CLAIM_COLUMNS, FINDING_COLUMNS, claims_table, findings_table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")


def guard(cell: str) -> str:
    """`cell`, with an apostrophe in front where a spreadsheet would run it as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip(" \"'").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def write(rows: Iterable[dict[str, str]], columns: Sequence[str], header: bool = True) -> str:
    """A header line (if wanted) and the rows, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    if header:
        writer.writerow(columns)
    writer.writerows([guard(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def claims(records: Iterable[Claim]) -> str:
    """`consistency claims --format csv`."""
    return write(claims_table(records, 1000), CLAIM_COLUMNS)


def render(report: Report, rows: str = "findings") -> str:
    """rows: "findings" (one a line, both sides beside each other) or "claims"."""
    return claims(report.claims) if rows == "claims" else write(findings_table(report), FINDING_COLUMNS)

"""What is printed today, letter for letter. To accept a change: CONSISTENCY_UPDATE_GOLDEN=1 pytest tests/reporting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from consistency.model import Report
from consistency.reporting import FORMATS, render

GOLDEN = Path(__file__).parent.parent / "golden"
ENDINGS = {
    "text": "txt",
    "markdown": "md",
    "junit": "xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "claimreview": "jsonld",
}


@pytest.mark.parametrize("form", FORMATS)
def test_the_report_is_printed_as_before(report: Report, form: str) -> None:
    kept = GOLDEN / f"report.{ENDINGS.get(form, form)}"
    printed = render(report, form)
    if os.environ.get("CONSISTENCY_UPDATE_GOLDEN"):
        kept.write_bytes(printed.encode())
    assert printed.encode() == kept.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_printing_twice_gives_the_same_bytes(report: Report, form: str) -> None:
    assert render(report, form) == render(report, form)

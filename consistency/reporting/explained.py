"""One finding, explained step by step, for a terminal."""

from __future__ import annotations

import msgspec

from consistency.model import Finding, Report
from consistency.reporting.clean import line
from consistency.reporting.terminal import Printer
from consistency.reporting.text import finding_block
from consistency.reporting.view import build
from consistency.reporting.wording import outcome_word


def render(report: Report, finding: Finding, width: int = 100, color: bool = False) -> str:
    """The finding as the report shows it, then the steps that led to it and every fact of the pair."""
    view, _ = build(msgspec.structs.replace(report, findings=(finding,)))
    printer = Printer(width, color)
    for shown in (*(shown for group in view.groups for shown in group.findings), *view.accepted):
        printer.add(outcome_word(shown.outcome, "title").upper(), "", "1")
        finding_block(printer, shown)
        if shown.accepted:
            printer.add(f"Accepted by {shown.accepted}", "  ", hang="    ")
            printer.add()
        if shown.why:
            printer.add("HOW IT CAME ABOUT", "", "1")
        for number, step in enumerate(shown.why, 1):
            printer.add(f"{number}. {step}", "  ", hang="     ")
        printer.add()
        if finding.facts:
            printer.add("FACTS OF THE PAIR", "", "1")
        for name, value in finding.facts.items():
            printer.add(f"{line(name, 40):11} {line(value, 200)}", "  ")
    return printer.text()

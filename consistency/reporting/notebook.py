"""A report as a piece of HTML for a notebook: compact, no script, nothing loaded, every value of a source escaped."""

from __future__ import annotations

from pathlib import Path

from consistency.model import Report
from consistency.reporting.html import environment
from consistency.reporting.view import build

SHOWN = 25
"""So many findings are shown; a notebook keeps its outputs in its file."""
_STYLE = Path(__file__).parent / "templates" / "notebook.css"


def render(report: Report, shown: int = SHOWN) -> str:
    """The fragment: the summary, then the worst `shown` findings with both passages."""
    view, _ = build(report)
    style = " ".join(_STYLE.read_text(encoding="utf-8").split())
    groups = []
    left = shown
    for group in view.groups:
        if group.findings and left > 0:
            groups.append((group, group.findings[:left]))
            left -= len(group.findings)
    total = sum(len(group.findings) for group in view.groups)
    names = {"view": view, "groups": groups, "more": max(0, total - shown), "style": style}
    return environment().get_template("notebook.html.j2").render(names).strip() + "\n"

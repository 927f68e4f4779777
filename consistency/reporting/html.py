"""A report as one HTML page: no script, nothing loaded from elsewhere, safe against markup in sources."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from consistency.model import Report
from consistency.reporting import chart
from consistency.reporting.index import Index
from consistency.reporting.view import View, build
from consistency.reporting.wording import counted

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


class Drawing(msgspec.Struct, frozen=True):
    """A topic's chart in both sizes; the page shows the one that fits."""

    wide: chart.Chart
    narrow: chart.Chart


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, every value escaped, an unknown name an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["counted"] = counted
    return made


@lru_cache(maxsize=1)
def _style() -> tuple[str, str]:
    """The style sheet and its hash for the page's Content-Security-Policy (CSP level 2)."""
    text = (_TEMPLATES / "report.css").read_text(encoding="utf-8").strip()
    digest = hashlib.sha256(text.encode()).digest()
    return text, f"sha256-{base64.b64encode(digest).decode()}"


def drawings(report: Report, view: View, index: Index) -> dict[str, Drawing]:
    """The charts of the topics shown, by the topic's anchor."""
    topics = {topic.id: topic for topic in report.topics}
    courses = {course.topic: course for course in report.courses}
    out = {}
    for shown in view.topics:
        topic, course = topics[shown.key], courses.get(shown.key)
        wide = chart.build(index, topic, course, shown.title, chart.WIDE)
        narrow = chart.build(index, topic, course, shown.title, chart.NARROW)
        if wide and narrow:
            out[shown.anchor] = Drawing(wide, narrow)
    return out


def render(report: Report, title: str = "Consistency report") -> str:
    """The whole page."""
    view, index = build(report, title)
    style, digest = _style()
    names: dict[str, Any] = {"view": view, "charts": drawings(report, view, index), "style": style, "digest": digest}
    return environment().get_template("report.html.j2").render(names).rstrip() + "\n"

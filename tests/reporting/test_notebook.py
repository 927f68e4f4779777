"""The fragment for notebooks: safe, compact, and complete in what it counts."""

from __future__ import annotations

import re

import lxml.html
import msgspec
import pytest
from test_hostile import PAYLOADS, poisoned

from consistency.model import Report
from consistency.reporting import notebook


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_of_a_source_becomes_markup(report: Report, payload: str) -> None:
    plain = lxml.html.fragment_fromstring(notebook.render(report))
    shown = notebook.render(poisoned(report, payload))
    page = lxml.html.fragment_fromstring(shown)
    assert {e.tag for e in page.iter()} <= {e.tag for e in plain.iter()} | {"ul", "li"}
    assert {name for e in page.iter() for name in e.attrib} <= {"class", "dir", "open", "aria-hidden"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()


def test_it_loads_nothing_and_styles_only_itself(report: Report) -> None:
    shown = notebook.render(report)
    assert not re.search(r"(?i)<script|<link|<img|url\(|@import|https?:|href|src=|\bid=", shown)
    style = shown.partition("<style>")[2].partition("</style>")[0]
    rules = [rule for rule in re.sub(r"\{[^}]*\}", "\n", style).splitlines() if rule.strip()]
    assert len(rules) > 5
    assert all(rule.strip().startswith(".consistency-report") for rule in rules)


def test_only_the_worst_are_shown_and_the_rest_counted(report: Report) -> None:
    total = len(report.findings) - len(report.accepted)
    assert total > 3
    page = lxml.html.fragment_fromstring(notebook.render(report, shown=3))
    assert len(page.find_class("finding")) == 3
    assert f"{total - 3} further findings are not shown." in page.text_content()
    assert "contradiction" in page.find_class("contradiction")[0].get("class")
    many = msgspec.structs.replace(report, findings=report.findings * 40)
    assert len(notebook.render(many)) < 2 * len(notebook.render(report)) + 40_000
    assert "not shown" not in notebook.render(report, shown=total)

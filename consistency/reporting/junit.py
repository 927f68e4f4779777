"""Findings as JUnit XML, which every server of continuous integration shows: a suite a topic, a test a finding.

What fails the gate is a failure, what somebody accepted is skipped with the reason, all else passes. The dialect is the
common one of Jenkins, GitLab and pytest: testsuites, testsuite, testcase with name, classname, file and line, and in it
failure, skipped and system-out. A run that found nothing has one test that passed: some servers take none for a fault.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from consistency.model import Finding, Report
from consistency.reporting.clean import clean, line, visible
from consistency.reporting.github import told
from consistency.reporting.index import Index
from consistency.reporting.problems import Problem, Relative, level, placed, plain_path, topic_titles
from consistency.reporting.sides import finding_view
from consistency.reporting.view import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES = {'"': "&quot;", "\n": "&#10;", "##": "#&#35;"}  # "##[…]" is a command to some logs, see `clean`


def text(words: str) -> str:
    """`words` (made visible, see `clean`) as character data; "]]>" cannot arise, as every ">" is escaped."""
    return escape(words)


def attributes(**given: str | int | None) -> str:
    """Attributes of an element; those that are None are left out."""
    return " ".join(f'{name}="{escape(str(value), _QUOTES)}"' for name, value in given.items() if value is not None)


class _Case:
    """One finding as a test."""

    def __init__(self, problem: Problem, failed: bool) -> None:
        self.problem = problem
        self.state = "skipped" if problem.accepted else "failure" if failed else "passed"

    def lines(self, suite: str) -> Iterator[str]:
        problem, view, here = self.problem, self.problem.view, self.problem.here
        path = visible(here.path) if here and here.path else None
        at = here.line if here and path else None
        name = f"{view.message} [{view.id}]"
        yield f"    <testcase {attributes(name=name, classname=suite, file=path, line=at, time=0)}>"
        body = text("\n".join(told(problem)))
        if self.state == "failure":
            kind = line(problem.finding.outcome, 80)
            yield f"      <failure {attributes(message=view.message, type=kind)}>{body}</failure>"
        elif self.state == "skipped":
            yield f"      <skipped {attributes(message=f'accepted by {view.accepted}')}/>"
            yield f"      <system-out>{body}</system-out>"
        else:
            yield f"      <system-out>{body}</system-out>"
        yield "    </testcase>"


def _fails(finding: Finding) -> bool:
    return finding.outcome == "contradiction" and level(finding) == "error"


def _cases(report: Report, failing: Collection[str] | None, relative: Relative) -> dict[str, list[_Case]]:
    """The tests of each topic that has findings, in the order of the findings."""
    index = Index(report)
    titles = topic_titles(report)
    out: dict[str, list[_Case]] = {}
    for number, finding in enumerate(report.findings, 1):
        marks, here = placed(index, finding, relative)
        view = finding_view(index, finding, number, titles)
        others = tuple(mark for mark in marks if mark is not here)
        problem = Problem(finding, view, here, others, index.accepted.get(finding.id))
        failed = _fails(finding) if failing is None else finding.id in failing
        out.setdefault(finding.topic, []).append(_Case(problem, failed))
    return out


def _counts(cases: list[_Case]) -> dict[str, int]:
    failures, skipped = (sum(case.state == state for case in cases) for state in ("failure", "skipped"))
    return {"tests": len(cases), "failures": failures, "errors": 0, "skipped": skipped, "time": 0}


def render(
    report: Report,
    failing: Collection[str] | None = None,
    relative: Relative = plain_path,
) -> str:
    """The document. failing: ids of the findings that fail the gate (None: contradictions of severity error)."""
    suites = _cases(report, failing, relative)
    every = [case for cases in suites.values() for case in cases]
    totals = _counts(every) if every else {"tests": 1, "failures": 0, "errors": 0, "skipped": 0, "time": 0}
    out = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {attributes(name='consistency', **totals)}>"]
    for cases in suites.values():
        title = cases[0].problem.view.topic or "Untitled topic"
        out.append(f"  <testsuite {attributes(name=title, **_counts(cases))}>")
        for case in cases:
            out += case.lines(f"consistency.{line(case.problem.finding.outcome, 80)}")
        out.append("  </testsuite>")
    if not every:
        out += [f"  <testsuite {attributes(name='consistency', **totals)}>"]
        out += [f"    <testcase {attributes(name=clean(summary(report)), classname='consistency', time=0)}/>"]
        out += ["  </testsuite>"]
    return "\n".join([*out, "</testsuites>"]) + "\n"

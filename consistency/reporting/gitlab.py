"""Problems as a GitLab Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/): a JSON array.

GitLab shows them in the merge request, beside the line. It reads description, check_name, fingerprint, severity,
location.path and location.lines.begin, all of which it wants, and compares fingerprints between two branches to tell
what is new. Accepted findings are left out; so is the rest that is no problem.
"""

from __future__ import annotations

from typing import Any

from consistency.model import Report
from consistency.reporting.clean import line, visible
from consistency.reporting.json import encode
from consistency.reporting.problems import Problem, Relative, fingerprint, level, plain_path, problems

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def _entry(problem: Problem, seen: dict[str, int]) -> dict[str, Any]:
    here, view = problem.here, problem.view
    told = "; ".join(mark.words for mark in ([here] if here else []) + list(problem.others)[:3])
    print_ = fingerprint(problem.finding)
    seen[print_] = count = seen.get(print_, 0) + 1
    return {
        "check_name": f"consistency/{view.rule or problem.finding.outcome}",
        "description": line(f"{view.message}. {told}", 1000),
        "fingerprint": print_ if count == 1 else f"{print_}-{count}",
        "severity": _SEVERITIES[level(problem.finding)],
        "location": {
            # A source that is no file (standard input, a record without a path) is named in place of one.
            "path": visible((here.path or here.source) if here else "unknown") or "unknown",
            "lines": {"begin": max(1, here.line or 1) if here else 1},
        },
    }


def render(report: Report, relative: Relative = plain_path) -> str:
    """The array, an object a problem. relative: see `problems`."""
    seen: dict[str, int] = {}
    rows = [_entry(problem, seen) for problem in problems(report, relative) if problem.accepted is None]
    return encode(rows, 2) + "\n"

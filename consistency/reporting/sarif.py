"""Problems as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning and editors.

Results are the problems alone (see `problems`), with kind "fail". The standard would allow agreements as kind "pass" or
"informational" with level "none" (§3.27.9), but GitHub code scanning heeds neither and makes an alert of every result;
how many findings of each outcome there are stands in the properties of the run.

Accepted findings stay, each with a suppression of kind "external" (§3.35). All results carry `suppressions`, as the
standard wants it of all or none (§3.27.23). `baselineState` is left out: it compares with an earlier run (§3.27.24),
and a baseline of accepted findings is none. `partialFingerprints` hold the id of the finding, which knows no path and
no line; `primaryLocationLineHash` is the one GitHub reads, filled so that two findings on one line stay two alerts.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any
from urllib.parse import quote

from consistency.errors import RuleError
from consistency.judgement.rows import Row
from consistency.model import Report
from consistency.reporting.clean import JOINER, clean, line
from consistency.reporting.json import encode
from consistency.reporting.problems import Mark, Problem, Relative, fingerprint, level, plain_path, problems
from consistency.reporting.wording import outcome_word, plain
from consistency.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 25_000  # results of a run; code scanning refuses a file with more
_RELATED = 100  # so many locations of a result are shown on GitHub
_LINK = re.compile(r"(?<=\])(?=\()|(?<=\{)(?=\d)")
_URGENCY = {"error": "error", "warning": "warning", "note": "recommendation"}


def _text(text: str) -> str:
    """`text` of a source inside a message: neither an embedded link (§3.11.6) nor a placeholder (§3.11.5)."""
    return _LINK.sub(JOINER, clean(text))


def uri(path: str) -> str:
    """A path as a URI reference (RFC 3986): relative, or `file:` where it is absolute; UTF-8, percent-encoded."""
    absolute = re.match(r"/|[A-Za-z]:/", path)
    quoted = quote(path.encode("utf-8", "replace"), safe="/-._~!$&'()*+;=@")
    return f"file://{'' if path.startswith('/') else '/'}{quoted}" if absolute else quoted


def _region(mark: Mark) -> dict[str, int]:
    """Lines and columns from 1, the end column behind the last character (§3.30)."""
    if mark.line is None:
        return {}
    out = {"startLine": mark.line}
    if mark.column is not None:
        out["startColumn"] = mark.column
    if mark.end_line is not None and mark.end_line >= mark.line:
        out["endLine"] = mark.end_line
        ordered = mark.end_line > mark.line or (mark.end_column or 0) >= (mark.column or 1)
        if mark.column is not None and mark.end_column is not None and ordered:
            out["endColumn"] = mark.end_column
    return out


def _location(mark: Mark, number: int | None = None) -> dict[str, Any]:
    out: dict[str, Any] = {} if number is None else {"id": number}
    if mark.path is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(mark.path), "uriBaseId": "%SRCROOT%"}}
        if uri(mark.path).startswith("file:"):
            del physical["artifactLocation"]["uriBaseId"]
        region = _region(mark)
        out["physicalLocation"] = physical | ({"region": region} if region else {})
    else:
        out["logicalLocations"] = [{"fullyQualifiedName": line(mark.source, 400) or "unknown"}]
    page = f" (page {mark.page})" if mark.page else ""
    return out | {"message": {"text": _text(mark.words + page)}}


def _message(problem: Problem) -> str:
    here = f" Here: {problem.here.words}." if problem.here else ""
    more = len(problem.others) - 1
    rest = f" and {more} more" if more > 0 else ""
    other = f" [The other side](1): {_text(problem.others[0].words)}{rest}." if problem.others else ""
    return f"{_text(problem.view.message)}.{_text(here)}{other} {_text(problem.view.because)}"


def _suppressions(problem: Problem) -> list[dict[str, Any]]:
    entry = problem.accepted
    if entry is None:
        return []
    facts = {"by": entry.by, "author": entry.author, "date": entry.date, "expires": entry.expires, "place": entry.place}
    why = {"justification": _text(line(entry.reason, 1000))} if line(entry.reason) else {}
    properties = {key: line(value, 400) for key, value in facts.items() if value}
    return [{"kind": "external", "status": "accepted", **why, "properties": properties}]


def _result(problem: Problem, rules: dict[str, int]) -> dict[str, Any]:
    finding, view = problem.finding, problem.view
    digest = fingerprint(finding)
    return {
        "ruleId": view.rule,
        "ruleIndex": rules[view.rule],
        "kind": "fail",
        "level": level(finding),
        "message": {"text": _message(problem)},
        "locations": [_location(problem.here)] if problem.here else [],
        "relatedLocations": [_location(mark, n) for n, mark in enumerate(problem.others[:_RELATED], 1)],
        "partialFingerprints": {"consistencyFinding/v1": digest, "primaryLocationLineHash": f"{digest[:16]}:1"},
        "rank": round(100 * min(1.0, max(0.0, finding.confidence)), 1),
        "suppressions": _suppressions(problem),
        "properties": {
            "finding": view.id,
            "outcome": line(finding.outcome, 80),
            "reason": line(finding.reason, 120),
            "confidence": finding.confidence,
            "topic": view.topic,
            "sameOrigin": finding.same_origin,
            "notes": list(view.notes),
            "reconcile": list(view.reconcile),
        },
    }


def _known_rules() -> dict[str, Row]:
    """The built-in rules, for their help. A user's own say why in the report, and no more is known of them here."""
    from consistency.judgement.catalogue import every_rule

    try:
        return {row.id: row for row in every_rule()}
    except RuleError:
        return {}


def _rule(problem: Problem, known: dict[str, Row], because: str | None) -> dict[str, Any]:
    from consistency.reporting import rulepages

    view = problem.view
    row = known.get(problem.finding.rule)
    name = line(outcome_word(problem.finding.outcome, "one"), 80)
    help_ = {"text": f"{view.because}\n"}
    if row is not None and because in (None, row.because):
        help_ = {"text": rulepages.text(row), "markdown": rulepages.markdown([row]).partition("\n\n")[2]}
    return {
        "id": view.rule,
        "shortDescription": {"text": f"{name[:1].upper()}{name[1:]}: {plain(view.rule)}"},
        "fullDescription": {"text": view.because},
        "help": help_,
        "defaultConfiguration": {"level": level(problem.finding)},
        "properties": {
            "tags": [line(problem.finding.outcome, 80), "consistency"],
            "problem.severity": _URGENCY[level(problem.finding)],
        },
    }


def render(report: Report, relative: Relative = plain_path) -> str:
    """One run as SARIF. relative: see `problems`."""
    found = list(islice(problems(report, relative), MOST))
    known = _known_rules() if found else {}
    rules: dict[str, dict[str, Any]] = {}
    for problem in found:
        if problem.view.rule not in rules:
            rules[problem.view.rule] = _rule(problem, known, report.rules.get(problem.finding.rule))
    order = {name: number for number, name in enumerate(rules)}
    counts = Counter(finding.outcome for finding in report.findings)
    run = {
        "tool": {"driver": {"name": "consistency", "semanticVersion": __version__, "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that paths are relative to."}}},
        "results": [_result(problem, order) for problem in found],
        "properties": {
            "sources": len(report.sources),
            "outcomes": {line(name, 80): count for name, count in sorted(counts.items())},
            "data": {line(key, 80): line(value, 200) for key, value in sorted(report.data.items())},
        },
    }
    return encode({"version": "2.1.0", "$schema": SCHEMA, "runs": [run]}, 2) + "\n"

"""Findings as the tools of a code review take them: which are problems, where in a file each stands, what it says.

A problem is a finding that somebody is to look at: a contradiction, a possible one, and any other finding that the
settings have raised to a warning or an error. Agreements and differences that time, scope or a speaker explains are
none: as alerts on lines of a text they would bury the ones that matter. The formats for people tell them all.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterator

import msgspec

from consistency.model import Acceptance, Claim, Finding, Report
from consistency.reporting import days, phrases
from consistency.reporting.clean import clean, line
from consistency.reporting.index import Index
from consistency.reporting.sides import FindingView, finding_view
from consistency.reporting.wording import OUTCOMES

Relative = Callable[[str], str]
"""Path of a file as the program was given it -> the path to print: relative to the root of the repository."""


class Mark(msgspec.Struct, frozen=True):
    """Where one claim is printed, and what it says there.

    path: None where the source is no file; the numbers as in Location; name: of the source; words: in a few words.
    """

    claim: str
    path: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    page: int | None
    source: str
    name: str
    words: str


class Problem(msgspec.Struct, frozen=True):
    """A problem: its finding, the mark it is shown at (None where no claim is known), the others, who accepted it."""

    finding: Finding
    view: FindingView
    here: Mark | None
    others: tuple[Mark, ...]
    accepted: Acceptance | None


def plain_path(path: str) -> str:
    """`path` without "./" and inner "..": what is printed where nothing is known of the repository."""
    return posixpath.normpath(path.replace("\\", "/"))


def is_problem(finding: Finding) -> bool:
    """Whether the finding belongs into a review of code (see above)."""
    return finding.severity in ("error", "warning") or finding.outcome in OUTCOMES[:2]


def level(finding: Finding) -> str:
    """The finding's severity: "error", "warning" or "note"; a severity that is none of them counts as a note."""
    return finding.severity if finding.severity in ("error", "warning") else "note"


def fingerprint(finding: Finding) -> str:
    """64 hex digits that stay the same while the finding does: no path and no line is in them."""
    return hashlib.sha256(f"1|{finding.id}".encode("utf-8", "surrogatepass")).hexdigest()


def topic_titles(report: Report) -> dict[str, tuple[str, str | None]]:
    """The titles of topics as `finding_view` wants them, for a format without sections of topics."""
    return {topic.id: (line(topic.title, 160) or "Untitled topic", None) for topic in report.topics}


def problems(report: Report, relative: Relative = plain_path) -> Iterator[Problem]:
    """The problems of a report, worst first. relative: how paths are printed."""
    index = Index(report)
    titles = topic_titles(report)
    for number, finding in enumerate((f for f in report.findings if is_problem(f)), 1):
        marks, here = placed(index, finding, relative)
        view = finding_view(index, finding, number, titles)
        others = tuple(mark for mark in marks if mark is not here)
        yield Problem(finding, view, here, others, index.accepted.get(finding.id))


def placed(index: Index, finding: Finding, relative: Relative = plain_path) -> tuple[list[Mark], Mark | None]:
    """The places of a finding's printed claims, side by side, and the one to show it at.

    That is in a source that was new, where new ones were held against known ones; then in a file with lines; then in
    the source published last, as what came later is what somebody can still change. Of a claim that was worked out, the
    claims it rests on stand for it.
    """
    claims = [c for side in finding.sides for i in side for c in _printed(index, i)]
    claims = list({c.id: c for c in claims}.values())
    marks = [mark(index, claim, relative) for claim in claims]
    if not marks:
        return [], None
    dates = {c.id: day.isoformat() for c in claims if (s := index.source(c)) and (day := days.parse(s.date))}
    best = max(
        enumerate(marks),
        key=lambda pair: (
            pair[1].source in index.new,
            pair[1].line is not None,
            pair[1].path is not None,
            dates.get(pair[1].claim, ""),
            -pair[0],
        ),
    )
    return marks, best[1]


def _printed(index: Index, claim_id: str, depth: int = 0) -> Iterator[Claim]:
    claim = index.claims.get(claim_id)
    if claim is None:
        return
    if claim.derived is None or depth > 8:
        yield claim
    else:
        for parent in claim.derived.from_:
            yield from _printed(index, parent, depth + 1)


def mark(index: Index, claim: Claim, relative: Relative = plain_path) -> Mark:
    """Where a claim is printed."""
    at, source = claim.location, index.infos.get(claim.source)
    path = (at.path if at else None) or (source.path if source else None)
    view = index.source(claim)
    name = view.name if view else line(claim.source, 80)
    when = f", {days.stretch(view.date, view.date)}" if view and view.date else ""
    said = line(claim.text, 160) or phrases.headline(claim)
    return Mark(
        claim=claim.id,
        path=relative(path) if path else None,
        line=at.line if at else None,
        column=at.column if at else None,
        end_line=at.end_line if at else None,
        end_column=at.end_column if at else None,
        page=at.page if at else None,
        source=claim.source,
        name=name,
        words=clean(f"{name}{when}: “{said}”"),
    )

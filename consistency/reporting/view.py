"""A Report as a reader meets it; every format for people is printed from this one view."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from consistency.model import Finding, Report, Topic
from consistency.reporting.clean import line
from consistency.reporting.index import Index, SourceView
from consistency.reporting.matrix import Named, TopicView, topic_view
from consistency.reporting.sides import FindingView, finding_view
from consistency.reporting.wording import OUTCOMES, counted, lookup, outcome_word

TITLE = "Consistency report"


class Group(msgspec.Struct, frozen=True):
    """The findings of one outcome; `empty` is what to say where there are none, `shown` whether to say it at all."""

    outcome: str
    anchor: str
    title: str
    sign: str
    lead: str
    empty: str
    shown: bool
    findings: tuple[FindingView, ...]


class View(msgspec.Struct, frozen=True):
    """The whole report in reading order.

    accepted: the findings that a baseline or a suppression accepts, which are in no group; unused: what is said of
    entries of those that do nothing.
    """

    title: str
    summary: str
    groups: tuple[Group, ...]
    topics: tuple[TopicView, ...]
    lone_topics: int
    sources: tuple[SourceView, ...]
    coverage: tuple[tuple[str, str], ...]
    not_compared: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]
    data: tuple[tuple[str, str], ...]
    accepted: tuple[FindingView, ...] = ()
    unused: tuple[str, ...] = ()


def _shown(report: Report) -> list[Topic]:
    """Topics with something to compare: a finding, two sources, or two things said."""
    with_finding = {finding.topic for finding in report.findings}
    source = {claim.id: claim.source for claim in report.claims}
    return [
        topic
        for topic in report.topics
        if topic.id in with_finding or len(topic.positions) > 1 or len({source.get(i) for i in topic.claims}) > 1
    ]


def _join(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def summary(report: Report) -> str:
    """The whole outcome in a sentence or two: contradictions, or that there are none; the others; what was accepted."""
    count = len(report.sources)
    if not count:
        return "No source could be read, so nothing was compared."
    done = {entry.finding for entry in report.accepted}
    accepted = [f for f in report.findings if f.id in done]
    told = _told(
        report, [f for f in report.findings if f.id not in done], any(f.outcome == OUTCOMES[0] for f in accepted)
    )
    return (
        f"{told} {counted(len(accepted), 'accepted finding is', 'accepted findings are')} left aside."
        if accepted
        else told
    )


def _told(report: Report, findings: list[Finding], beyond: bool) -> str:
    """The summary of these findings. beyond: whether contradictions were accepted, which are not among them."""
    count = len(report.sources)
    counts = {outcome: sum(f.outcome == outcome for f in findings) for outcome in OUTCOMES}
    among = _where(report) or "in the one source read"
    worst = counts["contradiction"]
    verb = "was" if worst == 1 else "were"
    first = (
        f"{counted(worst, 'contradiction')} {verb} found {among}"
        if worst
        else f"No contradiction{' beyond those accepted' if beyond else ''} was found {among}"
    )
    rest = [
        counted(n, outcome_word(o, "one"), outcome_word(o, "many")) for o, n in counts.items() if n and o != OUTCOMES[0]
    ]
    if rest:
        also = " also" if worst else ""
        verb = "is" if next(n for o, n in counts.items() if n and o != OUTCOMES[0]) == 1 else "are"
        return f"{first}. There {verb}{also} {_join(rest)}."
    alone = not worst and count == 1 and not report.coverage.against
    return f"{first}; nothing stood beside it to compare." if alone else f"{first}."


def _where(report: Report) -> str:
    """Among what the findings were looked for; nothing where there was one source alone."""
    against, count = report.coverage.against, len(report.sources)
    if against:
        return f"in {counted(against.new, 'new source')}, held against {counted(against.known, 'known one')}"
    return f"among {counted(count, 'source')}" if count > 1 else ""


def _coverage(report: Report) -> tuple[tuple[str, str], ...]:
    coverage = report.coverage
    spoken = {i for finding in report.findings for i in finding.claims}
    silent = sum(claim.derived is None and claim.id not in spoken for claim in report.claims)
    found = [
        ("Sources read", coverage.sources),
        ("Sentences read", coverage.sentences),
        ("Quantities seen", coverage.quantities),
        ("Claims understood", coverage.claims),
        ("Claims in no finding", silent),
        ("Pairs of statements compared", coverage.pairs_compared),
        ("Pairs not comparable", sum(coverage.pairs_not_comparable.values())),
        ("Sources skipped", len(coverage.skipped)),
    ]
    if coverage.switched_off:
        found.append(("Findings switched off", sum(coverage.switched_off.values())))
    corrected = sum(bool(claim.corrected) for claim in report.claims)
    if corrected:
        found.append(("Readings corrected by people", corrected))
    if coverage.dropped:
        found.append(("Readings that people called no claim", len(coverage.dropped)))
    if coverage.capped:
        found.append(("Words so common that only neighbours were compared by them", coverage.capped))
    if against := coverage.against:
        found += [("New sources", against.new), ("Known sources", against.known), ("Known sources met", against.met)]
        if against.hot:
            found.append(("Words too common to look up known sources by", against.hot))
    told = [(name, f"{value:,}") for name, value in found]
    if coverage.near_copy:
        told.append(("Copied passages found by", "MinHash, which misses a few that were changed much"))
    return tuple(told)


def _groups(report: Report, index: Index, topics: dict[str, tuple[str, str | None]]) -> tuple[Group, ...]:
    number, out = 0, []
    findings = [f for f in report.findings if f.id not in index.accepted]
    extra = sorted({f.outcome for f in findings} - set(OUTCOMES))
    for outcome in (*OUTCOMES, *extra):
        views = []
        for finding in findings:
            if finding.outcome == outcome:
                number += 1
                views.append(finding_view(index, finding, number, topics))
        words = {key: outcome_word(outcome, key) for key in ("title", "sign", "lead", "none")}
        among = f" {_where(report)}".rstrip()
        but = " but what was accepted" if len(findings) < len(report.findings) and not views else ""
        out.append(
            Group(
                outcome=outcome,
                anchor=index.anchors.make("outcome", outcome),
                title=words["title"],
                sign=words["sign"],
                lead=words["lead"],
                empty=f"{words['none']}{among}{but}.",
                shown=bool(views) or outcome in OUTCOMES[:2],
                findings=tuple(views),
            )
        )
    return tuple(out)


def _accepted(
    report: Report, index: Index, topics: dict[str, tuple[str, str | None]], first: int
) -> tuple[FindingView, ...]:
    """The accepted findings, numbered after the others."""
    findings = [f for f in report.findings if f.id in index.accepted]
    return tuple(finding_view(index, finding, number, topics) for number, finding in enumerate(findings, first))


def _named(findings: Iterable[FindingView]) -> dict[str, Named]:
    """The findings of each topic by sign and name, for links from the topic to them."""
    found: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for f in findings:
        found.setdefault(f.topic_id, {}).setdefault(f"{f.sign} {f.name}", []).append((f.anchor, f.number))
    return {topic: tuple((name, tuple(links)) for name, links in names.items()) for topic, names in found.items()}


def build(report: Report, title: str = TITLE) -> tuple[View, Index]:
    """The view of a report, and the index that its parts refer to."""
    index = Index(report)
    shown = _shown(report)
    anchors = {topic.id: index.anchors.make("topic", topic.id) for topic in shown}
    titles = {t.id: (line(t.title, 160) or "Untitled topic", anchors.get(t.id)) for t in report.topics}
    groups = _groups(report, index, titles)
    shown_findings = [finding for group in groups for finding in group.findings]
    accepted = _accepted(report, index, titles, len(shown_findings) + 1)
    named = _named([*shown_findings, *accepted])
    courses = {course.topic: course for course in report.courses}
    coverage = report.coverage
    view = View(
        title=line(title, 200),
        summary=summary(report),
        groups=groups,
        topics=tuple(topic_view(index, t, anchors[t.id], courses.get(t.id), named.get(t.id, ())) for t in shown),
        lone_topics=len(report.topics) - len(shown),
        sources=tuple(index.sources.values()),
        coverage=_coverage(report),
        not_compared=tuple(
            (lookup("reasons", line(k, 80)), counted(n, "pair"))
            for k, n in sorted(coverage.pairs_not_comparable.items(), key=lambda item: (-item[1], item[0]))
        ),
        skipped=tuple(
            (line(s.source, 300) + (f":{s.line}" if s.line else ""), line(s.reason, 400)) for s in coverage.skipped
        ),
        data=tuple((lookup("data", line(k, 60)), line(v, 120)) for k, v in sorted(report.data.items())),
        accepted=accepted,
        unused=tuple(line(entry, 400) for entry in report.unused),
    )
    return view, index

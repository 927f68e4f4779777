"""A report as Markdown (CommonMark with GitHub's tables): for a repository, a pull-request comment, a job summary."""

from __future__ import annotations

import re

from consistency.model import Report
from consistency.reporting.clean import clean
from consistency.reporting.index import SourceView
from consistency.reporting.matrix import TopicView
from consistency.reporting.passages import Part
from consistency.reporting.sides import FindingView, Passage, Side
from consistency.reporting.view import Group, View, build

_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_START = re.compile(r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#+\-=:]))")
# Sites that show Markdown turn these into links or notifications by themselves; a word joiner keeps them plain text.
_JOINER = "\u2060"
_ALIVE = re.compile(r"(?<=[@])(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.I)


def escape(text: str) -> str:
    """`text` so that Markdown shows it letter for letter: no markup, HTML, link, mention, table cell or maths."""
    quiet = _MARKUP.sub(r"\\\g<0>", clean(text))
    quiet = quiet.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    quiet = _START.sub(lambda found: f"{found.group(1)}{found.group(2) or ''}\\", quiet)
    return _ALIVE.sub(_JOINER, quiet)


def code(text: str) -> str:
    """`text` as a code span; backticks in it become apostrophes, pipes their look-alike, so that it stays one cell."""
    return "`" + _ALIVE.sub(_JOINER, clean(text).replace("`", "'").replace("|", "¦").strip() or " ") + "`"


def _strong(text: str) -> str:
    body = text.strip()
    return (
        f"<b>{escape(body)}</b>".join((text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]))
        if body
        else text
    )


def _parts(parts: tuple[Part, ...]) -> str:
    out = []
    for part in parts:
        if part.kind == "differs":
            out.append(f"<u>{_strong(part.text)}</u>")
        else:
            out.append(_strong(part.text) if part.kind else escape(part.text))
    return "".join(out).strip()


def _source(source: SourceView | None) -> str:
    return f"\\[{source.number}\\] {escape(source.name)}, {escape(source.dated)}" if source else ""


def _passage(passage: Passage, label: str) -> list[str]:
    origin = _source(passage.source) or f"worked out by {escape(passage.derived_by)}"
    place = f" — {code(passage.place)}" if passage.place else ""
    out = [f"**{label}** {origin}{place}", ""]
    if passage.parts:
        out += [f"> {_parts(passage.parts)}", ""]
    stands = f" — {escape(passage.interval)}" if passage.interval and passage.interval != passage.headline else ""
    facts = [
        f"value: {escape(passage.headline)}{stands}" if passage.headline else "",
        f"period: {escape(passage.period)}" if passage.period else "",
    ]
    facts += [f"as of {escape(passage.as_of)}" if passage.as_of else "", escape("; ".join(passage.remarks))]
    out += [" · ".join(fact for fact in facts if fact), ""]
    for ground in passage.derived_from:
        out += [f"> from {_source(ground.source)}: {_parts(ground.parts)}", ""]
    return out


def _side(side: Side) -> list[str]:
    out = _passage(side.passage, side.label)
    also = [f"{_source(p.source) or 'derived'}: {escape(p.printed or p.headline)}" for p in side.also]
    if also:
        out += ["Also " + "; ".join(also) + (f"; and {side.more} more" if side.more else "") + ".", ""]
    return out


def _finding(finding: FindingView) -> list[str]:
    out = [f"### {finding.sign} {finding.number}. {escape(finding.message)}", ""]
    for side in finding.sides:
        out += _side(side)
    out.append(f"- Rule {code(finding.rule)}: {escape(finding.because)}")
    if finding.same_origin:
        out.append("- Both passages stem from one origin, so they count as one voice.")
    out += [f"- Noted: {escape(note)}" for note in finding.notes]
    out += [f"- Would settle it: {escape(step)}" for step in finding.reconcile]
    out.append(f"- {code(finding.id)} · confidence {finding.confidence}")
    return [*out, ""]


def _group(group: Group) -> list[str]:
    out = [f"## {group.title} ({len(group.findings)})", "", group.lead if group.findings else escape(group.empty), ""]
    for finding in group.findings:
        out += _finding(finding)
    return out


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    body = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell or " " for cell in row) + " |" for row in body] + [""]


def _topic(topic: TopicView) -> list[str]:
    out = [f"### {escape(topic.title)}", ""]
    if topic.course:
        out += [f"Course: {escape(topic.course)}", ""]
    head = ["Value", "When", *(f"\\[{s.number}\\] {escape(s.name)}" for s in topic.sources)]
    if topic.wide:
        head = ["Value", "When", "Sources"]
    rows = []
    for row in topic.rows:
        value = (
            escape(row.exact or row.value)
            + (" (outlier)" if row.outlier else "")
            + (" (derived)" if row.derived else "")
        )
        said = [escape(" / ".join(row.cell(s.number))) for s in topic.sources]
        rows.append(
            [value, escape(row.when), *([", ".join(f"\\[{n}\\]" for n, _ in row.cells)] if topic.wide else said)]
        )
    out += _table(head, rows)
    return [*out, f"and {topic.more} more", ""] if topic.more else out


def _tail(view: View) -> list[str]:
    out = ["## Sources", ""]
    rows = []
    for source in view.sources:
        name = f"[{escape(source.name)}](<{source.url}>)" if source.url else escape(source.name)
        rows.append([str(source.number), name, escape(source.title), escape(source.dated), code(source.path)])
    out += _table(["No.", "Publisher", "Title", "Date", "File"], rows) if rows else ["None.", ""]
    out += ["## What was not understood or not compared", ""]
    out += [f"- {name}: {value}" for name, value in view.coverage]
    if view.lone_topics:
        out.append(f"- Topics that rest on a single statement: {view.lone_topics:,}")
    out += [f"- Not comparable, {escape(name)}: {value}" for name, value in view.not_compared]
    out += [f"- Skipped {code(source)}: {escape(reason)}" for source, reason in view.skipped]
    if view.data:
        out += ["", "Rests on: " + ", ".join(f"{escape(name)} {code(value)}" for name, value in view.data) + "."]
    return out


def render(report: Report, title: str = "Consistency report") -> str:
    """The report in reading order, compact enough for a comment."""
    view, _ = build(report, title)
    out = [f"# {escape(view.title)}", "", escape(view.summary), ""]
    for group in view.groups:
        if group.shown:
            out += _group(group)
    if view.topics:
        out += ["## Topics", ""]
        for topic in view.topics:
            out += _topic(topic)
    return "\n".join([*out, *_tail(view)]).rstrip() + "\n"

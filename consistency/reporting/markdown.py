"""A report as Markdown (CommonMark with GitHub's tables): for a repository, a pull-request comment, a job summary.

A comment on GitHub holds 65,536 characters and a job summary a megabyte, and one that is longer is refused whole. So
the text keeps to LIMIT characters, some room being left for a marker that a workflow puts in front. What does not fit
is left out, the least first: the topics, the sources, the accepted findings, then findings from the last one upward,
and the text says at its top what is missing. The worst findings and the counts always stay.
"""

from __future__ import annotations

import re

from consistency.model import Report
from consistency.reporting.clean import JOINER, clean
from consistency.reporting.index import SourceView
from consistency.reporting.matrix import TopicView
from consistency.reporting.passages import Part
from consistency.reporting.sides import FindingView, Passage, Side
from consistency.reporting.view import Group, View, build
from consistency.reporting.wording import counted

LIMIT = 65_000  # as `report.markdown_limit` of the settings
_SKIPPED = 20

_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_START = re.compile(r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#+\-=:]))")
# Sites that show Markdown make links, notifications or pictures of these by themselves; a word joiner keeps them plain.
_ALIVE = re.compile(r"(?<=[@])(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.I)
_PICTURE = re.compile(r"(?<=:)(?!\d+:)(?=[\\\w+-]{1,60}:)")  # ":tada:", which code spans show as it is


def escape(text: str) -> str:
    """`text` so that Markdown shows it letter for letter: no markup, HTML, link, mention, table cell or maths."""
    quiet = _MARKUP.sub(r"\\\g<0>", clean(text))
    quiet = quiet.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    quiet = _START.sub(lambda found: f"{found.group(1)}{found.group(2) or ''}\\", quiet)
    return _PICTURE.sub(JOINER, _ALIVE.sub(JOINER, quiet))


def code(text: str) -> str:
    """`text` as a code span; backticks in it become apostrophes, pipes their look-alike, so that it stays one cell."""
    return "`" + _ALIVE.sub(JOINER, clean(text).replace("`", "'").replace("|", "¦").strip() or " ") + "`"


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


def _group(group: Group, kept: int | None = None) -> list[str]:
    """A group, of whose findings the first `kept` are told (None: all)."""
    out = [f"## {group.title} ({len(group.findings)})", "", group.lead if group.findings else escape(group.empty), ""]
    for finding in group.findings[:kept]:
        out += _finding(finding)
    left = 0 if kept is None else max(0, len(group.findings) - kept)
    return [*out, f"Left out here: {left:,}.", ""] if left else out


def _accepted(view: View) -> list[str]:
    out = [f"## Accepted ({len(view.accepted)})", ""] if view.accepted or view.unused else []
    for f in view.accepted:
        out.append(f"- {f.sign} {escape(f.message)} — {code(f.id)}, accepted by {escape(f.accepted)}")
    if view.accepted:
        out.append("")
    out += [f"- Accepts nothing: {escape(entry)}" for entry in view.unused]
    return [*out, ""] if view.unused else out


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


def _topics(view: View) -> list[str]:
    out = ["## Topics", ""] if view.topics else []
    for topic in view.topics:
        out += _topic(topic)
    return out


def _sources(view: View) -> list[str]:
    out = ["## Sources", ""]
    rows = []
    for source in view.sources:
        name = f"[{escape(source.name)}](<{source.url}>)" if source.url else escape(source.name)
        rows.append([str(source.number), name, escape(source.title), escape(source.dated), code(source.path)])
    return out + (_table(["No.", "Publisher", "Title", "Date", "File"], rows) if rows else ["None.", ""])


def _coverage(view: View, most: int | None = None) -> list[str]:
    """What was read and left out; at most so many of the skipped sources and of the reasons by name."""
    out = ["## What was not understood or not compared", ""]
    out += [f"- {name}: {value}" for name, value in view.coverage]
    if view.lone_topics:
        out.append(f"- Topics that rest on a single statement: {view.lone_topics:,}")
    out += [f"- Not comparable, {escape(name)}: {value}" for name, value in view.not_compared[:most]]
    out += [f"- Skipped {code(source)}: {escape(reason)}" for source, reason in view.skipped[:most]]
    if most is not None and len(view.skipped) > most:
        out.append(f"- and {len(view.skipped) - most:,} more that were skipped")
    if view.data:
        out += ["", "Rests on: " + ", ".join(f"{escape(name)} {code(value)}" for name, value in view.data) + "."]
    return out


def _join(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _size(lines: list[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def _left_out(names: list[str]) -> list[str]:
    return ["**Shortened to fit.** Left out: " + ", ".join(names) + ". Other formats hold the whole.", ""]


def _shortened(view: View, head: list[str], limit: int) -> str:
    """The report in at most `limit` characters, where that is not too few for its heads and counts."""
    groups = [group for group in view.groups if group.shown]
    total = sum(len(group.findings) for group in groups)
    parts = {
        "accepted findings": _accepted(view),
        "the list of sources": _sources(view),
        "the topics": _topics(view),
    }
    coverage = _coverage(view, _SKIPPED)
    most = _left_out([f"{total:,} of {counted(total, 'finding')}", *parts])
    empty = [row for group in groups for row in _group(group, 0)]
    room = limit - _size(head) - _size(most) - _size(empty) - _size(coverage)
    kept = 0
    for finding in (finding for group in groups for finding in group.findings):
        room -= _size(_finding(finding))
        if room < 0:
            break
        kept += 1
    gone = [f"{total - kept:,} of {counted(total, 'finding')}"] if kept < total else []
    body: list[str] = []
    left = kept
    for group in groups:
        body += _group(group, min(left, len(group.findings)))
        left = max(0, left - len(group.findings))
    rest = {}
    for name, rows in parts.items():
        if kept == total and _size(rows) <= room:
            rest[name] = rows
            room -= _size(rows)
        elif rows:
            gone.append(name)
    shown = [row for name in ("accepted findings", "the topics", "the list of sources") for row in rest.get(name, [])]
    return _join([*head, *(_left_out(gone) if gone else []), *body, *shown, *coverage])


def render(report: Report, title: str = "Consistency report", limit: int = LIMIT) -> str:
    """The report in reading order, in at most `limit` characters (0: all it takes; below 4,000 it may take more)."""
    view, _ = build(report, title)
    head = [f"# {escape(view.title)}", "", escape(view.summary), ""]
    groups = [row for group in view.groups if group.shown for row in _group(group)]
    whole = _join([*head, *groups, *_accepted(view), *_topics(view), *_sources(view), *_coverage(view)])
    return whole if not limit or len(whole) <= limit else _shortened(view, head, limit)

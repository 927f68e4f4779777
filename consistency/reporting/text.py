"""A report for a terminal: code frames with the number underlined, both sides of each finding."""

from __future__ import annotations

from consistency.model import Report
from consistency.reporting.clean import columns
from consistency.reporting.matrix import TopicView
from consistency.reporting.passages import Part
from consistency.reporting.sides import FindingView, Passage, Side
from consistency.reporting.terminal import Printer, wrapped
from consistency.reporting.view import Group, View, build
from consistency.reporting.wording import OUTCOMES, counted

_COLOURS = dict(zip(OUTCOMES, ("1;31", "1;33", "1;34", "1;35", "1;36", "1;32"), strict=True))
_BAR = "  │ "


def _frame(printer: Printer, parts: tuple[Part, ...]) -> None:
    """The passage, each line followed by a line of carets under what is marked in it ("~" under words that differ)."""
    text = "".join(part.text for part in parts)
    marks = "".join({"mark": "^", "quoted": "^", "differs": "~"}.get(part.kind, " ") * len(part.text) for part in parts)
    for start, end in wrapped(text, printer.width - len(_BAR)):
        under = "".join(marks[at] * columns(text[at]) for at in range(start, end)).rstrip()
        printer.out.append(_BAR + text[start:end])
        if under:
            printer.out.append(_BAR + printer.paint(under, "1"))


def _origin(passage: Passage) -> str:
    if passage.source is None:
        return f"worked out by {passage.derived_by}" if passage.derived_by else "source unknown"
    return f"[{passage.source.number}] {passage.source.name}, {passage.source.dated}"


def _passage(printer: Printer, passage: Passage, label: str) -> None:
    printer.add(f"{label}  {_origin(passage)}", "  ", "1", hang="     ")
    if passage.place:
        printer.add(passage.place, "     ", "2")
    if passage.parts:
        _frame(printer, passage.parts)
    for name, words in _facts(passage):
        printer.add(f"{name}: {words}", "     ", hang="       ")
    for ground in passage.derived_from:
        printer.add(f"from {_origin(ground)}, {ground.place}", "     ", hang="       ")
        _frame(printer, ground.parts)


def _facts(passage: Passage) -> list[tuple[str, str]]:
    stands = f", {passage.interval}" if passage.interval and passage.interval != passage.headline else ""
    rows = [("value", passage.headline + stands), ("period", passage.period), ("as of", passage.as_of)]
    return [(name, words) for name, words in [*rows, ("note", "; ".join(passage.remarks))] if words]


def _side(printer: Printer, side: Side) -> None:
    _passage(printer, side.passage, side.label)
    for other in side.also:
        printer.add(
            f"also {_origin(other)}: {other.printed or other.headline} ({other.place})", "     ", hang="       "
        )
    if side.more:
        printer.add(f"and {side.more} more", "     ")


def finding_block(printer: Printer, finding: FindingView) -> None:
    code = _COLOURS.get(finding.outcome, "1")
    printer.add(f"{finding.sign} {finding.number}. {finding.message}", "", code, hang="     ")
    printer.add(f"{finding.topic} · {finding.id} · confidence {finding.confidence}", "     ", "2")
    for side in finding.sides:
        _side(printer, side)
    printer.add(f"Rule {finding.rule}: {finding.because}", "  ", hang="    ")
    if finding.same_origin:
        printer.add("Both passages stem from one origin, so they count as one voice.", "  ", hang="    ")
    for title, texts in (("Noted", finding.notes), ("Would settle it", finding.reconcile)):
        for words in texts:
            printer.add(f"{title}: {words}", "  ", hang="    ")
    printer.add()


def _closing(printer: Printer, view: View) -> None:
    """What somebody accepted, in a few lines each, and the entries that do nothing."""
    if view.accepted:
        printer.add(f"ACCEPTED ({len(view.accepted)})", "", "1")
    for finding in view.accepted:
        printer.add(f"{finding.sign} {finding.number}. {finding.message}", "  ", "2", hang="     ")
        printer.add(f"{finding.id} · accepted by {finding.accepted}", "     ", "2", hang="     ")
    if view.accepted and view.unused:
        printer.add()
    if view.unused:
        printer.add(f"ENTRIES THAT DO NOTHING ({len(view.unused)})", "", "1")
    for entry in view.unused:
        printer.add(entry, "  ", hang="    ")
    if view.accepted or view.unused:
        printer.add()


def _group(printer: Printer, group: Group) -> None:
    printer.add(f"{group.title.upper()} ({len(group.findings)})", "", _COLOURS.get(group.outcome, "1"))
    printer.add(group.lead if group.findings else group.empty)
    printer.add()
    for finding in group.findings:
        finding_block(printer, finding)


def _topic(printer: Printer, topic: TopicView) -> None:
    printer.add(f"{topic.title} ({topic.profile or 'of unknown kind'})", "  ", "1", hang="    ")
    for row in topic.rows:
        said = ", ".join(f"[{number}]" for number, _ in row.cells) or "derived"
        when = f" · {row.when}" if row.when else ""
        printer.add(
            f"{row.exact or row.value}{when} · {said}{' · outlier' if row.outlier else ''}", "    ", hang="      "
        )
    if topic.more:
        printer.add(f"and {topic.more} more", "    ")


def _tail(printer: Printer, view: View) -> None:
    printer.add("SOURCES", "", "1")
    for source in view.sources:
        title = f" — {source.title}" if source.title else ""
        printer.add(f"[{source.number}] {source.name}{title}, {source.dated} ({source.path})", "  ", hang="      ")
    printer.add()
    printer.add("WHAT WAS NOT UNDERSTOOD OR NOT COMPARED", "", "1")
    for name, value in view.coverage:
        printer.add(f"{name}: {value}", "  ")
    if view.lone_topics:
        printer.add(f"Topics that rest on a single statement: {view.lone_topics:,}", "  ")
    for name, value in view.not_compared:
        printer.add(f"not comparable, {name}: {value}", "  ", hang="    ")
    for name, reason in view.skipped:
        printer.add(f"skipped {name}: {reason}", "  ", hang="    ")
    if view.data:
        printer.add()
        printer.add("Rests on: " + ", ".join(f"{name} {value}" for name, value in view.data), "", "2")


def render(report: Report, width: int = 100, color: bool = False, title: str = "Consistency report") -> str:
    """The report wrapped to `width` columns (at least 40); with `color`, ANSI colours."""
    view, _ = build(report, title)
    printer = Printer(width, color)
    printer.add(view.title.upper(), "", "1")
    printer.add(view.summary)
    printer.add()
    for group in view.groups:
        if group.shown:
            _group(printer, group)
    if view.topics:
        printer.add(f"TOPICS ({counted(len(view.topics), 'topic')} with something to compare)", "", "1")
        for topic in view.topics:
            _topic(printer, topic)
        printer.add()
    _closing(printer, view)
    _tail(printer, view)
    return printer.text()

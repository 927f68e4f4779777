"""Problems as annotations of GitHub Actions: workflow commands, one a line, which the runner makes remarks of.

    ::error file=a.txt,line=3,col=8,endColumn=19,title=Contradiction::…

Escaping as actions/toolkit does it (packages/core/src/command.ts): "%", CR and LF in a message, ":" and "," besides in
a property. Whatever a source says, no line begins with a command that is not meant (actions/runner, ActionCommand.cs,
takes a line for one that begins with "::" after blanks, or that holds "##[").

What is accepted makes no annotation; a notice counts it. GitHub shows ten errors and ten warnings of a step, so the
worst stand first; the last line sums up in words, for the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from consistency.model import Report
from consistency.reporting.clean import clean, line, visible
from consistency.reporting.problems import Mark, Problem, Relative, level, plain_path, problems
from consistency.reporting.view import summary
from consistency.reporting.wording import counted, outcome_word

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_TOLD = 10


def data(text: str) -> str:
    """`text` as the message of a command; a line end stays one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """`text` as the value of a property."""
    return data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def command(name: str, message: str, **properties: str | int | None) -> str:
    """One workflow command; a property that is None is left out."""
    given = ",".join(f"{key}={value(str(part))}" for key, part in properties.items() if part is not None)
    return f"::{name} {given}::{data(message)}" if given else f"::{name}::{data(message)}"


def _place(mark: Mark | None) -> dict[str, str | int | None]:
    """Columns are only allowed on a single line."""
    if mark is None or mark.path is None:
        return {}
    if mark.line is None:
        return {"file": mark.path}
    last = mark.end_line if mark.end_line is not None and mark.end_line > mark.line else None
    single = {"col": mark.column, "endColumn": mark.end_column if mark.column is not None else None}
    return {"file": mark.path, "line": mark.line, **({"endLine": last} if last else single)}


def where(mark: Mark) -> str:
    """ "a.txt:3:8: Harbour Gazette, 4 Mar 2022: “12 communes”"."""
    if mark.path is None:
        return mark.words
    numbers = [str(n) for n in (mark.line, mark.column) if n is not None] if mark.line is not None else []
    page = f", page {mark.page}" if mark.page else ""
    return f"{line(':'.join((mark.path, *numbers)), 400)}{page}: {mark.words}"


def told(problem: Problem) -> list[str]:
    """What a problem says, line by line: message, both sides, why, what would settle it."""
    view = problem.view
    marks = ([problem.here] if problem.here else []) + list(problem.others)
    more = f"and {len(marks) - _TOLD} more places" if len(marks) > _TOLD else ""
    out = [view.message, *(where(mark) for mark in marks[:_TOLD]), more, f"Rule {view.rule}: {view.because}"]
    out += [f"Noted: {note}" for note in view.notes]
    out += [f"Would settle it: {step}" for step in view.reconcile]
    return [text for text in (*out, f"Finding {view.id}, confidence {view.confidence}") if text]


def _annotation(problem: Problem) -> str:
    name = outcome_word(problem.finding.outcome, "one")
    title = f"{name[:1].upper()}{name[1:]}: {problem.view.topic}" if problem.view.topic else name
    return command(_COMMANDS[level(problem.finding)], "\n".join(told(problem)), **_place(problem.here), title=title)


def render(report: Report, relative: Relative = plain_path) -> str:
    """The commands, and a last line for people. relative: see `problems`."""
    return "".join(f"{row}\n" for row in _rows(report, relative))


def _rows(report: Report, relative: Relative) -> Iterator[str]:
    for problem in problems(report, relative):
        if problem.accepted is None:
            yield _annotation(problem)
    if report.accepted:
        ways = [("baseline", "by the baseline"), ("suppression", "by a suppression")]
        by = [f"{n} {words}" for key, words in ways if (n := sum(a.by == key for a in report.accepted))]
        few = counted(len(report.accepted), "finding is", "findings are")
        yield command("notice", f"{few} accepted and not shown: {', '.join(by)}.", title="Accepted findings")
    if report.unused:
        rest = [f"and {len(report.unused) - _TOLD} more"] if len(report.unused) > _TOLD else []
        said = "\n".join([*(line(entry, 400) for entry in report.unused[:_TOLD]), *rest])
        yield command("notice", said, title="Entries that do nothing any more")
    yield clean(summary(report))

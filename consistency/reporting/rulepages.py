"""A rule of the decision table in words: for a terminal, and as the Markdown reference that docs/ keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from consistency.judgement.rows import Example, Row
from consistency.reporting.clean import line, shorten
from consistency.reporting.terminal import Printer
from consistency.reporting.wording import plain


def fires_when(row: Row) -> list[str]:
    """The condition as one phrase a fact; none means that the row always answers."""
    facts = [f"{fact}: {' or '.join(values)}" for fact, values in row.when.items()]
    return facts + [f"{name} is {value!r} (this desk's rule)" for name, value in row.where.items()]


def _example(example: Example) -> tuple[list[str], str]:
    texts = [f"{source.get('published') or 'undated'}: {source.get('text', '')}" for source in example.sources]
    if example.claims:
        texts = ["told by claims: " + "; ".join(str(claim.get("text") or claim) for claim in example.claims)]
    gives = ", ".join(example.expect) or "no finding"
    if example.derives:
        gives += f" (worked out: {'; '.join(example.derives)})"
    if example.set_aside:
        gives += f" (set aside: {example.set_aside})"
    return [line(text, 300) for text in texts], gives


def _place(row: Row) -> str:
    file = Path(row.file)
    shown = f"{file.parent.name}/{file.name}" if row.builtin else row.file
    return f"{shown}:{row.line}" if row.line else shown


def text(row: Row, width: int = 100) -> str:
    """One rule whole: what it says, when it fires, why, its examples, and where it stands."""
    printer = Printer(width, False)
    printer.add(f"{row.id} → {row.outcome} ({row.severity}), reason {row.reason}", hang="  ")
    printer.add(row.because, "  ")
    printer.add()
    if row.about:
        printer.add("Counts, by arithmetic:")
        printer.add(row.about, "  ", hang="    ")
    else:
        _conditions(printer, row)
    if row.message:
        printer.add(f"Says: {row.message}", hang="  ")
    printer.add()
    for number, example in enumerate(row.examples, 1):
        texts, gives = _example(example)
        printer.add(f"Example {number} gives {gives}")
        for words in texts:
            printer.add(words, "  ", hang="    ")
    printer.add()
    printer.add(f"Stands in {_place(row)}, {'built in' if row.builtin else 'your own'}.", hang="  ")
    return printer.text()


def _conditions(printer: Printer, row: Row) -> None:
    printer.add(
        "Speaks where" + (", of all pairs no row above has answered:" if row.when or row.where else " no other")
    )
    for phrase in fires_when(row):
        printer.add(phrase, "  ", hang="    ")


def table(rows: Sequence[Row], width: int | None = None) -> str:
    """One line a rule, in the order they are tried; cut to `width` columns if given."""
    wide = max((len(row.id) for row in rows), default=0)
    lines = (f"{row.id:{wide}}  {row.outcome:22}  {row.severity:7}  {plain(row.because)}" for row in rows)
    return "\n".join(shorten(text, width) if width else text for text in lines) + "\n"


def markdown(rows: Iterable[Row]) -> str:
    """The reference of all rules, in the order they are tried, one section a file."""
    out: list[str] = []
    file = ""
    for row in rows:
        if row.file != file:
            file = row.file
            out.append(f"## {Path(file).name}\n")
        out.append(f"### {row.id}\n")
        out.append(f"{row.because}\n")
        outcome = "no finding" if row.outcome == "none" else row.outcome
        out.append(f"Outcome **{outcome}**, reason `{row.reason}`, severity {row.severity}.")
        conditions = "; ".join(f"`{phrase}`" for phrase in fires_when(row))
        if row.about:
            out.append(f"Counts: {row.about}\n")
        else:
            out.append(f"Speaks where {conditions}.\n" if conditions else "Speaks where no other row does.\n")
        for example in row.examples:
            texts, gives = _example(example)
            out.extend(f"- {words}" for words in texts)
            out.append(f"\n  gives {gives}\n")
    return "\n".join(out).rstrip("\n") + "\n"

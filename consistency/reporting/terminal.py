"""Lines of text for a terminal, measured in columns (wide characters take two)."""

from __future__ import annotations

import re

from consistency.reporting.clean import columns

_WORD = re.compile(r"[^ ]+")


def wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """The (start, end) of each line when `text` is wrapped to `width` columns; words longer than that are broken."""
    out: list[tuple[int, int]] = []
    first = last = -1
    used = 0
    for start, end in (piece for word in _WORD.finditer(text) for piece in _pieces(text, *word.span(), width)):
        size = columns(text[start:end])
        blanks = start - last
        if first >= 0 and used + blanks + size <= width:
            last, used = end, used + blanks + size
            continue
        if first >= 0:
            out.append((first, last))
        first, last, used = start, end, size
    return [*out, (first, last)] if first >= 0 else out


def _pieces(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """A word in pieces of at most `width` columns."""
    if columns(text[start:end]) <= width:
        return [(start, end)]
    out, first, used = [], start, 0
    for at in range(start, end):
        size = columns(text[at])
        if used + size > width:
            out.append((first, at))
            first, used = at, 0
        used += size
    return [*out, (first, end)]


class Printer:
    """Gathers lines of at most `width` columns."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = max(40, width)
        self.color = color
        self.out: list[str] = []

    def paint(self, text: str, code: str) -> str:
        """`text` in an ANSI colour, if colours are on."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text and code else text

    def add(self, text: str = "", indent: str = "", code: str = "", hang: str | None = None) -> None:
        """A paragraph, wrapped; `hang` indents its further lines."""
        if not text:
            self.out.append("")
            return
        hang = indent if hang is None else hang
        for n, (start, end) in enumerate(wrapped(text, self.width - max(len(indent), len(hang)))):
            self.out.append((indent if n == 0 else hang) + self.paint(text[start:end], code))

    def text(self) -> str:
        """All lines, none with trailing blanks."""
        return "\n".join(row.rstrip() for row in self.out).rstrip("\n") + "\n"

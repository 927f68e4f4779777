"""The lines of a text as the readers of headers and zones see them: spans of content, white space trimmed."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\s][^\r\n]*")

Span = tuple[int, int]


def content_lines(text: str) -> list[Span]:
    """Spans of the non-empty lines, without the white space at their ends."""
    out: list[Span] = []
    for m in _LINE.finditer(text):
        start, end = m.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        out.append((start, end))
    return out


def fold(words: str) -> str:
    """Lower case, one space for any white space, typographic quotes made plain: the form phrases are compared in."""
    return " ".join(words.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())

"""Offsets of a text to places in the file as it stands on disk."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from consistency.model import Location, Source

_LINE_END = re.compile(r"\r\n|\n|\r")


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in _LINE_END.finditer(text)))


def locate(source: Source, start: int, end: int) -> Location:
    """Where `source.text[start:end]` stands in the file: lines and columns from 1, `end_column` behind the last one.

    A PDF has a page and no lines; a record of a JSONL file the line of the record and no columns; a web page the line
    its paragraph begins on; a record handed in by a program nothing at all.
    """
    layout = source.layout
    if layout.kind == "text":
        starts = _line_starts(source.text)
        line = bisect_right(starts, start) - 1
        last = bisect_right(starts, max(start, end - 1)) - 1
        return Location(
            path=source.path,
            line=layout.first_line + line,
            column=start - starts[line] + 1,
            end_line=layout.first_line + last,
            end_column=max(start, end) - starts[last] + 1,
        )
    if layout.kind == "pages":
        return Location(path=source.path, page=max(1, bisect_right(layout.pages, start)))
    if layout.kind == "line":
        return Location(path=source.path, line=layout.first_line, end_line=layout.first_line)
    if layout.kind == "blocks" and layout.blocks:
        offsets = _block_offsets(layout.blocks)
        first = layout.blocks[max(0, bisect_right(offsets, start) - 1)][1]
        last = layout.blocks[max(0, bisect_right(offsets, max(start, end - 1)) - 1)][1]
        return Location(path=source.path, line=first, end_line=max(first, last))
    return Location(path=source.path)


@lru_cache(maxsize=64)
def _block_offsets(blocks: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple(offset for offset, _ in blocks)

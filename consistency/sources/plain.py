"""Plain text files, and Markdown with or without front matter: offsets are those of the file on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from consistency.errors import RuleError, SourceError
from consistency.model import Layout, Zone
from consistency.rulebook import parse_yaml
from consistency.sources.decoding import decode
from consistency.sources.draft import Draft, metadata

_FRONT = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)(?:^|\n)(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MOST_FRONT = 20_000


def read_text(data: bytes, name: str) -> Iterator[Draft]:
    """A text file is one source. Raises SourceError."""
    yield Draft(text=decode(data, name), layout=Layout(kind="text"))


def read_markdown(data: bytes, name: str) -> Iterator[Draft]:
    """A Markdown file is one source; YAML (---) or TOML (+++) front matter gives its metadata. Raises SourceError.

    Marks of emphasis, headings and links are replaced by as many spaces, so that offsets, lines and columns stay those
    of the file while sentences read as they are meant.
    """
    whole = decode(data, name)
    values, start = _front_matter(whole, name)
    text, zones = mask(whole[start:])
    first = whole.count("\n", 0, start) + 1
    yield Draft(text=text, zones=tuple(zones), layout=Layout(kind="text", first_line=first), **metadata(values))


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], int]:
    m = _FRONT.match(text[:_MOST_FRONT])
    if not m:
        return {}, 0
    import tomllib

    try:
        values = parse_yaml(m["body"], name, 2) if m["fence"] == "---" else tomllib.loads(m["body"])
    except RuleError as error:
        raise SourceError(f"front matter: {error.message}", name, error.line) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"front matter: {error}", name, 1) from error
    if values is None:
        return {}, m.end()
    return (values, m.end()) if isinstance(values, dict) else ({}, 0)  # a text between two rules is no front matter


_FENCED = re.compile(r"^(?P<f>```++|~~~++)[^\n]*+\n.*?(?:^(?P=f)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+((?:[^ \t\n#]++|[ \t#]+(?=[^ \t\n#]))*+)[ \t]*(#*)[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\](\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,200}\])")
_LINK = re.compile(r"(\[)([^\[\]\n]{1,500})(\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,200}\]))")
_MARKS = (
    re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])"),
    re.compile(r"(?<=[^\s*])\*{1,3}(?![\w*])"),
    re.compile(r"(?<![\w_])_{1,3}(?=[^\s_])"),
    re.compile(r"(?<=[^\s_])_{1,3}(?![\w_])"),
    re.compile(r"`+"),
    re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE),
    re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE),
    re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE),
)


def mask(text: str) -> tuple[str, list[Zone]]:
    """A Markdown text with its marks blanked out, as long as before, and the zones they tell: title, caption, code."""
    zones: list[Zone] = []
    chars = list(text)

    def blank(start: int, end: int) -> None:
        for i in range(start, end):
            if chars[i] not in "\r\n":
                chars[i] = " "

    code = [m.span() for m in _FENCED.finditer(text)]
    zones += [Zone(start=a, end=b, kind="boilerplate") for a, b in code]
    for m in _HEADING.finditer(text):
        blank(m.start(1), m.start(2))
        blank(m.start(3), m.end(3))
        if len(m[1]) == 1 and m[2] and not any(z.kind == "title" for z in zones):
            zones.append(Zone(start=m.start(2), end=m.end(2), kind="title"))
    for m in _IMAGE.finditer(text):
        blank(m.start(), m.start(1))
        blank(m.end(1), m.end())
        zones.append(Zone(start=m.start(), end=m.end(), kind="caption"))
    for m in _LINK.finditer(text):
        blank(*m.span(1))
        blank(*m.span(3))
    at = text.find("<!--")
    while at >= 0 and (close := text.find("-->", at)) >= 0:
        blank(at, close + 3)
        at = text.find("<!--", close)
    for mark in _MARKS:
        for m in mark.finditer(text):
            blank(*m.span())
    return "".join(chars), zones

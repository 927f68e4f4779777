"""Sources given as records: lines of a JSONL file, a JSON file with one or a list, mappings handed in by a program."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from consistency.errors import SourceError
from consistency.model import Layout, Skipped
from consistency.sources.decoding import decode, decode_line
from consistency.sources.draft import Draft, metadata

_SPACE = re.compile(r"[ \t\r\n]*")


def read_jsonl(data: bytes, name: str) -> Iterator[Draft | Skipped]:
    """One source a line; a broken line is skipped with its number and the others are read. Raises SourceError."""
    try:
        text = decode(data, name)
    except SourceError as error:
        if error.line is None:
            raise
        lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")  # one line with a bad byte does not cost the others
        yield from read_lines(lines, name)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _read_line(line, name, number)


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Draft | Skipped]:
    """`read_jsonl`, of lines without their ends, each decoded by itself."""
    for number, line in enumerate(lines, 1):
        try:
            text = decode_line(line, name)
        except SourceError as error:
            yield Skipped(source=name, reason=error.message, line=number)
            continue
        if text.strip():
            yield _read_line(text, name, number)


def _read_line(text: str, name: str, number: int) -> Draft | Skipped:
    try:
        return from_mapping(_loads(text), name, number, f"#{number}", Layout(kind="line", first_line=number))
    except SourceError as error:
        return Skipped(source=name, reason=error.message, line=number)


def read_json(data: bytes, name: str) -> Iterator[Draft | Skipped]:
    """One source, or a list of them (bare, or under "sources"). Raises SourceError."""
    text = decode(data, name)
    try:
        content = _loads(text)
    except SourceError as error:
        if "\n" in text.strip() and _first_line_is_record(text):  # JSONL under the wrong name
            yield from read_jsonl(data, name)
            return
        raise SourceError(error.message, name, error.line) from error
    if isinstance(content, dict) and "text" not in content and isinstance(content.get("sources"), list):
        content = content["sources"]
    if isinstance(content, list):
        lines = _item_lines(text, len(content))
        for number, item in enumerate(content, 1):
            line = lines[number - 1]
            try:
                yield from_mapping(item, name, line, f"#{number}", _layout(line))
            except SourceError as error:
                yield Skipped(source=name, reason=f"record {number}: {error.message}", line=line)
        return
    yield from_mapping(content, name, 1, "", Layout(kind="none"))


def _layout(line: int | None) -> Layout:
    return Layout(kind="line", first_line=line) if line else Layout()


def _first_line_is_record(text: str) -> bool:
    try:
        return isinstance(_loads(text.lstrip().split("\n", 1)[0]), dict)
    except SourceError:
        return False


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"is not valid JSON: {error.msg} (column {error.colno})", None, error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise SourceError(f"is not valid JSON: {error}", None, None) from error


def _item_lines(text: str, count: int) -> list[int | None]:
    """The line each item of the outer list (the first in the text) begins on; None where it is not found."""
    at, decoder, out = text.find("[") + 1, json.JSONDecoder(), []
    line, last = 1, 0
    try:
        for _ in range(count):
            m = re.compile(r"[ \t\r\n,]*").match(text, at)
            at = m.end() if m else at
            line, last = line + text.count("\n", last, at), at
            out.append(line)
            at = decoder.raw_decode(text, at)[1]
    except (ValueError, RecursionError):
        return [None] * count
    return [*out]


def from_mapping(item: Any, name: str, line: int | None, part: str, layout: Layout) -> Draft:
    """A source from a mapping of the shape in docs/records.md. Raises SourceError if it has no text."""
    if not isinstance(item, Mapping):
        raise SourceError(f"a source must be an object with a text, not {_kind(item)}", name, line)
    if "text" not in item:
        near = [k for k in ("content", "body", "article", "Text") if isinstance(item.get(k), str)]
        raise SourceError(f'has no "text"{f" (it has {near[0]!r})" if near else ""}', name, line)
    text = item["text"]
    if not isinstance(text, str):
        raise SourceError(f'"text" must be a string, not {_kind(text)}', name, line)
    return Draft(text=text, part=part, line=line, layout=layout, language_stated=True, **metadata(item))


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return "null" if value is None else names.get(type(value), type(value).__name__)

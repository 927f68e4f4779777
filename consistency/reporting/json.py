"""A report as JSON: exactly `Report.to_dict()`, keys in the order of the records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from consistency.model import RECORDS, Report

# Legal inside JSON strings, but unsafe to print: controls, line separators, reordering signs, halves of characters, and
# the brackets of "##[error]" and "##vso[…]", which logs of continuous integration take for commands.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|(?<=##)\\[|(?<=##vso)\\[", re.I
)


def encode(value: Any, indent: int = 0) -> str:
    """`value` (builtins or records) as JSON text in UTF-8, without a line end; unsafe characters as `\\uXXXX`."""
    try:
        data = msgspec.json.encode(value)
        text = (msgspec.json.format(data, indent=indent) if indent else data).decode()
    except UnicodeEncodeError:  # half a surrogate pair in a text: escaped below, as no UTF-8 exists for it
        plain = msgspec.to_builtins(value)
        text = json.dumps(plain, ensure_ascii=False, indent=indent or None, separators=None if indent else (",", ":"))
    if text.isascii() and "\x7f" not in text and "##" not in text:  # most records: looked through at once
        return text
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def pieces(report: Report, compact: bool = False) -> Iterator[str]:
    """The report on many lines, or on one with `compact`, record by record: a large one is never whole in memory."""
    indent = 0 if compact else 2
    colon, line, pad = (":", "", "") if compact else (": ", "\n", "  ")
    rest = msgspec.structs.replace(report, **dict.fromkeys(RECORDS, ())).to_dict()
    lead = "{"
    for key, value in rest.items():
        yield f"{lead}{line}{pad}{encode(key)}{colon}"
        lead = ","
        if key not in RECORDS:
            yield encode(value, indent).replace("\n", f"\n{pad}")
            continue
        first = "["
        for record in getattr(report, key):
            yield f"{first}{line}{pad}{pad}" + encode(record, indent).replace("\n", f"\n{pad}{pad}")
            first = ","
        yield "[]" if first == "[" else f"{line}{pad}]"
    yield f"{line}}}\n"

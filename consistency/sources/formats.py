"""Which reader reads which file: by its suffix, and where that says nothing by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from consistency.config import Limits
from consistency.model import Skipped
from consistency.sources import plain, records
from consistency.sources.draft import Draft

Reader = Callable[[bytes, str], Iterator[Draft | Skipped]]
_DEFAULT = Limits()


def _html(data: bytes, name: str) -> Iterator[Draft | Skipped]:
    from consistency.sources.html import read_html

    return read_html(data, name)


def _pdf(data: bytes, name: str, limits: Limits = _DEFAULT) -> Iterator[Draft | Skipped]:
    from consistency.sources.pdf import read_pdf

    return read_pdf(data, name, limits)


def _docx(data: bytes, name: str, limits: Limits = _DEFAULT) -> Iterator[Draft | Skipped]:
    from consistency.sources.docx import read_docx

    return read_docx(data, name, limits)


def _feed(data: bytes, name: str) -> Iterator[Draft | Skipped]:
    from consistency.sources.feeds import read_feed

    return read_feed(data, name)


READERS: dict[str, Reader] = {
    ".txt": plain.read_text,
    ".text": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".json": records.read_json,
    ".jsonl": records.read_jsonl,
    ".ndjson": records.read_jsonl,
    ".xml": _feed,
    ".rss": _feed,
    ".atom": _feed,
}


# What this program's own files begin or end with: a report read as a source would agree with all that it reports on.
_OWN_HEAD = (
    b'"schema": "consistency-report/',
    b'"schema": "consistency-baseline/',
    b'<meta name="generator" content="claim-consistency">',
    b'<testsuites name="consistency" ',
    b'{\n    "check_name": "consistency/',
    b'"driver": {\n          "name": "consistency",',
)
_OWN_TAIL = re.compile(rb"\nRests on: [^\0]*Rules\s+`?[0-9a-f]{12}`?\.?\s*\Z")


def own_report(data: bytes) -> bool:
    """Whether a file is a report (JSON, HTML, Markdown, text, JUnit, GitLab, SARIF) or a baseline of this program."""
    return any(mark in data[:2000] for mark in _OWN_HEAD) or bool(_OWN_TAIL.search(data[-600:]))


def reader_for(suffix: str, data: bytes, limits: Limits = _DEFAULT) -> Reader:
    """The reader of a file with this suffix (lower case); an unknown one is judged by the content.

    limits: those of a run, for the readers of packed files.
    """
    reader = READERS.get(suffix) or sniff(data)
    return partial(reader, limits=limits) if reader in (_pdf, _docx) else reader


def sniff(data: bytes) -> Reader:
    """The reader that fits the first bytes: for standard input, and for files whose suffix says nothing."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = head.lower()
    if head.startswith(b"%PDF-"):
        return _pdf
    if head.startswith(b"PK\x03\x04"):
        return _docx
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in low[:500]:
        return _html
    if low.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return _feed
    if head.startswith(b"{") and b'"text"' in data[:1_000_000]:
        return records.read_json
    if head.startswith(b"[") and head[1:].lstrip().startswith(b"{"):
        return records.read_json
    return plain.read_text

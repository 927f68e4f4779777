"""Findings to text: one module a format, each a pure function of the report."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable
from typing import Any, cast

from consistency.errors import UsageError
from consistency.model import Report

FORMATS = ("text", "json", "jsonl", "markdown", "html", "csv", "sarif", "junit", "github", "gitlab", "claimreview")
_SUFFIXES = {
    ".sarif.json": "sarif",
    ".sarif": "sarif",
    "gl-code-quality-report.json": "gitlab",  # the name that GitLab's documentation gives the file
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xml": "junit",
    ".jsonld": "claimreview",
}
_ALIASES = {suffix[1:]: name for suffix, name in _SUFFIXES.items() if suffix.rfind(".") == 0}


def format_name(name: str) -> str:
    """The format meant by `name` ("md" → "markdown"). Raises UsageError with a suggestion."""
    key = name.strip().lower()
    found = _ALIASES.get(key, key)
    if found in FORMATS:
        return found
    import difflib

    close = difflib.get_close_matches(key, [*FORMATS, *_ALIASES], 1)
    hint = f"did you mean {_ALIASES.get(close[0], close[0])}?" if close else f"known formats: {', '.join(FORMATS)}"
    raise UsageError(f"there is no format {name!r}; {hint}")


def format_of(path: str) -> str | None:
    """The format a file name asks for by its ending, or None."""
    return next((name for suffix, name in _SUFFIXES.items() if path.lower().endswith(suffix)), None)


def render(report: Report, format: str, **options: Any) -> str:
    """The report in one of FORMATS (or an alias such as "md"), whole. options, errors: as for `pieces`."""
    return "".join(pieces(report, format, **options))


def pieces(report: Report, format: str, **options: Any) -> Iterable[str]:
    """The report in one of FORMATS, in pieces where it is made record by record.

    options: title (text, markdown, html), width and color (text), compact (json), rows (jsonl, csv: "findings" or
    "claims"), limit (markdown: characters), failing (junit: ids of findings), relative (sarif, junit, github, gitlab:
    how paths are printed), reviews (claimreview: what a person decided).
    An option of another format is ignored, so that a caller may pass the same ones to all.
    Raises UsageError for an unknown format.
    """
    module = importlib.import_module(f"consistency.reporting.{format_name(format)}")
    made = getattr(module, "pieces", None)
    make = made or module.render
    known = inspect.signature(make).parameters
    out: Any = make(report, **{name: value for name, value in options.items() if name in known})
    return cast("Iterable[str]", out if made else (out,))

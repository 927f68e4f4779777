"""The machine formats and the plain ones, read back by readers that are not ours."""

from __future__ import annotations

import csv as reader
import io
import json
import re
from typing import Any

import msgspec
import pytest
from markdown_it import MarkdownIt

from consistency.errors import UsageError
from consistency.model import Report
from consistency.reporting import csv, format_name, format_of, jsonl, pieces, render, rows
from consistency.reporting import json as json_format
from consistency.reporting.clean import columns


def listed(value: Any) -> Any:
    """Tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {key: listed(item) for key, item in value.items()}
    return [listed(item) for item in value] if isinstance(value, (list, tuple)) else value


def test_json_is_the_record(report: Report) -> None:
    printed = render(report, "json")
    assert json.loads(printed) == listed(report.to_dict())
    assert msgspec.json.decode(printed, type=Report) == report
    assert "Eyja Dagblaðið" in printed
    assert printed.startswith('{\n  "schema": "consistency-report/1",\n')
    compact = render(report, "json", compact=True)
    assert compact.count("\n") == 1
    assert json.loads(compact) == json.loads(printed)


@pytest.mark.parametrize("compact", [True, False])
def test_json_record_by_record_is_that_of_the_whole(report: Report, compact: bool) -> None:
    whole = json_format.encode(report, 0 if compact else 2)
    assert render(report, "json", compact=compact) == whole + "\n"
    assert len(list(pieces(report, "json", compact=compact))) > len(report.claims) + len(report.findings)
    empty = Report()
    assert render(empty, "json", compact=compact) == json_format.encode(empty, 0 if compact else 2) + "\n"


def test_json_lines_carry_the_claims_of_each_finding(report: Report) -> None:
    found = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    assert [f["id"] for f in found] == [f.id for f in report.findings]
    assert all([c["id"] for c in f["records"]] == f["claims"] for f in found)
    claims = [json.loads(line) for line in render(report, "jsonl", rows="claims").splitlines()]
    assert claims == [listed(c.to_dict()) for c in report.claims]


def test_csv_has_one_row_a_finding(report: Report) -> None:
    found = list(reader.DictReader(io.StringIO(render(report, "csv"))))
    assert len(found) == len(report.findings)
    first = found[0]
    assert (first["a_text"], first["b_text"]) == ("34 vessels", "43 vessels")
    assert (first["a_publisher"], first["a_published"]) == ("Island Courier", "2023-05-19")
    agreement = next(row for row in found if row["id"] == "1-freight")
    assert (agreement["a_text"], agreement["b_text"]) == ("2.87 billion euros", "about €2.9bn")


def test_claim_rows_in_each_form(report: Report) -> None:
    records = [c.to_dict() for c in report.claims]
    assert [json.loads(line) for line in rows.render(records, "jsonl")] == listed(records)
    table = "".join(rows.render(records, "table", width=100))
    assert len(table.splitlines()) == len(records) + 1
    assert max(map(columns, table.splitlines())) <= 100
    assert "derived: growth-base" in csv.claims(report.claims)
    periods = [
        {"source": "a", "start": 3, "end": 7, "text": "2021", "type": "DATE", "value": "2021", "from": None, "to": None}
    ]
    assert (
        "".join(rows.render(periods, "csv", "periods"))
        == "source,start,end,text,type,value,from,to\r\na,3,7,2021,DATE,2021,,\r\n"
    )
    assert list(rows.render([], "table")) == ["nothing found\n"]
    assert list(jsonl.lines([{"a": 1}])) == ['{"a":1}\n']
    with pytest.raises(UsageError):
        rows.render(records, "xml")


def test_markdown_reads_back_as_its_text(report: Report) -> None:
    printed = render(report, "markdown")
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(printed)
    heads = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert heads[:3] == ["Consistency report", "Contradictions (2)", heads[2]]
    assert heads[2].startswith("≠ 1. The same passage")
    html = {child.content for token in tokens for child in token.children or () if child.type == "html_inline"}
    assert html == {"<b>", "</b>", "<u>", "</u>"}
    assert not [token for token in tokens if token.type in ("html_block", "code_block")]
    assert sum(token.type == "table_open" for token in tokens) == 10
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links == ["https://gazette.example/2022/ferry-compact"]


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_text_keeps_to_its_width(report: Report, width: int) -> None:
    printed = render(report, "text", width=width)
    assert max(columns(line) for line in printed.splitlines()) <= width
    assert "\x1b" not in printed


def test_text_underlines_the_number(report: Report) -> None:
    lines = render(report, "text").splitlines()
    at = next(n for n, line in enumerate(lines) if "fleet has 34 vessels" in line)
    under = lines[at + 1]
    assert lines[at][under.index("^") : under.rindex("^") + 1] == "34 vessels"
    assert lines[at - 1].strip() == "press/courier.html:8:21"


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    coloured = render(report, "text", color=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(report, "text")


def test_formats_by_name_and_file() -> None:
    assert [format_name(n) for n in ("md", "HTML", "txt", "jsonl")] == ["markdown", "html", "text", "jsonl"]
    assert [format_of(p) for p in ("a/b.md", "c.HTM", "d.pdf", "e.ndjson")] == ["markdown", "html", None, "jsonl"]
    with pytest.raises(UsageError, match="did you mean markdown"):
        format_name("markdwon")


def test_a_title_of_ones_own_is_shown(report: Report) -> None:
    for form in ("markdown", "html"):
        assert "The <i>Sound</i>" not in render(report, form, title="The <i>Sound</i>")
        assert "The &lt;i&gt;Sound&lt;/i&gt;" in render(report, form, title="The <i>Sound</i>")

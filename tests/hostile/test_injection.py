"""Whatever a source, its name and its metadata hold: every format of the real command stays what it is, read back by
another reader than its writer."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import lxml.html
import pytest
from guarded import run
from markdown_it import MarkdownIt

EVIL = (
    '=HYPERLINK("http://127.0.0.1:9/","x") <script>owned()</script><img src=x onerror=owned()> \x1b[31m\x1b]0;owned\x07'
    "\u202egnp.exe [a](javascript:owned()) %0A::error::owned ::add-mask::x ##vso[task.complete] ]]> &amp; \"'`|{{7*7}}"
)
NAMES = (
    "=cmd|' C'!A0.txt",
    "@SUM(1).txt",
    "-2+3.txt",
    "<img src=x onerror=owned()>.txt",
    "::error::owned%0A::error::x.txt",
    "x\x1b[31mred\n::error::owned.txt",
    "x\u202etxt.exe.txt",
    "[a](b) `c` | d.txt",
    "'; DROP TABLE claims;--.txt",
)
COMMAND = re.compile(r"^\s*::|##(vso)?\[", re.I | re.M)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources with evil in names, titles, publishers, addresses, ids and sentences, that contradict each other."""
    place = tmp_path_factory.mktemp("evil")
    (place / "in").mkdir()
    for number, name in enumerate(NAMES):
        (place / "in" / name).write_text(
            f"Published: 2024-02-0{number + 1}\n\n{EVIL}\n\nThe Tarn Fund has {31 + number} members, @x =1+1 {EVIL}.\n"
        )
    records = [
        {
            "id": f"{lead}{EVIL}{number}",
            "title": f"{lead}{EVIL}",
            "publisher": f"{lead}{EVIL}",
            "author": EVIL,
            "url": f"javascript:{EVIL}",
            "published": "2024-03-01",
            "text": f"{lead}{EVIL}. The Tarn Fund has {50 + number} members. {lead} {EVIL}",
        }
        for number, lead in enumerate(["=", "+", "-", "@", "\t=", "\r=", "'; DROP TABLE sources;--", "\n::error::"])
    ]
    (place / "in/records.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    return place


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[str, str]:
    """What one run writes in every format."""
    forms = ["text", "json", "jsonl", "csv", "html", "markdown", "sarif", "github", "junit", "gitlab", "claimreview"]
    outputs = [part for form in forms for part in ("-o", f"out/report.{form}:{form}")]
    done = run(folder, "check", "in", *outputs)
    assert done.status == 1
    assert not COMMAND.search(done.out + done.err)
    assert not UNSAFE.search((done.out + done.err).replace("\n", ""))
    return {form: (folder / f"out/report.{form}").read_text(encoding="utf-8") for form in forms}


def test_terminal(printed: dict[str, str], folder: Path) -> None:
    for text in (printed["text"], run(folder, "claims", "in").out, run(folder, "topics", "show", "in").out):
        assert "Tarn" in text
        assert not UNSAFE.search(text.replace("\n", ""))
        assert not COMMAND.search(text)


def test_csv(printed: dict[str, str], folder: Path) -> None:
    for text in (printed["csv"], run(folder, "claims", "in", "--format", "csv").out):
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > len(NAMES)
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert not [cell for row in rows for cell in row if re.match(r"-(?!\d+(\.\d+)?$)", cell)]


def test_html(printed: dict[str, str]) -> None:
    tree = lxml.html.document_fromstring(printed["html"])
    assert not tree.xpath(
        "//script | //img | //iframe | //object | //form | //base | //link[not(starts-with(@href,'data:'))]"
    )
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    assert all(href.startswith(("#", "data:,")) for href in tree.xpath("//@href | //@src"))
    assert "owned()" in tree.text_content()


def test_markdown(printed: dict[str, str]) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(printed["markdown"])
    inside = [child for token in tokens for child in token.children or ()]
    assert {c.content for c in inside if c.type == "html_inline"} <= {"<b>", "</b>", "<u>", "</u>"}
    assert not [t for t in (*tokens, *inside) if t.type in ("html_block", "image", "link_open", "fence", "code_block")]


def test_sarif(printed: dict[str, str]) -> None:
    (log,) = json.loads(printed["sarif"])["runs"]
    assert log["results"]
    for result in log["results"]:
        links = re.findall(r"(?<!\\)\[[^\]]*\]\(([^)]*)\)", result["message"]["text"])
        assert set(links) <= {"1"}
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            address = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+;=@/%]+", address)


def test_github(printed: dict[str, str]) -> None:
    """A line a command, all of them ours; a property holds none of the signs that end it."""
    annotations = [line for line in printed["github"].splitlines() if line.startswith("::")]
    assert annotations
    for line in annotations:
        head, _, message = line[2:].partition("::")
        assert head.partition(" ")[0] in ("error", "warning", "notice")
        assert all(re.fullmatch(r"\w+=[^,:\r\n]*", part) for part in head.partition(" ")[2].split(","))
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line)
        assert "\r" not in message
    assert not [line for line in printed["github"].splitlines() if re.match(r"\s*::", line) and line not in annotations]


def test_junit(printed: dict[str, str]) -> None:
    root = ElementTree.fromstring(printed["junit"])
    assert {node.tag for node in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "skipped", "properties", "property"),
        *("system-out", "system-err"),
    }


def test_gitlab_and_the_records(printed: dict[str, str]) -> None:
    assert json.loads(printed["gitlab"])
    assert len(json.loads(printed["json"])["sources"]) == len(NAMES) + 8
    assert all(json.loads(line) for line in printed["jsonl"].splitlines())


def test_linked_data_inside_a_page(printed: dict[str, str]) -> None:
    text = printed["claimreview"]
    page = lxml.html.fromstring(f'<div><script type="application/ld+json">{text}</script><p>after</p></div>')
    assert [node.tag for node in page] == ["script", "p"]
    assert json.loads(page[0].text) == json.loads(text)


def test_sql(folder: Path) -> None:
    """Ids, names and titles made of SQL are put away and found again; every table is still there."""
    added = run(folder, "ledger", "add", "in", "--ledger", "evil.db")
    assert added.status in (0, 1), added.err
    with sqlite3.connect(folder / "evil.db") as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for listed in ("findings", "sources"):
        done = run(folder, "ledger", "list", listed, "--ledger", "evil.db")
        assert done.status == 0, done.err
        assert not UNSAFE.search(done.out.replace("\n", ""))
        assert not COMMAND.search(done.out)
        names = [line.split("  ")[0] for line in done.out.splitlines() if line.startswith(("f1-", NAMES[0][:3]))]
        shown = run(folder, "ledger", "show", names[0], "--ledger", "evil.db")
        assert shown.status == 0, shown.err
        assert not UNSAFE.search(shown.out.replace("\n", ""))
        assert not COMMAND.search(shown.out)
    removed = run(folder, "ledger", "remove", "' OR '1'='1", "--ledger", "evil.db")
    assert removed.status == 2
    held = run(folder, "check", "in/records.jsonl", "--against", "sqlite:///evil.db")
    assert held.status in (0, 1), held.err
    run(folder, "check", "in/records.jsonl", "--against", "sqlite:///'; DROP TABLE claims;--.db")
    checked = run(folder, "ledger", "verify", "--ledger", "evil.db")
    assert checked.status == 0, checked.err
    with sqlite3.connect(folder / "evil.db") as base:
        assert tables == {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert len(tables) > 3

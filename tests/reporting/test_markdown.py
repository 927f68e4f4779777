"""Markdown for a comment: how long it may be, and that a source cannot make anything of it."""

from __future__ import annotations

import re

import html5lib
import msgspec
import pytest
import readers
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from consistency.model import Report, Skipped
from consistency.reporting import render
from consistency.reporting.markdown import LIMIT, code, escape

replace = msgspec.structs.replace


def many(report: Report, times: int) -> Report:
    """The report with every finding many times, as a large archive may give it."""
    findings = sorted(
        (replace(f, id=f"{f.id}-{n}") for f in report.findings for n in range(times)),
        key=lambda f: ("contradiction", "possible-contradiction").index(f.outcome) if "contra" in f.outcome else 2,
    )
    skipped = tuple(Skipped(source=f"press/{n}.txt", reason="is not text") for n in range(times))
    return replace(report, findings=tuple(findings), coverage=replace(report.coverage, skipped=skipped))


def test_a_short_report_is_whole(report: Report) -> None:
    assert render(report, "markdown") == render(report, "markdown", limit=0)
    assert "Shortened" not in render(report, "markdown")


@pytest.mark.parametrize("limit", [4_000, 5_000, 8_000, 20_000, LIMIT])
def test_a_long_report_keeps_to_the_limit_and_says_what_is_missing(report: Report, limit: int) -> None:
    long = many(report, 200)
    printed = render(long, "markdown", limit=limit)
    assert len(printed) <= limit
    assert printed == render(long, "markdown", limit=limit)
    readers.markdown(printed)
    kept = len(re.findall(r"^### \S+ \d+\. ", printed, re.M))
    total = len(long.findings)
    left = re.search(r"\*\*Shortened to fit\.\*\* Left out: ([\d,]+) of ([\d,]+) findings, .*the topics\.", printed)
    assert left is not None
    assert int(left[1].replace(",", "")) == total - kept
    assert f"## Contradictions ({sum(f.outcome == 'contradiction' for f in long.findings)})" in printed
    assert [int(n.replace(",", "")) for n in re.findall(r"^Left out here: ([\d,]+)\.$", printed, re.M)] != []
    assert "- Sources skipped: 200" in printed
    assert "- and 180 more that were skipped" in printed
    assert printed.rstrip().endswith("Rules `0f1e2d3c4b5a`.")


def test_by_default_a_comment_on_github_holds_it(report: Report) -> None:
    printed = render(many(report, 500), "markdown")
    assert len(printed) <= 65_536
    assert len(printed.encode()) <= 2**20
    assert len(printed) > 50_000  # what fits is shown


def test_the_worst_findings_stay(report: Report) -> None:
    printed = render(many(report, 50), "markdown", limit=8_000)
    shown = re.findall(r"^- `1-([\w.]+)-\d+` · confidence", printed, re.M)
    assert shown
    assert {name.split(".")[0] for name in shown} <= {"vessels", "founded"}


def test_parts_go_before_findings(report: Report) -> None:
    whole = render(report, "markdown", limit=0)
    short = render(report, "markdown", limit=len(whole) - 1)
    assert "Left out: the topics." in short
    assert "## Sources" in short
    assert "## Accepted (2)" in short
    assert short.count("\n### ") == whole.count("\n### ") - 9


@settings(max_examples=30, deadline=None)
@given(times=st.integers(1, 60), limit=st.integers(4_000, 70_000))
def test_any_limit_is_kept(times: int, limit: int) -> None:
    import sample

    assert len(render(many(sample.build(), times), "markdown", limit=limit)) <= limit


ALIVE = [
    ("@desk please look", "@desk"),
    ("see #12 and GH-12, owner/repo#3", "#12"),
    ("see #12 and GH-12, owner/repo#3", "GH-12"),
    ("https://evil.example and www.evil.example", "https://"),
    ("https://evil.example and www.evil.example", "www."),
    ("mail a@evil.example", "@evil"),
    ("all is fine :white_check_mark: :+1:", ":white_check_mark:"),
    ("all is fine :white_check_mark: :+1:", ":+1:"),
]


@pytest.mark.parametrize(("words", "alive"), ALIVE)
def test_nothing_comes_alive_by_itself(words: str, alive: str) -> None:
    for shown in (escape(words), code(words)) if not alive.startswith(":") else (escape(words),):
        assert alive not in shown.replace("\\", "")
        assert shown.replace("\u2060", "").replace("\\", "").strip("`") == words


MARKED = st.text(
    st.sampled_from("ab1 *_~`[]()<>!#|\\\"'-+=:&$@/.\n\t^{}") | st.characters(exclude_categories=("Cs", "Cc")),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(MARKED)
def test_escaped_text_is_shown_letter_for_letter(words: str) -> None:
    """In a paragraph, in a heading, in a list and in a cell of a table."""
    from consistency.reporting.clean import JOINER, clean

    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    expected = clean(words).replace(JOINER, "").split()
    text = escape(words)
    for made in (f"> {text}", f"### ≠ 1. {text}", f"- Noted: {text}", f"| a |\n| --- |\n| x{text} |"):
        tree = html5lib.parseFragment(reader.render(made), namespaceHTMLElements=False)
        shown = "".join(tree.itertext()).replace(JOINER, "").split()
        if made.startswith("|"):
            shown = shown[1:]
            shown[:1] = [shown[0].removeprefix("x")] if shown and shown[0] != "x" else []
        else:
            shown = shown[-len(expected) :] if expected else []
        assert shown == expected

"""The code frames of the text format: place, line, and carets under the number, whatever stands around it."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consistency.model import Claim, Location, Report, Sentence
from consistency.reporting import render
from consistency.reporting.clean import clean, columns

replace = msgspec.structs.replace
BAR = "  │ "


def framed(report: Report, before: str, words: str, after: str, width: int = 100) -> list[str]:
    """The lines of the report's first finding, whose first side stands between `before` and `after`."""
    text = before + words + after
    at = Location(path="press/a.txt", line=7, column=len(before) + 1, end_line=7, end_column=len(before + words) + 1)

    def moved(c: Claim) -> Claim:
        if c.id != report.findings[0].claims[0]:
            return c
        sentence = Sentence(text=text, start=0, end=len(text))
        return replace(c, text=words, sentence=sentence, start=len(before), end=len(before + words), location=at)

    one = replace(report, claims=tuple(map(moved, report.claims)), findings=report.findings[:1])
    shown = render(one, "text", width=width).split("\n")
    first = next(n for n, row in enumerate(shown) if row.startswith("  A  "))
    last = next(n for n, row in enumerate(shown) if row.startswith("  B  "))
    return shown[first:last]


def underlined(rows: list[str]) -> str:
    """What stands over the carets, in columns of a terminal; signs without a column are left out."""
    out = []
    frame = [row.removeprefix(BAR) for row in rows if row.startswith(BAR)]
    for over, under in pairwise(frame):
        if under and re.fullmatch(r"[ ^]*", under):
            at = 0
            for char in over:
                size = columns(char)
                if size and under[at : at + 1] == "^":
                    assert under[at : at + size] == "^" * size
                    out.append(char)
                at += size
            out.append(" ")
    return "".join(out).strip()


AROUND = [
    ("The joint fleet has ", " and winters in Norvik."),
    ("漢字と仮名：船団は", "隻です。"),
    ("\tTabs\tand\t\tmore\t", "\tafter\tthem"),
    ("שלום עולם, הצי מונה ", " כלי שיט בנמל"),
    ("مرحبا بالعالم ", " سفينة في الميناء"),
    ("cafe\u0301 nai\u0308ve e\u0301te\u0301 ", " cafe\u0301"),
    ("👩‍👩‍👧‍👦 🚢🚢 flags 🇳🇴 ", " 🚢"),
    ("word " * 120, " word" * 120),
    ("w" * 700 + " ", " " + "w" * 700),
    ("line one\r\nline two\n", "\nline three"),
    ("zero\u200bwidth\u200djoiners\u2060and ", "\u200b end"),
    ("", ""),
]


@pytest.mark.parametrize(("before", "after"), AROUND, ids=range(len(AROUND)))
@pytest.mark.parametrize("words", ["34 vessels", "€2.6bn", "三十四隻", "over\t20 boats"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_number_is_underlined(report: Report, before: str, after: str, words: str, width: int) -> None:
    rows = framed(report, before, words, after, width)
    assert max(map(columns, rows)) <= width
    place = f"press/a.txt:7:{len(before) + 1}"
    assert "".join(row.strip() for row in rows).count(place) == 1
    assert underlined(rows).split() == clean(words).split()


def test_both_sides_name_their_place(report: Report) -> None:
    text = render(replace(report, findings=report.findings[:2]), "text")
    for place in ("press/courier.html:8:21", "press/2024-09-02-dagblað.txt:2:21"):
        assert f"\n     {place}\n" in text
    frames = re.findall(r"^     (press/\S+)\n(?:  │ .*\n)+", text, re.M)
    assert len(frames) == 4


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
    after=st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
    width=st.integers(40, 120),
)
@example(before="a ", after="\u0301 b", width=40)
def test_any_text_keeps_the_frame(before: str, after: str, width: int) -> None:
    import sample

    rows = framed(sample.build(), before, "34 vessels", after, width)
    assert max(map(columns, rows)) <= width
    assert underlined(rows).split() == ["34", "vessels"]

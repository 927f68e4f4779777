"""Offsets to places in the file."""

from hypothesis import given
from hypothesis import strategies as st

from consistency.model import Layout, Location, Source
from consistency.sources import locate


def text_source(text: str, first_line: int = 1) -> Source:
    return Source(text=text, id="a", path="a.txt", layout=Layout(kind="text", first_line=first_line))


def test_lines_and_columns() -> None:
    source = text_source("ab\ncd\r\nef\rgh")
    assert locate(source, 0, 2) == Location(path="a.txt", line=1, column=1, end_line=1, end_column=3)
    assert locate(source, 4, 5) == Location(path="a.txt", line=2, column=2, end_line=2, end_column=3)
    assert locate(source, 0, 8) == Location(path="a.txt", line=1, column=1, end_line=3, end_column=2)
    assert locate(source, 10, 12) == Location(path="a.txt", line=4, column=1, end_line=4, end_column=3)
    assert locate(text_source("ab\ncd", 5), 3, 5).line == 6


def test_other_layouts() -> None:
    pages = Source(text="x" * 30, id="a", layout=Layout(kind="pages", pages=(0, 10, 20)))
    assert [locate(pages, n, n + 1).page for n in (0, 9, 10, 29)] == [1, 1, 2, 3]
    line = Source(text="x\ny", id="a", path="a.jsonl", layout=Layout(kind="line", first_line=7))
    assert locate(line, 2, 3) == Location(path="a.jsonl", line=7, end_line=7)
    blocks = Source(text="x" * 30, id="a", layout=Layout(kind="blocks", blocks=((0, 4), (10, 9))))
    assert (locate(blocks, 3, 12).line, locate(blocks, 3, 12).end_line) == (4, 9)
    assert locate(Source(text="x", id="a"), 0, 1) == Location()


@given(st.text(alphabet="ab\n\r", min_size=1, max_size=60), st.data())
def test_it_is_the_character_an_editor_shows_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    place = locate(text_source(text), start, start + 1)
    assert place.line is not None
    assert place.column is not None
    rows = text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n") if "\r\n" not in text else None
    if rows is not None and text[start] not in "\r\n":
        assert rows[place.line - 1][place.column - 1] == text[start]
    assert place.end_column == place.column + 1

"""Files that unfold, and texts of one endless line: refused with name, limit and its key, in bounded memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import bombs
import pytest
from guarded import ROOT

from consistency.config import Config, Limits
from consistency.model import Skipped
from consistency.pipeline import check
from consistency.sources import inflating, read_paths

SENTENCE = b"BT /F1 12 Tf (The Tarn Fund has 36 members.) Tj ET\n"
FEW = Limits(max_unpacked=2_000_000, max_bytes=10_000_000)
TEXT = b"The Tarn Fund has 36 members."


def refused(tmp_path: Path, name: str, data: bytes, limits: Limits = FEW) -> str:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_bytes(TEXT)
    sources, skipped = read_paths([tmp_path], limits)
    assert [s.id for s in sources] == ["good.txt"]
    report = check(sources, Config(cache=False), skipped)
    assert report.coverage.skipped == tuple(skipped)
    assert [s.source for s in skipped] == [f"{tmp_path}/{name}"]
    assert "Error:" not in skipped[0].reason
    return skipped[0].reason


def read(tmp_path: Path, name: str, data: bytes, limits: Limits = FEW) -> str:
    (tmp_path / name).write_bytes(data)
    sources, skipped = read_paths([tmp_path / name], limits)
    assert not skipped
    return sources[0].text


UNPACKS = {
    "much.docx": lambda: bombs.word_file(b"<w:p/>" * 1_000_000),
    "text.docx": lambda: bombs.word_file(b"<w:p><w:r><w:t>" + b"a" * 3_000_000 + b"</w:t></w:r></w:p>"),
    "much.pdf": lambda: bombs.pdf(SENTENCE * 60_000),
    "white.pdf": lambda: bombs.pdf(b" " * 3_000_000),
    "twice.pdf": lambda: bombs.pdf(b"\0" * 3_000_000, layers=2),
    "thrice.pdf": lambda: bombs.pdf(b"\0" * 3_000_000, layers=3),
}


@pytest.mark.parametrize("name", UNPACKS)
def test_what_unpacks_to_too_much(tmp_path: Path, name: str) -> None:
    assert "unpacks to more than 2,000,000 bytes (limits.max_unpacked)" in refused(tmp_path, name, UNPACKS[name]())


def test_a_limit_that_is_raised_lets_it_through(tmp_path: Path) -> None:
    data = bombs.pdf(SENTENCE * 100 + b" " * 3_000_000)
    assert "36 members" in read(tmp_path, "a.pdf", data, Limits(max_unpacked=5_000_000))


def test_many_parts_that_unpack_to_too_much_together() -> None:
    one = bombs.pdf(b" " * 90_000)
    assert not inflating.unpacks_too_far(one * 20, 100_000)
    assert inflating.unpacks_too_far(one * 25, 100_000)


OTHERS = {
    "lies.docx": (lambda: bombs.lying(bombs.word_file(bombs.PARAGRAPH * 50_000), b"word/document.xml", 1000), "CRC"),
    "nested.docx": (lambda: bombs.nested(5), "broken Word file"),
    "deep.docx": (lambda: bombs.word_file(b"<w:tbl>" * 100_000), "depth"),
    "span.docx": (
        lambda: bombs.word_file(
            b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
            + bombs.PARAGRAPH
            + b"</w:tc></w:tr></w:tbl>"
        ),
        "over more than 1,000 columns",
    ),
    "pages.pdf": (lambda: bombs.pdf(SENTENCE, count=19_999), "more than 5,000 pages"),
    "kids.pdf": (lambda: bombs.pdf(SENTENCE, kids=b"[" + b"3 0 R " * 6000 + b"]", count=6000), "more than 5,000 pages"),
    "loop.pdf": (lambda: bombs.pdf(SENTENCE, kids=b"[2 0 R 2 0 R]", count=6000), "more than 5,000 pages"),
    "crowd.html": (
        lambda: b"<p>\n<p " + b"".join(b"a%d=b " % n for n in range(50_000)) + b">" + TEXT,
        "a tag with more than 1,000 attributes",
    ),
    "deep.html": (lambda: b"<div>" * 100_000 + TEXT, "no text"),
    "entities.xml": (
        lambda: b'<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "' + b"&a;" * 9 + b'">]><rss version="2.0"><channel/></rss>',
        "entities",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_refused(tmp_path: Path, name: str) -> None:
    make, reason = OTHERS[name]
    assert reason in refused(tmp_path, name, make())


def test_the_place_of_a_crowded_tag_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>\n\n<p " + b"b " * 2000 + b">" + TEXT)
    assert read_paths([tmp_path])[1][0].line == 3


@pytest.mark.parametrize(
    "page",
    [
        "<script>" + "if (a<b || c = d) " * 2000 + f"</script><p>{TEXT.decode()}",
        "<!-- <p " + "a=b " * 2000 + f"> --><p>{TEXT.decode()}",
        f'<img src="data:image/png;base64,{"a/b=+" * 20_000}"><p>{TEXT.decode()}',
        f'<p title="{"a = b > " * 3000}">{TEXT.decode()}',
    ],
    ids=["script", "comment", "picture", "title"],
)
def test_what_only_looks_crowded_is_read(tmp_path: Path, page: str) -> None:
    assert "36 members" in read(tmp_path, "a.html", page.encode())


def test_a_page_tree_that_says_two_thousand_million(tmp_path: Path) -> None:
    data = bombs.pdf(SENTENCE, count=2_000_000_000)
    (tmp_path / "a.pdf").write_bytes(data)
    sources, skipped = read_paths([tmp_path])
    assert len(sources) + len(skipped) == 1


def test_text_beyond_the_limit_stops_the_reading_of_pages(tmp_path: Path) -> None:
    page = b"BT /F1 1 Tf (" + b"The Tarn Fund. " * 100 + b") Tj ET"
    data = bombs.pdf(page, kids=b"[" + b"3 0 R " * 300 + b"]", count=300)
    assert "longer than 5,000 characters (limits.max_chars)" in refused(tmp_path, "a.pdf", data, Limits(max_chars=5000))


GIGABYTE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
from consistency.sources import read_paths
from consistency.config import Limits
print([s.reason for s in read_paths([sys.argv[1]], Limits(max_bytes=int(sys.argv[2])))[1]])
"""


@pytest.mark.parametrize("most", [50_000_000, 2**40])
def test_a_line_of_a_gigabyte(tmp_path: Path, most: int) -> None:
    """Looked at before it is read. With a limit that lets it in, memory runs out in that one source, not in the run."""
    with (tmp_path / "a.txt").open("wb") as out:
        out.truncate(2**30)  # sparse: a gigabyte of NUL that takes no room
    command = [sys.executable, "-c", GIGABYTE, str(tmp_path), str(most)]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0, done.stderr
    assert ("larger than 50,000,000 bytes (limits.max_bytes)" if most < 2**30 else "memory") in done.stdout


def test_a_high_limit_takes_no_memory_of_itself(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(tmp_path, "a.txt", TEXT, Limits(max_bytes=2**53 - 1)) == TEXT.decode()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


def test_many_sources_of_one_id(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes((b'{"id": "x", "text": "%s"}\n' % TEXT) * 20_000)
    sources, skipped = read_paths([tmp_path])
    assert len(sources) == 1
    assert len(skipped) == 19_999
    assert isinstance(skipped[-1], Skipped)
    assert (skipped[-1].line, "already that of" in skipped[-1].reason) == (20_000, True)

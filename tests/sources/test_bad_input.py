"""Sources that cannot be read are listed with file and line; the others are read all the same."""

import os
from pathlib import Path

import pytest

from consistency.sources import Limits, read_paths, read_records

STORY = "The harbour moved 12 million tonnes of cargo in 2021, its operator said on Friday, after 3 years of decline."
ROT = b"The caf\xc3\xa9 by the bay was open.\nThen it \xff\xfe\xfd closed.\n"

BAD = [
    # name, content, words of the reason, line
    ("a.txt", b"", "is empty", None),
    ("a.txt", b" \n\t\n", "holds no text", None),
    ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary", None),
    ("a.txt", bytes(n * 73 % 256 for n in range(2000)), "binary", None),
    ("a.txt", ROT, "not UTF-8: byte 0xFF at offset 39", 2),
    ("a.txt", b"\xef\xbb\xbf" + ROT, "not UTF-8: byte 0xFF at offset 42", 2),
    ("a.txt", b"\xff\xfea\x00b", "not UTF-16-LE", None),
    ("a.md", b"---\ntitle: [\n---\nText", "front matter", 3),
    ("a.md", b"---\na: &x 1\nb: *x\n---\nText", "aliases", 3),
    ("a.html", b"<html><body><script>1</script></body></html>", "no text", None),
    ("a.pdf", b"%PDF-1.4\n garbage", "broken PDF", None),
    ("a.pdf", b"no pdf at all", "broken PDF", None),
    ("a.docx", b"no zip at all", "broken Word file", None),
    ("a.json", b'{"text": "a",}', "not valid JSON", 1),
    ("a.json", b"{\n\n]", "not valid JSON", 3),
    ("a.json", b"[" * 100_000, "not valid JSON", None),
    ("a.json", b'{"title": "a"}', 'has no "text"', 1),
    ("a.json", b"3", "must be an object", 1),
    ("a.json", b'{"text": 3}', "must be a string", 1),
    ("a.json", b'{"text": "\\ud800 half of a pair"}', "surrogate", 1),
    ("a.json", b"[]", "holds no source", None),
    ("a.xml", b"<?xml version='1.0'?><html><body/></html>", "no RSS or Atom feed", None),
    ("a.xml", b"<?xml version='1.0'?><rss><channel><", "not valid XML", 1),
    ("a.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>', "entities", None),
    ("a.odt", b"PK", "type that is not read", None),
]


@pytest.mark.parametrize(("name", "content", "reason", "line"), BAD, ids=[f"{b[0]}-{b[2] or 'noise'}" for b in BAD])
def test_it_is_skipped_and_the_other_is_read(
    read, tmp_path: Path, name: str, content: bytes, reason: str, line: int | None
) -> None:
    sources, skipped = read({name: content, "good.txt": STORY})
    assert [s.id for s in sources] == ["good.txt"]
    assert len(skipped) == 1
    assert skipped[0].source == f"{tmp_path}/{name}"
    assert reason in skipped[0].reason
    assert skipped[0].line == line
    assert "Error" not in skipped[0].reason


def test_a_locked_pdf_and_a_scan(read, pdf) -> None:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O ("
        + b"x" * 32
        + b") /U ("
        + b"y" * 32
        + b") /P -4 >> /ID [(a) (a)]"
    )
    locked = pdf([[STORY]]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)
    sources, skipped = read({"a.pdf": locked, "b.pdf": pdf([[""], [""]])})
    assert sources == []
    assert "password" in skipped[0].reason
    assert "no text on its 2 pages" in skipped[1].reason


def test_a_broken_line_of_jsonl(read, tmp_path: Path) -> None:
    lines = [
        b'{"text": "%s"}' % STORY.encode(),
        b'{"text": ',
        b'["text"]',
        b'{"text": "caf\xc3\xa9 \xff"}',
        b'{"text": "It is read, and it has 3 ends."}',
    ]
    sources, skipped = read({"a.jsonl": b"\n".join(lines)})
    assert [s.id for s in sources] == ["a.jsonl#1", "a.jsonl#5"]
    assert [(s.source, s.line) for s in skipped] == [(f"{tmp_path}/a.jsonl", n) for n in (2, 3, 4)]


def test_two_sources_of_one_id(read, tmp_path: Path) -> None:
    same, other = f'{{"id": "x", "text": "{STORY}"}}', '{"id": "x", "text": "It is another text with 3 ends."}'
    sources, skipped = read({"a.jsonl": f"{same}\n{same}\n", "b.jsonl": other})
    assert len(sources) == 1
    assert [(s.source, s.line) for s in skipped] == [(f"{tmp_path}/a.jsonl", 2), (f"{tmp_path}/b.jsonl", 1)]
    assert f"already that of {tmp_path}/a.jsonl:1, with the same text" in skipped[0].reason
    assert "with another text" in skipped[1].reason


def test_missing_and_empty_places(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "x.png").write_bytes(b"\x89PNG")
    sources, skipped = read_paths([tmp_path / "none.txt", tmp_path / "empty", "a\x00b", "x" * 5000, "-"])
    assert sources == []
    reasons = [s.reason for s in skipped]
    assert reasons[0] == "no such file or folder"
    assert reasons[1].startswith("no source in this folder")
    assert len(reasons) == 5


def test_a_broken_feed_keeps_its_first_entries(read) -> None:
    sources, skipped = read(
        {"a.xml": f'<rss version="2.0"><channel><item><description>{STORY}</description></item><item><title'}
    )
    assert [s.id for s in sources] == ["a.xml#1"]
    assert skipped[0].line == 1


def test_limits(read, tmp_path: Path) -> None:
    files = {"a.txt": STORY, "b.txt": STORY * 10, "c.txt": STORY, "d.txt": STORY}
    sources, skipped = read(files, Limits(max_bytes=500, max_sources=2))
    assert [s.id for s in sources] == ["a.txt", "c.txt"]
    assert "larger than 500 bytes" in skipped[0].reason
    assert "more than 2 sources" in skipped[1].reason
    assert "longer than 50 characters" in read(files, Limits(max_chars=50))[1][0].reason


def test_links_stay_inside_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text(STORY)
    (folder / "a.txt").write_text(STORY)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "leaves.txt").symlink_to(outside / "secret.txt")
    (folder / "leaves").symlink_to(outside)
    (folder / "same.txt").symlink_to(folder / "a.txt")
    sources, skipped = read_paths([folder])
    assert [s.id for s in sources] == ["a.txt"]
    assert {Path(s.source).name: s.reason for s in skipped} == {
        "dangling.txt": "no such file or folder",
        "leaves": "is a link that leaves the folder given",
        "leaves.txt": "is a link that leaves the folder given",
    }
    assert len(read_paths([folder / "leaves.txt"])[0]) == 1  # named itself, it is meant


def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in read_paths([tmp_path])[1][0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission(read, tmp_path: Path) -> None:
    read({"a.txt": STORY})
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in read_paths([tmp_path])[1][0].reason


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    sources, _ = read_paths([tmp_path])
    assert sources[0].id == "caf\\xe9.txt"


def test_a_future_date_is_a_date() -> None:
    assert read_records([{"text": STORY, "published": "2099-01-01"}])[0][0].published == "2099-01-01"

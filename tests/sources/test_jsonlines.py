"""JSON lines in a file larger than what may be in memory."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from consistency.config import Limits
from consistency.model import Skipped, Source
from consistency.sources import read_paths, stream_paths

SMALL = Limits(max_bytes=400)


def rows(many: int) -> list[dict[str, Any]]:
    return [
        {"id": f"s{n}", "text": f"In 2021 the port of Marby took in {n} ships, it said.", "published": "2022-02-01"}
        for n in range(many)
    ]


def written(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_it_is_read_as_a_small_one(tmp_path: Path, name: str) -> None:
    lines = [json.dumps(row).encode() for row in rows(20)]
    lines[3:5] = [
        b"{broken",
        b"",
        b'{"text": 3}',
        lines[0],
        b'{"text": "Caf\xe9 tables: 30 were sold."}',
        b"\xff\xfe\xfd",
    ]
    lines[0] = b"\xef\xbb\xbf" + lines[0]
    path = written(tmp_path / name, lines)
    assert read_paths([path], SMALL) == read_paths([path])
    assert [s.line for s in read_paths([path], SMALL)[1]] == [4, 6, 7, 9]
    told = [json.dumps(row) for row in rows(20)]
    told[5:5] = ["\u00a0", "\x1c\x1f", "\ufeff" + told[0], "\0\0"]
    path = written(tmp_path / name, [line.encode() for line in told])
    assert read_paths([path], SMALL) == read_paths([path])
    assert [s.line for s in read_paths([path], SMALL)[1]] == [8, 9]
    path = written(tmp_path / name, [b"\0" * 90, *(line.encode() for line in told)])
    assert read_paths([path], SMALL) == read_paths([path])
    assert [s.reason for s in read_paths([path], SMALL)[1]] == ["is a binary file, not text"]


def test_a_line_over_the_limit_ends_it(tmp_path: Path) -> None:
    lines = [json.dumps(row).encode() for row in rows(8)]
    lines[5] = json.dumps({"text": "x" * 500}).encode()
    sources, skipped = read_paths([written(tmp_path / "a.jsonl", lines)], SMALL)
    assert [s.id for s in sources] == ["s0", "s1", "s2", "s3", "s4"]
    assert [(s.line, s.reason) for s in skipped] == [
        (6, "the line is larger than 400 bytes (limits.max_bytes); nothing after it is read")
    ]


def test_a_line_without_end_takes_no_more_memory_than_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as out:
        out.write(b'{"text": "One ship came."}\n' * 10_000)
        out.truncate(2**33)  # sparse
    tracemalloc.start()
    sources, skipped = read_paths([tmp_path], Limits(max_bytes=1_000_000))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert (len(sources), skipped[-1].line) == (10_000, 10_001)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_of_another_encoding_it_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(map(json.dumps, rows(9))).encode(encoding))
    [skipped] = read_paths([path], SMALL)[1]
    assert skipped.reason == "is larger than 400 bytes (limits.max_bytes); only UTF-8 is read line by line"


def test_one_that_grows_meanwhile_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [json.dumps(row).encode() for row in rows(9)])
    stream = stream_paths([path], SMALL)
    read = [next(stream)]
    with path.open("ab") as out:
        out.write(b'{"id": "more", "text": "Another ship came."}\n')
    read += stream
    assert isinstance(read[-1], Skipped)
    assert read[-1].reason == "changed while it was read; what was read of it is compared"
    assert [s.id for s in read if isinstance(s, Source)][:9] == [f"s{n}" for n in range(9)]


def test_one_is_in_memory_at_a_time(tmp_path: Path) -> None:
    text = "The port of Marby took in 12 ships. " * 300
    path = written(
        tmp_path / "a.jsonl", [json.dumps({"id": str(n), "text": text, "language": "en"}).encode() for n in range(500)]
    )
    assert os.stat(path).st_size > 5_000_000
    tracemalloc.start()
    assert sum(isinstance(s, Source) for s in stream_paths([path], Limits(max_bytes=100_000))) == 500
    assert tracemalloc.get_traced_memory()[1] < 1_500_000
    tracemalloc.stop()


def test_other_files_over_the_limit_are_refused_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(rows(9)))
    assert [s.reason for s in read_paths([tmp_path], SMALL)[1]] == ["is larger than 400 bytes (limits.max_bytes)"]

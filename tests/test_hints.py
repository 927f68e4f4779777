"""What was probably meant: names, and files that are there."""

import os
from pathlib import Path

import pytest

from consistency.hints import near, near_file, unknown


def test_names() -> None:
    assert near("equl", ["equal", "bound"]) == "; did you mean 'equal'?"
    assert near("xyz", ["equal", "bound"]) == ""
    assert unknown("key", "max-byte", ["max_bytes"], "limits.max-byte").endswith("did you mean 'max_bytes'?")
    assert unknown("key", "zzz", ["a", "b"]) == "unknown key 'zzz'; known here: a, b"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("articels/a.txt", "articles/a.txt"),
        ("articels/b.txt", "articles"),
        ("articles/alpah.txt", "articles/alpha.txt"),
        ("articles/alpha.tx", "articles/alpha.txt"),
        ("articles/beta.txt", None),
        ("zzz/a.txt", None),
        ("articles/alpha.txt", None),
        ("articles/bad\0name", None),
        ("", None),
    ],
)
def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, meant: str | None) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for name in ("a.txt", "alpha.txt", "alpha.toml"):
        (tmp_path / "articles" / name).touch()
    assert near_file(asked) == (f"; did you mean '{meant}'?" if meant else "")


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).touch()
    assert near_file(tmp_path / "cafe.txt").isprintable()

"""Files and folders that are not what they seem, change under the reader's hands, or cannot be written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from guarded import run

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.model import Skipped, Source
from consistency.sources import read_paths, stream_paths
from consistency.sources.files import Entry, find, load

TEXT = "The Tarn Fund has 36 members."


def changing(path: Path, change: Callable[[], object]) -> Path:
    """A path whose file is changed, really, as soon as it has been opened."""

    class Changing(type(path)):  # type: ignore[misc]
        def open(self, *args: object, **options: object) -> object:
            handle = Path.open(Path(self), *args, **options)  # type: ignore[arg-type]
            before = os.fstat(handle.fileno())
            fstat, os.fstat = os.fstat, lambda _: (change(), setattr(os, "fstat", fstat), before)[-1]
            return handle

    return Changing(path)


def grow(path: Path) -> None:
    with path.open("a") as out:
        out.write(TEXT)


@pytest.mark.parametrize(
    "change",
    [grow, lambda p: os.truncate(p, 10), lambda p: os.truncate(p, 0), lambda p: os.utime(p, (1, 1))],
    ids=["grows", "shrinks", "is emptied", "is written over"],
)
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    entry = Entry(changing(path, lambda: change(path)), "a.txt", "a.txt", "a.txt", True)
    with pytest.raises(SourceError, match="changed while it was read"):
        load(entry, Limits())


def streamed(folder: Path, change: Callable[[Path], None]) -> list[Source | Skipped]:
    """All of a folder, with a change to b.txt after a.txt was read."""
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT)
    stream = stream_paths([folder])
    first = next(stream)
    change(folder / "b.txt")
    return [first, *stream]


def exchanged(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname" if Path("/etc/hostname").exists() else "/etc/passwd")


def renewed(path: Path) -> None:
    path.with_suffix(".new").write_text("It has 99 members.")
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [(Path.unlink, "no such file"), (exchanged, "exchanged for another file")],
    ids=["vanishes", "becomes a link"],
)
def test_a_file_that_changes_before_it_is_read(tmp_path: Path, change: Callable[[Path], None], reason: str) -> None:
    first, second = streamed(tmp_path, change)
    assert isinstance(first, Source)
    assert isinstance(second, Skipped)
    assert reason in second.reason
    assert second.source.endswith("b.txt")


def test_a_file_that_is_written_anew_before_it_is_read_is_read_as_it_is(tmp_path: Path) -> None:
    second = streamed(tmp_path, renewed)[1]
    assert isinstance(second, Source)
    assert "99 members" in second.text


def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside / "sub", outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(TEXT)
    (entry,) = find(inside)
    assert isinstance(entry, Entry)
    (inside / "sub").rename(tmp_path / "moved")
    (inside / "sub").symlink_to(outside)
    with pytest.raises(SourceError, match="exchanged for another file"):
        load(entry, Limits())


def test_loops_of_links_and_ways_out(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "other.txt").write_text("It has 99 members.")
    (inside / "a.txt").write_text(TEXT)
    (inside / "self.txt").symlink_to("self.txt")
    (inside / "one.txt").symlink_to("two.txt")
    (inside / "two.txt").symlink_to("one.txt")
    (inside / "up").symlink_to("..")
    (inside / "here").symlink_to(".")
    (inside / "out.txt").symlink_to("../other.txt")
    (inside / "long.txt").symlink_to("here/../../other.txt")
    sources, skipped = read_paths([inside])
    assert [s.id for s in sources] == ["a.txt"]
    assert {Path(s.source).name for s in skipped} == {"self.txt", "one.txt", "two.txt", "up", "out.txt", "long.txt"}


def test_a_deep_tree_is_walked(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(300):
        here = here / "d"
        here.mkdir()
    (here / "a.txt").write_text(TEXT)
    assert len(read_paths([tmp_path])[0]) == 1


NOWHERE = {
    "a file as a folder": "plain/report.json",
    "a system's own folder": "/proc/report.json",
    "no room": "/dev/full:json",
    "a folder": "in:json",
}


@pytest.mark.parametrize("name", NOWHERE)
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT)
    (tmp_path / "plain").write_text("x")
    done = run(tmp_path, "check", "in", "-o", NOWHERE[name])
    assert done.status == 2
    assert NOWHERE[name].removesuffix(":json") in done.err
    assert (tmp_path / "plain").read_text() == "x"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "plain"]


def test_a_link_under_the_name_of_a_half_written_report_is_not_followed(tmp_path: Path) -> None:
    """Else a folder from elsewhere could have any file of the user written over."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT)
    (tmp_path / "victim").write_text("dear")
    (tmp_path / ".report.json.part").symlink_to("victim")
    assert run(tmp_path, "check", "in", "-o", "report.json").status == 0
    assert (tmp_path / "victim").read_text() == "dear"
    assert not (tmp_path / "report.json").is_symlink()

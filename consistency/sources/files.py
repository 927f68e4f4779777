"""Paths to files: folders walked in a fixed order, links kept inside the folder given, sizes checked before reading."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from consistency.bounded import read_handle
from consistency.config import Limits
from consistency.errors import SourceError
from consistency.hints import near_file
from consistency.model import Skipped

SUFFIXES = (
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".xhtml",
    ".pdf",
    ".docx",
    ".json",
    ".jsonl",
    ".ndjson",
    ".xml",
    ".rss",
    ".atom",
)
_DOCUMENTS = (
    ".doc",
    ".odt",
    ".rtf",
    ".epub",
    ".pages",
    ".csv",
    ".tsv",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".eml",
    ".mht",
    ".tex",
    ".rst",
)


class Entry(msgspec.Struct, frozen=True):
    """A file to read.

    shown: its path as the user gave it (for messages); name: the id it gives by default; long_name: the id where two
    folders hold files of one name; explicit: named itself, not found in a folder; real: where a file found in a folder
    is without links, None for one that was named.
    """

    path: Path
    shown: str
    name: str
    long_name: str
    explicit: bool
    real: Path | None = None


def printable(path: str | os.PathLike[str]) -> str:
    """A path as text that can be encoded, with forward slashes; bytes that are no UTF-8 are written as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def find(path: Path) -> Iterator[Entry | Skipped]:
    """The files a path stands for, in order of their relative paths. Never raises: what cannot be used is Skipped."""
    shown = printable(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        hint = near_file(path) if isinstance(error, FileNotFoundError) else ""
        yield Skipped(source=shown, reason=f"{trouble(error)}{hint}")
        return
    if not stat.S_ISDIR(mode):
        yield Entry(path, shown, shown, shown, True)
        return
    found = list(_walk(path, path.resolve(), shown))
    yield from found
    if not any(isinstance(f, Entry) for f in found):
        yield Skipped(source=shown, reason=f"no source in this folder (read are: {' '.join(SUFFIXES)})")


def _walk(root: Path, real_root: Path, shown: str) -> Iterator[Entry | Skipped]:
    """Depth first with an explicit stack (a hostile tree may be deep); then sorted, so that the order is the paths'."""
    out: list[tuple[str, Entry | Skipped]] = []
    seen = {real_root}
    stack = [(root, "")]
    while stack:
        folder, relative = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            out.append((relative, Skipped(source=_join(shown, relative), reason=trouble(error))))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            inside = f"{relative}/{entry.name}" if relative else entry.name
            item = _entry(Path(entry.path), inside, root, real_root, shown, seen)
            if item == "folder":
                stack.append((Path(entry.path), inside))
            elif isinstance(item, (Entry, Skipped)):
                out.append((inside, item))
    yield from (item for _, item in sorted(out, key=lambda pair: printable(pair[0])))


def _entry(
    path: Path, inside: str, root: Path, real_root: Path, shown: str, seen: set[Path]
) -> Entry | Skipped | str | None:
    place = _join(shown, inside)
    suffix = path.suffix.lower()
    try:
        if path.is_symlink():
            real = path.resolve(strict=True)
            if not real.is_relative_to(real_root):
                wanted = real.is_dir() or suffix in SUFFIXES
                return Skipped(source=place, reason="is a link that leaves the folder given") if wanted else None
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            real = path.resolve()
            if real in seen:
                return None  # a loop, or a second way to a folder that is read anyway
            seen.add(real)
            return "folder"
    except (OSError, RuntimeError) as error:
        return Skipped(source=place, reason=trouble(error)) if suffix in SUFFIXES else None
    if suffix in _DOCUMENTS:
        return Skipped(source=place, reason=f"is of a type that is not read ({suffix})", minor=True)
    if suffix not in SUFFIXES:
        return None
    if not stat.S_ISREG(mode):
        return Skipped(source=place, reason="is not a regular file")
    return Entry(path, place, printable(inside), place, False, path.resolve())


def _join(shown: str, relative: str) -> str:
    return f"{shown.rstrip('/')}/{printable(relative)}" if relative else shown


def load(entry: Entry, limits: Limits) -> bytes:
    """The bytes of a file, its size looked at before reading. Raises SourceError."""
    try:
        status = entry.path.stat()
        if not (stat.S_ISREG(status.st_mode) or (entry.explicit and stat.S_ISFIFO(status.st_mode))):
            raise SourceError("is not a regular file", entry.shown)
        if status.st_size > limits.max_bytes:
            raise SourceError(f"is larger than {limits.max_bytes:,} bytes (limits.max_bytes)", entry.shown)
        with entry.path.open("rb") as handle:
            before = os.fstat(handle.fileno())
            opened_as_found(entry, before)
            data = read_handle(handle, limits.max_bytes)
            after = os.fstat(handle.fileno())
    except (OSError, ValueError) as error:
        raise SourceError(trouble(error), entry.shown) from error
    except MemoryError as error:
        raise SourceError("takes more memory than there is; lower limits.max_bytes", entry.shown) from error
    if len(data) > limits.max_bytes:
        raise SourceError(f"is larger than {limits.max_bytes:,} bytes (limits.max_bytes)", entry.shown)
    size = before.st_size  # 0 for a pipe, and for what a system makes up when asked
    if (size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (size and len(data) != size):
        raise SourceError("changed while it was read; read it again when it is whole", entry.shown)
    return data


def opened_as_found(entry: Entry, opened: os.stat_result) -> None:
    """Raises SourceError where a file in a folder was exchanged, for a link that leaves it say, since it was found."""
    if entry.real is None:
        return
    if entry.path.resolve() != entry.real or not os.path.samestat(opened, entry.real.lstat()):
        raise SourceError("was exchanged for another file since the folder was looked at", entry.shown)


def trouble(error: Exception) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return f"cannot be read: {error}"

"""A file of JSON lines that is larger than what may be in memory: read line by line, each up to that size."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.model import Skipped
from consistency.sources import records
from consistency.sources.decoding import HEAD, check_text, is_wide
from consistency.sources.draft import Draft
from consistency.sources.files import Entry, opened_as_found, trouble
from consistency.sources.formats import READERS


def is_large(entry: Entry, limits: Limits) -> bool:
    """Whether a file is one of JSON lines that is over `limits.max_bytes`."""
    if READERS.get(entry.path.suffix.lower()) is not records.read_jsonl:
        return False
    try:
        status = entry.path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > limits.max_bytes


def read_lines(entry: Entry, limits: Limits) -> Iterator[Draft | Skipped]:
    """One source a line, as `records.read_jsonl`, in UTF-8.

    Raises SourceError at a line over `limits.max_bytes`, after which nothing is read, and where the file changed while
    it was read."""
    try:
        with entry.path.open("rb") as handle:
            before = os.fstat(handle.fileno())
            opened_as_found(entry, before)
            head = handle.read(HEAD)
            if is_wide(head):
                raise SourceError(
                    f"is larger than {limits.max_bytes:,} bytes (limits.max_bytes); only UTF-8 is read line by line",
                    entry.shown,
                )
            check_text(head, entry.shown)
            handle.seek(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
            yield from records.read_lines(_lines(handle, entry.shown, limits.max_bytes), entry.shown)
            after = os.fstat(handle.fileno())
    except (OSError, ValueError) as error:
        raise SourceError(trouble(error), entry.shown) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceError("changed while it was read; what was read of it is compared", entry.shown)


def _lines(handle: BinaryIO, name: str, most: int) -> Iterator[bytes]:
    number = 0
    while line := handle.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            reason = f"the line is larger than {most:,} bytes (limits.max_bytes); nothing after it is read"
            raise SourceError(reason, name, number)
        yield line.removesuffix(b"\n")

"""Files read up to a size: what is larger, or has no end (a device), takes no more memory than that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20


def read_at_most(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a file, or its first `most` + 1 where it has more. Raises OSError, ValueError (no path at all)."""
    with Path(path).open("rb") as handle:
        return read_handle(handle, most)


def read_handle(handle: BinaryIO, most: int) -> bytes:
    """As `read_at_most`, of an open file. Piece by piece: a limit in the settings is no reason to take its memory."""
    pieces: list[bytes] = []
    left = most + 1
    while left > 0 and (piece := handle.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)

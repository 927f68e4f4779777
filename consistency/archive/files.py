"""Files of an archive as they were read before, trusted while nothing about them has changed.

As git's index does: a file whose size, times and inode are as they were is not read again, unless it was changed so
shortly before it was read that a second change could have the same time. Others are read, and where their bytes are as
they were, that is all.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping, Sequence

import msgspec

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.sources.files import Entry, load
from consistency.sources.remembered import Part

_GRAIN = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use

Stamp = tuple[int, int, int, int]
"""Size, the times of change of content and of the file's record, inode."""


class State(msgspec.Struct, frozen=True):
    """A file when it was read. seen: the time then, in nanoseconds; digest: of its bytes."""

    stamp: Stamp
    seen: int
    digest: str
    parts: tuple[Part, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode


class FileMemory:
    """A `consistency.sources.remembered.Memory`. changed: what is to be kept of this run, by name (None: forget)."""

    def __init__(self, states: Mapping[str, bytes], limits: Limits) -> None:
        self.limits = limits
        self.changed: dict[str, bytes | None] = {}
        self._states = states
        self._read: dict[str, tuple[Stamp, int]] = {}

    def recall(self, entry: Entry) -> Sequence[Part] | None:
        """What the file holds, None if that is not known or it has changed."""
        name = self.name(entry.shown, entry.explicit)
        try:
            status = entry.path.stat()
        except OSError:
            return None
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        self._read[name] = (stamp, time.time_ns())
        packed = self._states.get(name)
        if packed is None or status.st_size > self.limits.max_bytes:
            return None
        state = _decode(packed)
        if state.stamp == stamp and max(stamp[1], stamp[2]) + _GRAIN < state.seen:
            return state.parts
        try:
            digest = hashlib.sha256(load(entry, self.limits)).hexdigest()
        except SourceError:
            return None
        if digest != state.digest:
            return None
        self._set(name, digest, state.parts)
        return state.parts

    def keep(self, entry: Entry, data: bytes, parts: Sequence[Part]) -> None:
        """Keeps what the file with these bytes holds."""
        name = self.name(entry.shown, entry.explicit)
        if name in self._read:
            self._set(name, hashlib.sha256(data).hexdigest(), tuple(parts))

    def name(self, shown: str, explicit: bool) -> str:
        """What a file is kept under: all that a part depends on besides its bytes."""
        return "\0".join((shown, str(explicit), str(self.limits.max_chars), os.getcwd()))

    def forget(self, shown: str) -> None:
        """The file is to be read again next time."""
        for explicit in (False, True):
            self.changed[self.name(shown, explicit)] = None

    def _set(self, name: str, digest: str, parts: tuple[Part, ...]) -> None:
        stamp, seen = self._read[name]
        self.changed[name] = _encode(State(stamp, seen, digest, parts))

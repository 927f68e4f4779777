"""Claims by content: a folder of small files, each named after what it was made from.

Nothing in it can be out of date, for the name is a hash of the text, its metadata and the stamp; a file that is
damaged is no file. Safe to delete at any time, also as a whole. Files are written beside and renamed, so that runs at
one time do each other no harm.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
import zlib
from pathlib import Path

import msgspec

from consistency.archive.kept import Kept

_CHECK = 16  # bytes of the hash in front of what it is the hash of
_LARGEST = 1 << 30  # bytes of one record, unpacked
_DAY = 86_400
_NAME = re.compile(r"[0-9a-f]{62}\.claims")
_PART = re.compile(r"[0-9a-f]{62}\.claims\.\d+-\d+")
_INDEX = re.compile(r"[0-9a-f]{32}\.index")
_FOLDER = re.compile(r"[0-9a-f]{2}")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


def key_of(stamp: str, id_: str, content: str) -> str:
    """The name of a source's record: 64 hex digits. content: `consistency.sources.remembered.content_of`."""
    return hashlib.sha256("\0".join((stamp, id_, content)).encode("utf-8", "surrogatepass")).hexdigest()


class Store:
    """Records by key, in a folder, or in memory alone where folder is None."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.written = 0
        self._memory: dict[str, bytes] = {}
        self._broken = False  # a folder that cannot be written costs time, nothing else

    def get(self, key: str) -> Kept | None:
        """The record, None if there is none or it is damaged (it is then removed)."""
        packed = self._memory.get(key)
        path = None
        if packed is None and self.folder is not None:
            path = self._path(key)
            try:
                packed = path.read_bytes()
            except OSError:
                return None
        if packed is None:
            return None
        try:
            kept = _unpacked(packed)
        except (ValueError, zlib.error, msgspec.MsgspecError, MemoryError):
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()
            return None
        if path is not None:
            _used(path)
        return kept

    def has(self, key: str) -> bool:
        """Whether there is a record, sound or not."""
        return key in self._memory or (self.folder is not None and self._path(key).is_file())

    def put(self, key: str, kept: Kept) -> None:
        """Keeps a record."""
        packed = _packed(kept)
        if self.folder is None or self._broken:
            self._memory[key] = packed
            return
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(packed)
            part.replace(path)
            self.written += 1
        except OSError:
            self._broken = True
            self._memory[key] = packed

    def trim(self, most: int) -> None:
        """Removes what was not used for longest, if this run wrote anything and all is more than `most` bytes."""
        if self.folder is None or not self.written:
            return
        found = sorted(self._files())
        total = sum(size for _, size, _ in found)
        for _, size, path in found if total > most else ():
            if total <= most - most // 10:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
                total -= size

    def _files(self) -> list[tuple[float, int, str]]:
        """(when used, bytes, path) of every file of ours, those that an interrupted run left half-written included."""
        out = []
        with contextlib.suppress(OSError):
            for folder in os.scandir(self.folder):
                if _INDEX.fullmatch(folder.name):
                    status = folder.stat(follow_symlinks=False)
                    out.append((status.st_mtime, status.st_size, folder.path))
                if not (_FOLDER.fullmatch(folder.name) and folder.is_dir(follow_symlinks=False)):
                    continue
                with contextlib.suppress(OSError):
                    for entry in os.scandir(folder.path):
                        if _NAME.fullmatch(entry.name) or _PART.fullmatch(entry.name):
                            status = entry.stat(follow_symlinks=False)
                            out.append((status.st_mtime, status.st_size, entry.path))
        return out

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.claims"


def _used(path: Path) -> None:
    """Marks a file as used, once a day: what is trimmed depends on it, and no result."""
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)


def _packed(kept: Kept) -> bytes:
    body = zlib.compress(_encode(kept), 1)
    return hashlib.sha256(body).digest()[:_CHECK] + body


def _unpacked(packed: bytes) -> Kept:
    check, body = packed[:_CHECK], packed[_CHECK:]
    if hashlib.sha256(body).digest()[:_CHECK] != check:
        raise ValueError("damaged")
    reader = zlib.decompressobj()
    raw = reader.decompress(body, _LARGEST)
    if not reader.eof:
        raise ValueError("cut off")
    return _decode(raw)

"""New sources and an archive, read together, with what was kept of the archive between runs.

What is kept is trusted only as far as it can be: a damaged or locked index is left aside, a lost record is made anew,
and the work begins again. No result depends on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from consistency.archive.files import FileMemory
from consistency.archive.index import Index
from consistency.archive.kept import Kept, Portrait, kept_of, portrait, postings_of, prepare
from consistency.archive.opened import Archive
from consistency.archive.shelf import LostError, Shelf
from consistency.archive.stamp import stamp
from consistency.archive.store import Store, key_of
from consistency.config import Config
from consistency.extraction.corrected import NOTHING, Readings
from consistency.model import Skipped, Source
from consistency.rulebook import Rulebook, cache_folder
from consistency.sources.remembered import Memory, Remembered, content_of
from consistency.topics.keys import Posting

Stream = Callable[[Memory | None], Iterable[tuple[bool, Source | Remembered | Skipped]]]
"""Reads all sources: (whether it is a known one, the source, a remembered one, or why it was skipped)."""
Progress = Callable[[str, int, int | None], None]
Row = tuple[str, str, Portrait, Sequence[Posting]]
T = TypeVar("T")
_BATCH = 200
_FEW = 1_000


class Gathered(msgspec.Struct, frozen=True):
    """new: ids of the new sources; known: how many others there are; the archives of both; what was left out."""

    new: tuple[str, ...]
    known: int
    fresh: Archive
    archive: Archive
    skipped: tuple[Skipped, ...]


def folder_of(config: Config) -> Path | None:
    """Where things are kept between runs; None for nowhere."""
    if config.cache is False:
        return None
    return cache_folder().parent / "claims" if config.cache is True else Path(config.cache)


def with_archive(
    stream: Stream,
    places: Sequence[str],
    config: Config,
    rules: Rulebook,
    work: Callable[[Gathered], T],
    progress: Progress | None = None,
    readings: Readings = NOTHING,
) -> T:
    """What `work` makes of the new sources and the archive.

    places: what names the archive (its paths), so that its index is found again; none for one that has no paths.
    """
    mark, folder = stamp(rules, readings), folder_of(config)
    name = hashlib.sha256("\0".join((mark, os.getcwd(), *places)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    path = None if folder is None or not places else folder / f"{name}.index"
    for place in (path, path, None) if path is not None else (None,):
        store = Store(folder if place is not None or path is None else None)
        try:
            with contextlib.closing(Index(place)) as index:
                gatherer = _Gatherer(index, store, config, rules, mark, progress, readings)
                try:
                    return work(gatherer.gather(stream))
                except LostError:
                    gatherer.forget_lost()
        except (sqlite3.Error, msgspec.MsgspecError, OSError) as error:
            if place is None:
                raise
            if not isinstance(error, (sqlite3.OperationalError, OSError)):
                _remove(place)
        finally:
            store.trim(config.cache_bytes)
    return with_archive(stream, places, msgspec.structs.replace(config, cache=False), rules, work, progress, readings)


def _remove(path: Path) -> None:
    for name in (path, path.with_name(f"{path.name}-journal")):
        with contextlib.suppress(OSError):
            name.unlink()


class _Gatherer:
    """Reads the sources; whatever is not kept yet of an archive's is read to claims here, and kept."""

    def __init__(
        self,
        index: Index,
        store: Store,
        config: Config,
        rules: Rulebook,
        mark: str,
        progress: Progress | None,
        readings: Readings,
    ) -> None:
        self.index, self.store, self.config, self.rules, self.mark = index, store, config, rules, mark
        self.progress, self.readings = progress, readings
        self.memory = FileMemory(index.files(), config.limits)
        self.skipped: list[Skipped] = []
        self.rows: list[Row] = []
        self.files: dict[str, str] = {}
        self.done = 0
        self.ready = False

    def gather(self, stream: Stream) -> Gathered:
        """All sources, read and in their archives."""
        indexed = self.index.known()
        fresh = Shelf(Index(None), self.store)
        new: dict[str, str] = {}
        known: dict[str, str] = {}
        lost = []
        for old, item in stream(self.memory):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            elif isinstance(item, Remembered):
                key = key_of(self.mark, item.id, item.content)
                if key not in indexed and not self._indexed(key):
                    lost.append(item.file)
                known[item.id] = key
                self.files[key] = item.file
            elif (read := self._read(item, indexed if old else None, fresh)) is not None:
                (known if old else new)[item.id] = read
            self._flush(_BATCH)
        self._flush(1)
        if lost:
            for file in lost:
                self.memory.forget(file)
            self.index.set_files(self.memory.changed)
            return self._again(stream)
        self.index.set_files(self.memory.changed)
        archive = Shelf(self.index, self.store)
        archive.use(known)
        fresh.use(new)
        return Gathered(tuple(new), len(known), fresh, archive, tuple(self.skipped))

    def forget_lost(self) -> None:
        """Has every file read again whose record is not sound."""
        states = {f: None for key, f in self.files.items() if self.store.get(key) is None}
        for file in states:
            self.memory.forget(file)
        self.index.set_files(self.memory.changed)

    def _again(self, stream: Stream) -> Gathered:
        again = _Gatherer(self.index, self.store, self.config, self.rules, self.mark, self.progress, self.readings)
        return again.gather(stream)

    def _indexed(self, key: str) -> bool:
        """Puts a record that is kept into the index. False if there is none."""
        kept = self.store.get(key)
        if kept is not None:
            self.rows.append(self._row(key, kept))
        return kept is not None

    def _read(self, source: Source, indexed: Mapping[str, int] | None, fresh: Shelf) -> str | None:
        """The record key of a source that was read just now. indexed: None for a new source."""
        key = key_of(self.mark, source.id, content_of(source))
        if indexed is not None and key in indexed and self.store.has(key):
            return key
        kept = self.store.get(key) or self._claims(source)
        if kept is None:
            return None
        if not self.store.has(key):
            self.store.put(key, kept)
        if indexed is None:
            fresh.index.add([self._row(key, kept)])
        elif key not in indexed:
            self.rows.append(self._row(key, kept))
        return key

    def _claims(self, source: Source) -> Kept | None:
        """What is kept of a source; None, with a word among the skipped, where its claims cannot be read."""
        if not self.ready:
            prepare(self.rules)
            self.ready = True
        kept = kept_of(source, self.rules, self.config.limits.seconds, self.readings)
        if isinstance(kept, Skipped):
            self.skipped.append(kept)
            return None
        self.done += 1
        if self.progress is not None:
            self.progress("reading claims", self.done, None)
        return kept

    def _row(self, key: str, kept: Kept) -> Row:
        extraction = kept.extraction
        return key, extraction.source, portrait(extraction, self.rules), postings_of(kept, self.rules)

    def _flush(self, least: int) -> None:
        if len(self.rows) >= least:
            self.index.add(self.rows)
            self.rows.clear()

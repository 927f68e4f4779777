"""What was found, record by record, in the order of a report. It stays on file and is read as it is asked for."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast, overload

import msgspec

from consistency import pipeline
from consistency.archive.sharing import Sharing
from consistency.engines.disk.judging import Judged
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import Folder, Spool
from consistency.engines.kit import Kit
from consistency.model import RECORDS, Claim, Course, Coverage, Finding, Report, Skipped, SourceInfo, Topic

T = TypeVar("T")


class Stored(Sequence[T]):
    """Records that are read when they are asked for. folder: what they lie in, which goes with the last of them."""

    folder: Folder | None = None

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self.at(n) for n in range(*place.indices(len(self))))
        return self.at(range(len(self))[place])

    def __iter__(self) -> Iterator[T]:
        return map(self.at, range(len(self)))

    @abstractmethod
    def at(self, place: int) -> T:
        """The record at a place."""


class Records(Stored[T]):
    """Records of one kind, by what puts them in order."""

    def __init__(self, path: Path, kind: type[T]) -> None:
        self.spool, self._keys = Spool(path), list[Any]()
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self.order = array("Q")

    def add(self, records: Iterable[tuple[Any, bytes]]) -> None:
        """Adds records, each with what puts it in order."""
        for key, data in records:
            self._keys.append(key)
            self.spool.add(data)

    def close(self) -> None:
        """Nothing is added after that, and now they can be read."""
        self.spool.close()
        keys, self._keys = self._keys, []
        self.order = array("Q", sorted(range(len(keys)), key=keys.__getitem__))

    def __len__(self) -> int:
        return len(self.order)

    def at(self, place: int) -> T:
        return self._decode(self.spool[self.order[place]])


class _Sources(Stored[SourceInfo]):
    """The sources, in the order of their ids."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.order = shelf, array("Q", shelf.by_id())

    def __len__(self) -> int:
        return len(self.order)

    def at(self, place: int) -> SourceInfo:
        found = self.shelf.read(self.order[place]).info
        assert found is not None
        return found


class _Claims(Stored[Claim]):
    """The claims of the sources in their order, and those that were worked out."""

    def __init__(self, shelf: Shelf, order: array[int], derived: Stored[Claim]) -> None:
        self.shelf, self.order, self.derived, self.share = shelf, order, derived, Sharing()
        many = Counter(shelf.source_of)
        self.ends = array("Q", [0])
        for source in order:
            self.ends.append(self.ends[-1] + many[source])

    def __len__(self) -> int:
        return self.ends[-1] + len(self.derived)

    def __iter__(self) -> Iterator[Claim]:
        for source in self.order:
            yield from self._of(source)
        yield from self.derived

    def at(self, place: int) -> Claim:
        if place >= self.ends[-1]:
            return self.derived[place - self.ends[-1]]
        n = bisect_right(self.ends, place) - 1
        return self._of(self.order[n])[place - self.ends[n]]

    def _of(self, source: int) -> tuple[Claim, ...]:
        found = self.shelf.read(source).extraction
        assert found is not None
        return self.share(found).claims


class Results:
    """All that judging gave."""

    def __init__(self, folder: Path) -> None:
        self.topics = Records(folder / "found-topics", Topic)
        self.findings = Records(folder / "found-findings", Finding)
        self.derived = Records(folder / "found-claims", Claim)
        self.courses = Records(folder / "found-courses", Course)
        self.pairs = 0
        self.aside: Counter[str] = Counter()
        self.rules: set[str] = set()

    def add(self, found: Judged) -> None:
        """Adds what a bucket gave."""
        self.topics.add(found.topics)
        self.findings.add(found.findings)
        self.derived.add(found.derived)
        self.courses.add(found.courses)
        self.pairs += found.pairs
        self.aside.update(found.aside)
        self.rules.update(found.rules)

    def close(self) -> None:
        """Nothing is added after that."""
        for one in (self.topics, self.findings, self.derived, self.courses):
            cast("Records[Any]", one).close()


def report(shelf: Shelf, results: Results, run: Kit, skipped: Sequence[Skipped], capped: int, folder: Folder) -> Report:
    """The report, its records on file. folder: kept as long as one of them may be asked for."""
    aside = Counter(results.aside)
    for told in shelf.aside.values():
        aside.update(told)
    sources = _Sources(shelf)
    claims = _Claims(shelf, sources.order, results.derived)
    stored: tuple[Stored[Any], ...] = (sources, claims, results.topics, results.findings, results.courses)
    for one in (*stored, results.derived):
        one.folder = folder
    coverage = Coverage(
        sources=len(sources),
        sentences=shelf.sentences,
        quantities=shelf.quantities,
        claims=len(claims),
        pairs_compared=results.pairs,
        pairs_not_comparable={reason: n for reason, n in sorted(aside.items()) if n},
    )
    coverage = pipeline.completed(coverage, skipped, shelf.dropped, capped, run.config)
    record = pipeline.resting_on(Report(coverage=coverage), results.rules, run.rules, run.config)
    return msgspec.structs.replace(record, **dict(zip(RECORDS, stored, strict=True)))

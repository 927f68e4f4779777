"""What was found, record by record, in the order of a report."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from consistency import pipeline
from consistency.archive.sharing import Sharing
from consistency.engines.disk.judging import Judged
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import Spool
from consistency.engines.kit import Kit
from consistency.model import Claim, Course, Extraction, Finding, Judgement, Report, Skipped, SourceInfo, Topic

T = TypeVar("T")


class Records(Generic[T]):
    """Records of one kind, by what puts them in order."""

    def __init__(self, path: Path, kind: type[T]) -> None:
        self.spool, self._keys = Spool(path), list[Any]()
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self.order = array("Q")

    def add(self, records: Iterable[tuple[Any, bytes]]) -> None:
        for key, data in records:
            self._keys.append(key)
            self.spool.add(data)

    def close(self) -> None:
        self.spool.close()
        keys = self._keys
        self.order = array("Q", sorted(range(len(keys)), key=keys.__getitem__))
        self._keys = []

    def __iter__(self) -> Iterator[T]:
        return (self._decode(self.spool[n]) for n in self.order)

    def __len__(self) -> int:
        return len(self.order)


class Results:
    """All that judging gave."""

    def __init__(self, folder: Path) -> None:
        self.topics = Records(folder / "found-topics", Topic)
        self.findings = Records(folder / "found-findings", Finding)
        self.derived = Records(folder / "found-claims", Claim)
        self.courses = Records(folder / "found-courses", Course)
        self.pairs = 0
        self.aside: Counter[str] = Counter()

    def add(self, found: Judged) -> None:
        """Adds what a bucket gave."""
        self.topics.add(found.topics)
        self.findings.add(found.findings)
        self.derived.add(found.derived)
        self.courses.add(found.courses)
        self.pairs += found.pairs
        self.aside.update(found.aside)

    def close(self) -> None:
        """Nothing is added after that."""
        for one in (self.topics, self.findings, self.derived, self.courses):
            one.close()  # type: ignore[attr-defined]


def report(shelf: Shelf, results: Results, run: Kit, skipped: Sequence[Skipped], capped: int) -> Report:
    """The report, all of it."""
    share = Sharing()
    infos: list[SourceInfo] = []
    extractions: list[Extraction] = []
    for source in sorted(range(len(shelf)), key=shelf.ids.__getitem__):
        read = shelf.read(source)
        assert read.info is not None
        assert read.extraction is not None
        infos.append(read.info)
        extractions.append(share(read.extraction))
    aside = results.aside + shelf.aside
    judgement = Judgement(
        topics=tuple(results.topics),
        findings=tuple(results.findings),
        derived=tuple(results.derived),
        courses=tuple(results.courses),
        pairs_compared=results.pairs,
        not_comparable=dict(sorted(aside.items())),
    )
    claims = tuple(chain.from_iterable(e.claims for e in extractions)) + judgement.derived
    return pipeline.report_on(
        infos, extractions, claims, judgement, run.rules, run.config, tuple(skipped), capped
    )

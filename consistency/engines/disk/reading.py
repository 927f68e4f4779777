"""Sources to claims: each is read by a worker, and goes to a file as it came."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from consistency.archive.reading import Read, lost, one_source
from consistency.engine import Codec, Engine
from consistency.engines.disk.spool import Spool
from consistency.engines.kit import kit
from consistency.judgement.arithmetic import direct_checks
from consistency.judgement.meeting import ties
from consistency.judgement.rates import rates
from consistency.model import Skipped, Source
from consistency.topics.signature import first_claim

decode = msgspec.msgpack.Decoder(Read).decode
encode = msgspec.msgpack.Encoder().encode


class Told(msgspec.Struct, frozen=True):
    """A source that was read. record: a `Read`, packed; rank: as `first_claim`; ties: rows of (claim, claim), by their
    places in the source, as `meeting.ties`; the rest is what coverage adds up."""

    record: bytes = b""
    rank: tuple[str, str, str] = ("", "", "")
    ties: bytes = b""
    claims: int = 0
    sentences: int = 0
    quantities: int = 0
    dropped: tuple[str, ...] = ()
    aside: dict[str, int] = {}
    skipped: Skipped | None = None


class Shelf:
    """All sources that were read, in the order in which topics take them, with the numbers of their claims.

    A source is called by its place in that order. Claims are numbered through all sources in the order of their ranks.
    first: source -> the first number of its claims, which are the next ones; but where sources are of one day and begin
    alike, their claims stand among each other's, and `mixed` has their numbers. source_of: claim -> source. aside:
    source -> what was set aside in it by itself."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self._ties, self._tied = array("I"), array("Q", [0])
        self.place, self.first, self.source_of = array("Q"), array("Q"), array("I")
        self.mixed: dict[int, array[int]] = {}
        self.ids: list[str] = []
        self.skipped: list[Skipped] = []
        self.sentences = self.quantities = 0
        self.dropped: set[str] = set()
        self.aside: dict[int, dict[str, int]] = {}

    def read(self, source: int) -> Read:
        """The record of a source."""
        return decode(self.spool[self.place[source]])

    def numbers(self, source: int, read: Read) -> Sequence[int]:
        """The number of each claim of a source, in the order of its claims."""
        told = self.mixed.get(source)
        if told is not None:
            return told
        assert read.extraction is not None
        claims = read.extraction.claims
        out = array("Q", bytes(8 * len(claims)))
        order = sorted(range(len(claims)), key=lambda n: (_start(claims[n].start), claims[n].id))
        for number, n in enumerate(order, self.first[source]):
            out[n] = number
        return out

    def add(self, told: Told) -> None:
        """Adds a source; its number it is given when all are there."""
        self.spool.add(told.record)
        self._ties.frombytes(told.ties)
        self._tied.append(len(self._ties))
        self.sentences += told.sentences
        self.quantities += told.quantities
        self.dropped.update(told.dropped)

    def ties(self, source: int) -> Iterator[tuple[int, int]]:
        """The claims of a source that are joined whatever others say, but for those it says again: by their places in
        it."""
        own = self._ties[self._tied[self.place[source]] : self._tied[self.place[source] + 1]]
        return zip(own[::2], own[1::2], strict=True)

    def by_id(self) -> list[int]:
        """The sources in the order of their ids, as a report has them."""
        return sorted(range(len(self)), key=self.ids.__getitem__)

    def __len__(self) -> int:
        return len(self.place)

    @property
    def claims(self) -> int:
        """How many there are."""
        return len(self.source_of)


def _start(start: int | None) -> int:
    return -1 if start is None else start


def read_all(
    sources: Iterable[Source], settings: bytes, engine: Engine, spool: Spool, progress: Callable[[int], None]
) -> Shelf:
    """Reads all sources. progress: is called with how many are done."""
    shelf = Shelf(spool)
    ranks: list[tuple[str, str, str]] = []
    many = array("Q")
    asides: list[dict[str, int]] = []
    stream = iter(sources)
    for n, told in enumerate(engine.map(_Reading(settings), _warmed(stream, settings), _lost, Codec(Told)), 1):
        if told.skipped is not None:
            shelf.skipped.append(told.skipped)
        else:
            shelf.add(told)
            ranks.append(told.rank)
            many.append(told.claims)
            asides.append(told.aside)
        progress(n)
    spool.close()
    shelf.skipped.sort(key=lambda s: s.source)
    _number(shelf, ranks, many)
    shelf.aside = {source: asides[n] for source, n in enumerate(shelf.place) if asides[n]}
    return shelf


def _warmed(sources: Iterator[Source], settings: bytes) -> Iterator[Source]:
    """The sources; before the first, what reading needs is loaded, so that every worker inherits it."""
    for n, source in enumerate(sources):
        if not n:
            kit(settings).warm()
        yield source


def _number(shelf: Shelf, ranks: list[tuple[str, str, str]], many: array[int]) -> None:
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    shelf.place = array("Q", order)
    shelf.ids = [ranks[n][2] for n in order]
    for _, same in groupby(range(len(order)), key=lambda source: ranks[order[source]][:2]):
        group = list(same)
        if len(group) > 1:
            _mix(shelf, [s for s in group if many[order[s]]])
        for source in group:
            shelf.first.append(len(shelf.source_of))
            if source not in shelf.mixed:
                shelf.source_of.extend([source] * many[order[source]])


def _mix(shelf: Shelf, group: list[int]) -> None:
    """Numbers the claims of sources that no day and no first claim parts."""
    placed: list[tuple[int, str, int, int]] = []
    for source in group:
        extraction = shelf.read(source).extraction
        assert extraction is not None
        shelf.mixed[source] = array("Q", bytes(8 * len(extraction.claims)))
        placed += [(_start(c.start), c.id, source, n) for n, c in enumerate(extraction.claims)]
    for _, _, source, n in sorted(placed):
        shelf.mixed[source][n] = len(shelf.source_of)
        shelf.source_of.append(source)


class _Reading:
    """Reads one source; can be sent to another process."""

    def __init__(self, settings: bytes) -> None:
        self.settings = settings

    def __call__(self, source: Source) -> Told:
        run = kit(self.settings)
        read = one_source(source, run.rules, run.config.limits.seconds, run.lessons.readings)
        if read.extraction is None:
            return Told(skipped=read.skipped)
        told = read.extraction
        direct = direct_checks(told.claims, {told.source: told.context}, rates(run.config.rates), run.rules)
        place = {c.id: n for n, c in enumerate(told.claims)}
        tied = sorted(ties(told, run.rules, direct))
        return Told(
            record=encode(read),
            rank=first_claim(told),
            ties=array("I", [place[id_] for pair in tied for id_ in pair]).tobytes(),
            claims=len(told.claims),
            sentences=told.sentences,
            quantities=told.quantities,
            dropped=told.dropped,
            aside=dict(direct.aside),
        )


def _lost(source: Source, how: str) -> Told:
    return Told(skipped=lost(source.id, how))

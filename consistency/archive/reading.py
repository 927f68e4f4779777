"""The claims of sources, each read for itself: what an engine is given to do first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from consistency.archive.kept import guarded, info, prepare
from consistency.archive.sharing import Sharing
from consistency.engine import Codec, Engine
from consistency.extraction.claims import extract
from consistency.extraction.corrected import Readings, correct
from consistency.judgement.arithmetic import within
from consistency.model import Extraction, Skipped, Source, SourceInfo
from consistency.rulebook import Rulebook, default_rulebook


class Read(msgspec.Struct, frozen=True):
    """A source as the report lists it, with its claims; or why it was left out."""

    info: SourceInfo | None = None
    extraction: Extraction | None = None
    skipped: Skipped | None = None


def one_source(source: Source, rules: Rulebook, seconds: float, readings: Readings) -> Read:
    """What is read in one source. seconds: what that may take."""
    found = guarded(source, seconds, lambda: within(correct(extract(source), readings), rules))
    if isinstance(found, Skipped):
        return Read(skipped=found)
    return Read(info=info(source, found), extraction=found)


class _Reading:
    """Reads one source; can be sent to another process."""

    def __init__(self, folders: tuple[str, ...], seconds: float, readings: Readings) -> None:
        self.folders, self.seconds, self.readings = folders, seconds, {k: dict(v) for k, v in readings.items()}
        self._rules: Rulebook | None = None

    def __call__(self, source: Source) -> Read:
        return one_source(source, self.rules(), self.seconds, self.readings)

    def __getstate__(self) -> dict[str, object]:
        """Without the rules: another process reads them itself, and gets ready for the first source by it."""
        return {**self.__dict__, "_rules": None}

    def rules(self) -> Rulebook:
        """The rules, read once in each process."""
        if self._rules is None:
            self._rules = Rulebook(self.folders) if self.folders else default_rulebook()
            prepare(self._rules)
        return self._rules


def read_all(
    sources: Iterable[Source], rules: Rulebook, seconds: float, readings: Readings, engine: Engine
) -> Iterator[Read]:
    """What is read in each source, in their order; texts are let go of as it goes on."""
    work = _Reading(rules.extra, seconds, readings)
    work._rules = rules
    stream = iter(sources)
    first = next(stream, None)
    if first is None:
        return
    prepare(rules)
    share = Sharing()
    for read in engine.map(work, chain([first], stream), _lost, Codec(Read)):
        if read.extraction is not None:
            read = msgspec.structs.replace(read, extraction=share(read.extraction))
        yield read


def lost(source: str, how: str) -> Skipped:
    """Why a source was left out that no process outlives. how: as `Engine.map` is told of it."""
    return Skipped(source=source, reason=f"the process that read its claims died, twice: {how}")


def _lost(source: Source, how: str) -> Read:
    return Read(skipped=lost(source.id, how))

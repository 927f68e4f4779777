"""Paths and records to sources: one bad source never stops the others, and nothing is left out without saying so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.model import Layout, Skipped, Source
from consistency.sources.draft import Draft
from consistency.sources.files import Entry, find, load
from consistency.sources.formats import own_report, reader_for
from consistency.sources.jsonlines import is_large, read_lines
from consistency.sources.naming import Item, Naming, unforeseen
from consistency.sources.records import from_mapping
from consistency.sources.remembered import Memory, Part, Remembered, part_of
from consistency.timelimit import OutOfTimeError, limited

STDIN = "-"
_DEFAULT = Limits()


def read_paths(
    paths: Sequence[str | Path], limits: Limits = _DEFAULT, stdin: bytes | None = None
) -> tuple[list[Source], list[Skipped]]:
    """`stream_paths`, with the sources and what was skipped as two lists."""
    return _parted(stream_paths(paths, limits, stdin))


def stream_paths(
    paths: Sequence[str | Path], limits: Limits = _DEFAULT, stdin: bytes | None = None
) -> Iterator[Source | Skipped]:
    """The sources behind files, folders and "-" (the bytes of `stdin`), in the order given; folders by relative path.

    One file is in memory at a time. Ids are paths relative to the folder given (the path as given for a file, "-" for
    standard input), with "#line" for a line of a JSONL file; an id that a source states itself wins. Where two folders
    hold a file of one name, both take the folder into their ids. The second source of one id is skipped, as is all that
    cannot be read; nothing raises.
    """
    return _only_new(stream_against(paths, (), limits, stdin))


def stream_against(
    new: Sequence[str | Path],
    known: Sequence[str | Path],
    limits: Limits = _DEFAULT,
    stdin: bytes | None = None,
    memory: Memory | None = None,
) -> Iterator[tuple[bool, Source | Remembered | Skipped]]:
    """(whether it is a known one, the source) of all behind `new` and then all behind `known`, as `stream_paths`.

    A file in both is new. A known source with the id of a new one is left out. memory: what known files held before."""
    seen: set[Path] = set()
    found = [(False, e) for e in _entries(new, seen)] + [(True, e) for e in _entries(known, seen)]
    names = Counter(entry.name for _, entry in found if isinstance(entry, Entry))
    naming = Naming(limits, {name for name, count in names.items() if count > 1})
    for old, entry in found:
        for item in _opened(entry, limits, stdin, memory if old else None):
            yield old, naming.finish(_as_known(item) if old else item)


def read_records(
    records: Iterable[Mapping[str, Any] | Source | str | Path], limits: Limits = _DEFAULT
) -> tuple[list[Source], list[Skipped]]:
    """The sources a program hands in: mappings of the Source shape, `Source` records, or paths, in the order given.

    A `Source` that was read before (it has its `sha256`) is taken as it is, another is completed where it says nothing.
    """
    return _parted(_only_new(records_against(records, (), limits)))


def records_against(
    new: Iterable[Mapping[str, Any] | Source | str | Path],
    known: Iterable[Mapping[str, Any] | Source | str | Path],
    limits: Limits = _DEFAULT,
    memory: Memory | None = None,
) -> Iterator[tuple[bool, Source | Remembered | Skipped]]:
    """`stream_against` for what a program hands in."""
    naming = Naming(limits)
    seen: set[Path] = set()
    number = 0
    for old, records in ((False, new), (True, known)):
        for record in records:
            number += 1
            if isinstance(record, (str, Path)):
                own = seen if old else set[Path]()
                entries = list(_entries([record], own))
                seen |= own
                items = chain.from_iterable(_opened(e, limits, None, memory if old else None) for e in entries)
            else:
                items = chain((_recorded(record, number),))
            for item in items:
                yield old, naming.finish(_as_known(item) if old else item)


def _as_known(item: Item | Skipped) -> Item | Skipped:
    if isinstance(item, Item):
        item.known, item.named = True, False
    return item


def _only_new(stream: Iterable[tuple[bool, Source | Remembered | Skipped]]) -> Iterator[Source | Skipped]:
    return (item for _, item in stream if not isinstance(item, Remembered))


def _recorded(record: Mapping[str, Any] | Source, number: int) -> Item | Skipped:
    place = f"record {number}"
    try:
        draft = _from_source(record) if isinstance(record, Source) else from_mapping(record, place, None, "", Layout())
    except SourceError as error:
        return Skipped(source=place, reason=error.message)
    given = record if isinstance(record, Source) else None
    ready = given if given and given.sha256 else None
    return Item(draft, f"#{number}", f"#{number}", draft.own_id or place, given.path if given else None, ready)


def _parted(stream: Iterable[Source | Skipped]) -> tuple[list[Source], list[Skipped]]:
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for item in stream:
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            sources.append(item)
    return sources, skipped


def _from_source(source: Source) -> Draft:
    return Draft(
        text=source.text,
        own_id=source.id or None,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        author=source.author,
        language=source.language,
        language_stated=True,
        zones=source.zones,
        layout=source.layout,
    )


def _entries(paths: Sequence[str | Path], seen: set[Path]) -> Iterator[Entry | Skipped | None]:
    """The files to read, None for standard input; none of them opened yet, and none twice. seen: files had before."""
    for path in paths:
        if str(path) == STDIN:
            yield None
            continue
        for entry in find(Path(path)):
            if isinstance(entry, Entry):
                real = entry.real or (entry.path.resolve() if entry.path.is_file() else entry.path)
                if real in seen:
                    continue  # the same file, named twice
                seen.add(real)
            yield entry


def _opened(
    entry: Entry | Skipped | None, limits: Limits, stdin: bytes | None, memory: Memory | None
) -> Iterator[Item | Skipped]:
    if entry is None:
        return _stdin(stdin, limits)
    if isinstance(entry, Skipped):
        return iter((entry,))
    return _file(entry, limits) if memory is None else _kept_file(entry, limits, memory)


def _stdin(data: bytes | None, limits: Limits) -> Iterator[Item | Skipped]:
    if data is None:
        yield Skipped(source=STDIN, reason="standard input is not available here")
    elif len(data) > limits.max_bytes:
        yield Skipped(source=STDIN, reason=f"is larger than {limits.max_bytes:,} bytes (limits.max_bytes)")
    else:
        yield from _drafts(reader_for("", data, limits)(data, STDIN), not data, limits, STDIN, STDIN, STDIN, None)


def _kept_file(entry: Entry, limits: Limits, memory: Memory) -> Iterator[Item | Skipped]:
    """A file of which memory is asked first, and told afterwards."""
    parts = memory.recall(entry)
    if parts is not None:
        for part in parts:
            draft = Draft(text="", own_id=part.own_id, part=part.part, line=part.line)
            known = Item(draft, entry.name, entry.long_name, entry.shown, entry.shown, remembered=part)
            yield part.skipped or known
        return
    found: list[Part | None] = []
    bytes_: list[bytes] = []
    for item in _file(entry, limits, bytes_):
        yield item
        found.append(part_of(item))
    whole = [part for part in found if part is not None]
    if bytes_ and len(whole) == len(found):
        memory.keep(entry, bytes_[0], whole)


def _file(entry: Entry, limits: Limits, read: list[bytes] | None = None) -> Iterator[Item | Skipped]:
    """The drafts of a file. read: is given its bytes, once they are read."""
    if is_large(entry, limits):
        places = (entry.shown, entry.name, entry.long_name, entry.shown)
        yield from _named(_drafts(read_lines(entry, limits), False, limits, *places), entry)
        return
    try:
        data = load(entry, limits)
    except SourceError as error:
        yield Skipped(source=entry.shown, reason=error.message, line=error.line)
        return
    if read is not None:
        read.append(data)
    if own_report(data):
        reason = "is a report of this program or its baseline, not a source"
        yield Skipped(source=entry.shown, reason=reason, minor=not entry.explicit)
        return
    reader = reader_for(entry.path.suffix.lower(), data, limits)
    places = (entry.shown, entry.name, entry.long_name, entry.shown)
    yield from _named(_drafts(reader(data, entry.shown), not data, limits, *places), entry)


def _named(items: Iterable[Item | Skipped], entry: Entry) -> Iterator[Item | Skipped]:
    """The items of a file; whoever named it named the source that is the whole of it."""
    for item in items:
        if isinstance(item, Item) and not (entry.explicit and not item.draft.part):
            item.named = False
        yield item


def _drafts(
    drafts: Iterator[Draft | Skipped],
    empty: bool,
    limits: Limits,
    place: str,
    name: str,
    long_name: str,
    path: str | None,
) -> Iterator[Item | Skipped]:
    """The drafts of one file. A reader that gives up midway, or is given up, leaves what it has read."""
    if empty:
        yield Skipped(source=place, reason="is empty")
        return
    any_ = False
    try:
        while (draft := limited(limits.seconds, lambda: next(drafts, None))) is not None:
            any_ = True
            yield draft if isinstance(draft, Skipped) else Item(draft, name, long_name, place, path)
    except SourceError as error:
        yield Skipped(source=place, reason=error.message, line=error.line)
        return
    except OutOfTimeError as error:
        yield Skipped(source=place, reason=str(error))
        return
    except Exception as error:
        yield unforeseen(place, error)
        return
    if not any_:
        yield Skipped(source=place, reason="holds no source")

"""Paths and records to sources: one bad source never stops the others, and nothing is left out without saying so."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import msgspec

from consistency.config import Limits
from consistency.errors import NotReadError, SourceError
from consistency.model import Layout, Skipped, Source
from consistency.sources.build import build
from consistency.sources.draft import Draft
from consistency.sources.files import Entry, find, load, printable
from consistency.sources.formats import own_report, reader_for, sniff
from consistency.sources.records import from_mapping

STDIN = "-"
_DEFAULT = Limits()


class _Item(msgspec.Struct, frozen=True):
    """A draft on its way to a source.

    place: where it stands, for messages; path: None for a record; named: the user named it, and it alone.
    """

    draft: Draft
    name: str
    long_name: str
    place: str
    path: str | None
    ready: Source | None = None
    named: bool = True


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
    found = list(_entries(paths))
    names = Counter(entry.name for entry in found if isinstance(entry, Entry))
    items = (item for entry in found for item in _opened(entry, limits, stdin))
    return _finish(items, {name for name, count in names.items() if count > 1}, limits)


def read_records(
    records: Iterable[Mapping[str, Any] | Source | str | Path], limits: Limits = _DEFAULT
) -> tuple[list[Source], list[Skipped]]:
    """The sources a program hands in: mappings of the Source shape, `Source` records, or paths, in the order given.

    A `Source` that was read before (it has its `sha256`) is taken as it is, another is completed where it says nothing.
    """
    return _parted(_finish(_recorded(records, limits), frozenset(), limits))


def _recorded(records: Iterable[Mapping[str, Any] | Source | str | Path], limits: Limits) -> Iterator[_Item | Skipped]:
    for number, record in enumerate(records, 1):
        if isinstance(record, (str, Path)):
            for entry in _entries([record]):
                yield from _opened(entry, limits, None)
            continue
        place = f"record {number}"
        try:
            draft = (
                _from_source(record) if isinstance(record, Source) else from_mapping(record, place, None, "", Layout())
            )
        except SourceError as error:
            yield Skipped(source=place, reason=error.message)
            continue
        given = record if isinstance(record, Source) else None
        ready = given if given and given.sha256 else None
        yield _Item(draft, f"#{number}", f"#{number}", draft.own_id or place, given.path if given else None, ready)


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


def _entries(paths: Sequence[str | Path]) -> Iterator[Entry | Skipped | None]:
    """The files to read, None for standard input; none of them opened yet, and none twice."""
    seen: set[Path] = set()
    for path in paths:
        if str(path) == STDIN:
            yield None
            continue
        for entry in find(Path(path)):
            if isinstance(entry, Entry):
                real = entry.path.resolve() if entry.path.is_file() else entry.path
                if real in seen:
                    continue  # the same file, named twice
                seen.add(real)
            yield entry


def _opened(entry: Entry | Skipped | None, limits: Limits, stdin: bytes | None) -> Iterator[_Item | Skipped]:
    if entry is None:
        return _stdin(stdin, limits)
    return iter((entry,)) if isinstance(entry, Skipped) else _file(entry, limits)


def _stdin(data: bytes | None, limits: Limits) -> Iterator[_Item | Skipped]:
    if data is None:
        yield Skipped(source=STDIN, reason="standard input is not available here")
    elif len(data) > limits.max_bytes:
        yield Skipped(source=STDIN, reason=f"is larger than {limits.max_bytes:,} bytes (limits.max_bytes)")
    else:
        yield from _drafts(sniff(data)(data, STDIN), data, STDIN, STDIN, STDIN, None)


def _file(entry: Entry, limits: Limits) -> Iterator[_Item | Skipped]:
    try:
        data = load(entry, limits)
    except SourceError as error:
        yield Skipped(source=entry.shown, reason=error.message, line=error.line)
        return
    if own_report(data):
        reason = "is a report of this program or its baseline, not a source"
        yield Skipped(source=entry.shown, reason=reason, minor=not entry.explicit)
        return
    reader = reader_for(entry.path.suffix.lower(), data)
    drafts = _drafts(reader(data, entry.shown), data, entry.shown, entry.name, entry.long_name, entry.shown)
    for item in drafts:
        alone = entry.explicit and isinstance(item, _Item) and not item.draft.part
        yield item if alone or isinstance(item, Skipped) else msgspec.structs.replace(item, named=False)


def _drafts(
    drafts: Iterator[Draft | Skipped], data: bytes, place: str, name: str, long_name: str, path: str | None
) -> Iterator[_Item | Skipped]:
    """The drafts of one file. A reader that gives up midway leaves what it has read."""
    if not data:
        yield Skipped(source=place, reason="is empty")
        return
    any_ = False
    try:
        for draft in drafts:
            any_ = True
            yield draft if isinstance(draft, Skipped) else _Item(draft, name, long_name, place, path)
    except SourceError as error:
        yield Skipped(source=place, reason=error.message, line=error.line)
        return
    except Exception as error:  # a library met something it does not expect: one source less, never the run
        yield _unforeseen(place, error)
        return
    if not any_:
        yield Skipped(source=place, reason="holds no source")


def _unforeseen(place: str, error: Exception) -> Skipped:
    return Skipped(source=place, reason=f"cannot be read: {type(error).__name__}: {str(error)[:200]}")


def _finish(items: Iterable[_Item | Skipped], shared: Set[str], limits: Limits) -> Iterator[Source | Skipped]:
    """Sources with their ids; the second of one id is skipped. shared: names that are of more than one file."""
    taken: dict[str, tuple[str, str]] = {}
    count = 0
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        draft = item.draft
        count += 1
        if count > limits.max_sources:
            reason = f"not read: more than {limits.max_sources:,} sources (limits.max_sources)"
            yield Skipped(source=item.place, reason=reason, line=draft.line)
            continue
        id_ = draft.own_id or (item.long_name if item.name in shared else item.name) + draft.part
        here = item.place if draft.line is None else f"{item.place}:{draft.line}"
        try:
            if id_ in taken:
                first, digest = taken[id_]
                same = hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest() == digest
                kind = NotReadError if same else SourceError  # nothing is lost with the same text
                raise kind(_twice(id_, first, same), None, draft.line)
            source = item.ready or build(draft, id_, item.path, limits)
        except SourceError as error:
            minor = isinstance(error, NotReadError) and not item.named
            yield Skipped(source=item.place, reason=error.message, line=error.line, minor=minor)
            continue
        except Exception as error:  # one odd source must not cost the others
            yield _unforeseen(item.place, error)
            continue
        taken[id_] = (here, source.sha256 or "")
        yield source


def _twice(id_: str, first: str, same_text: bool) -> str:
    same = "with the same text" if same_text else "with another text; give it an id of its own"
    return f"the id {printable(id_)!r} is already that of {first}, {same}"

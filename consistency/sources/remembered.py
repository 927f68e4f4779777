"""Files that were read before: what is kept of each, so that an unchanged one need not be opened again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from consistency.errors import NotReadError, SourceError
from consistency.model import Skipped, Source
from consistency.timelimit import OVER

if TYPE_CHECKING:
    from consistency.sources.files import Entry
    from consistency.sources.naming import Item


class Part(msgspec.Struct, frozen=True):
    """One source of a file, or what was skipped there.

    own_id, part, line: as in a draft; digest: of its text; content: of the source without its id; fault: why there is
    no source; not_read: it is in order, but not for this program.
    """

    own_id: str | None = None
    part: str = ""
    line: int | None = None
    digest: str = ""
    content: str = ""
    fault: str | None = None
    not_read: bool = False
    skipped: Skipped | None = None


class Remembered(msgspec.Struct, frozen=True):
    """A source that was not read again. content: as in `Part`; file: its path as shown."""

    id: str
    content: str
    file: str


class Memory(Protocol):
    """Where the parts of files are kept."""

    def recall(self, entry: Entry) -> Sequence[Part] | None:
        """What the file holds, None if that is not known or it has changed."""

    def keep(self, entry: Entry, data: bytes, parts: Sequence[Part]) -> None:
        """Keeps what the file with these bytes holds."""


def content_of(source: Source) -> str:
    """A hash of all that is known of a source but its id."""
    packed = msgspec.msgpack.encode(msgspec.structs.replace(source, id=""))
    return hashlib.sha256(packed).hexdigest()


def part_of(item: Item | Skipped) -> Part | None:
    """What is kept of one source; None if it was never looked at (its id was taken) or ran out of time."""
    if isinstance(item, Skipped):
        return None if item.reason.startswith(OVER) else Part(skipped=item)
    draft, told = item.draft, item.outcome
    digest = hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(told, Source):
        return Part(draft.own_id, draft.part, draft.line, digest, content_of(told))
    if isinstance(told, SourceError):
        not_read = isinstance(told, NotReadError)
        return Part(draft.own_id, draft.part, told.line, digest, fault=told.message, not_read=not_read)
    return None

"""Drafts to sources: each gets an id that no other has, and is completed by what its text says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import msgspec

from consistency.config import Limits
from consistency.errors import NotReadError, SourceError
from consistency.model import Skipped, Source
from consistency.sources.build import build
from consistency.sources.draft import Draft
from consistency.sources.files import printable
from consistency.sources.remembered import Part, Remembered
from consistency.timelimit import OutOfTimeError, limited


class Item(msgspec.Struct):
    """A draft on its way to a source.

    place: where it stands, for messages; path: None for a record; named: the user named it, and it alone; known: it is
    one of those that new ones are compared with; remembered: its file was read before, and the draft holds no text.
    outcome: what it came to, once it has been looked at.
    """

    draft: Draft
    name: str
    long_name: str
    place: str
    path: str | None
    ready: Source | None = None
    named: bool = True
    known: bool = False
    remembered: Part | None = None
    outcome: Source | SourceError | None = None


class Naming:
    """Makes sources of items, one after the other. The second of one id is skipped, as is what cannot be read."""

    def __init__(self, limits: Limits, shared: Collection[str] = ()) -> None:
        """shared: names that are of more than one file, whose sources take the folder into their ids."""
        self.limits, self.shared = limits, shared
        self.taken: dict[str, tuple[str, str, bool]] = {}
        self.count = 0

    def finish(self, item: Item | Skipped) -> Source | Remembered | Skipped:
        """The source of an item, or why there is none. Never raises."""
        if isinstance(item, Skipped):
            return item
        draft = item.draft
        self.count += 1
        if self.count > self.limits.max_sources:
            reason = f"not read: more than {self.limits.max_sources:,} sources (limits.max_sources)"
            return Skipped(source=item.place, reason=reason, line=draft.line)
        id_ = draft.own_id or (item.long_name if item.name in self.shared else item.name) + draft.part
        try:
            if id_ in self.taken:
                return self._twice(id_, item)
            found = self._made(id_, item)
        except SourceError as error:
            item.outcome = error
            minor = isinstance(error, NotReadError) and not item.named
            return Skipped(source=item.place, reason=error.message, line=error.line, minor=minor)
        except OutOfTimeError as error:
            return Skipped(source=item.place, reason=str(error), line=draft.line)
        except Exception as error:  # one odd source must not cost the others
            return unforeseen(item.place, error)
        here = item.place if draft.line is None else f"{item.place}:{draft.line}"
        self.taken[id_] = (here, _digest(item, found), item.known)
        return found

    def _made(self, id_: str, item: Item) -> Source | Remembered:
        part = item.remembered
        if part is None:
            limits = self.limits
            found = item.ready or limited(limits.seconds, lambda: build(item.draft, id_, item.path, limits))
            item.outcome = found
            return found
        if part.fault is not None:
            raise (NotReadError if part.not_read else SourceError)(part.fault, None, part.line)
        return Remembered(id=id_, content=part.content, file=item.place)

    def _twice(self, id_: str, item: Item) -> Skipped:
        first, digest, known = self.taken[id_]
        if item.known and not known:
            reason = f"its id {printable(id_)!r} is that of {first}, which is new and stands for it"
            return Skipped(source=item.place, reason=reason, line=item.draft.line, minor=True)
        same = _text_digest(item) == digest  # nothing is lost with the same text
        told = "with the same text" if same else "with another text; give it an id of its own"
        reason = f"the id {printable(id_)!r} is already that of {first}, {told}"
        return Skipped(source=item.place, reason=reason, line=item.draft.line, minor=same and not item.named)


def _digest(item: Item, found: Source | Remembered) -> str:
    return found.sha256 or "" if isinstance(found, Source) else _text_digest(item)


def _text_digest(item: Item) -> str:
    if item.remembered is not None:
        return item.remembered.digest
    return hashlib.sha256(item.draft.text.encode("utf-8", "surrogatepass")).hexdigest()


def unforeseen(place: str, error: Exception) -> Skipped:
    """A library met something it does not expect: one source less, never the run."""
    return Skipped(source=place, reason=f"cannot be read: {type(error).__name__}: {str(error)[:200]}")

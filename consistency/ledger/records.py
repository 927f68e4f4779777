"""What a ledger keeps packed, and what it answers with."""

from __future__ import annotations

import zlib
from typing import Any, TypeVar

import msgspec

from consistency.errors import LedgerError
from consistency.model import Claim, Course, Finding, Record, SourceInfo, Topic

KINDS = ("confirmed", "explained", "not-same-topic", "same-topic", "wrong-reading", "duplicate", "needs-source")
"""The kinds of decisions that judge a finding. Others: `assigned`, `comment`, `undone`."""
EXPLANATIONS = ("time", "scope", "revision", "rounding", "other")

T = TypeVar("T")
_LARGEST = 1 << 30


class FindingState(Record, frozen=True):
    """A finding whole, with all that is shown of it: the claims of its sides (and those they were worked out from), and
    the sources those stand in."""

    finding: Finding
    claims: tuple[Claim, ...]
    sources: tuple[SourceInfo, ...]


class TopicState(Record, frozen=True):
    """A topic as it is today. derived: claims of it that were worked out; course: its value over time."""

    topic: Topic
    derived: tuple[Claim, ...] = ()
    course: Course | None = None


class Decision(Record, frozen=True):
    """An entry of the book of decisions.

    id: its number; finding, version: what it is about; kind: one of KINDS, or assigned | comment | undone; detail: what
    the kind needs: of `explained` {"by": one of EXPLANATIONS, "text"}, of `wrong-reading` {"fingerprint", "field",
    "value"}, of `not-same-topic` {"pairs": [[fingerprint, fingerprint]]}, of `same-topic` the same, of `duplicate`
    {"of": finding id}, of `assigned` {"to": name or null}; evidence: a link; author, at: who and when (UTC);
    undoes: the number of the entry that this one takes back; previous, hash: the chain.
    """

    id: int
    finding: str
    version: int
    kind: str
    detail: dict[str, Any]
    note: str | None
    evidence: str | None
    author: str
    at: str
    undoes: int | None
    previous: str
    hash: str


class Changes(Record, frozen=True):
    """What a run did. Ids of sources added, changed, removed and unchanged; of findings new, changed and gone."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def pack(record: Any) -> bytes:
    """A record as bytes: msgpack, deflated. The same record gives the same bytes."""
    return zlib.compress(msgspec.msgpack.encode(record), 1)


def unpack(data: bytes, kind: type[T]) -> T:
    """The record. Raises ValueError where the bytes are damaged."""
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(data, _LARGEST)
        if not reader.eof:
            raise ValueError("cut off")
        return msgspec.msgpack.decode(raw, type=kind)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise ValueError(f"damaged: {error}") from error


def unpacked(data: bytes, kind: type[T], what: str) -> T:
    """`unpack` for what a reader of the ledger meets: LedgerError where `what` is damaged."""
    try:
        return unpack(data, kind)
    except ValueError as error:
        raise LedgerError(f"{what} is {error}; `consistency ledger verify` tells more") from error


__all__ = [
    "EXPLANATIONS",
    "KINDS",
    "Changes",
    "Decision",
    "FindingState",
    "TopicState",
    "pack",
    "unpack",
    "unpacked",
]

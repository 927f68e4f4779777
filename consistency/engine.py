"""Who calls the pure functions: a protocol, and the engine that calls them one after the other.

There is one set of functions; an engine moves records. So every engine gives the same report, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

import msgspec

from consistency.errors import ConsistencyError

A = TypeVar("A")
B = TypeVar("B")


class Codec(Generic[B]):
    """How results travel: msgpack of one type of record. Pickle, where there is none, takes longer."""

    def __init__(self, kind: type[B]) -> None:
        self.kind = kind
        self.encode: Callable[[B], bytes] = msgspec.msgpack.Encoder().encode
        self.decode: Callable[[bytes], B] = msgspec.msgpack.Decoder(kind).decode

    def __reduce__(self) -> tuple[type[Codec[B]], tuple[type[B]]]:
        return type(self), (self.kind,)


def told(error: Exception) -> Exception:
    """The error, or its words where it cannot travel."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ConsistencyError(f"{type(error).__name__}: {error}")
    return error


class Engine(Protocol):
    """Calls a function on many items."""

    def map(
        self,
        work: Callable[[A], B],
        items: Iterable[A],
        lost: Callable[[A, str], B] | None = None,
        codec: Codec[B] | None = None,
    ) -> Iterator[B]:
        """What `work` makes of each item, in the order of the items; what it raises is raised here.

        lost: what stands for an item on which a worker died, twice, and how it died; None: that ends the run.
        codec: how results travel, where they do.
        """


class Serial:
    """One after the other, in this process."""

    def map(
        self,
        work: Callable[[A], B],
        items: Iterable[A],
        lost: Callable[[A, str], B] | None = None,
        codec: Codec[B] | None = None,
    ) -> Iterator[B]:
        """As `Engine.map`; nothing dies here and nothing travels."""
        return map(work, items)


SERIAL = Serial()

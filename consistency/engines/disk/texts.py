"""Which documents share a key of a story, and which passages share runs of words: rows of both, source by source."""

from __future__ import annotations

from array import array

import msgspec

from consistency.archive.index import hashed
from consistency.archive.kept import Kept
from consistency.archive.reading import Read
from consistency.archive.scatter import live_runs, runs
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import MASK, Pieces, Row, packed
from consistency.engines.kit import kit
from consistency.topics import minhash
from consistency.topics.about import Document, read_document
from consistency.topics.keys import SHINGLE, document_keys

PART_BITS = 24  # of a passage's number, for its place in its source; the last of them says that it is a table line
_CHUNK = 500  # passages hashed at once

document_from = msgspec.msgpack.Decoder(Document).decode
encode = msgspec.msgpack.Encoder().encode


class Texts(msgspec.Struct, frozen=True):
    """Of a stretch of sources: documents, packed; of the passages of each source what `copies.Passages.add` takes, and
    (earlier, later) claims of it that are word for word the same; rows of (key of a story, source) and (run of words,
    passage)."""

    documents: list[bytes]
    sizes: list[bytes]
    repeats: list[bytes]
    keys: Pieces
    runs: Pieces


def kept_of(read: Read) -> Kept:
    """A source that was read, as what compares sources takes it."""
    assert read.info is not None
    assert read.extraction is not None
    return Kept(read.info, read.extraction)


def passage_number(source: int, part: int, field: bool) -> int:
    """A passage among all."""
    return source << PART_BITS | part << 1 | field


class Telling:
    """Makes the rows of a stretch of sources."""

    def __init__(self, settings: bytes, shelf: Shelf, parts: int) -> None:
        self.settings, self.shelf, self.parts = settings, shelf, parts

    def __call__(self, stretch: range) -> Texts:
        run = kit(self.settings)
        shared = run.shared()
        documents: list[bytes] = []
        sizes: list[bytes] = []
        repeats: list[bytes] = []
        keys: list[Row] = []
        grams: list[Row] = []
        for source in stretch:
            read = self.shelf.read(source)
            kept = kept_of(read)
            document = read_document(kept.extraction, shared.known)
            documents.append(encode(document))
            keys += [(hashed(key) & MASK, source) for key in document_keys(document)]
            own = array("I")
            found, again = runs(kept, shared)
            number = dict(zip((c.id for c in kept.extraction.claims), self.shelf.numbers(source, read), strict=True))
            repeats.append(array("Q", [number[id_] for pair in again for id_ in pair]).tobytes())
            for n in found:
                if n.part * 2 == len(own):
                    own.extend((n.size << 1 | n.field, n.runs))
                grams.append((hashed(SHINGLE + n.gram) & MASK, passage_number(source, n.part, n.field)))
            sizes.append(own.tobytes())
        return Texts(documents, sizes, repeats, packed(keys, self.parts), packed(grams, self.parts))


class Banding:
    """Rows of (band, passage) of a stretch of sources. hot: the runs of words that too many passages have."""

    def __init__(self, settings: bytes, shelf: Shelf, parts: int, hot: frozenset[int]) -> None:
        self.settings, self.shelf, self.parts, self.hot = settings, shelf, parts, hot

    def __call__(self, stretch: range) -> Pieces:
        shared = kit(self.settings).shared()
        every = [
            (passage_number(source, run.part, run.field), grams)
            for source in stretch
            for run, grams in live_runs(
                kept_of(self.shelf.read(source)), shared, lambda key: hashed(key) & MASK in self.hot
            )
        ]
        rows: list[Row] = []
        for n in range(0, len(every), _CHUNK):
            some = every[n : n + _CHUNK]
            told = minhash.bands([grams for _, grams in some])
            for (number, _), own in zip(some, told, strict=True):
                rows += [(hashed("|".join(map(str, band))) & MASK, number) for band in own]
        return packed(rows, self.parts)

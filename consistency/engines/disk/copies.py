"""Copied passages: those that share enough runs of words are looked at, source by source."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

import msgspec

from consistency.archive.index import hashed
from consistency.archive.loaded import Loaded, imprints, in_order, tied
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import MASK, Parts, Pieces, Row, Spool, grouped, packed
from consistency.engines.disk.texts import PART_BITS, encode, kept_of, passage_number
from consistency.engines.kit import kit
from consistency.topics.candidates import alike, fitting
from consistency.topics.keys import SHINGLE
from consistency.topics.origins import alike_words, copies_between
from consistency.topics.passages import copy_rules

_OPEN = 2_000  # sources that a worker keeps open


class Shared(msgspec.Struct, frozen=True):
    """hot: the runs of words of a part that too many passages have; pairs: rows of (passage, later passage) of two
    sources, once for each run of words they share."""

    hot: bytes
    pairs: Pieces


class Sharing:
    """Looks at the runs of words of a part. many: parts of the pairs, which follow each other as the sources do; exact:
    whether pairs are asked for."""

    def __init__(self, settings: bytes, rows: Parts, many: int, sources: int, exact: bool) -> None:
        self.settings, self.rows, self.many, self.sources, self.exact = settings, rows, many, sources, exact

    def __call__(self, part: int) -> Shared:
        most = copy_rules(kit(self.settings).rules).hot_shingle
        hot = array("Q")
        pairs: list[Row] = []
        for gram, own in grouped(self.rows.rows(part)):
            if len(own) > most:
                hot.append(gram)
            elif self.exact:
                pairs += met([passage for _, passage in own])
        return Shared(hot.tobytes(), by_source(pairs, self.many, self.sources))


def met(passages: Iterable[int]) -> Iterator[Row]:
    """The pairs of some passages, in order, that stand in two sources, and are both prose or both table lines."""
    for one, two in combinations(passages, 2):
        if one >> PART_BITS != two >> PART_BITS and not (one ^ two) & 1:
            yield one, two


def by_source(pairs: Iterable[Row], many: int, sources: int) -> Pieces:
    """Rows of pairs of passages by the source of the first."""
    return packed(pairs, many, max(1, sources) << PART_BITS)


class Meeting:
    """Pairs of passages that share a band. rows: of (band, passage)."""

    def __init__(self, rows: Parts, many: int, sources: int) -> None:
        self.rows, self.many, self.sources = rows, many, sources

    def __call__(self, part: int) -> Pieces:
        pairs = {p for _, own in grouped(self.rows.rows(part)) for p in met(sorted({passage for _, passage in own}))}
        return by_source(sorted(pairs), self.many, self.sources)


class Copied(msgspec.Struct, frozen=True):
    """inside: rows of (claim, claim) of one source that a copy joins; told: of two sources, packed as `Between`."""

    inside: bytes
    told: list[tuple[int, int, bytes]]


class Between(msgspec.Struct, frozen=True):
    """What copies are between two sources. pairs: rows of (claim, claim), at one place of two copies; edition: the one
    is another edition of the other."""

    pairs: bytes
    edition: bool


class Copying:
    """The copies between two sources, of the pairs of passages of a part."""

    def __init__(
        self, settings: bytes, shelf: Shelf, pairs: Parts, sizes: Spool, hot: frozenset[int], exact: bool
    ) -> None:
        self.settings, self.shelf, self.pairs, self.sizes = settings, shelf, pairs, sizes
        self.hot, self.exact = hot, exact

    def __call__(self, part: int) -> Copied:
        rules = copy_rules(kit(self.settings).rules)
        shared = kit(self.settings).shared()

        @lru_cache(maxsize=_OPEN)
        def opened(source: int) -> tuple[Loaded, dict[str, int]]:
            read = self.shelf.read(source)
            loaded = Loaded(kept_of(read), shared, (None,))
            numbers = self.shelf.numbers(source, read)
            return loaded, {c.id: n for c, n in zip(loaded.kept.extraction.claims, numbers, strict=True)}

        @lru_cache(maxsize=_OPEN)
        def grams(source: int) -> list[frozenset[str]]:
            return [frozenset(g for g in own if not self._hot(SHINGLE + g)) for own in opened(source)[0].grams]

        sizes: dict[int, tuple[int, int]] = {}
        looked: dict[Row, list[Row]] = {}
        for (m, n), times in Counter(self.pairs.rows(part)).items():
            words1, runs1 = sizes.get(m) or self._size(m, sizes)
            words2, runs2 = sizes.get(n) or self._size(n, sizes)
            sources = m >> PART_BITS, n >> PART_BITS
            if not self.exact:
                times = len(grams(sources[0])[_place(m)] & grams(sources[1])[_place(n)])
            if alike(times, runs1, runs2, rules) and fitting(words1, words2, bool(m & 1)):
                looked.setdefault(sources, []).append((_place(m), _place(n)))
        inside = array("Q")
        told: list[tuple[int, int, bytes]] = []
        for (a, b), some in looked.items():
            (one, left), (two, right) = opened(a), opened(b)
            first, second = in_order(one, two)
            passages = [*first.passages, *second.passages]
            many = len(first.passages)
            places = some if first is one else [(n, m) for m, n in some]
            found = alike_words(passages, rules, sorted((m, many + n) for m, n in places))
            if not found:
                continue
            pairs, editions = copies_between(passages, rules, imprints(one, two), found)
            number = left | right
            rows = array("Q", [number[c.id] for pair in pairs for c in pair])
            if rows or editions:
                told.append((a, b, encode(Between(rows.tobytes(), bool(editions)))))
            for x, others in sorted(tied(pairs, first, second).items()):
                for y in sorted(others):
                    if (x in left) == (y in left):
                        inside.extend((number[x], number[y]))
        return Copied(inside.tobytes(), told)

    def _hot(self, key: str) -> bool:
        return hashed(key) & MASK in self.hot

    def _size(self, passage: int, sizes: dict[int, tuple[int, int]]) -> tuple[int, int]:
        """Words and runs of words of a passage; those of all passages of its source are put into `sizes`."""
        source = passage >> PART_BITS
        found = array("I")
        found.frombytes(self.sizes[source])
        for n, told in enumerate(zip(found[::2], found[1::2], strict=True)):
            sizes[passage_number(source, n, False)] = sizes[passage_number(source, n, True)] = told
        return sizes[passage]


def _place(passage: int) -> int:
    return (passage & ((1 << PART_BITS) - 1)) >> 1

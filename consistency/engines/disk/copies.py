"""Copied passages: those that share enough runs of words, or a band of MinHash, are looked at, source by source."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import lru_cache

import msgspec

from consistency.archive.copying import imprints, in_order, tied
from consistency.archive.index import hashed
from consistency.archive.loaded import Loaded
from consistency.engines.disk.meeting import Lists, by_member
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import MASK, Parts, Pieces, grouped, packed
from consistency.engines.disk.texts import PART_BITS, encode, kept_of
from consistency.engines.kit import kit
from consistency.topics.candidates import alike, fitting
from consistency.topics.keys import SHINGLE
from consistency.topics.origins import alike_words, copies_between
from consistency.topics.passages import copy_rules

_OPEN = 2_000  # sources that a worker keeps open


class Passages:
    """The passages of all sources, numbered through.

    first: source -> the number of its first. Of each passage: source; words, twice how many it has, and one more where
    it is a table line; runs, how many runs of words. again: source -> rows of (earlier, later) claims of it that are
    word for word the same."""

    def __init__(self) -> None:
        self.first, self.source, self.words, self.runs = array("Q"), array("I"), array("I"), array("I")
        self.again: dict[int, array[int]] = {}

    def add(self, sizes: bytes, again: bytes) -> None:
        """Adds those of the next source. sizes: (words, runs) of each."""
        found = array("I", sizes)
        self.first.append(len(self.source))
        self.source.extend([len(self.first) - 1] * (len(found) // 2))
        self.words.extend(found[::2])
        self.runs.extend(found[1::2])
        if again:
            self.again[len(self.first) - 1] = array("Q", again)

    def number(self, told: int) -> int:
        """The number of a passage that a row tells of."""
        return self.first[told >> PART_BITS] + ((told & ((1 << PART_BITS) - 1)) >> 1)


class Shared(msgspec.Struct, frozen=True):
    """hot: the runs of words of a part that too many passages have; homes: rows of (passage, place) of the others."""

    hot: bytes
    homes: Pieces


class Meeting:
    """Of which passages each is looked at with, by the keys of a part: runs of words, or bands.

    most: passages that may have a key, None for any number; lists: None where nothing is asked but who has more. many:
    parts of the rows, those of a source in one."""

    def __init__(self, rows: Parts, passages: Passages, lists: Lists | None, many: int, most: int | None) -> None:
        self.rows, self.passages, self.lists, self.many, self.most = rows, passages, lists, many, most

    def __call__(self, part: int) -> Shared:
        hot = array("Q")
        lists: list[list[int]] = []
        for key, own in grouped(self.rows.rows(part)):
            if self.most is not None and len(own) > self.most:
                hot.append(key)
            elif self.lists is not None and len(own) > 1:
                for field in (0, 1):  # prose is no copy of a table line
                    found = sorted({self.passages.number(told) for _, told in own if told & 1 == field})
                    if len(found) > 1:
                        lists.append(found)
        rows = () if self.lists is None else self.lists.write(part, lists)
        return Shared(hot.tobytes(), packed(rows, self.many, len(self.passages.first), self.passages.source))


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
    """The copies between two sources, of the passages of a part. exact: two that share runs of words enough are looked
    at; else two that meet, if they do."""

    def __init__(
        self,
        settings: bytes,
        shelf: Shelf,
        homes: Parts,
        lists: Lists,
        passages: Passages,
        hot: frozenset[int],
        exact: bool,
    ) -> None:
        self.settings, self.shelf, self.homes, self.lists, self.passages = settings, shelf, homes, lists, passages
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

        inside = array("Q")
        told: list[tuple[int, int, bytes]] = []
        for (a, b), some in self._looked(part, lambda source: opened(source)[0]).items():
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

    def _looked(self, part: int, opened: Callable[[int], Loaded]) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """Sources -> the places of passages of theirs that are alike enough to be looked at."""
        rules, p = copy_rules(kit(self.settings).rules), self.passages
        out: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for m, homes in by_member(self.homes.rows(part)):
            source, words, runs, field = p.source[m], p.words[m] >> 1, p.runs[m], bool(p.words[m] & 1)
            for n, times in self.lists.times(m, homes).items():
                other = p.source[n]
                if other == source:
                    continue
                if not self.exact:
                    one, two = opened(source).grams[m - p.first[source]], opened(other).grams[n - p.first[other]]
                    times = sum(hashed(SHINGLE + gram) & MASK not in self.hot for gram in one & two)
                if alike(times, runs, p.runs[n], rules) and fitting(words, p.words[n] >> 1, field):
                    out.setdefault((source, other), []).append((m - p.first[source], n - p.first[other]))
        return out

"""Which claims of opened sources stand at one place of a copied passage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from consistency.archive.loaded import Loaded, Shared, by_claim
from consistency.config import NearCopy
from consistency.model import Claim
from consistency.topics.candidates import alike, enough, fit, fitting, fitting_sizes
from consistency.topics.keys import REPETITIVE, SHINGLE
from consistency.topics.origins import ClaimPair, Imprint, alike_words, copies_between, similar
from consistency.topics.passages import CopyRules, Passage, shingles

Counts = Callable[[Collection[str]], Mapping[str, int]]
"""How many claims, passages or documents have each of some keys; what is told of others before or later stands in the
same mapping."""


class Copyist(Protocol):
    """The part of an archive (`reach.Archive`) that is asked for copies."""

    def holders(self, keys: Sequence[str]) -> Collection[int]: ...

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterable[tuple[int, int, int]]: ...


class Copies:
    """The claims of two sources at one place of a copied passage; worked out once a pair of sources."""

    def __init__(self, shared: Shared, counts: Counts) -> None:
        self.shared, self.counts, self._counted = shared, counts, counts(())
        self._found: dict[tuple[str, str], dict[str, list[ClaimPair]]] = {}

    def looker(self, passage: Passage) -> Callable[[Copyist], set[int]]:
        """Looks up the sources that may have a copy of a passage: a passage that fits in length and shares enough runs
        of words. It has as many of those as its length tells, unless it repeats itself: then any of them will do."""
        rules = self.shared.copies
        own = sorted(shingles(passage.words, rules.shingle))
        grams = [SHINGLE + g for g in own if not self._hot(g)]
        odd = [REPETITIVE + g for g in own]
        words = len(passage.words)
        sizes = fitting_sizes(words)

        def runs(size: int) -> int:
            return max(1, size - rules.shingle + 1)

        def may_be(size: int, shared: int) -> bool:
            return fitting(words, size, passage.field) and alike(shared, len(own), runs(size), rules)

        least = enough(len(own), runs(sizes[0]), rules)  # an archive leaves out most of those that will not do
        return lambda archive: {
            *(number for number, size, shared in archive.shares(grams, sizes, least) if may_be(size, shared)),
            *archive.holders(odd),
        }

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Counts what `looker` will ask of these passages, all at once."""
        self._count(g for p in passages for g in shingles(p.words, self.shared.copies.shingle))

    def between(self, one: Loaded, passage: Passage, two: Loaded) -> Mapping[str, list[ClaimPair]]:
        """claim -> pairs of it and one at its place in the other source. Nothing where no passage of the other is like
        this one."""
        if not self._like(passage, two):
            return {}
        name = (min(one.source, two.source), max(one.source, two.source))
        found = self._found.get(name)
        if found is None:
            self._count(g for x in (one, two) for grams in x.grams for g in grams)
            found = self._found[name] = by_claim(copied_pairs(*in_order(one, two), self.shared.copies, self._many))
        return found

    def _like(self, passage: Passage, two: Loaded) -> bool:
        rules = self.shared.copies
        own = shingles(passage.words, rules.shingle)
        for other, grams in zip(two.passages, two.grams, strict=True):
            if fit(passage, other):
                common = own & grams
                if common and alike(sum(not self._hot(g) for g in common), len(own), len(grams), rules):
                    return True
        return False

    def _hot(self, gram: str) -> bool:
        return self._many(gram) > self.shared.copies.hot_shingle

    def _many(self, gram: str) -> int:
        """How many passages have a run of words; one that was counted."""
        return self._counted[SHINGLE + gram]

    def _count(self, grams: Iterable[str]) -> None:
        self.counts({SHINGLE + g for g in grams})


def copy_ties(
    one: Loaded, two: Loaded, rules: CopyRules, count: Callable[[str], int], how: NearCopy = "exact"
) -> dict[str, set[str]]:
    """claim -> claims that a copy joins it to, of two sources: those at its place, and the others of its passage.

    count: how many passages of all sources have a run of words; how: as the setting `topics.near_copy`."""
    first, second = in_order(one, two)
    return tied(copied_pairs(first, second, rules, count, how), first, second)


def copied_pairs(
    first: Loaded, second: Loaded, rules: CopyRules, count: Callable[[str], int], how: NearCopy = "exact"
) -> list[ClaimPair]:
    """The claims of two sources at one place of a copied passage, that of the first first."""
    passages = [*first.passages, *second.passages]
    if how == "exact":
        alike_ones = alike_words(passages, rules, _candidates(first, second, rules, count))
    else:
        alike_ones = similar(passages, rules, count, how)
    return copies_between(passages, rules, imprints(first, second), alike_ones)[0]


def _candidates(
    first: Loaded, second: Loaded, rules: CopyRules, count: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """As `candidates.candidates` of the passages of both, by the runs of words that are made already."""
    others = list(enumerate(zip(second.passages, second.grams, strict=True), len(first.passages)))
    for i, (a, own) in enumerate(zip(first.passages, first.grams, strict=True)):
        for j, (b, theirs) in others:
            common = own & theirs if fit(a, b) else ()
            if common and alike(sum(count(g) <= rules.hot_shingle for g in common), len(own), len(theirs), rules):
                yield i, j


def in_order(one: Loaded, two: Loaded) -> tuple[Loaded, Loaded]:
    """Two sources, the earlier first."""
    first, second = sorted((one, two), key=lambda x: (x.kept.extraction.context.published or "9999", x.source))
    return first, second


def imprints(*sources: Loaded) -> dict[str, Imprint]:
    """Who published each source, and when."""
    told = {x.source: x.kept.extraction.context for x in sources}
    return {s: (c.publisher, c.published) for s, c in told.items()}


def tied(pairs: Iterable[ClaimPair], first: Loaded, second: Loaded) -> dict[str, set[str]]:
    """What `copy_ties` gives, from the claims at one place of two copies, that of the first source first."""
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        for x, y, home in ((a, b, first), (b, a, second)):
            found.setdefault(x.id, set()).update((y.id, *_neighbours(x, home)))
    return found


def _neighbours(claim: Claim, home: Loaded) -> Iterator[str]:
    passage = home.passage_of(claim.id)
    return (c.id for c in passage.claims if c.id != claim.id) if passage else iter(())

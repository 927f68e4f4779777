"""Which passages are looked at as copies: pairs of different sources that share enough runs of words.

Broder's shingles (On the resemblance and containment of documents, 1997), in an exact inverted index or, where that is
too large, by `minhash`. Pairs that MinHash finds pass the same test, so that it can miss a pair but adds none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

from consistency.config import NearCopy
from consistency.topics import minhash
from consistency.topics.alignment import similarity
from consistency.topics.passages import CopyRules, Passage, shingles

Pair = tuple[int, int]
Count = Callable[[str], int]
"""How many passages have a run of words."""


def candidates(passages: Sequence[Passage], rules: CopyRules, count: Count | None, how: NearCopy) -> list[Pair]:
    """Pairs of passages of different sources that share enough shingles, each once, in order.

    count: how many passages of all sources have a shingle, where these are not all of them."""
    return (_by_minhash if how == "minhash" else _by_index)(passages, rules, count)


def alike(shared: int, one: int, two: int, rules: CopyRules) -> bool:
    """Whether two passages share so many of their runs of words that they are looked at."""
    return shared >= enough(one, two, rules)


def enough(one: int, two: int, rules: CopyRules) -> float:
    """How many runs of words two passages must share to be looked at."""
    return rules.candidate * min(one, two)


def fit(a: Passage, b: Passage) -> bool:
    """Whether the lengths allow the similarity at all, and both are prose or both are table lines."""
    return a.field == b.field and fitting(len(a.words), len(b.words), a.field)


def fitting(one: int, two: int, field: bool) -> bool:
    """Whether two lengths in words allow the similarity."""
    short, long = sorted((one, two))
    return short >= (2 if field else 3) and 2 * short >= 0.75 * (short + long)


def fitting_sizes(words: int) -> range:
    """All lengths that fit one, and perhaps the next on either side."""
    return range(3 * words // 5, 5 * words // 3 + 2)


def _by_index(passages: Sequence[Passage], rules: CopyRules, count: Count | None) -> list[Pair]:
    most = rules.hot_shingle
    # The runs are made twice: those of all passages would fill the memory, and so would what all of them share.
    times = Counter(chain.from_iterable(shingles(p.words, rules.shingle) for p in passages))
    live = {g for g, n in times.items() if 1 < n <= most and (count is None or count(g) <= most)}
    del times
    index: dict[str, list[int]] = defaultdict(list)
    lengths: list[int] = []
    out: list[Pair] = []
    for b, two in enumerate(passages):
        grams = shingles(two.words, rules.shingle)
        lengths.append(len(grams))
        holders = [index[g] for g in grams & live]
        for a, n in Counter(chain.from_iterable(holders)).items():
            one = passages[a]
            if alike(n, lengths[a], lengths[b], rules) and one.source != two.source and fit(one, two):
                out.append((a, b))
        for earlier in holders:
            earlier.append(b)
    return sorted(out)


def _by_minhash(passages: Sequence[Passage], rules: CopyRules, count: Count | None) -> list[Pair]:
    """The pairs of `_by_index` that meet, but those whose words are too different for a copy: most that meet are, and
    telling that is the cheapest test."""
    hot = minhash.boilerplate(passages, rules, count)

    def runs(passage: Passage) -> frozenset[str]:
        return shingles(passage.words, rules.shingle)

    out: set[Pair] = set()
    # Each pass makes the runs anew: those of all passages would fill the memory.
    for b, earlier in minhash.met(lambda: ([g for g in runs(p) if not hot(g)] for p in passages)):
        two = passages[b]
        grams: frozenset[str] = frozenset()
        for a in earlier:
            one = passages[a]
            if (a, b) in out or one.source == two.source or not fit(one, two):
                continue
            if similarity(one.words, two.words, rules.similarity) >= rules.similarity:
                grams = grams or runs(two)
                other = runs(one)
                if alike(sum(not hot(g) for g in grams & other), len(other), len(grams), rules):
                    out.add((a, b))
    return sorted(out)

"""Passages that share many runs of words, found by MinHash and banding: `topics.near_copy = "minhash"`.

Broder, On the resemblance and containment of documents, 1997; banding after Leskovec, Rajaraman and Ullman, Mining of
Massive Datasets, chapter 3. Two sets that share the part j of their union meet with 1 - (1 - j ** ROWS) ** BANDS: 87 %
at j = 0.18, which is about where two passages of one length stop being alike, 98 % at 0.25, all but always from 0.35.
The bands are looked at in PASSES passes, so that the memory holds a part of them. Whether two sets meet rests on these
two alone, so that it comes out the same in any order and on any engine.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from consistency.topics.passages import CopyRules, Passage, shingles

ROWS, BANDS, PASSES = 2, 64, 4
_BANDS = BANDS // PASSES
_HASHES = ROWS * _BANDS
EXTRA = "near"
_ALGORITHM = 2  # of rensa's hashes: another finds other pairs
_CHUNK = 1_000


def lacking() -> str | None:
    """What is missing to find copies so, in words; None if nothing is."""
    hint = f"pip install 'claim-consistency[{EXTRA}]'"
    try:
        from rensa import RMinHash
    except ImportError:
        return f"needs rensa: {hint}"
    if getattr(RMinHash, "ALGORITHM_VERSION", None) != _ALGORITHM:
        return f"needs rensa of another version: {hint}"
    return None


def met(runs: Callable[[], Iterable[Sequence[str]]]) -> Iterator[tuple[int, list[int]]]:
    """(place, the earlier places) of sets that meet others, pass by pass: two that share much meet several times. An
    empty set meets none. runs: gives the sets, anew for each pass. What is held in memory are the bands of one pass."""
    from rensa import RMinHash, RMinHashLSH

    for seed in range(1, PASSES + 1):
        index = RMinHashLSH(threshold=0.0, num_perm=_HASHES, num_bands=_BANDS)
        filled = ((n, own) for n, own in enumerate(runs()) if own)
        while chunk := list(islice(filled, _CHUNK)):
            places = [n for n, _ in chunk]
            hashes = RMinHash.from_token_sets([own for _, own in chunk], num_perm=_HASHES, seed=seed)
            index.insert_pairs(list(zip(places, hashes, strict=True)))
            for place, found in zip(places, index.query_all(hashes), strict=True):
                earlier = sorted({other for other in found if other < place})
                if earlier:
                    yield place, earlier


def bands(runs: Sequence[Sequence[str]]) -> list[list[tuple[int, ...]]]:
    """The bands of each set: two sets meet if they have one in common. None of an empty set."""
    from rensa import RMinHash

    out: list[list[tuple[int, ...]]] = [[] for _ in runs]
    for seed in range(1, PASSES + 1):
        told = RMinHash.digests_from_token_sets(runs, num_perm=_HASHES, seed=seed)
        for own, digest, mine in zip(runs, told, out, strict=True):
            if own:
                mine.extend((seed, n, *digest[n : n + ROWS]) for n in range(0, _HASHES, ROWS))
    return out


def boilerplate(
    passages: Sequence[Passage], rules: CopyRules, count: Callable[[str], int] | None
) -> Callable[[str], bool]:
    """Whether a run of words stands in too many passages. count: how many have it, where these are not all of them.

    Only runs that a rough count lets be too many are counted one by one: all of them would fill the memory."""
    most, size = rules.hot_shingle, rules.shingle
    if count is not None:
        return lambda gram: count(gram) > most
    slots = 1 << (4 * len(passages) + 1).bit_length()
    rough = array("L", bytes(array("L").itemsize * slots))
    for p in passages:
        for gram in shingles(p.words, size):  # Python's hash differs from run to run; what is told in the end does not
            rough[hash(gram) % slots] += 1
    counted: Counter[str] = Counter()
    for p in passages:
        counted.update(g for g in shingles(p.words, size) if rough[hash(g) % slots] > most)
    return frozenset(g for g, n in counted.items() if n > most).__contains__

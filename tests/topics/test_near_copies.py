"""Candidates for copies: the index against what it is to do, MinHash against the index."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_oracle import extractions

from consistency.config import NearCopy
from consistency.model import Origins
from consistency.topics import find_origins, minhash
from consistency.topics.alignment import similarity
from consistency.topics.candidates import alike, candidates, fit
from consistency.topics.passages import CopyRules, Passage, copy_rules, passages_of, shingles

WORDS = ("harbour", "council", "bridge", "visitors", "opened", "yesterday", "Norby", "ferry", "café", "straße", "мост")
LONG = "The harbour authority of Lindvik said that trade through its quays doubled within ten years and reached"
_WORDS = [f"{a}{b}" for a in ("ba", "ko", "mi", "tu", "ra", "se") for b in ("len", "dor", "fi", "gat", "sun", "per")]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
archives = st.lists(st.lists(sentences, min_size=1, max_size=3), min_size=1, max_size=8)


def sources(texts: list[list[str]]) -> Any:
    """Sources of sentences, each with one claim."""
    rows = [[{"text": f"{text} [17 boats]"} for text in own] for own in texts]
    return extractions(
        [{"id": f"s{n:03d}", "published": f"2024-01-{n % 28 + 1:02d}", "claims": own} for n, own in enumerate(rows)]
    )


def passages(texts: list[list[str]]) -> list[Passage]:
    return [p for e in sources(texts) for p in passages_of(e, copy_rules())]


def edited(text: str, rng: random.Random, share: float) -> str:
    return " ".join(rng.choice(_WORDS) if rng.random() < share else word for word in text.split())


def copied_texts(seed: int, share: float, many: int = 150) -> list[list[str]]:
    """Sources of one sentence each; the second half copies the first, with a share of the words replaced."""
    rng = random.Random(seed)
    first = [" ".join(rng.choice(_WORDS) + rng.choice(_WORDS) for _ in range(18)) for _ in range(many)]
    return [[t] for t in first] + [[edited(t, rng, share)] for t in first]


def told(found: Origins) -> set[tuple[str, str]]:
    return set(found.copied)


def low(limit: int) -> CopyRules:
    return msgspec.structs.replace(copy_rules(), hot_shingle=limit)


# ---------------------------------------------------------------------------------------------------------- the index
@given(archives, st.integers(2, 6))
def test_the_index_finds_what_sharing_runs_of_words_means(texts: list[list[str]], limit: int) -> None:
    rules, every = low(limit), passages(texts)
    own = [shingles(p.words, rules.shingle) for p in every]
    times = Counter(g for grams in own for g in grams)
    expected = []
    for a, b in combinations(range(len(every)), 2):
        shared = sum(times[g] <= limit for g in own[a] & own[b])
        different = every[a].source != every[b].source
        if different and fit(every[a], every[b]) and alike(shared, len(own[a]), len(own[b]), rules):
            expected.append((a, b))
    assert candidates(every, rules, None, "exact") == expected


# ------------------------------------------------------------------------------------------------------------ MinHash
@given(archives, st.integers(2, 6))
def test_minhash_adds_nothing(texts: list[list[str]], limit: int) -> None:
    rules, every = low(limit), passages(texts)
    found = candidates(every, rules, None, "minhash")
    assert found == sorted(set(found))
    assert set(found) <= set(candidates(every, rules, None, "exact"))


@given(archives, st.integers(2, 6))
def test_boilerplate_is_what_counting_says(texts: list[list[str]], limit: int) -> None:
    rules, every = low(limit), passages(texts)
    times = Counter(g for p in every for g in shingles(p.words, rules.shingle))
    hot = minhash.boilerplate(every, rules, None)
    assert {g for g in times if hot(g)} == {g for g, n in times.items() if n > limit}
    given_ = minhash.boilerplate(every, rules, lambda gram: times[gram])
    assert all(hot(g) == given_(g) for g in times)


@given(st.lists(st.lists(st.text(max_size=4), max_size=5, unique=True), max_size=12), st.randoms())
def test_who_meets_rests_on_the_two_alone(runs: list[list[str]], chance: random.Random) -> None:
    bands = [set(own) for own in minhash.bands(runs)]
    expected = {(a, b) for a, b in combinations(range(len(runs)), 2) if bands[a] & bands[b]}
    assert {(a, b) for b, earlier in minhash.met(lambda: runs) for a in earlier} == expected
    order = list(range(len(runs)))
    chance.shuffle(order)
    again = [chance.sample(runs[n], len(runs[n])) for n in order]
    assert {
        tuple(sorted((order[a], order[b]))) for b, earlier in minhash.met(lambda: again) for a in earlier
    } == expected
    assert {(a, b) for a, b in expected if runs[a] and set(runs[a]) == set(runs[b])} == {
        (a, b) for a, b in combinations(range(len(runs)), 2) if runs[a] and set(runs[a]) == set(runs[b])
    }


def test_more_sets_than_are_hashed_at_once() -> None:
    runs = [[f"run {n % 700}", f"other {n % 700}"] for n in range(2_100)] + [[]] * 3
    found = list(minhash.met(lambda: runs))
    last = [(2_098, [698, 1_398]), (2_099, [699, 1_399])]
    assert [pair for pair in found if pair[0] >= 2_098] == last * minhash.PASSES
    assert sum(len(earlier) for _, earlier in found) == 700 * 3 * minhash.PASSES


@pytest.mark.parametrize("changed", ["[518.4 million tonnes] in 2024.", "[481 billion barrels] in 2023."])
def test_clear_copies_are_found_alike(changed: str) -> None:
    texts = [{"text": f"{LONG} {told}", "kind": "measure"} for told in ("[518.4 million tonnes] in 2024.", changed)]
    both = extractions([{"id": n, "published": "2024-01-01", "claims": [t]} for n, t in zip("ab", texts, strict=True)])
    exact, found = (find_origins(both, how=how) for how in ("exact", "minhash"))
    assert found == exact
    assert found.copied == (("a:0", "b:0"),)


def test_few_are_missed_and_only_those_that_were_changed_much() -> None:
    recall = {}
    for share in (0.0, 0.05, 0.1, 0.2):
        both = sources(copied_texts(3, share))
        exact, found = (told(find_origins(both, how=how)) for how in ("exact", "minhash"))
        assert found <= exact
        assert len(exact) > 50
        recall[share] = len(found) / len(exact)
    assert recall[0.0] == recall[0.05] == 1
    assert recall[0.1] > 0.98
    assert 0.9 < recall[0.2] < 1  # it is another method: that it misses none would say that it is not used


def test_what_stands_everywhere_meets_nobody() -> None:
    texts = [[f"{LONG} {_WORDS[n % 30]}"] for n in range(40)]
    rules, every = low(20), passages(texts)
    index = candidates(every, rules, None, "exact")
    assert candidates(every, rules, None, "minhash") == [
        (a, b) for a, b in index if similarity(every[a].words, every[b].words) >= rules.similarity
    ]
    rare, many = passages(texts[:20]), low(40)
    assert len(candidates(rare, many, None, "minhash")) == 20 * 19 / 2


def test_the_order_of_the_sources_does_not_matter() -> None:
    every = sources(copied_texts(5, 0.2))
    expected = find_origins(every, how="minhash")
    for seed in range(3):
        shuffled = list(every)
        random.Random(seed).shuffle(shuffled)
        assert find_origins(shuffled, how="minhash") == expected


def test_two_sources_by_themselves_give_what_they_give_among_all() -> None:
    """With the counts of all: that is how Spark compares them."""
    every, rules = passages(copied_texts(5, 0.2)), low(3)
    times = Counter(g for p in every for g in shingles(p.words, rules.shingle))
    half = len(every) // 2
    alone = [
        (n, n + half)
        for n in range(half)
        if candidates([every[n], every[n + half]], rules, lambda gram: times[gram], "minhash")
    ]
    assert alone == [(a, b) for a, b in candidates(every, rules, None, "minhash") if b == a + half]
    assert 0 < len(alone) < half


_PRINT = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
from test_near_copies import copied_texts, sources
from consistency.topics import find_origins
print(json.dumps(find_origins(sources(copied_texts(5, 0.2)), how="minhash").copied))
"""


def test_every_process_finds_the_same() -> None:
    here = os.path.dirname(__file__)
    path = json.dumps([here, os.path.dirname(os.path.dirname(here))])
    out = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "RAYON_NUM_THREADS": seed}
        out.add(subprocess.run([sys.executable, "-c", _PRINT, path], env=environment, capture_output=True).stdout)
    expected = find_origins(sources(copied_texts(5, 0.2)), how="minhash").copied
    assert [json.loads(one) for one in out] == [[list(pair) for pair in expected]]


@pytest.mark.parametrize("how", ["exact", "minhash"])
def test_nothing_at_all(how: NearCopy) -> None:
    assert candidates([], copy_rules(), None, how) == []
    assert find_origins([], how=how) == Origins()


def test_what_is_exactly_as_alike_as_asked_is_not_told_as_less() -> None:
    """RapidFuzz 3.14 gives 0 for some pairs that are exactly at their bar."""
    one, two = list("abcdefghipqrs"), list("abcdefghixyz")
    assert similarity(one, two) == 0.72
    assert similarity(one, two, 0.72) == 0.72

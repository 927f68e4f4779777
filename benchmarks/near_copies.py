"""Copied passages by MinHash against the exact index: what is missed, seconds and memory, as an archive grows.

    python -m benchmarks.near_copies [--sizes 10000 30000 100000] [--edited 30000] [--articles 2000]

Passages are made up: half of their words stand in phrases that recur as in news, the rest are drawn with Zipf's skew.
One in four is a copy of an earlier one, with 0 to 30 % of its words replaced, left out or put in between; one in fifty
is boilerplate of the archive. Each method works in a process of its own. Told for each size: pairs of passages that
are alike, CPU seconds, memory beyond the passages themselves, and the recall of MinHash: of those pairs, of pairs of
claims that are copied in the end, and of claims whose origin is the same. `--edited`: recall by how much was changed,
of that many passages. `--articles`: whether the reports on so many invented articles (benchmarks/invented.py) are the
same.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from itertools import accumulate
from typing import Any

from benchmarks.against import slope
from consistency.model import Claim, Context, Extraction, Sentence, Value
from consistency.topics.alignment import similarity
from consistency.topics.candidates import candidates
from consistency.topics.origins import find_origins
from consistency.topics.passages import copy_rules, passages_of

RATES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
METHODS = ("exact", "minhash")
A_SOURCE = 5  # passages


class Language:
    """Words and phrases, a few of them frequent."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = [self._word(n) for n in range(20_000)]
        self.often = list(accumulate(1 / (n + 5) for n in range(len(self.words))))
        self.phrases = [[self.word() for _ in range(rng.randrange(2, 6))] for _ in range(5_000)]
        self.usual = list(accumulate(1 / (n + 10) for n in range(len(self.phrases))))

    def _word(self, n: int) -> str:
        letters = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su")
        return "".join(letters[int(d)] for d in str(n))

    def word(self) -> str:
        return self.rng.choices(self.words, cum_weights=self.often)[0]

    def sentence(self) -> list[str]:
        out: list[str] = []
        many = self.rng.randrange(12, 30)
        while len(out) < many:
            phrase = self.rng.random() < 0.33
            out += self.rng.choices(self.phrases, cum_weights=self.usual)[0] if phrase else [self.word(), self.word()]
        out.insert(self.rng.randrange(1, len(out)), "17")
        return out

    def edited(self, words: list[str], rate: float) -> list[str]:
        """The words with some changed; "17", which the claim is about, stays where it is."""
        out: list[str] = []
        for word in words:
            how = self.rng.choice(("replace", "drop", "insert")) if self.rng.random() < rate and word != "17" else ""
            out += {"": [word], "replace": [self.word()], "drop": [], "insert": [word, self.word()]}[how]
        return out


def archive(size: int) -> tuple[list[Extraction], dict[tuple[str, str], float]]:
    """Sources of A_SOURCE passages with a claim each, and (claim, claim) of each copy with how much was changed."""
    rng = random.Random(size)
    language = Language(rng)
    usual = [language.sentence() for _ in range(3)]
    texts: list[list[str]] = []
    planted: dict[tuple[str, str], float] = {}
    for n in range(size):
        pick = rng.random()
        if pick < 0.25 and n > A_SOURCE:
            of, rate = rng.randrange(n - n % A_SOURCE), rng.choice(RATES)
            texts.append(language.edited(texts[of], rate))
            planted[_claim(of), _claim(n)] = rate
        else:
            texts.append(language.edited(rng.choice(usual), 0.1) if pick < 0.27 else language.sentence())
    return [_source(s, texts[s : s + A_SOURCE]) for s in range(0, size, A_SOURCE)], planted


def _claim(n: int) -> str:
    return f"s{n // A_SOURCE:07d}#{n % A_SOURCE}"


def _source(first: int, texts: list[list[str]]) -> Extraction:
    name, offset, claims = f"s{first // A_SOURCE:07d}", 0, []
    for n, words in enumerate(texts):
        text = " ".join(words)
        start = offset + text.index("17")
        claims.append(
            Claim(
                id=f"{name}#{n}",
                fingerprint=f"{name}#{n}",
                source=name,
                kind="count",
                text="17",
                start=start,
                end=start + 2,
                location=None,
                zone="body",
                sentence=Sentence(text=text, start=offset, end=offset + len(text)),
                value=Value(low=17, high=17, point=17),
            )
        )
        offset += len(text) + 1
    day = f"20{10 + first // A_SOURCE % 14}-0{1 + first % 9}-01"
    return Extraction(source=name, context=Context(source=name, published=day), claims=tuple(claims))


def measure(size: int, how: str) -> dict[str, Any]:
    """One method on one size, in this process: seconds, megabytes, and what was found."""
    sources, _ = archive(size)
    rules = copy_rules()
    passages = [p for e in sources for p in passages_of(e, rules)]
    candidates(passages[:10], rules, None, how)  # loads what it needs
    before, began = _peak(), time.process_time()
    looked_at = candidates(passages, rules, None, how)
    seconds, memory = time.process_time() - began, _peak() - before
    names = [
        (passages[a].claims[0].id, passages[b].claims[0].id)
        for a, b in looked_at
        if similarity(passages[a].words, passages[b].words) >= rules.similarity
    ]
    del passages, looked_at
    began = time.process_time()
    found = find_origins(sources, None, None, how)
    whole = time.process_time() - began
    return {"seconds": seconds, "memory": memory, "whole": whole} | {
        "alike": names,
        "copied": found.copied,
        "of": {a: b for a, b in found.of.items() if a != b},
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(size: int, how: str) -> dict[str, Any]:
    """`measure` in a process of its own."""
    program = [sys.executable, "-m", "benchmarks.near_copies", "--one", str(size), how]
    done = subprocess.run(program, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    found: dict[str, Any] = json.loads(done.stdout)
    for name in ("alike", "copied"):
        found[name] = {tuple(sorted(pair)) for pair in found[name]}
    found["of"] = set(found["of"].items())
    return found


def share(part: set[Any], of: set[Any]) -> str:
    return f"{len(part & of):,} of {len(of):,} ({100 * len(part & of) / max(1, len(of)):.2f} %)"


def growth(sizes: list[int]) -> None:
    cost: dict[str, list[tuple[float, float]]] = {how: [] for how in METHODS}
    for size in sorted(sizes):
        exact, minhash = (apart(size, how) for how in METHODS)
        print(f"{size:,} passages")
        for how, one in zip(METHODS, (exact, minhash), strict=True):
            cost[how].append((size, one["seconds"]))
            told = f"{len(one['alike']):>10,} pairs {one['seconds']:8.1f} s {one['memory']:8.0f} MB"
            print(f"  {how:<8}{told}; all of find_origins {one['whole']:.1f} s")
        for name, about in (("alike", "alike passages"), ("copied", "copied claims"), ("of", "origins")):
            added = len(minhash[name] - exact[name])
            print(f"  recall  {about:<16} {share(minhash[name], exact[name])}, not in exact {added}", flush=True)
    if len(sizes) > 1:
        print("seconds grow with exponent " + ", ".join(f"{how} {slope(cost[how]):.2f}" for how in METHODS))


def edited(size: int) -> None:
    """Recall by how much of a copy was changed."""
    sources, planted = archive(size)
    exact, minhash = ({tuple(sorted(p)) for p in find_origins(sources, None, None, how).copied} for how in METHODS)
    every = Counter(planted.values())
    for rate in RATES:
        mine = {pair for pair, r in planted.items() if r == rate}
        told = f"{len(mine & exact):>6,} of {every[rate]:,} copied for the index"
        print(f"{rate:4.0%} of the words changed: {told}; of those by MinHash {share(minhash, mine & exact)}")


def reports(many: int) -> None:
    """Whether both methods give the same report."""
    import msgspec

    from benchmarks.invented import articles
    from consistency import pipeline
    from consistency.config import Config, Topics
    from consistency.sources import read_records

    sources, _ = read_records(articles(many, 1, 0.15))
    exact, minhash = (pipeline.check(sources, Config(topics=Topics(near_copy=how))) for how in METHODS)
    coverage = msgspec.structs.replace(minhash.coverage, near_copy=msgspec.UNSET)
    plain = msgspec.structs.replace(minhash, coverage=coverage)  # it says what was used
    same = msgspec.json.encode(exact) == msgspec.json.encode(plain)
    found, other = ({f.id for f in one.findings} for one in (exact, minhash))
    told = f"{len(found):,} findings, {len(found - other)} missed by MinHash, {len(other - found)} only there"
    print(f"{many:,} invented articles: {'the same report, byte for byte' if same else 'not the same report'}: {told}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--edited", type=int, default=30_000)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(int(given.one[0]), given.one[1])))
        return
    growth(given.sizes)
    if given.edited:
        edited(given.edited)
    if given.articles:
        reports(given.articles)


if __name__ == "__main__":
    main()

"""Weights of the topic score against what the article pairs tell: how much likelier a piece of evidence is between two
claims that tell one fact than between any two others of both texts.

    python -m benchmarks.article_weights [--set news|reports|second|long ...]

Of every kind of number prints a line a weight: its name, how many pairs of claims of one fact have it and how many
others, log2 of how much likelier that makes it (half a pair added to each), and the weight in force. Texts of a pair
are on one thing, so names and what documents share tell little here; see `topic_weights` for those.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from math import log2

from benchmarks.article_pairs import Pair, pairs, sources_of, speaks_of
from consistency.extraction.claims import extract
from consistency.topics.cluster import documents_of
from consistency.topics.passages import copy_rules
from consistency.topics.signature import Signature, signatures
from consistency.topics.similarity import Scorer, comparable
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

_ONE = ("agreement", "contradiction", "time")
_FEW = 4


def kind(a: Signature, b: Signature) -> str:
    """people | count | amount | date | …: what weights are told of apart."""
    if a.people and b.people:
        return "people"
    return "amount" if a.group in ("money", "measure", "share") else a.group


def told(pair: Pair, scorer: Scorer) -> Iterator[tuple[str, bool, set[str]]]:
    """The kind of each two claims that can be compared, whether they tell one fact, and their evidence."""
    texts = [extract(source) for source in sources_of(pair)]
    documents = documents_of(texts, scorer.known, scorer.table)
    found = signatures(texts, documents, scorer.known, copy_rules())
    facts = [fact for fact in pair.facts if fact.label in _ONE]
    for n, a in enumerate(found):
        for b in found[n + 1 :]:
            if a.claim.source == b.claim.source or a.group == "quote" or not comparable(a, b):
                continue
            one = any(speaks_of((a.claim, b.claim), fact, pair) for fact in facts)
            yield kind(a, b), one, {e.name for e in scorer.explain(a, b).evidence}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", nargs="*", default=["news", "reports", "second", "long"])
    given = parser.parse_args()
    table = weights()
    scorer = Scorer(vocabulary(), table)
    many: Counter[tuple[str, bool]] = Counter()
    have: Counter[tuple[str, bool, str]] = Counter()
    for pair in pairs():
        if pair.set in given.set:
            for name, one, evidence in told(pair, scorer):
                many[name, one] += 1
                have.update((name, one, e) for e in evidence)
    for name in sorted({name for name, _ in many}):
        print(f"{name}: {many[name, True]} pairs of one fact, {many[name, False]} others")
        for weight in sorted({w for n, _, w in have if n == name}):
            yes, no = have[name, True, weight], have[name, False, weight]
            if yes + no >= _FEW and weight != "prior":
                likelier = (yes + 0.5) / (many[name, True] + 1) * (many[name, False] + 1) / (no + 0.5)
                print(f"    {weight:24}{yes:5}{no:6}{log2(likelier):7.1f}{table.of[weight]:7.1f}")


if __name__ == "__main__":
    main()

"""Pairs of short texts with two figures of much the same thing: which are said to contradict each other.

    python -m benchmarks.two_figures [--said contradiction|…|nothing] [--label not|contradiction|agreement]

Reads `two_figures.jsonl`, written for it: 780 pairs in five sets, each by somebody who knew neither the code nor the
other sets. Of a pair is told the worst that is said of it. `--said` and `--label` print the pairs of one cell.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import msgspec

from consistency.config import Config
from consistency.model import Source
from consistency.pipeline import check

OUTCOMES = ("contradiction", "possible-contradiction", "time-explained", "scope-explained", "attribution", "agreement")
NOTHING = "nothing"


class Side(msgspec.Struct):
    text: str
    published: str | None = None


class Pair(msgspec.Struct):
    id: str
    set: str
    label: str
    why: str
    a: Side
    b: Side


def worst(sources: list[Source]) -> str:
    """The worst outcome of the findings on some sources."""
    found = {f.outcome for f in check(sources, Config()).findings}
    return next((o for o in OUTCOMES if o in found), NOTHING)


def said(pair: Pair) -> str:
    """The worst that is said of a pair."""
    sides = (("a", pair.a), ("b", pair.b))
    return worst([Source(id=n, text=s.text, published=s.published, publisher=n) for n, s in sides])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--said", choices=(*OUTCOMES, NOTHING))
    parser.add_argument("--label", choices=("not", "contradiction", "agreement"))
    given = parser.parse_args()
    lines = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [msgspec.json.decode(line, type=Pair) for line in lines]
    table: dict[tuple[str, str], Counter[str]] = {}
    for pair in pairs:
        worst = said(pair)
        table.setdefault((pair.set, pair.label), Counter())[worst] += 1
        if (given.said or given.label) and given.said in (None, worst) and given.label in (None, pair.label):
            print(f"{pair.id} {pair.label}, said {worst}: {pair.why}\n  {pair.a.text}\n  {pair.b.text}")
    for (name, label), counts in sorted(table.items()):
        print(f"{name:7} {label:13} {counts.total():4}  " + ", ".join(f"{o} {counts[o]}" for o in counts))
    for outcomes in (OUTCOMES[:1], OUTCOMES[:2]):
        hit = {
            label: sum(c[o] for (_, own), c in table.items() if own == label for o in outcomes)
            for label in ("contradiction", "not", "agreement")
        }
        every = sum(hit.values())
        of = sum(c.total() for (_, label), c in table.items() if label == "contradiction")
        print(f"{' or '.join(outcomes)}: {hit['contradiction']} of {every} right, {hit['contradiction']} of {of} found")


if __name__ == "__main__":
    main()

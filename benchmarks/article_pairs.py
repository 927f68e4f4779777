"""Two texts on one thing, each in words of its own: which facts that both tell are found, and what is said of them.

    python -m benchmarks.article_pairs [--set news|reports|second|long] [--misses contradiction|agreement|time|scope]

Reads `article_pairs.jsonl`, written for it: 290 pairs in four sets, each by somebody who knew neither the code nor the
other sets: short news, reports and the news about them, both once more, and longer news. Of each pair every fact is
listed that both texts tell with a figure or a date. Prints what is said of the facts by their label, then of how many
of the contradictions said (between two texts) the facts are at odds.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.two_figures import NOTHING, OUTCOMES
from consistency.config import Config
from consistency.model import Claim, Finding, Source
from consistency.pipeline import check

_SERIOUS = ("contradiction", "possible-contradiction")


class Fact(msgspec.Struct):
    """a, b: words of either text that hold the figure. label: contradiction | agreement | time | scope."""

    a: str
    b: str
    label: str
    why: str = ""


class Pair(msgspec.Struct):
    id: str
    set: str
    a: str
    b: str
    facts: list[Fact]
    pub_a: str | None = None
    pub_b: str | None = None


def findings_of(pair: Pair) -> tuple[list[tuple[Finding, list[Claim]]], list[list[Finding]]]:
    """The findings on both texts with their claims, and those that speak of each fact."""
    report = check(sources_of(pair), Config())
    claims = {c.id: c for c in report.claims}
    found = [(f, [claims[c] for c in f.claims if c in claims]) for f in report.findings]
    found = [(f, told) for f, told in found if {c.source for c in told} == {"a", "b"}]
    return found, [[f for f, told in found if speaks_of(told, fact, pair)] for fact in pair.facts]


def speaks_of(claims: Iterable[Claim], fact: Fact, pair: Pair) -> bool:
    """Whether some claims stand in both spans of a fact."""
    met = set()
    for claim in claims:
        text, words = (pair.a, fact.a) if claim.source == "a" else (pair.b, fact.b)
        start = text.index(words)
        if claim.start is not None and claim.end is not None and claim.start < start + len(words) and claim.end > start:
            met.add(claim.source)
    return len(met) == 2


def pairs() -> list[Pair]:
    """Those of `article_pairs.jsonl`."""
    lines = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Pair) for line in lines]


def sources_of(pair: Pair) -> list[Source]:
    """Its two texts."""
    return [
        Source(id="a", text=pair.a, published=pair.pub_a, publisher="Paper A"),
        Source(id="b", text=pair.b, published=pair.pub_b, publisher="Paper B"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", choices=("news", "reports", "second", "long"))
    parser.add_argument("--misses", choices=("contradiction", "agreement", "time", "scope"))
    given = parser.parse_args()
    table: dict[tuple[str, str], Counter[str]] = {}
    right: dict[tuple[str, str], Counter[bool]] = {}
    for pair in pairs():
        if given.set not in (None, pair.set):
            continue
        found, of_facts = findings_of(pair)
        for fact, told in zip(pair.facts, of_facts, strict=True):
            worst = next((o for o in OUTCOMES if any(f.outcome == o for f in told)), NOTHING)
            table.setdefault((pair.set, fact.label), Counter())[worst] += 1
            if fact.label == given.misses and worst == NOTHING:
                print(f"{pair.id}: {fact.a!r} / {fact.b!r} ({fact.why})")
        for finding, told_of in found:
            if finding.outcome in _SERIOUS:
                odds = any(speaks_of(told_of, f, pair) for f in pair.facts if f.label == "contradiction")
                right.setdefault((pair.set, finding.outcome), Counter())[odds] += 1
    for (name, label), counted in sorted(table.items()):
        told = ", ".join(f"{what} {many}" for what, many in sorted(counted.items()))
        print(f"{name:8}{label:14}{sum(counted.values()):5}  {told}")
    for (name, outcome), shares in sorted(right.items()):
        print(f"{name}: {outcome}: {shares[True]} of {shares.total()} right")


if __name__ == "__main__":
    main()

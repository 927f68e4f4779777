"""Texts that tell of many happenings: how long they take, and what is said about them.

    python -m benchmarks.round_ups [SOURCES] [ARTICLES]        20 sources of 40 articles by default

Invented articles (benchmarks/invented.py) are shuffled and put together, so many to a source, with the date and the
publisher of the first. They share their vocabulary, and towns, people and bodies come again and again: told are the
claims, CPU seconds of a check in memory, and the findings by outcome. What is copied with another number, and what
falls on another day because its text is dated by the round-up, is at odds; one town's number and another's are not.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from benchmarks.invented import articles
from consistency import check
from consistency.model import Source


def round_ups(sources: int, each: int) -> list[Source]:
    """So many sources, each of so many articles."""
    every = list(articles(sources * each, seed=11))
    random.Random(3).shuffle(every)
    parts = [every[n : n + each] for n in range(0, len(every), each)]
    return [
        Source(
            id=f"roundup-{n}",
            publisher=part[0]["publisher"],
            published=part[0]["published"],
            text="\n\n".join(article["text"] for article in part),
        )
        for n, part in enumerate(parts)
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sources", type=int, nargs="?", default=20)
    parser.add_argument("articles", type=int, nargs="?", default=40)
    given = parser.parse_args()
    texts = round_ups(given.sources, given.articles)
    start = time.process_time()
    report = check(texts)
    seconds = time.process_time() - start
    print(f"{given.sources} sources, {len(report.claims):,} claims: {seconds:.1f} CPU s")
    for outcome, many in Counter(f.outcome for f in report.findings).most_common():
        print(f"{outcome:24}{many:>7,}")


if __name__ == "__main__":
    main()

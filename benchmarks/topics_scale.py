"""How long the topic stage takes on many made-up claims.

    python -m benchmarks.topics_scale [SOURCES]        10,000 sources of ten claims by default

Events have a town, a day and names; each is told by three sources; towns and nouns recur across events, as in news.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from consistency.model import Claim, Context, Extraction, Measure, Sentence, Value
from consistency.topics import cluster

NOUNS = [
    ("person", "kill"),
    ("person", "injure"),
    ("person", "arrest"),
    ("house", "destroy"),
    ("vehicle", "destroy"),
    ("shot", "shoot"),
    ("school", "close"),
    ("boat", "sink"),
    ("firefighter", "respond"),
    ("road", "close"),
]
WORDS = [f"w{n}" for n in range(3000)]


def source(number: int, rng: random.Random) -> Extraction:
    """One report of event number // 3."""
    event = random.Random(number // 3)
    town = f"Town {event.randrange(2000)}"
    day = f"20{event.randrange(10, 24)}-{event.randrange(1, 13):02d}-{event.randrange(1, 29):02d}"
    persons = tuple(f"Person{event.randrange(5000)} Name{event.randrange(3000)}" for _ in range(3))
    about = [event.choice(WORDS) for _ in range(8)]
    claims = []
    offset = 0
    for n, (noun, relation) in enumerate(NOUNS):
        value = event.randrange(1, 9) + (rng.random() < 0.2)
        terms = tuple(rng.sample(about, 4))
        text = f"In {town} {value} {noun}s {relation} {' '.join(terms)} {rng.choice(WORDS)} {rng.choice(WORDS)}."
        start = text.index(f"{value} ")
        claims.append(
            Claim(
                id=f"s{number}#{n}",
                fingerprint=f"{number:08d}{n}",
                source=f"s{number}",
                kind="count",
                text=f"{value} {noun}s",
                start=offset + start,
                end=offset + start + len(f"{value} {noun}s"),
                sentence=Sentence(text=text, start=offset, end=offset + len(text)),
                location=None,
                zone="body",
                value=Value(low=value, high=value, point=value),
                unit=noun,
                dimension="count",
                measure=Measure(noun=noun, relation=relation, terms=terms, entities=(town,)),
            )
        )
        offset += len(text) + 1
    context = Context(
        source=f"s{number}", published=day, places=(town, "Texas"), persons=persons, terms=tuple(about), days=(day,)
    )
    return Extraction(source=f"s{number}", context=context, claims=tuple(claims))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rng = random.Random(1)
    sources = [source(n, rng) for n in range(count)]
    began = time.perf_counter()
    found = cluster(sources)
    took = time.perf_counter() - began
    joined = [t for t in found.topics if len(t.claims) > 1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count * len(NOUNS):,} claims, {found.pairs_scored:,} pairs scored, {len(joined):,} topics of several claims"
    )
    print(f"{len(found.capped)} blocks over the cap, {took:.1f} s, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()

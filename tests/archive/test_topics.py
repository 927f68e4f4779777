"""The topics of new claims come out the same whether all sources are there or those they reach.

Claims here are made by hand from few words, so that happenings in and out of town, stories, copies, fields and quotes
meet in every way.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "topics"))

from topic_oracle import extraction

from consistency.archive import Kept, reach
from consistency.archive.index import Index
from consistency.archive.kept import portrait, postings_of, with_keys
from consistency.archive.shelf import Shelf
from consistency.archive.store import Store
from consistency.model import Extraction, SourceInfo
from consistency.rulebook import default_rulebook
from consistency.topics import TopicSettings, blocking, cluster

TOWNS = ["Marlow Falls", "Upper Denby", "Ashby"]
NOUNS = [("person", "kill"), ("person", "injure"), ("woman", "kill"), ("school", "open"), ("boat", "sink")]
BODIES = ["Nordic Fund", "Baltic Council"]
PERSONS = ["Ana Lind", "Oscar Brandt", "Nora Tamm"]
WORDS = ["harbour", "fire", "road", "winter", "review", "old"]
DAYS = ["2020-01-01", "2020-01-02", "2020-01-20", "2020-05-01"]


def some(rng: random.Random, of: list[str], most: int) -> list[str]:
    return rng.sample(of, rng.randrange(most + 1))


def claim(rng: random.Random) -> dict[str, Any]:
    noun, relation = rng.choice(NOUNS)
    value = rng.randrange(1, 6)
    entities = some(rng, [*TOWNS, *BODIES, *PERSONS], 2)
    text = f"{' '.join(some(rng, WORDS, 4))} [{value} {noun}s] {relation} {' '.join(entities)}"
    if rng.random() < 0.3:  # long enough to be told for a copy
        text += " while old walls near the western quay fell into deep water again"
    day = rng.choice(DAYS)
    period = {"period": [day, day]} if rng.random() < 0.3 else {}
    return {"text": text, "value": value, "noun": noun, "relation": relation, "entities": entities, **period}


def again(rng: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    """A claim taken over, at times with another number."""
    value = rng.randrange(1, 6) if rng.random() < 0.5 else row["value"]
    return {**row, "value": value, "text": row["text"].replace(f"[{row['value']} ", f"[{value} ")}


def sources(rng: random.Random) -> list[Extraction]:
    out = []
    told: list[dict[str, Any]] = []
    for n in range(rng.randrange(2, 16)):
        rows = [
            again(rng, rng.choice(told)) if told and rng.random() < 0.25 else claim(rng)
            for _ in range(rng.randrange(5))
        ]
        told += rows
        entry = {
            "id": f"s{n}",
            "publisher": rng.choice(["Post", "Herald", None]),
            "published": rng.choice([*DAYS, None]),
            "places": some(rng, TOWNS, 2),
            "persons": some(rng, PERSONS, 2),
            "others": some(rng, BODIES, 1),
            "terms": some(rng, WORDS, 3),
            "days": some(rng, DAYS, 1),
            "claims": rows,
        }
        out.append(extraction(entry))
    return out


def shelf(found: list[Extraction]) -> Shelf:
    """The sources as an archive."""
    rules = default_rulebook()
    out = Shelf(Index(None), Store(None))
    for e in found:
        info = SourceInfo(
            id=e.source,
            title=None,
            publisher=None,
            published=None,
            published_basis="none",
            language=None,
            sha256="",
            path=None,
        )
        kept = with_keys(Kept(info=info, extraction=e), rules)
        out.store.put(e.source, kept)
        out.index.add([(e.source, e.source, portrait(e, rules), postings_of(kept, rules))])
    out.use({e.source: e.source for e in found})
    return out


def holds(seed: int) -> None:
    rng = random.Random(seed)
    found = sources(rng)
    new = {e.source for e in rng.sample(found, rng.choice((1, 1, 2)))}
    settings, rules = TopicSettings(), default_rulebook()
    mine = {c.id for e in found for c in e.claims if e.source in new}
    wanted = [t for t in cluster(found, rules, settings).topics if mine & set(t.claims)]
    fresh, known = (shelf([e for e in found if (e.source in new) == is_new]) for is_new in (True, False))
    reached = reach(fresh, known, new, rules, settings)
    got = cluster(reached.extractions, rules, settings, reached.whole).topics
    assert [t for t in got if mine & set(t.claims)] == wanted


@pytest.mark.parametrize("seed", range(150))
def test_topics_of_new_claims(seed: int) -> None:
    holds(seed)


@pytest.mark.parametrize("seed", range(1000, 1050))
def test_where_words_are_soon_common(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "_RARE", 2)
    holds(seed)

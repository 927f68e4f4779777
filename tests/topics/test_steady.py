"""A claim that is told to read one way whatever story its document tells does so."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from benchmarks.invented import articles
from consistency.extraction.claims import extract
from consistency.sources import read_records
from consistency.topics.about import Document, Story, read_document
from consistency.topics.passages import copy_rules
from consistency.topics.signature import signature, steady
from consistency.topics.vocabulary import vocabulary


def story(chance: Random, documents: list[Document], own: Document) -> Story:
    """One that this document tells with some others."""
    told = [own, *chance.sample(documents, chance.randint(1, 3))]
    days = frozenset(d + chance.choice((0, 0, -400, 400)) for one in told for d in one.days)
    return Story("first", days | own.days, frozenset(p for one in told for p in one.towns | one.cities | one.streets))


def test_no_story_turns_a_steady_claim() -> None:
    known, copies, chance = vocabulary(None), copy_rules(None), Random(5)
    sources, _ = read_records(articles(80, 4, 0.2))
    told = [(e, read_document(e, known)) for e in map(extract, sources)]
    bare = [(e, replace(d, published=None, days=frozenset(), towns=frozenset())) for e, d in told]
    documents = [d for _, d in told]
    turned = resting = 0
    for extraction, document in told + bare:
        for n, claim in enumerate(extraction.claims):
            alone = signature(n, claim, document, known, copies)
            stories = [replace(document, story=story(chance, documents, document)) for _ in range(6)]
            away = {signature(n, claim, one, known, copies).away for one in stories} | {alone.away}
            if steady(alone):
                resting += alone.event
                assert len(away) == 1
            else:
                turned += len(away) > 1
    assert turned > 20
    assert resting > 20

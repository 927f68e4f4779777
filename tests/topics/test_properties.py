"""What must hold for any claims: order does not matter, and a source about something else changes nothing."""

from __future__ import annotations

from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from topic_oracle import extraction

from consistency.model import Extraction
from consistency.topics import TopicSettings, cluster
from consistency.topics.cluster import documents_of
from consistency.topics.graph import claim_graph
from consistency.topics.passages import copy_rules
from consistency.topics.signature import signatures
from consistency.topics.similarity import Scorer
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

TOWNS = ["Marlow Falls", "Upper Denby", "Ashby"]
NOUNS = [("person", "kill"), ("person", "injure"), ("woman", "kill"), ("school", "open"), ("boat", "sink")]
BODIES = ["Nordic Fund", "Baltic Council"]


@st.composite
def claim(draw: st.DrawFn) -> dict[str, Any]:
    noun, relation = draw(st.sampled_from(NOUNS))
    value = draw(st.integers(1, 5))
    words = draw(
        st.lists(st.sampled_from(["harbour", "fire", "road", "winter", "review", "old"]), min_size=1, max_size=4)
    )
    entities = draw(st.lists(st.sampled_from([*TOWNS, *BODIES]), max_size=2, unique=True))
    text = f"{' '.join(words)} [{value} {noun}s] {relation} {' '.join(entities)}"
    return {"text": text, "value": value, "noun": noun, "relation": relation, "entities": entities}


@st.composite
def sources(draw: st.DrawFn, prefix: str = "s") -> list[Extraction]:
    count = draw(st.integers(1, 5))
    return [
        extraction(
            {
                "id": f"{prefix}{n}",
                "published": draw(st.sampled_from(["2020-01-01", "2020-01-02", "2020-05-01", None])),
                "places": draw(st.lists(st.sampled_from(TOWNS), max_size=2, unique=True)),
                "days": draw(st.lists(st.sampled_from(["2020-01-01", "2020-01-02"]), max_size=1)),
                "claims": draw(st.lists(claim(), max_size=4)),
            }
        )
        for n in range(count)
    ]


@given(sources(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_sources_and_claims_makes_no_difference(found: list[Extraction], random: Any) -> None:
    mixed = [
        Extraction(source=e.source, context=e.context, claims=tuple(random.sample(e.claims, len(e.claims))))
        for e in found
    ]
    random.shuffle(mixed)
    assert cluster(mixed) == cluster(found)


@given(sources())
@settings(max_examples=40, deadline=None)
def test_every_claim_is_in_one_topic(found: list[Extraction]) -> None:
    topics = cluster(found).topics
    members = [c for t in topics for c in t.claims]
    assert sorted(members) == sorted(c.id for e in found for c in e.claims)
    assert len({t.id for t in topics}) == len(topics)


@given(sources())
@settings(max_examples=40, deadline=None)
def test_the_components_of_the_graph_are_the_topics(found: list[Extraction]) -> None:
    clustering = cluster(found)
    components = {frozenset(c) for c in networkx.connected_components(claim_graph(clustering))}
    assert components == {frozenset(t.claims) for t in clustering.topics}


@given(sources())
@settings(max_examples=40, deadline=None)
def test_a_source_about_something_else_changes_no_topic(found: list[Extraction]) -> None:
    other = extraction(
        {
            "id": "z",
            "published": "2001-01-01",
            "places": ["Quarn"],
            "claims": [
                {
                    "text": "Zinc mines of Quarn dug [40 tunnels]",
                    "noun": "tunnel",
                    "relation": "build",
                    "entities": ["Quarn"],
                },
                {
                    "text": "In Quarn [3 people] were killed",
                    "noun": "person",
                    "relation": "kill",
                    "entities": ["Quarn"],
                },
            ],
        }
    )
    before = cluster(found).topics
    after = [t for t in cluster([*found, other]).topics if not any(c.startswith("z:") for c in t.claims)]
    assert tuple(after) == before


@given(sources())
@settings(max_examples=40, deadline=None)
def test_the_waterfall_sums_to_the_score_and_links_miss_nothing(found: list[Extraction]) -> None:
    documents = documents_of(found, vocabulary(), weights())
    claims = signatures(found, documents, vocabulary(), copy_rules())
    scorer = Scorer(vocabulary(), weights())
    for n, b in enumerate(claims):
        for a in claims[:n]:
            score, link = scorer.score(a, b), scorer.link(a, b)
            explained = scorer.explain(a, b).score
            vetoed = score < weights().veto
            assert explained < weights().veto if vetoed else explained == pytest.approx(score, abs=0.01)
            assert link == (score if score >= weights().link else None)


def test_a_block_over_the_cap_is_reported_and_still_joins_neighbours() -> None:
    runs = {"noun": "ship", "relation": "own", "entities": ["Nordic Fund"]}
    many = [
        extraction(
            {
                "id": f"s{n}",
                "published": "2020-01-01",
                "claims": [{"text": f"The Nordic Fund runs [{n} ships] of trip {n}", **runs}],
            }
        )
        for n in range(40)
    ]
    found = cluster(many, settings=TopicSettings(block_cap=10, window=5))
    assert found.capped
    assert max(len(t.claims) for t in found.topics) == 40

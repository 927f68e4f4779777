"""Curated topics: loading, matching, linting; and the waterfall of a pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from topic_oracle import extractions

from consistency.errors import RuleError
from consistency.rulebook import Rulebook
from consistency.topics import cluster, curated, explain
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

LIGHTHOUSES = """
id: lighthouses
title: Lighthouses kept by the Coast Office
nouns: [lighthouse]
beside: [Coast Office]
aliases: {Coast Office: [CO]}
high: 100
profile: stock
max_rate: 3
events: [{date: 2021-03-01, text: the Skarn light was closed, change: -1}]
"""


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "lighthouses.yaml").write_text(LIGHTHOUSES, encoding="utf-8")
    return Rulebook((str(tmp_path),))


def claims(*rows: dict[str, Any]) -> Any:
    return extractions([{"id": "a", "published": "2020-01-01", "claims": rows}])


def test_a_user_s_topic_takes_what_meets_every_check(book: Rulebook) -> None:
    found = cluster(
        claims(
            {
                "as": "yes",
                "text": "The CO keeps [41 lighthouses]",
                "value": 41,
                "noun": "lighthouse",
                "entities": ["CO"],
            },
            {
                "as": "too",
                "text": "[40 lights] are the Coast Office's",
                "value": 40,
                "noun": "lighthouse",
                "entities": ["Coast Office"],
            },
            {
                "as": "many",
                "text": "The CO knows [20,000 lighthouses]",
                "value": 20000,
                "noun": "lighthouse",
                "entities": ["CO"],
            },
            {"as": "nobody", "text": "There are [41 lighthouses]", "value": 41, "noun": "lighthouse"},
            {"as": "noun", "text": "The CO has [41 boats]", "value": 41, "noun": "boat", "entities": ["CO"]},
        ),
        book,
    )
    mine = [t for t in found.topics if t.curated == "lighthouses"]
    assert [(t.id, t.title, t.claims) for t in mine] == [
        ("lighthouses", "Lighthouses kept by the Coast Office", ("a:yes", "a:too"))
    ]


def test_events_profile_and_rate_are_there_for_the_judge(book: Rulebook) -> None:
    topic = curated.load(book)[0]
    assert (topic.profile, topic.max_rate, topic.events[0].date, topic.events[0].change) == (
        "stock",
        3,
        "2021-03-01",
        -1,
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id: x\ntitle: y\n", "noun or a name"),
        ("id: X y\ntitle: y\nnouns: [z]\n", "lower-case"),
        ("id: x\ntitle: y\nnouns: [z]\nprofil: stock\n", "profil"),
        ("id: x\ntitle: y\nnouns: [z]\nprofile: stok\n", "stok"),
        ("id: x\ntitle: y\nnouns: [z]\nevents: [{date: May, text: t}]\n", "May"),
        ("id: x\ntitle: y\nnouns: [z]\nlow: 3\nhigh: 2\n", "low"),
        ("- 3\n", "curated"),
        ("id: [\n", "yaml"),
    ],
)
def test_a_broken_topic_is_named_with_its_file(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        curated.load(Rulebook((str(tmp_path),)))
    assert fault in str(caught.value)
    assert "broken.yaml" in str(caught.value)


def test_lint_finds_two_topics_that_would_take_the_same_claim(tmp_path: Path, book: Rulebook) -> None:
    known = vocabulary()
    assert curated.lint(curated.load(), known) == []
    path = tmp_path / "topics" / "same.yaml"
    path.write_text("id: lamps\ntitle: Lamps\nnouns: [lighthouse, lamp]\n", encoding="utf-8")
    (message,) = curated.lint(curated.load(Rulebook((str(tmp_path),))), known)
    assert "lighthouses" in message
    assert "lamps" in message


def test_the_waterfall_adds_up_and_names_known_weights() -> None:
    rows = claims(
        {
            "as": "x",
            "text": "The CO keeps [41 lighthouses]",
            "noun": "lighthouse",
            "relation": "own",
            "entities": ["CO"],
        },
        {
            "as": "y",
            "text": "The CO keeps [40 lighthouses]",
            "noun": "lighthouse",
            "relation": "own",
            "entities": ["CO"],
        },
    )
    link = explain(rows, "a:y", "a:x")
    assert (link.a, link.b) in {("a:x", "a:y"), ("a:y", "a:x")}
    assert link.score == pytest.approx(sum(e.weight for e in link.evidence))
    assert {e.name for e in link.evidence} <= set(weights().of)
    assert "noun-same" in {e.name for e in link.evidence}


def test_links_of_a_topic_are_the_ones_that_joined_it() -> None:
    rows = claims(
        {
            "as": "x",
            "text": "The CO keeps [41 lighthouses]",
            "noun": "lighthouse",
            "relation": "own",
            "entities": ["CO"],
        },
        {
            "as": "y",
            "text": "The CO kept [40 lighthouses]",
            "noun": "lighthouse",
            "relation": "own",
            "entities": ["CO"],
        },
    )
    (topic,) = (t for t in cluster(rows).topics if len(t.claims) == 2)
    assert [{link.a, link.b} for link in topic.links] == [{"a:x", "a:y"}]
    assert topic.title == "CO: lighthouse"


def test_every_weight_has_a_use() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in Path(curated.__file__).parent.glob("*.py"))
    unused = [n for n in weights().of if n not in code and not n.startswith(("noun-", "terms-"))]
    assert unused == []


def test_a_link_of_curated_claims_names_the_topic_as_its_reason() -> None:
    row = {
        "value": 5,
        "noun": "country",
        "relation": "participate",
        "entities": ["Belt and Road Initiative"],
        "scope": ["LAC"],
    }
    rows = claims({"text": "[Five countries] are in", **row}, {"text": "[5 states] of it joined", **row})
    (topic,) = cluster(rows).topics
    assert [e.name for e in topic.links[0].evidence] == ["curated"]

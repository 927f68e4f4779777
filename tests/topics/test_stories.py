"""Documents that tell one story, and what that does for their claims."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from topic_oracle import extraction

from consistency.model import Extraction
from consistency.topics import TopicSettings, cluster
from consistency.topics.cluster import documents_of
from consistency.topics.stories import story_keys
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

DEAD = {"noun": "person", "relation": "kill"}
PERSONS = ["Ada Brenn", "Olav Tesk", "Mira Solund"]
TOWNS = ["Marlow Falls", "Upper Denby", "Ashby"]


def report(name: str, published: str, text: str, **context: Any) -> Extraction:
    return extraction({"id": name, "published": published, "claims": [{"text": text, **DEAD}], **context})


def of(*extractions: Extraction) -> dict[str, str | None]:
    found = documents_of(extractions, vocabulary(), weights())
    return {source: doc.story.id if doc.story else None for source, doc in found.items()}


FIRST = report(
    "first",
    "2020-03-01",
    "[Four people] were killed in the fire",
    places=["Marlow Falls"],
    persons=["Ada Brenn", "Olav Tesk"],
    days=["2020-03-01"],
)
NEXT = report(
    "next",
    "2020-03-02",
    "[Four people] were killed when the mill burned",
    places=["Marlow Falls"],
    persons=["Mira Solund"],
    days=["2020-03-01"],
)
TRIAL = report(
    "trial", "2020-04-10", "The fire killed [four people]", places=["Marlow Falls"], persons=["Ada Brenn", "Olav Tesk"]
)
ELSEWHERE = report(
    "elsewhere",
    "2020-03-02",
    "[Two people] were killed in the crash",
    places=["Ashby"],
    persons=["Per Hald"],
    days=["2020-03-01"],
)


def test_a_follow_up_belongs_to_the_story_of_the_first_report() -> None:
    assert of(FIRST, NEXT, TRIAL, ELSEWHERE) == {"first": "first", "next": "first", "trial": "first", "elsewhere": None}


def test_a_document_alone_tells_no_story() -> None:
    assert of(FIRST) == {"first": None}


def test_the_claims_of_a_story_meet_through_a_report_between_them() -> None:
    """The second report and the one on the trial share a town alone; only with the first are they of one event."""
    with_first = cluster([FIRST, NEXT, TRIAL, ELSEWHERE]).topics
    assert {frozenset(t.claims) for t in with_first} == {
        frozenset({"first:0", "next:0", "trial:0"}),
        frozenset({"elsewhere:0"}),
    }
    link = next(k for t in with_first for k in t.links if {k.a, k.b} & {"trial:0"})
    assert any(e.name == "event-story" for e in link.evidence)


def test_a_story_is_told_of_by_keys_that_its_documents_share() -> None:
    documents = documents_of([FIRST, NEXT, TRIAL], vocabulary(), weights())
    first, second, trial = (set(story_keys(documents[name])) for name in ("first", "next", "trial"))
    assert any(key.startswith("marlow falls@") for key in first & second)
    assert "ada brenn" in first & trial
    assert not second & trial  # a town alone, weeks apart, brings nobody together


@st.composite
def reports(draw: st.DrawFn) -> list[Extraction]:
    return [
        report(
            f"r{n}",
            draw(st.sampled_from(["2020-03-01", "2020-03-02", "2020-06-01"])),
            f"[{n} people] were killed",
            places=draw(st.lists(st.sampled_from(TOWNS), max_size=2, unique=True)),
            persons=draw(st.lists(st.sampled_from(PERSONS), max_size=2, unique=True)),
            days=draw(st.lists(st.sampled_from(["2020-03-01", "2020-05-31"]), max_size=1)),
        )
        for n in range(draw(st.integers(1, 7)))
    ]


@given(reports(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_documents_changes_no_story(found: list[Extraction], random: Any) -> None:
    assert of(*random.sample(found, len(found))) == of(*found)


@given(reports())
@settings(max_examples=60, deadline=None)
def test_a_report_from_elsewhere_changes_no_story(found: list[Extraction]) -> None:
    other = report("z", "2001-01-01", "[Nine people] were killed", places=["Quarn"], persons=["Ivo Lund"])
    assert {k: v for k, v in of(*found, other).items() if k != "z"} == of(*found)


@given(reports())
@settings(max_examples=40, deadline=None)
def test_a_cap_on_blocks_never_fails(found: list[Extraction]) -> None:
    capped = documents_of(found, vocabulary(), weights(), TopicSettings(block_cap=1, window=1))
    assert set(capped) == {e.source for e in found}

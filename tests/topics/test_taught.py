"""What people decided about pairs of claims is obeyed, whatever else speaks for or against it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from consistency import pipeline
from consistency.config import Config
from consistency.lessons import Lessons
from consistency.model import Report, Source

sys.path.insert(0, str(Path(__file__).parent.parent / "archive"))

from splits import expected, invented

CONFIG = Config(cache=False)


def source(name: str, text: str, day: str = "2024-03-05") -> Source:
    return Source(id=name, text=text, published=day, published_basis="metadata", publisher=name)


NORLAND = [
    source("a", "Exports of Norland were 29 billion dollars in 2023."),
    source("b", "Exports of Norland were 34 billion dollars in 2023."),
    source("c", "Exports of Norland reached 34 billion dollars in 2023, the ministry said."),
]
APART = [source("a", "Norwell owns 19 cranes."), source("b", "The old basin was equipped with 23 hoists.")]


def prints(report: Report) -> dict[str, str]:
    return {c.id: c.fingerprint for c in report.claims if c.derived is None}


def pair(a: str, b: str) -> tuple[str, str]:
    return (min(a, b), max(a, b))


def topics(report: Report) -> list[set[str]]:
    known = prints(report)
    return [{known[i] for i in t.claims if i in known} for t in report.topics]


def of(report: Report, name: str) -> str:
    (claim,) = (c for c in report.claims if c.source == name and c.kind in ("count", "money"))
    return claim.fingerprint


def test_claims_that_a_person_parted_share_no_topic() -> None:
    before = pipeline.check(NORLAND, CONFIG)
    assert {f.outcome for f in before.findings} == {"contradiction", "agreement"}
    a, b, c = (of(before, n) for n in "abc")
    after = pipeline.check(NORLAND, CONFIG, lessons=Lessons(cannot=(pair(a, b), pair(a, c))))
    assert not [f for f in after.findings if f.outcome != "agreement"]
    assert any({b, c} <= t for t in topics(after)), "the other two still agree"


def test_not_even_by_way_of_a_third() -> None:
    before = pipeline.check(NORLAND, CONFIG)
    a, b, c = (of(before, n) for n in "abc")
    after = pipeline.check(NORLAND, CONFIG, lessons=Lessons(must=(pair(a, c), pair(b, c)), cannot=(pair(a, b),)))
    assert not any({a, b} <= t for t in topics(after))


def test_claims_that_a_person_joined_share_one() -> None:
    before = pipeline.check(APART, CONFIG)
    a, b = of(before, "a"), of(before, "b")
    assert not any({a, b} <= t for t in topics(before))
    after = pipeline.check(APART, CONFIG, lessons=Lessons(must=(pair(a, b),)))
    (topic,) = (t for t in after.topics if len(t.claims) > 1)
    assert {prints(after)[i] for i in topic.claims} == {a, b}
    assert [e.name for link in topic.links for e in link.evidence] == ["taught"]


def test_copies_are_parted_too() -> None:
    text = "The ferry Alder carried 412 passengers from Norwell to the islands on the second day of the regatta in May."
    pair_ = [source("a", text), source("b", text.replace("412", "421"), "2024-03-06")]
    before = pipeline.check(pair_, CONFIG)
    assert before.findings
    lessons = Lessons(cannot=(pair(of(before, "a"), of(before, "b")),))
    after = pipeline.check(pair_, CONFIG, lessons=lessons)
    assert not any({of(before, "a"), of(before, "b")} <= t for t in topics(after))


def test_a_check_inside_a_text_is_taken_back() -> None:
    text = "The council announced five programs on peace, trade, health and water."
    before = pipeline.check([source("a", text)], CONFIG)
    (finding,) = before.findings
    known = prints(before)
    pairs = tuple(pair(known[x], known[y]) for x in finding.sides[0] for y in finding.sides[1])
    assert pipeline.check([source("a", text)], CONFIG, lessons=Lessons(cannot=pairs)).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_lessons_at_random(seed: int) -> None:
    """No forbidden pair shares a topic, a check of what is new says what the whole does, and order does not matter."""
    from consistency.sources import records_against

    chance = random.Random(seed)
    every = invented(60, seed)
    before = pipeline.check(every, CONFIG)
    known = prints(before)
    printed = [[known[i] for i in t.claims if i in known] for t in before.topics]
    inside = [pair(t[0], b) for t in printed for b in t[1:]]
    claims = sorted(set(known.values()))
    cannot = {p for p in chance.sample(inside, 12) if p[0] != p[1]}
    must = {pair(*chance.sample(claims, 2)) for _ in range(8)} - cannot
    lessons = Lessons(must=tuple(sorted(must)), cannot=tuple(sorted(cannot)))
    whole = pipeline.check(every, CONFIG, lessons=lessons)
    assert whole != before
    for a, b in cannot:
        assert not any({a, b} <= t for t in topics(whole))
    mixed = every[:]
    chance.shuffle(mixed)
    assert pipeline.check(mixed, CONFIG, lessons=lessons) == whole
    new = {s.id for s in chance.sample(every, 6)}
    fresh, old = [s for s in every if s.id in new], [s for s in every if s.id not in new]
    part = pipeline.check_against(
        lambda memory: records_against(fresh, old, CONFIG.limits, memory), (), CONFIG, lessons=lessons
    )
    assert (part.findings, part.topics, part.courses) == expected(whole, new)

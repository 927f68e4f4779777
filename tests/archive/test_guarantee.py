"""New sources against an archive give exactly what a check of all gives, cut down to what a new one has part in."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from splits import against, decided, expected, invented

from consistency import check, pipeline
from consistency.config import Config, Topics
from consistency.lessons import NONE, Lessons
from consistency.model import Report
from consistency.sources import read_records, records_against
from consistency.topics import blocking

CONFIG = Config(cache=False)


def holds(seed: int, many: int, new: int, config: Config, said: int = 0) -> Report:
    """Compares one random split of one invented archive. said: how many things of each kind people decided."""
    rng = random.Random(f"{seed} {many} {new}")
    sources = invented(many, seed)
    picked = {s.id for s in rng.sample(sources, min(new, many))}
    rng.shuffle(sources)
    full = pipeline.check(sources, config)
    lessons = decided(full, rng, said) if said else NONE
    if said:
        full, before = pipeline.check(sources, config, lessons=lessons), full
        assert full.findings != before.findings
        apart = {c.id: c.fingerprint for c in full.claims}
        homes = [{apart[i] for i in t.claims} for t in full.topics if len(t.claims) > 1]
        assert not any({a, b} <= home for a, b in lessons.cannot for home in homes)
    report = against(sources, picked, config, lessons)
    findings, topics, courses = expected(full, picked)
    assert report.findings == findings
    assert report.topics == topics
    assert report.courses == courses
    claims = {c.id: c for c in full.claims}
    assert all(claims[c.id] == c for c in report.claims)
    assert {i for t in report.topics for i in t.claims} <= {c.id for c in report.claims}
    assert picked <= {s.id for s in report.sources}
    coverage = report.coverage.against
    assert not isinstance(coverage, msgspec.UnsetType)
    assert (coverage.new, coverage.known, coverage.hot) == (len(picked), many - len(picked), 0)
    assert coverage.met == len(report.sources) - len(picked)
    return report


@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 4))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_any_split_of_any_archive(seed: int, many: int, new: int) -> None:
    holds(seed, many, new, CONFIG)


@given(st.integers(0, 10**6), st.integers(20, 50), st.integers(1, 4))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_what_people_decided_is_obeyed_alike(seed: int, many: int, new: int) -> None:
    holds(seed, many, new, CONFIG, said=5)


@given(st.integers(0, 10**6), st.integers(10, 50), st.integers(1, 6))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_what_is_common_is_counted_over_the_whole_archive(low: Config, seed: int, many: int, new: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "_RARE", 3)
        holds(seed, many, new, low)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(7))
def test_larger_archives(seed: int) -> None:
    holds(seed, 150, 1 + seed % 5, CONFIG)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(7))
def test_larger_archives_with_decisions(seed: int) -> None:
    holds(seed, 150, 1 + seed % 5, CONFIG, said=12)


def test_the_archives_of_these_tests_hold_what_could_differ() -> None:
    """Findings of many kinds, worked-out claims, copies, stories: else the tests above would prove little."""
    full = pipeline.check(invented(300, 3), CONFIG)
    assert {f.outcome for f in full.findings} >= {
        "agreement",
        "contradiction",
        "possible-contradiction",
        "time-explained",
    }
    assert {f.rule for f in full.findings} >= {"event-year", "two-currencies"}
    assert {c.derived.rule for c in full.claims if c.derived} >= {"growth", "growth-chain", "first-time"}
    assert any(f.notes for f in full.findings)
    assert any(e.name == "event-story" for t in full.topics for link in t.links for e in link.evidence)
    assert any(e.name == "copied" for t in full.topics for link in t.links for e in link.evidence)


def test_curated_topics_meet() -> None:
    texts = [
        {
            "id": f"s{n}",
            "published": f"2021-07-0{n}",
            "text": f"{18 + n} Latin American countries have joined the Belt and Road Initiative.",
        }
        for n in range(1, 6)
    ]
    full = check(texts, CONFIG)
    assert any(t.curated for t in full.topics)
    report = check(texts[2:3], CONFIG, against=[*texts[:2], *texts[3:]])
    assert report.findings == expected(full, {"s3"})[0]
    assert report.findings


def test_a_dispute_that_is_told_by_the_known_already_is_not_told_again() -> None:
    """Whether a new source's dispute is one of its own rests on what others tell of the same event with fewer names."""
    tail = ("was held in Arvika in 2023.", "took place in Arvika in 2022.", "was held in 2023.", "took place in 2022.")
    every = [
        {"id": f"s{n}", "published": f"2024-05-0{n + 1}", "text": f"The fifth congress of the River League {t}"}
        for n, t in enumerate(tail)
    ]
    full = check(every, CONFIG)
    assert sum(f.rule == "event-year" for f in full.findings) == 1
    for one in every:
        report = check([one], CONFIG, against=[o for o in every if o is not one])
        assert report.findings == expected(full, {one["id"]})[0]


def test_what_only_rests_on_a_new_source_is_reported() -> None:
    """The change of a new source and the level of a known one give the year before, which another known one denies."""
    known = [
        {"id": "level", "published": "2023-02-01", "text": "Exports of Norland were 50 billion dollars in 2022."},
        {"id": "before", "published": "2022-02-01", "text": "Exports of Norland were 20 billion dollars in 2021."},
    ]
    new = {"id": "change", "published": "2023-03-01", "text": "In 2022, exports of Norland grew 5 percent."}
    assert not check(known, CONFIG).findings or all(
        "growth" not in str(f.claims) for f in check(known, CONFIG).findings
    )
    report = check([new], CONFIG, against=known)
    assert report.findings == expected(check([new, *known], CONFIG), {"change"})[0]
    assert any("growth-chain" in i for f in report.findings for i in f.claims)


def test_a_key_over_the_cap_is_told_of() -> None:
    texts = [
        {"id": f"s{n}", "published": "2024-05-20", "text": f"The Harbour Treaty has {30 + n % 3} members."}
        for n in range(12)
    ]
    config = Config(cache=False, topics=Topics(block_cap=5))
    report = check(texts[:1], config, against=texts[1:])
    coverage = report.coverage.against
    assert not isinstance(coverage, msgspec.UnsetType)
    assert coverage.hot > 0


def test_a_new_source_in_the_archive_counts_as_new(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Harbour Treaty has 31 members.")
    (tmp_path / "b.txt").write_text("The Harbour Treaty has 36 members.")
    report = check([tmp_path / "a.txt"], CONFIG, against=[tmp_path])
    coverage = report.coverage.against
    assert not isinstance(coverage, msgspec.UnsetType)
    assert (coverage.new, coverage.known, coverage.met) == (1, 1, 1)


def test_a_known_source_with_the_id_of_a_new_one_is_replaced() -> None:
    old = {"id": "a", "text": "The Harbour Treaty has 31 members.", "published": "2024-05-20"}
    report = check([{**old, "text": "The Harbour Treaty has 36 members."}], CONFIG, against=[old])
    assert not report.findings
    assert [(s.minor, "is new" in s.reason) for s in report.coverage.skipped] == [(True, True)]


def test_the_json_of_a_plain_check_has_no_word_of_it() -> None:
    assert "against" not in check([{"text": "The Harbour Treaty has 31 members."}], CONFIG).to_dict()["coverage"]


def test_a_finding_that_only_repeats_a_new_one_is_a_note_of_it() -> None:
    """What is worked out from a known change is at odds with a known level: no new claim is near, but the change itself
    is denied by a new source, and that finding answers for the other."""
    known = [
        {
            "id": "a",
            "published": "2021-02-01",
            "text": "Exports of Norland doubled in the past decade, reaching 50 billion dollars in 2020.",
        },
        {"id": "b", "published": "2011-02-01", "text": "Exports of Norland were 40 billion dollars in 2010."},
    ]
    new = {"id": "n", "published": "2021-02-01", "text": "Exports of Norland tripled in the past decade."}
    (finding,) = check([new], CONFIG, against=known).findings
    assert any(note.startswith("Also seen: Norland: export: 40 billion") for note in finding.notes)
    assert (finding,) == expected(check([new, *known], CONFIG), {"n"})[0]


def test_a_dropped_claim_that_another_is_worked_out_from() -> None:
    text = "Timber sales of Norland reached {} billion euros in 2024, up from {} billion a year earlier."
    known, new = ({"id": name, "text": text.format(*told)} for name, told in (("k", (8.4, 7.9)), ("n", (8.6, 7.8))))
    for claim in pipeline.check(read_records([known])[0], Config()).claims:
        lessons = Lessons(readings={claim.fingerprint: {"drop": True}})
        whole = pipeline.check(read_records([known, new])[0], Config(), lessons=lessons)
        found = pipeline.check_against(
            lambda memory: records_against([new], [known], Config().limits, memory), [], Config(), lessons=lessons
        )
        assert found.findings == tuple(f for f in whole.findings if any(i.startswith("n#") for i in f.claims))

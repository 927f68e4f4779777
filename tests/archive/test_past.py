"""New sources against an archive that knows its topics give exactly what a check of all gives, cut down."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from splits import against, decided, expected, invented

from consistency import pipeline
from consistency.archive import history
from consistency.archive.former import Former, former
from consistency.archive.history import History
from consistency.archive.opened import Before
from consistency.archive.reading import one_source
from consistency.archive.replay import Replay
from consistency.archive.shelf import Shelf
from consistency.config import Config
from consistency.lessons import NONE, Lessons
from consistency.model import Report, Source
from consistency.rulebook import default_rulebook
from consistency.sources import read_records
from consistency.topics import blocking
from consistency.topics.cluster import documents_of
from consistency.topics.passages import copy_rules
from consistency.topics.signature import signature
from consistency.topics.stories import one_story
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

CONFIG = Config(cache=False)


def remembering(report: Report) -> Callable[[Shelf, Collection[str]], list[Former]]:
    """Answers for a shelf of the sources of a report."""
    topic_of = {i: t for t in report.topics for i in t.claims}
    source = {c.id: c.source for c in report.claims}

    def read(shelf: Shelf, claim: str) -> int | None:
        """The number of the source that a claim was read in; of one that was worked out since, none."""
        number = shelf.number_of(source[claim]) if claim in source else None
        there = number is not None and any(c.id == claim for c in shelf.load(number).extraction.claims)
        return number if there else None

    def topics_of(shelf: Shelf, claims: Collection[str]) -> list[Former]:
        found = {t.id: t for i in claims if (t := topic_of.get(i)) is not None and len(t.claims) > 1}
        homes = ((topic, {i: n for i in topic.claims if (n := read(shelf, i)) is not None}) for topic in found.values())
        return [former(topic, numbers) for topic, numbers in homes]

    return topics_of


class Met:
    """Counts the walks that were told by the past, and what they touched."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.replayed = self.declined = self.touched = 0
        run, touched = Replay.run, History.touched

        def counted(replay: Replay[tuple[str, str, int, str]], start: Collection[tuple[str, str, int, str]]) -> None:
            run(replay, start)
            self.replayed += 1
            self.touched += len(replay.touched)

        def asked(told: History, ids: Collection[str]) -> set[tuple[str, str, int, str]] | None:
            found = touched(told, ids)
            self.declined += found is None
            return found

        patch.setattr(Replay, "run", counted)
        patch.setattr(History, "touched", asked)


@pytest.fixture
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def holds(sources: list[Source], picked: set[str], config: Config, rng: random.Random, said: int = 0) -> Met:
    """Compares one split of one archive. said: how many things of each kind people decided."""
    rng.shuffle(sources)
    full = pipeline.check(sources, config)
    lessons: Lessons = NONE
    if said:
        lessons = decided(full, rng, said)
        full = pipeline.check(sources, config, lessons=lessons)
    known = pipeline.check([s for s in sources if s.id not in picked], config, lessons=lessons)
    plain = against(sources, picked, config, lessons)
    with pytest.MonkeyPatch.context() as patch:
        met = Met(patch)
        patch.setattr(Shelf, "topics_of", remembering(known))
        patch.setattr(Shelf, "before", lambda shelf: Before(shelf))
        report = against(sources, picked, config, lessons)
    assert met.replayed + met.declined == 1
    assert (report.findings, report.topics, report.courses) == expected(full, picked)
    coverage, before = report.coverage.against, plain.coverage.against
    assert not isinstance(coverage, msgspec.UnsetType)
    assert not isinstance(before, msgspec.UnsetType)
    assert (coverage.met, coverage.known) == (before.met, before.known)
    assert (report.claims, report.sources) == (plain.claims, plain.sources)
    return met


def split(seed: int, many: int, new: int, config: Config, said: int = 0, strays: float = 0.15) -> Met:
    rng = random.Random(f"{seed} {many} {new} past")
    sources = invented(many, seed, strays)
    return holds(sources, {s.id for s in rng.sample(sources, min(new, many))}, config, rng, said)


cases = (st.integers(0, 10**6), st.integers(2, 45), st.integers(1, 4))


@given(*cases)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_any_split_of_any_archive(seed: int, many: int, new: int) -> None:
    split(seed, many, new, CONFIG)


@given(*cases)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_what_people_decided_is_obeyed_alike(seed: int, many: int, new: int) -> None:
    split(seed, many, new, CONFIG, said=5)


@given(*cases)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_what_becomes_common_is_touched(low: Config, seed: int, many: int, new: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "_RARE", 3)
        split(seed, many, new, low)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_larger_archives(seed: int) -> None:
    split(seed, 150, 1 + seed % 5, CONFIG, said=12 * (seed % 2))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_larger_archives_where_much_is_common(low: Config, seed: int, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(blocking, "_RARE", 5)
    split(seed, 120, 1 + seed % 5, low, said=8 * (seed % 2), strays=0.05)


def test_the_past_is_made_use_of() -> None:
    """A new source touches few claims of an archive, and what it meets is told by the past."""
    met = split(3, 120, 1, CONFIG)
    assert (met.replayed, met.declined) == (1, 0)
    assert 0 < met.touched < 200


def test_a_story_that_a_new_source_joins_brings_a_claim_home(patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of two known reports of one fire the second tells of another town, until a third report joins both."""
    told_by = (
        "A fire at the Brennick mill in Arvika killed 4 people on 3 May 2024, mayor Ana Lind said in Arvika.",
        "The fire at the Brennick mill killed 5 people in Torsby on 3 May 2024, mayor Ana Lind said.",
        "The fire at the Brennick mill near Arvika and Torsby killed 4 people on 3 May 2024, Ana Lind said.",
    )
    every, _ = read_records(
        [{"id": f"s{n}", "published": "2024-05-04", "text": text} for n, text in enumerate(told_by)]
    )
    for one in every:
        holds(list(every), {one.id}, CONFIG, random.Random(1))


def test_what_reads_another_way_by_a_new_source_is_touched(patch: pytest.MonkeyPatch) -> None:
    """Of a claim that is not touched, `away` and who tells its story are as they were."""
    found: list[set[str]] = []
    touched = History.touched

    def seen(told: History, ids: Collection[str]) -> set[tuple[str, str, int, str]] | None:
        out = touched(told, ids)
        found.append({rank[3] for rank in out or ()})
        return out

    patch.setattr(History, "touched", seen)
    patch.setattr(history, "_MOST", 10_000)
    patch.setattr(Shelf, "before", lambda shelf: Before(shelf))
    rules = default_rulebook()
    known, copies = vocabulary(rules), copy_rules(rules)
    turned = parted = 0
    for seed in range(8):
        sources = invented(60, seed, 0.3)
        new = {s.id for s in random.Random(seed).sample(sources, 20)}
        read = [e for s in sources if (e := one_source(s, rules, 60.0, {}).extraction)]
        old = documents_of([e for e in read if e.source not in new], known, weights(rules))
        now = documents_of(read, known, weights(rules))
        against(sources, new, CONFIG)
        for extraction in (e for e in read if e.source not in new):
            name = extraction.source
            was = {s for s in old if one_story(old[s], old[name])}
            same = was == {s for s in old if one_story(now[s], now[name])}
            parted += not same
            for n, claim in enumerate(extraction.claims):
                one, two = (signature(n, claim, docs[name], known, copies) for docs in (old, now))
                turned += one.away != two.away
                assert claim.id in found[-1] or (one.away == two.away and same)
    assert turned or parted

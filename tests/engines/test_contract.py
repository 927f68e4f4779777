"""One contract for every engine: the same report, byte for byte, whatever goes on in between."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency import engines, pipeline
from consistency.config import Config, Topics
from consistency.engines import ENGINES, engine_of
from consistency.errors import UsageError
from consistency.lessons import Lessons
from consistency.model import Report, Source
from consistency.sources import read_records
from tests.engines.copied_texts import copied

WORKERS = 3


def invented(many: int, seed: int) -> list[Source]:
    from benchmarks.invented import articles

    sources, skipped = read_records(articles(many, seed, 0.15))
    assert not skipped
    return sources


def encoded(report: Report) -> bytes:
    return msgspec.json.encode(report)


Check = Callable[..., Report]


@pytest.fixture(params=ENGINES)
def on_engine(request: pytest.FixtureRequest) -> Check:
    """`pipeline.check` as that of an engine, all of its report in memory."""
    if request.param == "spark":
        request.getfixturevalue("spark")

    def check(sources: Iterable[Source], config: Config, **more: Any) -> Report:
        config = msgspec.structs.replace(config, engine=request.param, workers=WORKERS)
        return engines.whole(engines.check(sources, config, **more))

    return check


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_report_is_the_same(on_engine: Check, seed: int) -> None:
    every = invented(60, seed)
    expected = encoded(pipeline.check(every, Config()))
    random.Random(seed).shuffle(every)
    assert encoded(on_engine(iter(every), Config())) == expected


@pytest.mark.slow
def test_rules_and_lessons_go_along(on_engine: Check, tmp_path: Path) -> None:
    (tmp_path / "relations").mkdir()
    (tmp_path / "relations" / "own.yaml").write_text(
        "- id: own-row\n  outcome: scope-explained\n  reason: own\n  severity: note\n"
        "  when: {values: disjoint}\n  message: '{topic}: own words'\n  because: A row of one's own.\n"
    )
    every = invented(40, 9)
    before = pipeline.check(every, Config())
    claim = next(c for c in before.claims if c.kind == "count" and c.derived is None)
    lessons = Lessons(readings={claim.fingerprint: {"value": 7}})
    config = Config(rules=(str(tmp_path),))
    expected = pipeline.check(every, config, lessons=lessons)
    assert encoded(on_engine(every, config, lessons=lessons)) == encoded(expected)
    assert "own-row" in {f.rule for f in expected.findings}
    assert next(c for c in expected.claims if c.id == claim.id).corrected == ("value",)


@pytest.mark.slow
def test_copies_found_by_minhash(on_engine: Check) -> None:
    every = read_records(copied(60))[0]
    config = Config(topics=Topics(near_copy="minhash"))
    expected = encoded(pipeline.check(every, config))
    assert encoded(on_engine(reversed(every), config)) == expected


def test_copies_found_by_minhash_are_some_of_all() -> None:
    every = read_records(copied(60))[0]
    exact, found = (pipeline.check(every, Config(topics=Topics(near_copy=how))) for how in ("exact", "minhash"))
    pairs, fewer = ({f.claims for f in one.findings if f.facts.get("origin") == "copied"} for one in (exact, found))
    assert fewer < pairs
    assert exact.coverage.near_copy is msgspec.UNSET
    assert found.coverage.near_copy == "minhash"


def test_a_source_that_takes_too_long_is_listed(on_engine: Check) -> None:
    every = invented(12, 1)
    slow = Source(id="slow", text="China the region " * 60_000)
    report = on_engine([*every, slow], Config(limits=msgspec.structs.replace(Config().limits, seconds=0.3)))
    assert [s.source for s in report.coverage.skipped] == ["slow"]
    assert "took longer than 0.3 seconds" in report.coverage.skipped[0].reason
    assert report.coverage.sources == 12


def test_no_source_at_all(on_engine: Check) -> None:
    assert on_engine([], Config()).coverage.sources == 0


def test_an_unknown_engine_is_told() -> None:
    with pytest.raises(UsageError, match="did you mean 'processes'"):
        engine_of("proceses")


def test_the_command_and_the_settings_name_the_engines() -> None:
    """They are spelt out there, so that help needs no engine to be loaded."""
    from typing import get_args, get_type_hints

    import click

    from consistency.cli.check_command import command

    [option] = [p for p in command.params if p.name == "engine"]
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == ENGINES
    assert get_args(get_type_hints(Config)["engine"]) == ENGINES

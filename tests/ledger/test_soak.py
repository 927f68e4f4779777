"""The soak (benchmarks/soak.py) in short: work on one ledger with kills, and its own eyes: what was lost is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from ledger_texts import invented

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.soak import Soak
from benchmarks.soak_journal import Journal, Told, hashed
from benchmarks.soak_watch import FEWEST, Sample, slope, thirds
from consistency.config import Config
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.update import remove

CONFIG = Config(cache=False)
SECONDS = float(os.environ.get("CONSISTENCY_SOAK", "20"))


@pytest.mark.slow
def test_nothing_is_lost_however_often_it_is_killed(ledger_url: str, tmp_path: Path) -> None:
    """CONSISTENCY_SOAK sets for how many seconds; `python -m benchmarks.soak` is the long form."""
    folder = tmp_path / "soak"
    folder.mkdir()
    outcome = Soak(ledger_url, folder, seed=3, sources=40, pause=1.5).run(SECONDS)
    assert outcome["faults"] == []
    assert outcome["lost"] == []
    assert outcome["kills"] + outcome["restarts"] >= 2
    assert outcome["verified"] >= 1
    assert outcome["texts acknowledged"] > 5
    assert outcome["decisions acknowledged"] > 5
    first, _, last = outcome["files, highest by thirds"]
    assert last <= first + 4
    assert outcome["WAL after the last has closed"] == 0


def test_a_text_that_went_is_told(ledger: sa.Engine, tmp_path: Path) -> None:
    told = Told("a00000")  # a worker by the name that begins the ids of these sources
    source = invented(1, 0)[0]
    other = type(source)(id="a00000-1", text=source.text, published=source.published)
    journal = Journal(tmp_path / "one")
    journal.go("add", {other.id: hashed(other)})
    add(ledger, [other], CONFIG)
    journal.ok()
    assert told.close(tmp_path / "one", ledger) == []
    assert told.lost(ledger) == []
    remove(ledger, [other.id], CONFIG, None)  # nobody said so
    Journal(tmp_path / "two")
    assert told.close(tmp_path / "two", ledger) == [f"source {other.id} should be {hashed(other)} and is not there"]
    with ledger.begin() as base:
        base.execute(sa.delete(tables.source_version))
    assert f"a version of {other.id} is gone: {hashed(other)}" in told.lost(ledger)


def test_what_was_being_done_is_there_whole_or_not_at_all(ledger: sa.Engine, tmp_path: Path) -> None:
    text = invented(2, 0)
    one, two = (type(s)(id=f"w-{n}", text=s.text, published=s.published) for n, s in enumerate(text))
    told = Told("w")
    Journal(tmp_path / "cut").go("add", {s.id: hashed(s) for s in (one, two)})
    assert told.close(tmp_path / "cut", ledger) == []
    assert (told.kept_unsaid, told.cut) == (0, {"add": 1})
    add(ledger, [one], CONFIG)
    assert told.close(tmp_path / "cut", ledger) == ["add of ['w-0', 'w-1'] was done by half"]
    add(ledger, [two], CONFIG)
    assert told.close(tmp_path / "cut", ledger) == []
    assert told.kept_unsaid == 1
    with (tmp_path / "cut").open("ab") as file:
        file.write(b'{"ok": 1')  # a kill cut the line off: it was not said
    assert told.close(tmp_path / "cut", ledger) == []
    assert told.done == {}


def test_a_decision_that_went_is_told(ledger: sa.Engine, tmp_path: Path) -> None:
    told = Told("w")
    journal = Journal(tmp_path / "one")
    journal.go("decide")
    journal.ok(decisions=[(1, "ab")])
    told.close(tmp_path / "one", ledger)
    assert told.lost(ledger) == ["decision 1 is gone or altered"]


def test_growth_is_measured() -> None:
    def run(rate: float) -> list[Sample]:
        return [Sample(float(s), int(1e8 + rate * s / 3600 + s % 7), 9, s, 0, 0) for s in range(0, 3600, 5)]

    grown = slope(run(5e6), "rss")
    assert grown is not None
    assert grown.low <= 5e6 <= grown.high
    assert grown.high - grown.low < 1e5
    flat = slope(run(0), "rss")
    assert flat is not None
    assert abs(flat.hourly) < 100
    gaps = [s for s in run(5e6) if s.seconds % 1200 > 500]  # nothing was sampled while the machine stood still
    assert (part := slope(gaps, "rss")) is not None
    assert part.low <= 5e6 <= part.high
    assert slope(run(0)[: FEWEST - 1], "rss") is None
    assert thirds(run(0), "wal") == (1195, 2395, 3595)

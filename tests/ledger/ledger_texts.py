"""Sources for tests of ledgers, and what is to be said of them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from consistency import pipeline
from consistency.config import Config
from consistency.model import Report, Source
from consistency.sources import read_records, records_against

sys.path.insert(0, str(Path(__file__).parent.parent.parent))


def invented(many: int, seed: int, strays: float = 0.15) -> list[Source]:
    """Sources of invented news."""
    from benchmarks.invented import articles

    sources, skipped = read_records(articles(many, seed, strays))
    assert not skipped
    return sources


def report_of(sources: Sequence[Source], new: Collection[str]) -> Report:
    """What `check --against` reports of the new ones where the others are files."""
    fresh = [s for s in sources if s.id in new]
    known = [s for s in sources if s.id not in new]
    config = Config(cache=False)
    return pipeline.check_against(lambda memory: records_against(fresh, known, config.limits, memory), (), config)

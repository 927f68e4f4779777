"""How much faster several processes are, and that they say the same.

    python -m benchmarks.engines [--sources 2000] [--workers 2] [--rounds 3] [PATH...]

Articles are invented (benchmarks/invented.py) unless there are paths. Told are seconds of the wall: of reading the
claims alone, and of a whole check, by one process and by several, each the least of the rounds, taken in turn; the
ratio of both; and whether the reports are equal byte for byte.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import msgspec

from benchmarks.invented import articles
from consistency import pipeline
from consistency.archive.reading import read_all
from consistency.config import Config
from consistency.engines import engine_of
from consistency.sources import read_records


def taken(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("paths", nargs="*")
    given = parser.parse_args()
    sources, _ = read_records(given.paths or articles(given.sources, seed=1))
    config = Config()
    rules = pipeline.rulebook_of(config)
    engines = {name: engine_of(name, given.workers) for name in ("serial", "processes")}
    reading: dict[str, list[float]] = {name: [] for name in engines}
    checking: dict[str, list[float]] = {name: [] for name in engines}
    reports: set[bytes] = set()
    for _ in range(given.rounds):
        for name, engine in engines.items():
            took, _ = taken(lambda e=engine: sum(1 for _ in read_all(sources, rules, 60.0, {}, e)))  # type: ignore[misc]
            reading[name].append(took)
            took, report = taken(lambda e=engine: pipeline.check(sources, config, engine=e))  # type: ignore[misc]
            checking[name].append(took)
            reports.add(msgspec.json.encode(report))
    for what, times in (("reading claims", reading), ("whole check", checking)):
        one, many = min(times["serial"]), min(times["processes"])
        print(f"{what}: {one:.2f} s by one process, {many:.2f} s by {given.workers}, {one / many:.2f} times")
    print("reports are equal" if len(reports) == 1 else "REPORTS DIFFER")


if __name__ == "__main__":
    main()

"""How much faster several processes are, and that they say the same.

    python -m benchmarks.engines [--sources 2000] [--workers 2] [--rounds 3] [PATH...]

Articles are invented (benchmarks/invented.py) unless there are paths. Told are seconds of the wall: of reading the
claims alone (into a file, the same work by one process and by several), and of a whole check, each the least of the
rounds, taken in turn; the ratio of both; and whether the reports are equal byte for byte.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from benchmarks.invented import articles
from consistency.config import Config
from consistency.engine import SERIAL
from consistency.engines import check, whole
from consistency.engines.disk.reading import read_all
from consistency.engines.disk.spool import Spool
from consistency.engines.kit import packed
from consistency.engines.processes import Processes
from consistency.model import Source
from consistency.sources import read_records


def taken(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def read(sources: Sequence[Source], workers: int) -> None:
    """Reads the claims of all into a file."""
    engine = SERIAL if workers == 1 else Processes(workers)
    with TemporaryDirectory() as folder:
        read_all(sources, packed(Config()), engine, Spool(Path(folder) / "sources"), lambda n: None)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("paths", nargs="*")
    given = parser.parse_args()
    sources, _ = read_records(given.paths or articles(given.sources, seed=1))
    configs = {1: Config(), given.workers: Config(engine="processes", workers=given.workers)}
    times_read: dict[int, list[float]] = {workers: [] for workers in configs}
    checking: dict[int, list[float]] = {workers: [] for workers in configs}
    reports: set[bytes] = set()
    for _ in range(given.rounds):
        for workers, config in configs.items():
            took, _ = taken(lambda n=workers: read(sources, n))  # type: ignore[misc]
            times_read[workers].append(took)
            took, report = taken(lambda c=config: check(sources, c))  # type: ignore[misc]
            checking[workers].append(took)
            reports.add(msgspec.json.encode(whole(report)))
    for what, times in (("reading claims", times_read), ("whole check", checking)):
        one, many = min(times[1]), min(times[given.workers])
        print(f"{what}: {one:.2f} s by one process, {many:.2f} s by {given.workers}, {one / many:.2f} times")
    print("reports are equal" if len(reports) == 1 else "REPORTS DIFFER")


if __name__ == "__main__":
    main()

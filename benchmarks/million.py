"""Time and memory of a whole check by several processes: a million claims, or fewer.

    python -m benchmarks.million [--sources 168000 ...] [--workers 2] [--lines FOLDER]

Invented articles (benchmarks/invented.py) are written as JSON lines, into FOLDER if it is given and has none of that
number yet. For each number of sources a new process compares them as `check --engine processes --format json` does, the
report going nowhere: told are, for reading, for topics (texts and claims), for judging and for writing the report,
seconds on the clock and of CPU; the most that all its processes took up together in each (proportional set size, looked
at every half second; Linux only); and the most files took up in the folder for temporary files at the end of a stage.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.invented import articles
from consistency.config import Config
from consistency.engines import check
from consistency.model import Skipped, Source
from consistency.reporting.json import pieces
from consistency.sources import stream_paths

_STAGES = {"reading claims": "reading", "comparing texts": "topics", "comparing claims": "topics"}


def write(sources: int, file: Path) -> None:
    """So many articles as JSON lines."""
    with file.with_suffix(".part").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(article) + "\n" for article in articles(sources, seed=sources))
    file.with_suffix(".part").rename(file)


class Watch(threading.Thread):
    """The most memory this process and its children took up together, in bytes, since it was last asked."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._most = 0

    def run(self) -> None:
        while True:
            self._look()
            time.sleep(0.5)

    def most(self) -> int:
        """In bytes; what comes later is counted anew."""
        self._look()
        most, self._most = self._most, 0
        return most

    def _look(self) -> None:
        own = os.getpid()
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        self._most = max(self._most, sum(map(_pss, [str(own), *children])))


def _pss(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


class Laps:
    """What each stage took: it is over when another begins."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.watch = folder, Watch()
        self.watch.start()
        self.stage, self.since, self.spent = "reading", time.monotonic(), sum(os.times()[:4])
        self.told: dict[str, tuple[float, float]] = {}
        self.lines: list[str] = []

    def __call__(self, stage: str, done: int, of: int | None) -> None:
        self.now(_STAGES.get(stage, "judging"))

    def now(self, stage: str) -> None:
        """A stage begins, or goes on."""
        if stage == self.stage:
            return
        now, spent = time.monotonic(), sum(os.times()[:4])
        took, cpu = now - self.since, spent - self.spent
        files = sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())
        self.told[self.stage] = took, cpu
        memory = self.watch.most() >> 20
        self.lines.append(f"{self.stage} {took:.0f} s ({cpu:.0f} CPU), {memory:,} MB, files {files >> 20:,} MB")
        self.stage, self.since, self.spent = stage, now, spent


def _sources(file: Path, skipped: list[Skipped]) -> Iterator[Source]:
    for one in stream_paths([str(file)], Config().limits):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            yield one


def measure(file: Path, workers: int) -> None:
    """Compares, and prints the figures."""
    gc.set_threshold(100_000, 20, 50)  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        laps = Laps(Path(folder))
        skipped: list[Skipped] = []
        report = check(
            _sources(file, skipped), Config(engine="processes", workers=workers), progress=laps, skipped=skipped
        )
        laps.now("report")
        size = sum(map(len, pieces(report)))
        laps.now("done")
        both = tuple(sum(laps.told[name][n] for name in ("topics", "judging")) for n in (0, 1))
        print(f"{len(report.sources):,} sources, {report.coverage.claims:,} claims, {workers} workers: ", end="")
        print(f"{len(report.topics):,} topics, {len(report.findings):,} findings, ", end="")
        print(f"{len(report.coverage.skipped)} skipped, a report of {size >> 20:,} MB")
        print(*laps.lines, f"topics and judging {both[0]:.0f} s ({both[1]:.0f} CPU)", sep="\n", flush=True)
        tempfile.tempdir = None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, nargs="+", default=[168_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.workers)
        return
    with tempfile.TemporaryDirectory() as base:
        for sources in given.sources:
            file = (given.lines or Path(base)) / f"{sources}.jsonl"
            if not file.exists():
                write(sources, file)
            program = [sys.executable, "-m", "benchmarks.million", "--measure", str(file)]
            subprocess.run([*program, "--workers", str(given.workers)], check=True)


if __name__ == "__main__":
    main()

"""Time and memory of putting claims into topics and judging them: a million of them, or fewer.

    python -m benchmarks.million [--sources 168000] [--workers 1 2] [--kept FOLDER]

Claims are read from invented articles (benchmarks/invented.py; not timed) into a file, unless FOLDER holds them from a
run before. For each number of workers (1: no other process) a new process takes them in, as the pipeline does, and
groups and judges them: told are seconds on the clock and of CPU of both stages, the memory once the claims are there,
and the most that all its processes took up together (proportional set size, looked at every second; Linux only), with
how many claims, topics, pairs and findings there were.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.invented import articles
from consistency import pipeline
from consistency.archive.reading import read_all
from consistency.archive.sharing import Sharing
from consistency.config import Config
from consistency.engines import engine_of
from consistency.judgement import judge
from consistency.lessons import NONE
from consistency.model import Extraction
from consistency.sources import read_records
from consistency.topics import cluster

_PART = 2_000  # sources generated, read and written at a time


def write(sources: int, workers: int, file: Path) -> None:
    """The claims of so many sources, each source's behind its length."""
    rules, engine = pipeline.rulebook_of(Config()), engine_of("processes", workers)
    encode = msgspec.msgpack.Encoder().encode
    every = articles(sources, seed=sources)
    with file.with_suffix(".part").open("wb") as out:
        for start in range(0, sources, _PART):
            found, _ = read_records(every[start : start + _PART], Config().limits)
            for read in read_all(found, rules, 60.0, {}, engine):
                if read.extraction is not None:
                    data = encode(read.extraction)
                    out.write(len(data).to_bytes(4, "big") + data)
    file.with_suffix(".part").rename(file)


def read(file: Path) -> Iterator[Extraction]:
    """What `write` wrote, shared as what another process read is."""
    decode, share = msgspec.msgpack.Decoder(Extraction).decode, Sharing()
    with file.open("rb") as data:
        while length := data.read(4):
            yield share(decode(data.read(int.from_bytes(length, "big"))))


class Watch(threading.Thread):
    """The most memory this process and its children took up together, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0

    def run(self) -> None:
        while True:
            self.look()
            time.sleep(1.0)

    def look(self) -> int:
        """What they take up now."""
        own = os.getpid()
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        now = sum(map(_pss, [str(own), *children]))
        self.most = max(self.most, now)
        return now


def _pss(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def measure(file: Path, workers: int) -> None:
    """Groups and judges, and prints the figures."""
    gc.set_threshold(100_000, 20, 50)  # as the command does
    config = Config()
    rules = pipeline.rulebook_of(config)
    engine = engine_of("serial" if workers == 1 else "processes", workers)
    extractions = list(read(file))
    watch = Watch()
    loaded = watch.look()
    watch.start()
    spent = [(time.monotonic(), sum(os.times()[:4]))]
    clustering = cluster(extractions, rules, pipeline.topic_settings(config), engine=engine)
    spent.append((time.monotonic(), sum(os.times()[:4])))
    judgement = judge(clustering, extractions, rules, pipeline._judge_settings(config, NONE), engine)
    spent.append((time.monotonic(), sum(os.times()[:4])))
    watch.look()
    claims = sum(len(e.claims) for e in extractions)
    begun, put, done = spent
    stages = ((begun, put), (put, done), (begun, done))
    topics, judged, total = (f"{b[0] - a[0]:.0f} s ({b[1] - a[1]:.0f} CPU)" for a, b in stages)
    told = f"{len(judgement.topics):,} topics, {clustering.pairs_scored:,} pairs, {len(judgement.findings):,} findings"
    print(f"{claims:,} claims, {workers} workers: topics {topics}, judgement {judged}, together {total}; ", end="")
    print(f"{loaded >> 20:,} MB of claims, at most {watch.most >> 20:,} MB; {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=168_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(Path(given.measure[0]), int(given.measure[1]))
        return
    with tempfile.TemporaryDirectory() as base:
        file = (given.kept or Path(base)) / f"{given.sources}.claims"
        if not file.exists():
            write(given.sources, max(given.workers), file)
        for workers in given.workers:
            program = [sys.executable, "-m", "benchmarks.million", "--measure", str(file), str(workers)]
            subprocess.run(program, check=True)


if __name__ == "__main__":
    main()

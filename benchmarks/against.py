"""What `check NEW --against ARCHIVE` costs as the archive grows, beside a check of all.

    python -m benchmarks.against [--sizes 200 800 3200 12800] [--new 5] [--no-full] [FOLDER]

For each size an archive of invented articles (benchmarks/invented.py) is written, read once (cold), and then each of a
few new articles is held against it (warm: the median of the runs). `full` is `check` on the archive and one new
article. Times are CPU seconds of the command, its start included. At the end the growth exponents (the slope of a line
through the logarithms), of the whole command and of what is over its start.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.invented import articles

_PROGRAM = [sys.executable, "-c", "from consistency.start import main; main()"]


def write(folder: Path, sources: list[dict[str, str]]) -> list[Path]:
    """One text file a source."""
    folder.mkdir(parents=True)
    paths = []
    for one in sources:
        path = folder / f"{one['id']}.txt"
        path.write_text(f"By {one['publisher']}\nPublished: {one['published']}\n\n{one['text']}\n", encoding="utf-8")
        paths.append(path)
    return paths


def run(arguments: list[str]) -> tuple[float, dict[str, object]]:
    """CPU seconds and the coverage of one run of the command."""
    before = os.times()
    done = subprocess.run([*_PROGRAM, *arguments], capture_output=True, check=False)
    after = os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    coverage = json.loads(done.stdout)["coverage"] if done.stdout else {}
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return used, coverage


def slope(points: list[tuple[float, float]]) -> float:
    """The exponent of growth, by least squares on the logarithms."""
    x, y = [math.log(p[0]) for p in points], [math.log(max(p[1], 1e-3)) for p in points]
    return statistics.linear_regression(x, y).slope


def measure(size: int, new: int, folder: Path, full: bool) -> tuple[float, float, float, float]:
    """Cold, warm and full seconds, and how many known sources were met."""
    every = articles(size + new, seed=size)
    step = len(every) // new
    fresh = [every[n * step + step // 2] for n in range(new)]
    ids = {a["id"] for a in fresh}
    news = write(folder / "new", fresh)
    archive = folder / "archive"
    write(archive, [a for a in every if a["id"] not in ids])
    common = ["--against", str(archive), "--cache", str(folder / "cache"), "--format", "json", "--quiet"]
    cold, _ = run(["check", str(news[0]), *common])
    found = [run(["check", str(path), *common]) for path in news]
    met = [c["against"]["met"] for _, c in found]  # type: ignore[index]
    whole = run(["check", str(news[0]), str(archive), "--format", "json", "--quiet"])[0] if full else math.nan
    return cold, statistics.median(t for t, _ in found), whole, statistics.mean(met)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 800, 3200, 12800])
    parser.add_argument("--new", type=int, default=5)
    parser.add_argument("--no-full", action="store_true")
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as base:
        one = write(Path(base) / "one", articles(1))[0]
        start = min(run(["check", str(one), "--format", "json", "--quiet"])[0] for _ in range(3))
        print(f"start (check of one article): {start:.2f} s", flush=True)
        print(f"{'sources':>8} {'cold':>8} {'full':>8} {'warm':>7} {'warm/full':>10} {'met':>6}", flush=True)
        rows = []
        for size in given.sizes:
            cold, warm, full, met = measure(size, given.new, Path(base) / str(size), not given.no_full)
            rows.append((size, cold, warm, full))
            print(f"{size:>8,} {cold:>8.1f} {full:>8.1f} {warm:>7.2f} {warm / full:>10.4f} {met:>6.1f}", flush=True)
    if len(rows) < 2:
        return
    print(f"growth: warm {slope([(s, w) for s, _, w, _ in rows]):.2f}", end="")
    print(f", warm over its start {slope([(s, w - start) for s, _, w, _ in rows]):.2f}", end="")
    print("" if given.no_full else f", full {slope([(s, f) for s, _, _, f in rows]):.2f}")


if __name__ == "__main__":
    main()

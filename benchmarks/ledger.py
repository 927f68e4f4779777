"""What a ledger costs as it grows: adding a source to it, and holding a new one against it.

    python -m benchmarks.ledger [--sizes 200 800 3200] [--new 5] [--at-once] [FOLDER]

For each size a ledger of invented articles (benchmarks/invented.py) is filled in one go (fill: CPU seconds for each
source), then each of a few new articles is held against it (`check --against URL`) and added (`ledger add`); told are
medians of CPU seconds of the command, its start included, how many claims the ledger holds, and what SQLite takes, in
kilobytes for each source. At the end the growth exponents. --at-once: all sources in one batch, which takes the memory
of them all and fills a large ledger sooner; holding and adding cost the same after it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.against import run, slope, write
from benchmarks.invented import articles

_MAIN = "from consistency.start import main; main()"
_AT_ONCE = """
import sys
from consistency.config import Config
from consistency.ledger.adding import add
from consistency.ledger.connect import open_ledger
from consistency.sources import read_records
read, _ = read_records([sys.argv[1]], Config().limits)
with open_ledger(sys.argv[2], create=True) as engine:
    add(engine, read, Config(), batch=len(read))
"""


def measure(size: int, new: int, folder: Path, at_once: bool) -> tuple[float, float, float, int, float]:
    """CPU seconds: of filling for each source, of holding one against it, of adding one; claims; kilobytes for each
    source."""
    every = articles(size + new, seed=size)
    step = len(every) // new
    fresh = [every[n * step + step // 2] for n in range(new)]
    ids = {a["id"] for a in fresh}
    news = write(folder / "new", fresh)
    write(folder / "archive", [a for a in every if a["id"] not in ids])
    file = folder / "ledger.db"
    url = f"sqlite:///{file}"
    archive = str(folder / "archive")
    fill = plain([archive, url], _AT_ONCE) if at_once else plain(["ledger", "add", archive, "--ledger", url, "--quiet"])
    with contextlib.closing(sqlite3.connect(file)) as base:
        claims = base.execute("SELECT sum(claims) FROM reading").fetchone()[0]
    held = [run(["check", str(path), "--against", url, "--format", "json", "--quiet"])[0] for path in news]
    added = [plain(["ledger", "add", str(path), "--ledger", url, "--quiet"]) for path in news]
    return fill / size, statistics.median(held), statistics.median(added), claims, file.stat().st_size / size / 1000


def plain(arguments: list[str], code: str = _MAIN) -> float:
    """CPU seconds of a command whose output is no JSON."""
    before = os.times()
    program = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(program, capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 800, 3200])
    parser.add_argument("--new", type=int, default=5)
    parser.add_argument("--at-once", action="store_true")
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as base:
        file = Path(base) / "empty.db"
        one = write(Path(base) / "one", articles(1))[0]
        plain(["ledger", "add", str(one), "--ledger", str(file), "--quiet"])
        start = min(plain(["ledger", "list", "runs", "--ledger", str(file)]) for _ in range(3))
        print(f"start (`ledger list runs` of one source): {start:.2f} s", flush=True)
        print(
            f"{'sources':>8} {'claims':>9} {'fill/source':>12} {'against':>8} {'add':>7} {'kB/source':>10}", flush=True
        )
        rows = []
        for size in given.sizes:
            fill, held, added, claims, weight = measure(size, given.new, Path(base) / str(size), given.at_once)
            rows.append((size, fill, held, added))
            print(f"{size:>8,} {claims:>9,} {fill:>12.3f} {held:>8.2f} {added:>7.2f} {weight:>10.1f}", flush=True)
    if len(rows) > 1:
        print(f"growth: fill {1 + slope([(s, f) for s, f, _, _ in rows]):.2f}", end="")
        print(f", against {slope([(s, h) for s, _, h, _ in rows]):.2f}", end="")
        print(f", add {slope([(s, a) for s, _, _, a in rows]):.2f}")


if __name__ == "__main__":
    main()

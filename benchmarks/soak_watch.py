"""What a long-lived process and its ledger take up over time, and whether that grows.

Memory and open files are read from /proc (Linux); elsewhere nothing is sampled. Growth is the slope of a straight line
fitted by least squares to what was sampled after a first part (caches fill up to a bound), with the 95 % interval of
its estimate. Samples of one process resemble their neighbours, so the interval is of means of twenty stretches of time
(a few of which may be empty, where the machine stood still).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec

SETTLE = 0.25
"""The share of the time that is left out at the start."""
STRETCHES = 20
FEWEST = 10
_T = 2.31
"""Student's t, 97.5 %, for 8 degrees of freedom: those of the fewest stretches, and too wide for more."""


class Sample(msgspec.Struct, frozen=True):
    """seconds: since the start; rss: bytes in memory; files: open ones; wal, ledger: bytes of the files of SQLite;
    left: temporary files that are there."""

    seconds: float
    rss: int
    files: int
    wal: int
    ledger: int
    left: int


class Slope(msgspec.Struct, frozen=True):
    """An hour's growth, the ends of its 95 % interval, and the mean."""

    hourly: float
    low: float
    high: float
    mean: float


def sample(seconds: float, process: int, ledger: Path | None, temporary: Path) -> Sample | None:
    """What a process and its ledger (where it is a file) take up now; None where it cannot be told."""
    here = Path(f"/proc/{process}")
    try:
        status = (here / "status").read_text()
        files = len(list((here / "fd").iterdir()))
        left = sum(p.is_file() for p in temporary.rglob("*"))
    except OSError:
        return None
    rss = next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:")), None)
    if rss is None:
        return None
    wal = 0 if ledger is None else _size(Path(f"{ledger}-wal"))
    size = 0 if ledger is None else _size(ledger)
    return Sample(seconds, rss, files, wal, size, left)


def slope(samples: Sequence[Sample], what: str) -> Slope | None:
    """The growth of one of the figures of samples; None where there are too few to tell."""
    end = samples[-1].seconds if samples else 0.0
    start = end * SETTLE
    width = (end - start) / STRETCHES
    stretches: list[list[Sample]] = [[] for _ in range(STRETCHES)]
    for s in samples:
        if s.seconds >= start and width > 0:
            stretches[min(STRETCHES - 1, int((s.seconds - start) / width))].append(s)
    filled = [part for part in stretches if part]
    if len(filled) < FEWEST:
        return None
    at = [statistics.fmean(s.seconds for s in part) / 3600 for part in filled]
    of = [statistics.fmean(getattr(s, what) for s in part) for part in filled]
    fit = statistics.linear_regression(at, of)
    middle = statistics.fmean(at)
    rest = sum((y - fit.slope * x - fit.intercept) ** 2 for x, y in zip(at, of, strict=True))
    error = _T * math.sqrt(rest / (len(filled) - 2) / sum((x - middle) ** 2 for x in at))
    return Slope(fit.slope, fit.slope - error, fit.slope + error, statistics.fmean(of))


def thirds(samples: Sequence[Sample], what: str) -> tuple[int, int, int]:
    """The highest of a figure in the first, second and last third of the samples."""
    n = max(1, len(samples) // 3)
    parts = (samples[:n], samples[n : 2 * n], samples[2 * n :])
    first, second, last = (max((getattr(s, what) for s in part), default=0) for part in parts)
    return first, second, last


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

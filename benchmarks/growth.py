"""What a whole `check` costs as the number of sources grows, and the exponent of that growth.

    python -m benchmarks.growth [--sizes 500 1000 2000 4000 8000] [--engine serial] [--lines FILE.jsonl] [FOLDER]

For each size a JSONL file of invented articles (benchmarks/invented.py) is checked by the command, its start included;
with --lines, so many lines of a file, taken evenly from all of it.
Told are CPU seconds (of all its processes), milliseconds for each claim, the most memory of the first of them (Linux
only), and at the end the slope of a line through the logarithms of sources and CPU seconds: 1 is in step with the
sources, 2 is each with each.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.against import slope
from benchmarks.invented import articles

# Not ru_maxrss: that begins with what the process that started this one took up.
_MAIN = """
import atexit, re, sys
from pathlib import Path
most = Path(sys.argv.pop(1))
told = re.compile(r"VmHWM:\\s*(\\d+)")
atexit.register(lambda: most.write_text(told.search(Path("/proc/self/status").read_text())[1]))
from consistency.start import main
main()
"""


class _Coverage(msgspec.Struct):
    claims: int


class _Report(msgspec.Struct):
    coverage: _Coverage


def texts(size: int, lines: Sequence[str]) -> Iterator[str]:
    """Lines of JSON."""
    if lines:
        yield from (lines[n * len(lines) // size] for n in range(min(size, len(lines))))
    else:
        yield from (json.dumps(one, ensure_ascii=False) + "\n" for one in articles(size, seed=size))


def measure(size: int, engine: str, folder: Path, lines: Sequence[str]) -> tuple[int, float, int]:
    """Claims, CPU seconds, and the most memory of the first process in megabytes."""
    file = folder / f"{size}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(texts(size, lines))
    report = folder / f"{size}.json"
    before = os.times()
    program = [
        sys.executable,
        "-c",
        _MAIN,
        str(most := folder / "most"),
        "report",
        str(file),
        "-o",
        str(report),
    ]
    done = subprocess.run([*program, "--quiet", "--engine", engine], capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    with report.open("rb") as written, mmap.mmap(written.fileno(), 0, access=mmap.ACCESS_READ) as text:
        claims = msgspec.json.decode(text, type=_Report).coverage.claims  # no more of it: it may be larger than memory
    report.unlink()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return claims, used, int(most.read_text()) // 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 4000, 8000])
    parser.add_argument("--engine", default="serial")
    parser.add_argument("--lines", type=Path)
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args()
    lines = given.lines.read_text(encoding="utf-8").splitlines(keepends=True) if given.lines else []
    rows: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory(dir=given.folder) as base:
        for size in sorted(given.sizes):
            claims, used, most = measure(size, given.engine, Path(base), lines)
            rows.append((size, used))
            told = f"{size:>7} sources {claims:>8} claims {used:8.1f} CPU s {1000 * used / claims:6.2f} ms a claim"
            print(f"{told} {most:>6} MB", flush=True)
    if len(rows) > 1:
        print(f"CPU grows with exponent {slope(rows):.2f}")


if __name__ == "__main__":
    main()

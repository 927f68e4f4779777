"""What a command costs before its work begins: wall and CPU of cold processes, and what they import.

    python -m benchmarks.startup [--runs 15] [--sources 200] [FOLDER]

Four commands, each in a process of its own: `python -c pass`, `consistency --help`, `consistency claims ONE` and
`consistency check ONE --against LEDGER` (a ledger of invented articles, benchmarks/invented.py). Told are the lowest
and the median milliseconds of wall and CPU, and how often those of `pass` the median of wall is. Then, for each
command, the packages that took longest to import (`python -X importtime`, milliseconds by themselves). Byte code is
kept as an installed program has it, in FOLDER; what the program keeps between runs is warm.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.against import write
from benchmarks.invented import articles

_MAIN = "from consistency.start import main; main()"
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
_TOP = 6


def run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Wall and CPU milliseconds of a process, and what it said on standard error."""
    cpu, wall = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment)
    wall = time.perf_counter() - wall
    after = os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    used = after.children_user - cpu.children_user + after.children_system - cpu.children_system
    return 1000 * wall, 1000 * used, done.stderr.decode()


def imports(arguments: list[str], environment: dict[str, str]) -> tuple[int, int, list[tuple[str, int]]]:
    """Milliseconds and number of imported modules, and those of the packages that took longest."""
    took: Counter[str] = Counter()
    found = _LINE.findall(run(["-X", "importtime", *arguments], environment)[2])
    for microseconds, name in found:
        parts = name.split(".")
        took[".".join(parts[: 2 if parts[0] == "consistency" else 1])] += int(microseconds)
    return round(sum(took.values()) / 1000), len(found), [(name, round(t / 1000)) for name, t in took.most_common(_TOP)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        base = Path(name)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": str(base / "bytecode"), "XDG_CACHE_HOME": str(base / "cache")}
        every = write(base / "sources", articles(given.sources + 1))
        one = every[given.sources // 2].rename(base / "new.txt")
        url = f"sqlite:///{base / 'ledger.db'}"
        run(["-c", _MAIN, "ledger", "add", str(base / "sources"), "--ledger", url, "--quiet"], environment)
        commands = {
            "python -c pass": ["-c", "pass"],
            "consistency --help": ["-c", _MAIN, "--help"],
            "consistency claims ONE": ["-c", _MAIN, "claims", str(one)],
            "consistency check ONE --against LEDGER": ["-c", _MAIN, "check", str(one), "--against", url, "--quiet"],
        }
        for arguments in commands.values():
            run(arguments, environment)
        times: dict[str, list[tuple[float, float]]] = {told: [] for told in commands}
        for _ in range(given.runs):  # in turn, so that a busy minute falls on all
            for told, arguments in commands.items():
                times[told].append(run(arguments, environment)[:2])
        print(f"{'':<40} {'wall, lowest':>12} {'median':>7} {'CPU, lowest':>12} {'median':>7} {'x pass':>7}")
        bare = statistics.median(wall for wall, _ in times["python -c pass"])
        for told, found in times.items():
            walls, cpus = ([pair[n] for pair in found] for n in (0, 1))
            middle = statistics.median(walls)
            row = f"{told:<40} {min(walls):>12.0f} {middle:>7.0f} {min(cpus):>12.0f} {statistics.median(cpus):>7.0f}"
            print(f"{row} {middle / bare:>7.1f}")
        for told, arguments in commands.items():
            took, many, top = imports(arguments, environment)
            print(f"{told}: {many} modules, {took} ms: {', '.join(f'{name} {ms}' for name, ms in top)}")


if __name__ == "__main__":
    main()

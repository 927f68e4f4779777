"""Where the time of a whole check goes.

    python -m benchmarks.profiled [--sources 2000] [--lines 40] > benchmarks/profile.txt

Invented articles (benchmarks/invented.py) are checked in one process under cProfile, after a first small check that
loads rules, tables and patterns. Told are, stage by stage, the share of the time, and the functions with the most time
of their own; what a call costs under the profiler is more than without it, so shares of small functions are too large.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from pathlib import Path

from benchmarks.invented import articles
from consistency import pipeline
from consistency.config import Config
from consistency.sources import read_records

_TOP = Path(__file__).resolve().parent.parent
_STAGES = (
    ("claims", "guarded"),
    ("topics", "cluster"),
    ("  copies", "find_origins"),
    ("  documents and stories", "documents_of"),
    ("  signatures", "signatures"),
    ("  blocks", "block"),
    ("  scores", "links_of"),
    ("  groups", "agglomerate"),
    ("judgement", "judge"),
    ("  of topics", "judge_topic"),
    ("  facts of pairs", "facts_in_full"),
    ("  findings", "finding"),
)
Entry = tuple[int, int, float, float, object]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--lines", type=int, default=40)
    given = parser.parse_args()
    pipeline.check(read_records(articles(30, seed=2))[0], Config())
    sources, _ = read_records(articles(given.sources, seed=1))
    profile = cProfile.Profile()
    report = profile.runcall(pipeline.check, sources, Config())
    stats: dict[tuple[str, int, str], Entry] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(entry[2] for entry in stats.values())
    print(f"{len(report.sources)} sources, {len(report.claims)} claims, {len(report.findings)} findings\n")
    for label, name in _STAGES:
        took = sum(entry[3] for (file, _, of), entry in stats.items() if of == name and "consistency" in file)
        print(f"{100 * took / whole:5.1f} %  {label}")
    print("\n own %  with %      calls  function")
    for (file, line, name), (_, calls, own, took, _) in sorted(stats.items(), key=lambda s: -s[1][2])[: given.lines]:
        place = f"{_short(file)}:{line} " if line else ""
        name = name.partition(" at 0x")[0]
        print(f"{100 * own / whole:6.1f}  {100 * took / whole:6.1f}  {calls:>9}  {place}{name}")


def _short(file: str) -> str:
    path = Path(file)
    return path.relative_to(_TOP).as_posix() if path.is_relative_to(_TOP) else path.name


if __name__ == "__main__":
    main()

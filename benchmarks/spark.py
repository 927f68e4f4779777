"""What a run on Spark takes: claims, pairs, bytes through shuffles and CPU seconds.

    python -m benchmarks.spark --sizes 500 2000 8000

One invented archive of each size, on this computer; a growth exponent is fitted to each figure, and drawn out to a
million articles. Bytes are those of Spark's event log; CPU seconds those of this process, of Spark and of its workers,
after a small run that has Java warm (Linux). Little of it rests on what else the machine does.
`--against-check` compares the report with that of `check`, byte for byte, too.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import msgspec

from benchmarks.against import slope
from benchmarks.invented import articles
from consistency import pipeline
from consistency.config import Config
from consistency.engines.spark.flow import Flow
from consistency.engines.spark.session import session
from consistency.sources import read_paths
from consistency.topics import cluster

MILLION = 1_000_000


def moved(log: Path) -> Counter[str]:
    """Totals of all tasks in an event log: bytes and records written to shuffles, bytes of Parquet written and read."""
    out: Counter[str] = Counter()
    for file in (p for p in log.rglob("*") if p.is_file() and "appstatus" not in p.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            metrics = event.get("Task Metrics") if event["Event"] == "SparkListenerTaskEnd" else None
            if metrics:
                shuffle = metrics["Shuffle Write Metrics"]
                out["shuffle bytes"] += shuffle["Shuffle Bytes Written"]
                out["shuffle rows"] += shuffle["Shuffle Records Written"]
                out["bytes written"] += metrics["Output Metrics"]["Bytes Written"]
                out["bytes read"] += metrics["Input Metrics"]["Bytes Read"]
    return out


class Cpu(Thread):
    """CPU seconds of this process and all below it, from when it starts to when it is asked."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.first: dict[tuple[str, str], float] = {}
        self.last: dict[tuple[str, str], float] = {}
        self.over = Event()
        self.look()
        self.first = dict(self.last)
        self.start()

    def run(self) -> None:
        while not self.over.wait(0.2):  # a process that lives for less is missed
            self.look()

    def seconds(self) -> int:
        self.over.set()
        self.join()
        self.look()
        return round(sum(last - self.first.get(process, 0) for process, last in self.last.items()))

    def look(self) -> None:
        parents: dict[str, list[str]] = {}
        told: dict[str, list[str]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                told[path.parent.name] = fields = path.read_text().rpartition(")")[2].split()
                parents.setdefault(fields[1], []).append(path.parent.name)
        todo = [str(os.getpid())]
        while todo:
            todo += parents.get(pid := todo.pop(), ())
            if pid in told:
                used = (int(told[pid][11]) + int(told[pid][12])) / os.sysconf("SC_CLK_TCK")
                self.last[pid, told[pid][19]] = used  # a number of a process comes again, but not at the same time


def measure(many: int, folder: Path, compare: bool) -> dict[str, int]:
    """One run over an archive of that size."""
    place, log = folder / "articles.jsonl", folder / "log"
    place.write_text("".join(f"{json.dumps(a)}\n" for a in articles(many, 1, 0.05)), encoding="utf-8")
    log.mkdir()
    more = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri(), "spark.eventLog.compress": "false"}
    spark = session(more=more)
    flow, cpu = Flow(spark, str(folder / "out")), Cpu()
    counts = flow.run([str(place)])
    used = cpu.seconds()
    links = spark.read.parquet(flow.stages.path("links")).where("a <> ''").count()
    report = flow.report()
    spark.stop()
    config = Config()
    sources, skipped = read_paths([str(place)], config.limits)
    scored = cluster(_extracted(sources)).pairs_scored
    if compare:
        same = msgspec.json.encode(pipeline.check(sources, config, skipped)) == msgspec.json.encode(report)
        print(f"{many} articles: the report is {'the same' if same else 'NOT the same'} as that of check", flush=True)
    return {
        "articles": many,
        "text bytes": place.stat().st_size,
        **{name: counts[name] for name in ("claims", "topics", "findings")},
        "pairs scored": scored,
        "links": links,
        "pairs judged": report.coverage.pairs_compared,
        **moved(log),
        "CPU seconds": used,
    }


def _extracted(sources):  # type: ignore[no-untyped-def]
    from consistency.extraction.claims import extract

    return [extract(source) for source in sources]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2_000, 8_000])
    parser.add_argument("--against-check", action="store_true")
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        measure(50, Path(folder), False)
    for many in sorted(given.sizes):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(many, Path(folder), given.against_check))
        print(json.dumps(found[-1]), flush=True)
    print(table(found))


def table(found: list[dict[str, int]]) -> str:
    """A line for each figure: what it was at each size, its exponent of growth, and what that makes of a million.

    An exponent below 1 is drawn out as 1: what a start costs hides growth in small archives."""
    sizes = [one["articles"] for one in found]
    lines = [f"| articles | {' | '.join(f'{n:,}' for n in sizes)} | exponent | {MILLION:,} |"]
    lines.append("|---|" + "---:|" * (len(sizes) + 2))
    for name in found[0]:
        if name == "articles":
            continue
        values = [one[name] for one in found]
        power = slope(list(zip(sizes, values, strict=True)))
        far = values[-1] * (MILLION / sizes[-1]) ** max(1.0, power)
        lines.append(f"| {name} | {' | '.join(f'{v:,}' for v in values)} | {power:.2f} | {far:.2g} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

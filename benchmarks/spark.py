"""What a run on Spark moves: claims, pairs and bytes through shuffles, for several sizes of an invented archive.

    python -m benchmarks.spark --sizes 250 500 1000

Counts and bytes come from Spark's event log and rest on no other load of the machine. Everything runs on this computer;
`--against-check` compares the report with that of `check`, byte for byte, too.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

import msgspec

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


def measure(many: int, folder: Path, compare: bool) -> dict[str, int]:
    """One run over an archive of that size."""
    place, log = folder / "articles.jsonl", folder / "log"
    place.write_text("".join(f"{json.dumps(a)}\n" for a in articles(many, 1, 0.05)), encoding="utf-8")
    log.mkdir()
    more = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri(), "spark.eventLog.compress": "false"}
    spark = session(more=more)
    flow = Flow(spark, str(folder / "out"))
    counts = flow.run([str(place)])
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
    }


def _extracted(sources):  # type: ignore[no-untyped-def]
    from consistency.extraction.claims import extract

    return [extract(source) for source in sources]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1_000])
    parser.add_argument("--against-check", action="store_true")
    given = parser.parse_args()
    found = []
    for many in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(many, Path(folder), given.against_check))
        print(json.dumps(found[-1]), flush=True)
    last = found[-1]
    print("\n| for each million articles | from the largest size |\n|---|---:|")
    for name, value in last.items():
        if name != "articles":
            print(f"| {name} | {value * MILLION // last['articles']:,} |")


if __name__ == "__main__":
    main()

"""How fast claims are read, beside quantulum3 on the same text in the same run.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install quantulum3==0.10.0 "numpy<2" inflect num2words setuptools
    .venv/bin/python benchmarks/extraction_speed.py TEXTS.jsonl [--peer /tmp/peer/bin/python] [--sample 20]

TEXTS.jsonl holds a source a line ({"text": …}). One process, one core. Prints KB/s of each stage (thousands of
characters by the CPU second, so that a busy machine tells against both alike), best of three rounds, and the ratio to
the peer, which reads only a sample of the texts.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

PEER = """
import json, sys, time
from quantulum3 import parser
texts = json.load(sys.stdin)
parser.parse("5 km")
began = time.process_time()
for text in texts:
    for line in text.split("\\n"):
        try:
            parser.parse(line)
        except Exception:
            pass
print(time.process_time() - began)
"""


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts", type=Path)
    ap.add_argument("--peer", help="a Python that has quantulum3 installed")
    ap.add_argument("--sample", type=int, default=20, help="texts the peer reads")
    args = ap.parse_args()

    from consistency.extraction.claims import extract
    from consistency.extraction.layers import period_rows, quantity_rows
    from consistency.sources import read_paths

    sources, _ = read_paths([str(args.texts)])
    size = sum(len(s.text) for s in sources)
    extract(sources[0])
    speeds = {}
    for name, stage in (
        ("claims (whole extraction)", extract),
        ("quantities layer", quantity_rows),
        ("periods layer", period_rows),
    ):
        best = min(_timed(stage, sources) for _ in range(3))
        speeds[name] = size / best / 1000
        print(f"{name:28} {speeds[name]:10.1f} KB/s   ({len(sources)} texts, {size:,} characters)")
    if args.peer:
        sample = [s.text for s in sources[: args.sample]]
        done = subprocess.run(
            [args.peer, "-c", PEER], input=json.dumps(sample), capture_output=True, text=True, check=True
        )
        peer = sum(map(len, sample)) / float(done.stdout.split()[-1]) / 1000
        print(f"{'quantulum3 0.10.0':28} {peer:10.1f} KB/s   ({len(sample)} texts)")
        for name, speed in speeds.items():
            print(f"{name + ' / quantulum3':40} {speed / peer:8.1f} times")


def _timed(stage, sources) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    for source in sources:
        stage(source)
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())

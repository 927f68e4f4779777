"""How fast claims are read, beside libraries of today on the same text in the same run.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install "numpy<2" "setuptools<70" \\
        quantulum3==0.10.0 inflect num2words recognizers-text-suite==1.0.2a2 emoji==1.7.0
    .venv/bin/python benchmarks/extraction_speed.py TEXTS.jsonl [--peer /tmp/peer/bin/python]... [--sample 20]

TEXTS.jsonl holds a source a line ({"text": …}). One process, one core. Prints KB/s of each stage (thousands of
characters by the CPU second, so that a busy machine tells against all alike): the first reading of the texts, best of
five later ones (words met before are looked up), and the ratio of both to each library that a peer's Python has. Peers
read a sample of the texts, line by line; their loading is not counted.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

PEERS = {
    "quantulum3 (quantities)": """
from quantulum3 import parser
read = parser.parse
""",
    "recognizers-text (date-time)": """
from recognizers_date_time import DateTimeRecognizer
from recognizers_text import Culture
read = DateTimeRecognizer(Culture.English).get_datetime_model().parse
""",
}
RUN = """
import json, sys, time
texts = json.load(sys.stdin)
read("about 5 km in May 2014")
began = time.process_time()
for text in texts:
    for line in text.split("\\n"):
        try:
            read(line)
        except Exception:
            pass
print(time.process_time() - began)
"""


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts", type=Path)
    ap.add_argument("--peer", action="append", default=[], help="a Python that has one of the libraries installed")
    ap.add_argument("--sample", type=int, default=20, help="texts the peers read")
    args = ap.parse_args()

    from consistency.extraction.claims import extract
    from consistency.extraction.layers import period_rows, quantity_rows
    from consistency.extraction.tokens import tokenise
    from consistency.sources import read_paths

    sources, _ = read_paths([str(args.texts)])
    size = sum(len(s.text) for s in sources)
    speeds = {}
    for name, stage in (
        ("claims (whole extraction)", extract),
        ("quantities layer", quantity_rows),
        ("periods layer", period_rows),
        ("sentences and tokens alone", lambda source: tokenise(source.text)),
    ):
        _timed(stage, sources[:1])
        first = _timed(stage, sources)
        speeds[f"{name}, first reading"] = size / first / 1000
        speeds[name] = size / min(_timed(stage, sources) for _ in range(5)) / 1000
    for name, speed in speeds.items():
        print(f"{name:42} {speed:10.1f} KB/s   ({len(sources)} texts, {size:,} characters)")
    claims = [c for s in sources for c in extract(s).claims if c.sentence is not None]
    told = sum(len(text) for text in {(c.source, c.sentence.start): c.sentence.text for c in claims}.values())
    print(
        f"{len(claims)} claims, one in {size / len(claims):.0f} characters, in sentences of {told / size:.0%} of them"
    )
    sample = [s.text for s in sources[: args.sample]]
    for python in args.peer:
        for name, load in PEERS.items():
            peer = _peer(python, load, sample)
            if peer is None:
                continue
            print(f"{name:42} {peer:10.1f} KB/s   ({len(sample)} texts)")
            for own, rate in speeds.items():
                print(f"    {own + ' / ' + name:66} {rate / peer:8.1f} times")


def _timed(stage, sources) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    for source in sources:
        stage(source)
    return time.process_time() - began


def _peer(python: str, load: str, sample: list[str]) -> float | None:
    """KB/s of a library, or None where that Python does not have it."""
    if subprocess.run([python, "-c", load], capture_output=True, check=False).returncode:
        return None
    done = subprocess.run(
        [python, "-c", load + RUN], input=json.dumps(sample), capture_output=True, text=True, check=True
    )
    return sum(map(len, sample)) / float(done.stdout.split()[-1]) / 1000


if __name__ == "__main__":
    sys.exit(main())

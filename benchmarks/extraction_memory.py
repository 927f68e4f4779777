"""Whether the memory of `consistency claims` grows with the number of sources.

    .venv/bin/python benchmarks/extraction_memory.py TEXTS.jsonl [--sizes 500 2000 8000]

TEXTS.jsonl holds a source a line ({"text": …}). For each size that many files are written, the texts over and over with
names and numbers of their own, and the command reads them in a process of its own. Prints the most memory it held
(resident, MB) and its CPU seconds.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts", type=Path)
    ap.add_argument("--sizes", type=int, nargs="+", default=[500, 2000, 8000])
    args = ap.parse_args()
    texts = [json.loads(line)["text"] for line in args.texts.read_text(encoding="utf-8").splitlines()]
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            characters = write(Path(folder), texts, size)
            seconds, megabytes = run(folder)
        print(f"{size:8} files {characters / 1e6:8.1f} M characters {megabytes:8.1f} MB {seconds:8.1f} s")


def write(folder: Path, texts: list[str], size: int) -> int:
    """Files with the texts, each with words that stand in no other; returns their characters."""
    rng = random.Random(size)
    total = 0
    for number in range(size):
        name = "".join(rng.choice("abcdefghijklmnop") for _ in range(8)).capitalize()
        text = f"{texts[number % len(texts)]}\n\n{name} counted {rng.randrange(10**6)} boats in {name}ton.\n"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        total += len(text)
    return total


def run(folder: str) -> tuple[float, float]:
    """CPU seconds and the most resident memory in MB."""
    command = [sys.executable, "-m", "consistency", "claims", folder, "--format", "jsonl", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()

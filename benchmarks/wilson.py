"""Adds 95 % intervals to the shares that the scorers print (Wilson, 1927: the score interval of a proportion).

    benchmarks/scores.sh BENCH_FOLDER OUT_FOLDER mixed labelled | .venv/bin/python benchmarks/wilson.py

Reads lines such as "recall, value  contradiction 98.9%  n 91", "share 0.5% n 4/862" and "P 40.0% … tp 6 fp 9 fn 8" and
prints each with its intervals behind it; other lines pass as they are. A share stands on n cases, P on tp + fp, R on
tp + fn; F1 is no proportion and gets none.
"""

import re
import sys
from math import sqrt

Z = 1.959964
SHARE = re.compile(r"(\S[\w ]*?)\s+(\d+(?:\.\d+)?)%")
CASES = re.compile(r"\bn\s+(?:\d+/)?(\d+)\s*$")
HITS = re.compile(r"\btp\s+(\d+)\s+fp\s+(\d+)\s+fn\s+(\d+)")


def interval(hits: int, cases: int) -> tuple[float, float]:
    """The score interval of `hits` among `cases`, as percentages."""
    if not cases:
        return 0.0, 100.0
    share, square = hits / cases, Z * Z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = Z * sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) / (1 + square / cases)
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))


def told(hits: int, cases: int) -> str:
    low, high = interval(hits, cases)
    return f"{hits}/{cases} [{low:.1f}, {high:.1f}]"


def add(line: str) -> str:
    """The line with its intervals."""
    if found := HITS.search(line):
        tp, fp, fn = map(int, found.groups())
        return f"{line}   P {told(tp, tp + fp)} R {told(tp, tp + fn)}"
    if found := CASES.search(line):
        cases = int(found[1])
        shares = SHARE.findall(line)
        out = [f"{name.split()[-1]} {told(round(float(share) * cases / 100), cases)}" for name, share in shares]
        return f"{line}   {'  '.join(out)}"
    return line


def main() -> None:
    for line in sys.stdin:
        print(add(line.rstrip("\n")))


if __name__ == "__main__":
    main()

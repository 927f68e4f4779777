"""How the time of reading and extraction grows with texts made to be slow: the exponent fitted over four sizes.

python benchmarks/hostile_growth.py [--sizes 16000 64000 256000] [--above 1.3]

A pattern above what is allowed is measured twice more, and the lowest exponent counts: others use the machine, too.
Continuous integration runs it on two sizes. What is quadratic but takes over from the rest later is not seen there.
Prints a line for each pattern: CPU seconds for each size, and the exponent of a least-squares line through their
logarithms. Sizes that take under a hundredth of a second say nothing and are left out. Ends with 1 if an exponent is
above what is allowed.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from time import process_time

from consistency.extraction.claims import extract
from consistency.model import Source
from consistency.sources.formats import READERS

NOISE = 0.01
TEXTS = (
    *(
        "“a. ",
        "``about. ",
        "{n}{n}\u0301``about. ",
        "«so! ",
        "× ‘Smith",
        "Mr.",
        "A.",
        "½",
        "13 born ",
        "{n}, {n}th aged.\n",
    ),
    *(
        '"{n}"',
        "20{n} Ship{n}. ",
        "Ship{n} and Ship{n}. ",
        "{n} of {n} ships, ",
        "he said that ",
        "e\u0300\u0323",
        "5%",
    ),
    *(
        "(",
        "[{“",
        "million ",
        "the Fund{n} has {n} members. ",
        "May 5, 2020 ",
        "{n}/{n}/2020 ago.\n",
        "1/2 ",
        "- {n}\n",
    ),
    *("(…)", '"', "“", "e\u0301"),
    *("7", ",", "1,", "abcdefghij", "'", "a'b'", "\n", " \t", "a" + " " * 1990 + ".", "word " * 14 + "  \n"),
    *("many words in one line go on and ", "and ", ". ", "Mr. ", "U.S. ", "a.b.", "5 of ", "hundred ", "5-", "5% "),
    *("$5 million ", "x19980108 ", "rose and fell and ", "may would not ", "police said five died, ", "which that "),
    *("he said that she said that ", "number of ", "Alpha Beta ", "Nora Linde, 5, ", "Chile, Peru and "),
    *("apples, pears, ", "including 5 people ", "there the city ", "a: 5; ", "5 years ago ", "a\u00ad"),
    *("from 5% to 6% in 2020 ", "\u200b5\u200b", "\u202e5 km "),
)
FILES = {
    ".html": (
        "<div class=x>a</div>",
        "<div class=x>",
        "<p>a{n}</p>",
        "<h1>a</h1>",
        "<b>",
        "<td>a",
        "<!--",
        "<",
        "&lt;",
        "<a b=c>",
    ),
    ".md": ("`", "# a #", "# a  ", "> ", "[a](", "![", "*a", "|a", "- ", "---\n"),
    ".txt": (
        "By A\n",
        "Updated May 5\n",
        "(Photo: ",
        "PARIS, ",
        "The Ship Sank\n\n",
        "\n",
        " ",
        "All rights reserved. ",
    ),
    ".jsonl": ('{"text": "The Fund has {n} members.", "id": "x"}\n', "{\n", "[", '{"text": "a{n}"}\n'),
    ".xml": ("<rss version='2.0'><channel><item><a>", "<a>", "&lt;"),
}


def filled(unit: str, size: int) -> str:
    """A text of about so many characters; {n} counts up."""
    if "…" in unit:  # so many of the first half, and then as many of the second
        left, right = unit.split("…")
        return left * (size // 2) + right * (size // 2)
    pieces, length, number = [], 0, 0
    while length < size:
        pieces.append(unit.replace("{n}", str(number)))
        length += len(pieces[-1])
        number += 1
    return "".join(pieces)


def reading(suffix: str) -> Callable[[str], None]:
    def read(text: str) -> None:
        try:
            for _ in READERS[suffix](text.encode(), "a"):
                pass
        except Exception:  # refused: what counts is how long that took
            return

    return read


def extracting(text: str) -> None:
    extract(Source(id="a", text=text, published="2024-02-01"))


def seconds(work: Callable[[str], None], text: str) -> float:
    began = process_time()
    work(text)
    return process_time() - began


def exponent(points: list[tuple[int, float]]) -> float | None:
    """Slope of the logarithms; None where fewer than two points are above the noise."""
    logs = [(math.log(size), math.log(took)) for size, took in points if took > NOISE]
    if len(logs) < 2:
        return None
    x, y = (sum(v) / len(logs) for v in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[16_000, 64_000, 256_000, 512_000])
    parser.add_argument("--above", type=float, default=1.3)
    asked = parser.parse_args()
    jobs = [("claims", unit, extracting) for unit in TEXTS]
    jobs += [(suffix, unit, reading(suffix)) for suffix, units in FILES.items() for unit in units]
    bad = 0
    for what, unit, work in jobs:
        seconds(work, filled(unit, 4_000))  # tables are built and caches filled
        for _ in range(3):
            points = [(size, seconds(work, filled(unit, size))) for size in asked.sizes]
            found = exponent(points)
            if found is None or found <= asked.above:
                break
        bad += found is not None and found > asked.above
        shown = "  -  " if found is None else f"{found:5.2f}"
        print(f"{what:7} {unit!r:42} {shown}  {' '.join(f'{took:7.3f}' for _, took in points)}", flush=True)
    print(f"{len(jobs)} patterns, {bad} above an exponent of {asked.above}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())

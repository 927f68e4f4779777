"""What one more word changed does to a contradiction: a copy with a wrong number, and a slip or another word in it.

    python -m benchmarks.one_word [--seed 4]

Of each text of `two_figures.jsonl` the first number is changed. Where the two are a contradiction, one more word of the
changed text is: misspelt, another one instead, one put before it, or who says so behind. Told is what is said then.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

import msgspec

from benchmarks.two_figures import Pair, worst
from consistency.model import Source

_NUMBER = re.compile(r"(?<![\d.,-])\d{2,3}(?:,\d{3})?(?![\d.,:-])")
_LONG = 6  # letters of a word that is changed
_OTHERS = ("gigantic", "quietly", "meadow")


def changed(text: str) -> str | None:
    """The text with another number, None where it has none."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    return f"{text[: found.start()]}{int(found[0].replace(',', '')) * 13 // 9 + 2}{text[found.end() :]}"


def further(text: str, rng: random.Random) -> dict[str, str]:
    """The changes of a text by name."""
    words = text.split(" ")
    places = [n for n, w in enumerate(words) if w.isalpha() and w.islower() and len(w) >= _LONG]
    out = {"who says so": f"{text.rstrip('.')}, the Halmark ministry of finance said."}
    if places:
        n = rng.choice(places)
        word = words[n]
        for name, there in (
            ("misspelt", [word[0] + word[2] + word[1] + word[3:]]),
            ("another word", [rng.choice(_OTHERS)]),
            ("“reportedly” before it", ["reportedly", word]),
            ("“large” before it", ["large", word]),
        ):
            out[name] = " ".join([*words[:n], *there, *words[n + 1 :]])
    return out


def said(one: str, two: str, day: str | None) -> str:
    """The worst that is said of two texts of one day."""
    return worst([Source(id=n, text=t, published=day, publisher=n) for n, t in (("a", one), ("b", two))])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=4)
    rng = random.Random(parser.parse_args().seed)
    lines = Path(__file__).with_name("two_figures.jsonl").read_text(encoding="utf-8").splitlines()
    sides = [side for line in lines for p in [msgspec.json.decode(line, type=Pair)] for side in (p.a, p.b)]
    table: dict[str, Counter[str]] = {}
    for side in sides:
        other = changed(side.text)
        if other is None or said(side.text, other, side.published) != "contradiction":
            continue
        for name, text in further(other, rng).items():
            table.setdefault(name, Counter())[said(side.text, text, side.published)] += 1
    for name, counts in table.items():
        print(f"{name:24} of {counts.total()}: " + ", ".join(f"{o} {n}" for o, n in counts.most_common()))


if __name__ == "__main__":
    main()

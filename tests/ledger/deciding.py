"""Run by test_kill.py as a program of its own: decides without end, and prints the number of each decision once it is
committed."""

from __future__ import annotations

import itertools
import sys

from consistency.ledger import decisions
from consistency.ledger.connect import open_engine


def main(url: str, who: str) -> None:
    engine = open_engine(url)
    for n in itertools.count():
        kind = ("confirmed", "needs-source")[n % 2]
        made = decisions.decide(engine, f"f-{n % 2 + 1}", kind, who, version=1, note=f"{who} {n} " + "x" * 2_000)
        sys.stdout.write(f"{made.id} {made.hash}\n")
        sys.stdout.flush()
        if n % 5 == 4:
            back = decisions.undo(engine, made.id, who)
            sys.stdout.write(f"{back.id} {back.hash}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

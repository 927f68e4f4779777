"""Adds and removes sources one by one for ever, and tells each once it is in or out. To be killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ledger_texts import invented

from consistency.config import Config
from consistency.ledger.adding import add, stored
from consistency.ledger.connect import open_engine
from consistency.ledger.update import remove


def main(url: str, seed: int, many: int) -> None:
    """Works until it is killed."""
    engine = open_engine(url)
    chance = random.Random(seed)
    every = invented(many, 0)
    with engine.connect() as base:
        here = {s.id for s in stored(base)}
    print("ready", flush=True)
    while True:
        source = chance.choice(every)
        if source.id in here:
            remove(engine, [source.id], Config(), None)
            here.discard(source.id)
            print("out", source.id, flush=True)
        else:
            add(engine, [source], Config())
            here.add(source.id)
            print("in", source.id, flush=True)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

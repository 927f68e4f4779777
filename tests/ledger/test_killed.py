"""A power cut at any moment: what was told to be in the ledger is in it, and no source is there in half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from ledger_texts import invented

from consistency.config import Config
from consistency.ledger import tables
from consistency.ledger.adding import add, stored
from consistency.ledger.connect import open_engine
from consistency.ledger.verify import verify

WORKER = Path(__file__).parent / "adding_worker.py"
SOURCES = 40


def killed(url: str, seed: int, pause: float) -> list[str]:
    """Lets a process add, change and remove sources, kills it after a while, and gives what it told."""
    command = [sys.executable, str(WORKER), url, str(seed), str(SOURCES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == "ready\n"
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        return process.stdout.read().splitlines()


def sound(engine: sa.Engine) -> None:
    """No row of a source without the others, checked by counting: quicker than `verify`."""
    s = tables.source.c
    with engine.connect() as base:
        current = set(base.scalars(sa.select(s.number).where(s.version.is_not(None))))
        assert set(base.scalars(sa.select(tables.reading.c.source))) == current
        assert set(base.scalars(sa.select(tables.posting.c.number).distinct())) <= current
        assert set(base.scalars(sa.select(tables.claim.c.source).distinct())) <= current
        claims = set(base.scalars(sa.select(tables.claim.c.id)))
        assert set(base.scalars(sa.select(tables.finding_claim.c.claim))) <= claims
        assert set(base.scalars(sa.select(tables.topic_claim.c.claim))) <= claims


@pytest.mark.slow
def test_kills_at_random_moments(ledger_url: str, store: str) -> None:
    """CONSISTENCY_KILLS sets how many; the short form is for every run."""
    times = int(os.environ.get("CONSISTENCY_KILLS", "12" if store == "sqlite" else "5"))
    chance = random.Random(times)
    engine = open_engine(ledger_url)
    for n in range(times):
        told = killed(ledger_url, n, chance.uniform(0.0, 0.6))
        sound(engine)
        with engine.connect() as base:
            here = {source.id: source.text for source in stored(base)}
        for line in told[:-1]:  # the one after a word that was told may have been written, and not told
            assert line.startswith(("in ", "out "))
        last: dict[str, str] = {}
        for line in told:
            word, _, name = line.partition(" ")
            last[name] = word
        final = told[-1].partition(" ")[2] if told else None
        for name, word in last.items():
            if name != final:
                assert (name in here) == (word == "in"), f"kill {n}: {word} {name}"
    assert verify(engine, Config()) == []
    add(engine, invented(SOURCES, 0), Config())
    assert verify(engine, Config()) == []
    engine.dispose()

"""A power cut at any moment loses no decision that was committed, and leaves none by half."""

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
from ledger_rows import put, row, state

from consistency.ledger import decisions
from consistency.ledger.connect import open_engine

PROGRAM = Path(__file__).with_name("deciding.py")
TIMES = {"sqlite": 20, "postgresql": 5}


@pytest.mark.slow
def test_kill_at_random_points(ledger_url: str, store: str) -> None:
    engine = open_engine(ledger_url)
    put(engine, "f-1", state())
    put(engine, "f-2", state("Sudwick"))
    engine.dispose()
    chance = random.Random(20)
    printed: dict[int, str] = {}
    for n in range(TIMES[store]):
        for number, hash_ in _decide_and_kill(ledger_url, f"p{n}", chance.uniform(0, 0.25)):
            assert number not in printed
            printed[number] = hash_
        engine = open_engine(ledger_url)
        if store == "sqlite":
            with engine.begin() as base:
                assert base.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
        assert decisions.broken(engine) == []
        kept = {d.id: d.hash for d in decisions.every(engine)}
        assert printed.items() <= kept.items()
        assert len(kept) <= len(printed) + n + 1, "at most one a time was committed and not printed"
        for name in ("f-1", "f-2"):
            stands = decisions.standing_of(engine, name)
            assert row(engine, name) == (stands.status, stands.verdict, stands.decided_version, stands.assignee)
        engine.dispose()
    assert len(printed) > 2 * TIMES[store]


def _decide_and_kill(url: str, who: str, after: float) -> list[tuple[int, str]]:
    """What a program printed that decided until it was killed, some seconds after its first decision."""
    root = str(PROGRAM.parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    program = subprocess.Popen(
        [sys.executable, str(PROGRAM), url, who], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert program.stdout is not None
    assert program.stderr is not None
    try:
        first = program.stdout.readline()
        assert first, program.stderr.read().decode()
        time.sleep(after)
    finally:
        program.send_signal(signal.SIGKILL)
    lines = (first + program.communicate()[0]).decode().splitlines(keepends=True)
    assert program.returncode == -signal.SIGKILL
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(int(number), hash_) for number, hash_ in whole]

"""A soak: two processes work on one ledger for an hour, one of them is killed again and again; nothing may be lost.

    python -m benchmarks.soak [--minutes 60] [--ledger URL] [--seed 1] [--sources 200] [--pause 6] [--out FILE.json]

Each begins with half of its sources there. Both add, change and remove sources, hold new ones against the ledger, look
at findings, decide, take back and teach (soak_worker.py). One lives to the end: its memory and open files, the WAL file
and temporary files are watched (soak_watch.py). The other is killed (SIGKILL) after a random time, PAUSE seconds on
average, or told to stop, and started again; what it had been told was committed (soak_journal.py) must be there. Every
tenth of the time, and at the end, `consistency ledger verify` must find nothing. Exit 1 where something was lost or
grew without end.

Without --ledger it works on SQLite in a folder that goes again. Leave the program's code alone meanwhile: a ledger
rests on it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.soak_journal import Told
from benchmarks.soak_watch import Sample, Slope, sample, slope, thirds
from consistency.ledger import decisions
from consistency.ledger.connect import open_engine

TOP = Path(__file__).resolve().parents[1]
STEADY, KILLED = "steady", "killed"
RESTARTS = 0.25
"""The share of lives that end in order."""
CHECKS = 10
GROWTH = 0.05
"""The share of its mean that memory may grow by in an hour, for sure, before the soak fails."""
LETTING_GO = 60.0
"""The most seconds that a server may go on for a process that is no more."""
LONG = 600.0
"""The fewest seconds that growth is judged after."""


class Life:
    """A running worker."""

    def __init__(self, soak: Soak, name: str) -> None:
        soak.lives += 1
        self.journal = soak.folder / f"{name}-{soak.lives}.journal"
        self.log = soak.folder / f"{name}-{soak.lives}.log"
        arguments = [soak.url, name, str(self.journal), str(soak.seed * 100_000 + soak.lives), str(soak.sources)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.soak_worker", *arguments],
                cwd=TOP,
                env=environment(soak.temporary) | {"PGAPPNAME": self.journal.stem},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        self._ready = self.process.stdout

    def ready(self) -> None:
        """Waits until it works."""
        if self._ready.readline() != b"ready\n":
            raise SystemExit(f"a worker did not start: {self.said()}")

    def kill(self) -> None:
        """Ends it at once, whatever it does."""
        self.process.send_signal(signal.SIGKILL)
        self._end()

    def stop(self) -> int:
        """Lets it finish what it does, and tells how it ended."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self._end()

    def _end(self) -> int:
        status = self.process.wait()
        self._ready.close()
        return status

    def said(self) -> str:
        """The end of what it wrote to its log."""
        return self.log.read_text("utf-8", "replace")[-3000:]


class Soak:
    """A soak on a ledger that is there. folder: for journals and logs; tell: takes lines of progress."""

    def __init__(self, url: str, folder: Path, seed: int, sources: int, pause: float) -> None:
        self.url, self.folder, self.seed, self.sources, self.pause = url, folder, seed, sources, pause
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.chance = random.Random(seed)
        self.lives = self.kills = self.restarts = self.verified = 0
        self.told = {name: Told(name) for name in (STEADY, KILLED)}
        self.samples: list[Sample] = []
        self.faults: list[str] = []
        self.engine = open_engine(url)
        self.file = Path(self.engine.url.database or "") if self.engine.dialect.name == "sqlite" else None

    def run(self, seconds: float) -> dict[str, Any]:
        """Works for so long, and tells what came of it."""
        steady = Life(self, STEADY)
        steady.ready()
        begun = time.monotonic()
        check = seconds / CHECKS
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(steady.process.pid, begun, over))
        watch.start()
        try:
            while (spent := time.monotonic() - begun) < seconds and not self.faults:
                self._life(steady, begun, seconds)
                if spent > check * (self.verified + 1):
                    self._verify()
        finally:
            over.set()
            watch.join()
            status = steady.stop() if steady.process.poll() is None else steady.process.returncode
        if status:
            self.faults.append(f"the long-lived worker ended with {status}: {steady.said()}")
        self._close(STEADY, steady)
        self._verify()
        self.engine.dispose()
        return self._outcome(time.monotonic() - begun)

    def _watch(self, process: int, begun: float, over: threading.Event) -> None:
        """Takes a sample twice a second."""
        while not over.wait(0.5):
            taken = sample(time.monotonic() - begun, process, self.file, self.temporary)
            self.samples += [] if taken is None else [taken]

    def _life(self, steady: Life, begun: float, seconds: float) -> None:
        """One life of the worker that is killed, and what it left behind."""
        killed = Life(self, KILLED)
        try:
            if self.chance.random() < 0.9:  # else the kill may meet it while it starts
                killed.ready()
            end = min(time.monotonic() + self.chance.expovariate(1 / self.pause), begun + seconds)
            while time.monotonic() < end and killed.process.poll() is None and steady.process.poll() is None:
                time.sleep(max(0.0, min(0.2, end - time.monotonic())))
            if killed.process.poll() is not None or steady.process.poll() is not None:
                self.faults.append(f"a worker ended by itself: {killed.said()}{steady.said()}")
            elif self.chance.random() < RESTARTS:
                self.restarts += 1
                if killed.stop():
                    self.faults.append(f"a worker did not stop in order: {killed.said()}")
            else:
                self.kills += 1
                killed.kill()
        finally:
            if killed.process.poll() is None:
                killed.kill()
        self._close(KILLED, killed)

    def _let_go(self, life: Life) -> None:
        """Waits until the server has done with a process: a commit that was on its way to it still ends."""
        asked = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name")
        end = time.monotonic() + LETTING_GO
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as base:
            while base.execute(asked, {"name": life.journal.stem}).scalar():
                if time.monotonic() > end:
                    self.faults.append(f"the server still works for {life.journal.stem}")
                    return
                time.sleep(0.05)

    def _close(self, name: str, life: Life) -> None:
        if self.engine.dialect.name == "postgresql":
            self._let_go(life)
        self.faults += self.told[name].close(life.journal, self.engine)
        self.faults += decisions.broken(self.engine)
        if self.file is not None:
            with self.engine.connect() as base:
                whole = base.execute(sa.text("PRAGMA quick_check")).scalar()
                self.faults += [] if whole == "ok" else [f"SQLite: {whole}"]

    def _verify(self) -> None:
        """What a user would run; its output is what is wrong."""
        self.verified += 1
        command = [sys.executable, "-m", "consistency", "ledger", "verify", "--ledger", self.url]
        done = subprocess.run(command, capture_output=True, text=True, cwd=TOP, env=environment(self.temporary))
        if done.returncode:
            self.faults.append(f"verify: {done.stdout[-2000:]}{done.stderr[-2000:]}")

    def _outcome(self, spent: float) -> dict[str, Any]:
        done, refused, cut = (self._counted(what) for what in ("done", "refused", "cut"))
        lost = [line for told in self.told.values() for line in told.lost(self.engine)]
        counted = {
            "minutes": round(spent / 60, 1),
            "done": done,
            "refused": refused,
            "kills": self.kills,
            "restarts": self.restarts,
            "cut off": cut,
            "committed, and killed before it was said": sum(t.kept_unsaid for t in self.told.values()),
            "texts acknowledged": sum(len(t.texts) for t in self.told.values()),
            "decisions acknowledged": sum(len(t.decisions) for t in self.told.values()),
            "lost": lost,
            "verified": self.verified,
        }
        self.engine.dispose()
        growth = self._growth(spent)
        self.faults += [line for line in lost if line not in self.faults]
        return counted | growth | {"faults": self.faults}

    def _counted(self, what: str) -> dict[str, int]:
        """A count of both workers."""
        both: Counter[str] = Counter()
        for told in self.told.values():
            both.update(getattr(told, what))
        return dict(sorted(both.items()))

    def _growth(self, spent: float) -> dict[str, Any]:
        """What was watched; faults where it grew without end, after a time long enough to tell."""
        rss = slope(self.samples, "rss")
        out: dict[str, Any] = {"samples": len(self.samples), "memory": None if rss is None else _megabytes(rss)}
        for what in ("rss", "files", "wal", "ledger", "left"):
            out[f"{what}, highest by thirds"] = thirds(self.samples, what)
        after = 0 if self.file is None else sum(p.stat().st_size for p in _beside(self.file))
        out["WAL after the last has closed"] = after
        if after:
            self.faults.append(f"the WAL file was left behind with {after:,} bytes")
        if left := [p.name for p in self.temporary.rglob("*") if p.is_file()]:
            self.faults.append(f"temporary files were left behind: {', '.join(left[:5])}")
        if spent >= LONG:
            if rss is not None and rss.low > GROWTH * rss.mean:
                self.faults.append(f"memory grows: {_megabytes(rss)}")
            for what, more in (("files", 4), ("wal", 32_000_000)):
                first, _, last = thirds(self.samples, what)
                if last > first + more:
                    self.faults.append(f"{what} grow: {first:,} at first, {last:,} at the end")
        return out


def environment(temporary: Path) -> dict[str, str]:
    """What a worker and a command run in: this program, and temporary files in a folder that is watched."""
    path = os.pathsep.join([str(TOP), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path, "TMPDIR": str(temporary)}


def _beside(file: Path) -> list[Path]:
    return [p for p in (Path(f"{file}-wal"),) if p.exists()]


def _megabytes(of: Slope) -> str:
    hourly, low, high, mean = (value / 1e6 for value in (of.hourly, of.low, of.high, of.mean))
    return f"{mean:.1f} MB, {hourly:+.1f} MB an hour ({low:+.1f} to {high:+.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--ledger")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=int, default=200, help="how many each worker has, there or not")
    parser.add_argument("--pause", type=float, default=6.0, help="seconds until a kill, on average")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.out:
        given.out.write_text("")  # what cannot be written is told now, not after an hour
    with tempfile.TemporaryDirectory() as folder:
        url = given.ledger or f"sqlite:///{folder}/ledger.db"
        open_engine(url, create=True).dispose()
        outcome = Soak(url, Path(folder), given.seed, given.sources, given.pause).run(given.minutes * 60)
    said = json.dumps(outcome, indent=2)
    print(said)
    if given.out:
        given.out.write_text(said + "\n", encoding="utf-8")
    raise SystemExit(bool(outcome["faults"]))


if __name__ == "__main__":
    main()

"""A worker of the soak: does to a ledger what people and programs do to it, until it is told to stop or killed.

    python -m benchmarks.soak_worker URL NAME JOURNAL SEED SOURCES

It adds, changes and removes sources of its own (their ids begin with its name), holds new ones against the ledger,
looks at findings, decides on them, takes decisions back and teaches. Before and after each it writes a line to JOURNAL
(soak_journal.py). It says `ready`, and ends when its standard input does.
"""

from __future__ import annotations

import random
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.invented import articles
from benchmarks.soak_journal import Journal, hashed, held
from consistency.config import Config
from consistency.errors import LedgerError
from consistency.ledger import decisions, queue
from consistency.ledger.adding import add, obey, refresh
from consistency.ledger.asking import moments
from consistency.ledger.connect import open_engine, usable
from consistency.ledger.holding import accept, check_against
from consistency.ledger.records import Decision, FindingState
from consistency.ledger.update import remove
from consistency.model import Skipped, Source
from consistency.sources import read_records

EDITIONS = 3
"""Each source has so many texts, which take each other's place."""
TAUGHT = 6
"""A worker takes its oldest lesson back before it teaches one more than so many."""
CONFIG = Config(cache=False)


class Worker:
    """One life of a worker."""

    def __init__(self, url: str, name: str, journal: Path, seed: int, many: int) -> None:
        self.url, self.engine = url, open_engine(url)
        self.name, self.journal, self.chance = name, Journal(journal), random.Random(seed)
        self.texts = [_texts(name, many, edition) for edition in range(EDITIONS)]
        self.here = {id_ for id_, text in held(self.engine, name).items() if text is not None}
        self.made: list[int] = []
        self.lessons: list[int] = []
        self.work: tuple[tuple[Callable[[], None], float], ...] = (
            *((self.come_or_go, 32), (self.change, 14), (self.against, 8)),
            *((self.decide, 22), (self.talk, 8), (self.undo, 6), (self.teach, 4), (self.look, 8)),
            *((self.obey, 2), (self.refresh, 0.1)),
        )

    def once(self) -> None:
        """One thing, whichever it is."""
        jobs, weights = zip(*self.work, strict=True)
        try:
            with usable(self.url):  # as every command does: one that waited too long for another writer says so
                self.chance.choices(jobs, weights)[0]()
        except LedgerError as error:
            self.journal.no(str(error))

    def fill(self) -> None:
        """At the very first, half of the sources: what is measured later is then not a ledger that fills."""
        absent = sorted(self.texts[0].keys() - self.here)
        if not held(self.engine, self.name):
            self._put("fill", self.chance.sample(absent, len(absent) // 2))

    def come_or_go(self) -> None:
        """Some sources come or go, so that about half of them are there."""
        if self.chance.random() * len(self.texts[0]) < len(self.here):
            self.remove()
        else:
            self.add()

    def add(self) -> None:
        """Some sources that are not there, in one go."""
        self._put("add", self._some(sorted(self.texts[0].keys() - self.here)))

    def change(self) -> None:
        """Other texts for some that are there; at times the same again."""
        self._put("change", self._some(sorted(self.here)))

    def remove(self) -> None:
        """One to three sources."""
        ids = self._some(sorted(self.here))
        if ids:
            self.journal.go("remove", dict.fromkeys(ids))
            remove(self.engine, ids, CONFIG, self.name)
            self.here -= {*ids}
            self.journal.ok()

    def against(self) -> None:
        """A source that is not there held against those that are: nothing is written."""
        new = [self._text(id_) for id_ in self._some(sorted(self.texts[0].keys() - self.here))]
        self.journal.go("check --against")
        accept(moments(self.engine), check_against(moments(self.engine), new, CONFIG), "ledger")
        self.journal.ok()

    def decide(self) -> None:
        """A judgement of a finding as it is or was."""
        entry = self._finding("undecided" if self.chance.random() < 0.5 else "all")
        if entry is None:
            return
        kind = self.chance.choice(("confirmed", "explained", "needs-source"))
        detail = {"by": self.chance.choice(("time", "scope", "rounding"))} if kind == "explained" else None
        self._decided("decide", lambda: self._decision(entry, kind, detail), self.made)

    def talk(self) -> None:
        """A note about a finding, or somebody it is given to."""
        entry = self._finding("all")
        if entry is not None and self.chance.random() < 0.5:
            self._decided("comment", lambda: decisions.comment(self.engine, entry.id, "seen " * 9, self.name))
        elif entry is not None:
            to = self.chance.choice((None, "ann", "bob"))
            self._decided("assign", lambda: decisions.assign(self.engine, entry.id, to, self.name))

    def undo(self) -> None:
        """A judgement of this life is taken back."""
        if self.made:
            self._undo(self.made.pop(self.chance.randrange(len(self.made))))

    def teach(self) -> None:
        """Claims of a finding are parted or joined, or a number is read otherwise; old lessons are taken back."""
        while len(self.lessons) >= TAUGHT:
            self._undo(self.lessons.pop(0))
        entry = self._finding("all")
        state = None if entry is None else queue.state(self.engine, entry.id, entry.version)
        if entry is None or state is None:
            return
        kind, detail = self._lesson(state)
        if kind:
            self._decided(kind, lambda: self._decision(entry, kind, detail), self.lessons)

    def look(self) -> None:
        """What the review desk asks when somebody opens it."""
        self.journal.go("look")
        page = queue.page(self.engine, queue.Filters(search=self.chance.choice(("", "people", "exports"))))
        for entry in page.entries[:3]:
            queue.state(self.engine, entry.id, entry.version)
            decisions.standing_of(self.engine, entry.id)
        queue.counts(self.engine)
        self.journal.ok()

    def obey(self) -> None:
        """What decisions taught is worked out."""
        self.journal.go("obey")
        obey(self.engine, CONFIG, self.name)
        self.journal.ok()

    def refresh(self) -> None:
        """Everything is read anew."""
        self.journal.go("refresh")
        refresh(self.engine, CONFIG, self.name)
        self.journal.ok()

    def _put(self, op: str, ids: list[str]) -> None:
        sources = [self._text(id_) for id_ in sorted(ids)]
        if not sources:
            return
        skipped: list[Skipped] = []
        self.journal.go(op, {s.id: hashed(s) for s in sources})
        add(self.engine, sources, CONFIG, self.name, skipped, batch=len(sources))
        if skipped:
            raise SystemExit(f"{skipped[0].source} was left out: {skipped[0].reason}")
        self.here |= {s.id for s in sources}
        self.journal.ok()

    def _some(self, among: list[str]) -> list[str]:
        return sorted(self.chance.sample(among, min(self.chance.randint(1, 3), len(among))))

    def _text(self, id_: str) -> Source:
        return self.chance.choice(self.texts)[id_]

    def _finding(self, status: str) -> queue.Entry | None:
        entries = queue.page(self.engine, queue.Filters(status=status), size=50).entries
        return self.chance.choice(entries) if entries else None

    def _decision(self, entry: queue.Entry, kind: str, detail: dict[str, Any] | None) -> Decision:
        version = self.chance.randint(max(1, entry.version - 1), entry.version)
        if kind in ("same-topic", "not-same-topic", "wrong-reading"):
            version = entry.version
        return decisions.decide(self.engine, entry.id, kind, self.name, version=version, detail=detail, note="soak")

    def _decided(self, op: str, make: Callable[[], Decision], into: list[int] | None = None) -> None:
        self.journal.go(op)
        made = make()
        self.journal.ok(decisions=[(made.id, made.hash)])
        if into is not None:
            into.append(made.id)

    def _undo(self, number: int) -> None:
        self._decided("undo", lambda: decisions.undo(self.engine, number, self.name))

    def _lesson(self, state: FindingState) -> tuple[str, dict[str, Any]]:
        """The kind of a decision that teaches, with its detail; an empty kind where the finding has nothing for it."""
        numbers = [c for c in state.claims if c.kind in ("count", "money", "percent", "measure") and c.derived is None]
        if numbers and self.chance.random() < 0.3:
            claim = self.chance.choice(numbers)
            return "wrong-reading", {
                "fingerprint": claim.fingerprint,
                "field": "value",
                "value": self.chance.randint(1, 99),
            }
        prints = sorted({c.fingerprint for c in state.claims if c.derived is None})
        if len(prints) < 2:
            return "", {}
        return self.chance.choice(("same-topic", "not-same-topic")), {"pairs": [self.chance.sample(prints, 2)]}


def _texts(name: str, many: int, edition: int) -> dict[str, Source]:
    sources, skipped = read_records(articles(many, seed=EDITIONS * sum(name.encode()) + edition, strays=0.15))
    assert not skipped
    renamed = (msgspec.structs.replace(s, id=f"{name}-{s.id}") for s in sources)
    return {s.id: s for s in renamed}


def main(url: str, name: str, journal: Path, seed: int, many: int) -> None:
    """Works until standard input ends."""
    worker = Worker(url, name, journal, seed, many)
    worker.fill()
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        worker.once()
    worker.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))

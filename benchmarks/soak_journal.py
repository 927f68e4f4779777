"""What a worker of the soak said it would do and said it had done, in a file outside the ledger, and whether the ledger
holds it.

A line is JSON: {"go": n, "op": …, "sources": {id: sha256 or null}} before something is tried, {"ok": n, …} once the
ledger told that it is committed, {"no": n, "why": …} where it refused. A line that a kill cut off was not said.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from consistency.ledger import tables
from consistency.ledger.content import stored_one
from consistency.ledger.records import unpack
from consistency.model import Source

Held = dict[str, str | None]
"""The hash of the text that a source has now, by id; None for one that was removed."""


class Journal:
    """The writing end. One write a line: what is in it outlives a kill of the process."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self._n = 0

    def go(self, op: str, sources: Held | None = None) -> None:
        """Something will be tried: what its sources will be, where it touches any."""
        self._n += 1
        self._write({"go": self._n, "op": op, **({"sources": sources} if sources else {})})

    def ok(self, **more: Any) -> None:
        """It is committed."""
        self._write({"ok": self._n, **more})

    def no(self, why: str) -> None:
        """The ledger refused it, and nothing was written."""
        self._write({"no": self._n, "why": why})

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


class Told:
    """What the journals of one worker, one for each of its lives, have told so far, and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.held: Held = {}
        self.texts: set[tuple[str, str]] = set()
        self.decisions: dict[int, str] = {}
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.cut: Counter[str] = Counter()
        self.kept_unsaid = 0
        self.faults: list[str] = []

    def close(self, path: Path, engine: sa.Engine) -> list[str]:
        """Takes up the journal of a life that is over, compares the ledger with it, and tells what is wrong."""
        known = len(self.faults)
        open_: dict[str, Any] | None = None
        for line in _lines(path):
            if "go" in line:
                open_ = line
                continue
            if open_ is None or line.get("ok", line.get("no")) != open_["go"]:
                raise SystemExit(f"{path}: an answer to nothing: {line}")
            if "ok" in line:
                self._said(open_, line)
            else:
                self.refused[f"{open_['op']}: {line['why']}"] += 1
            open_ = None
        if open_ is not None:
            self.cut[open_["op"]] += 1
        self._compare(engine, open_)
        return self.faults[known:]

    def _said(self, go: dict[str, Any], ok: dict[str, Any]) -> None:
        self.done[go["op"]] += 1
        self._take(go.get("sources", {}))
        self.decisions |= dict(ok.get("decisions", ()))

    def _take(self, sources: Held) -> None:
        self.held |= sources
        self.texts |= {(id_, text) for id_, text in sources.items() if text is not None}

    def _compare(self, engine: sa.Engine, open_: dict[str, Any] | None) -> None:
        """The sources are as the last word said; what was being done is done whole, or not at all."""
        here = held(engine, self.name)
        trying: Held = {} if open_ is None else open_.get("sources", {})
        for id_, text in self.held.items():
            if id_ not in trying and here.get(id_) != text:
                self.faults.append(f"source {id_} should be {text or 'removed'} and is {here.get(id_) or 'not there'}")
        for id_ in sorted(k for k, text in here.items() if text is not None and k not in {*self.held, *trying}):
            self.faults.append(f"source {id_} is there and nobody said so")
        if not trying:
            return
        now = {id_: here.get(id_) for id_ in trying}
        if now == trying:
            self.kept_unsaid += 1
            self._take(trying)
        elif now != {id_: self.held.get(id_) for id_ in trying}:
            self.faults.append(f"{open_ and open_['op']} of {sorted(trying)} was done by half")

    def lost(self, engine: sa.Engine) -> list[str]:
        """What was told to be committed, at any time, and is not in the ledger; all that was found before with it."""
        s, v, d = tables.source.c, tables.source_version.c, tables.decision.c
        with engine.connect() as base:
            versions = sa.select(s.id, v.record).join(tables.source, s.number == v.source)
            texts = {(id_, hashed(unpack(record, Source))) for id_, record in base.execute(versions)}
            book = dict(tuple(row) for row in base.execute(sa.select(d.id, d.hash)))
        out = list(self.faults)
        out += [f"a version of {id_} is gone: {text}" for id_, text in sorted(self.texts - texts)]
        out += [
            f"decision {n} is gone or altered" for n, hash_ in sorted(self.decisions.items()) if book.get(n) != hash_
        ]
        return out


def held(engine: sa.Engine, name: str) -> Held:
    """The sources of a worker as the ledger has them, their texts read and hashed anew."""
    s = tables.source.c
    with engine.connect() as base:
        rows = base.execute(sa.select(s.id, s.version).where(s.id.startswith(f"{name}-", autoescape=True))).all()
        return {r.id: None if r.version is None else hashed(stored_one(base, r.id)) for r in rows}


def hashed(source: Source) -> str:
    """What a text is known by in the journal."""
    return hashlib.sha256(source.text.encode()).hexdigest()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        if line.endswith(b"\n"):
            yield json.loads(line)

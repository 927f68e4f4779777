"""The chain of the book of decisions: each entry carries a hash of itself and of the entry before it.

Whoever changes, removes or slips in an entry must make every later hash anew; whoever kept one of them (an export, a
page in print) can tell. The method is that of linked time stamps: Haber and Stornetta, How to Time-Stamp a Digital
Document, Journal of Cryptology 3 (1991).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import msgspec

from consistency.ledger.records import Decision

START = ""
"""What stands before the first entry."""


def canonical(value: Any) -> str:
    """JSON of one form: keys sorted, no spaces, no escapes that are not needed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hashed(entry: Decision) -> str:
    """The hash that an entry must have: SHA-256 of the hash before it and of the entry as canonical JSON, as hex."""
    body = {k: v for k, v in msgspec.to_builtins(entry).items() if k not in ("previous", "hash")}
    return hashlib.sha256((entry.previous + canonical(body)).encode("utf-8", "surrogatepass")).hexdigest()


def faults(entries: Iterable[Decision]) -> list[str]:
    """What is wrong with a whole book, oldest first, in sentences; empty where nothing is."""
    out: list[str] = []
    before, number = START, 0
    undone: set[int] = set()
    about: dict[int, str] = {}
    for entry in entries:
        if entry.id != number + 1:
            gap = f"{number + 1}" if entry.id == number + 2 else f"{number + 1} to {entry.id - 1}"
            out.append(f"decision {entry.id} follows {number}: {gap} is missing")
        if entry.previous != before:
            out.append(f"decision {entry.id} does not carry the hash of the entry before it")
        if entry.hash != hashed(entry):
            out.append(f"decision {entry.id} was changed: its hash is of other words")
        if entry.undoes is not None:
            if about.get(entry.undoes) != entry.finding or entry.undoes in undone:
                out.append(f"decision {entry.id} takes back {entry.undoes}, which is not there to be taken back")
            undone.add(entry.undoes)
        about[entry.id] = entry.finding
        before, number = entry.hash, entry.id
    return out

"""The baseline: findings that somebody looked at and accepts as they stand, in a file that is kept with the sources.

A finding is known by the fingerprints of the claims of both sides, which hold no path and no offset. An entry accepts
a finding whose claims were all there when it was accepted, each on its side, and whose outcome is no worse: one more
claim on a side, or a worse outcome, makes it new. Fewer claims do not: nobody says anything that was not accepted.

The file is JSON, an entry of a finding below the other in order of their ids, a fingerprint a line, so that a change
shows as what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from consistency.errors import ConfigError
from consistency.gate.files import MAX_BYTES, Lines, entry, read_bytes, shown
from consistency.gate.sight import Sides, covers
from consistency.hints import near, unknown
from consistency.judgement.rows import OUTCOMES
from consistency.model import Record

SCHEMA = "consistency-baseline/1"
FILE = "consistency-baseline.json"
_RANK = {outcome: n for n, outcome in enumerate(OUTCOMES)}  # worst first


class Accepted(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An accepted finding.

    finding, message, topic, rule: for people, as they were; outcome: what it was, so that a worse one is new; sides:
    the fingerprints of the claims of each side; reason, author, date: why, by whom and when it was accepted; expires:
    the last day it holds.
    """

    finding: str
    message: str | None = None
    topic: str | None = None
    outcome: str
    rule: str | None = None
    sides: tuple[tuple[str, ...], ...]
    reason: str | None = None
    author: str | None = None
    date: str | None = None
    expires: str | None = None

    def ran_out(self, today: str) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def content(self) -> Sides:
        """The fingerprints of each side."""
        return tuple(frozenset(side) for side in self.sides)

    def accepts(self, sides: Sides, outcome: str) -> bool:
        """Whether it holds for a finding of these sides and this outcome."""
        return _RANK.get(outcome, -1) >= _RANK[self.outcome] and covers(self.content(), sides)


class File(Record, frozen=True, forbid_unknown_fields=True):
    """The file whole: what `consistency-baseline.json` holds.

    schema: the version of its shape; accepted: the findings, in order of their ids.
    """

    schema: str
    accepted: tuple[Accepted, ...]


class Baseline:
    """The entries of one file. place: the file, as messages name it; lines: of each entry, where known."""

    def __init__(self, entries: Iterable[Accepted], place: str = FILE, lines: Iterable[int] = ()) -> None:
        self.entries = tuple(entries)
        self.place = place
        self._lines = tuple(lines)
        self._by_print: dict[str, list[int]] = {}
        for n, e in enumerate(self.entries):
            for print_ in sorted({p for side in e.sides for p in side}):
                self._by_print.setdefault(print_, []).append(n)

    def accepting(self, sides: Sides, outcome: str) -> list[int]:
        """The numbers of the entries that hold for a finding, in the order of the file."""
        first = min((p for side in sides for p in side), default="")
        return [n for n in self._by_print.get(first, ()) if self.entries[n].accepts(sides, outcome)]

    def place_of(self, number: int) -> str:
        """`file:line` of an entry, or the file."""
        return f"{self.place}:{self._lines[number]}" if number < len(self._lines) else self.place


def read(path: str) -> Baseline:
    """The baseline in a file. Raises ConfigError, with the line: missing, not JSON, of another version, a bad entry."""
    hint = f"; `consistency baseline write PATHS -o {shown(path)}` makes one"
    data, name = read_bytes(path, "a baseline", MAX_BYTES, hint), shown(path)
    try:
        file = msgspec.json.decode(data, type=File)
        faultless = file.schema == SCHEMA and not any(fault for e in file.accepted for fault in _faults(e))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        faultless = False
    if not faultless:
        file = _slowly(data, name)
    starts = [m.start() for m in re.finditer(rb'"finding"\s*:', data)]
    lines, line, last = [], 1, 0
    for start in starts if len(starts) == len(file.accepted) else ():
        line, last = line + data.count(b"\n", last, start), start
        lines.append(line)
    return Baseline(file.accepted, name, lines)


def _slowly(data: bytes, name: str) -> File:
    """Reads a file in which something is wrong, to tell what and where."""
    from consistency.strictyaml import lines_of  # JSON is YAML, whose reader knows lines

    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not valid JSON: {error.msg} (column {error.colno})", name, error.lineno) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ConfigError(f"is not valid JSON: {error}", name) from error
    if not isinstance(content, dict) or "schema" not in content:
        raise ConfigError(f'is no baseline: it does not begin with "schema": "{SCHEMA}"', name)
    if content["schema"] != SCHEMA:
        raise ConfigError(f"is of the schema {content['schema']!r}; this program reads {SCHEMA}", name)
    lines = lines_of(data)
    for key in content:
        if key not in ("schema", "accepted"):
            raise ConfigError(unknown("key", key, ("schema", "accepted")), name, lines.get((key,)))
    entries = content.get("accepted")
    if not isinstance(entries, list):
        raise ConfigError('"accepted" must be a list of entries', name, lines.get(("accepted",)))
    return File(schema=SCHEMA, accepted=tuple(_entry(raw, n, lines, name) for n, raw in enumerate(entries)))


def _entry(raw: Any, number: int, lines: Lines, name: str) -> Accepted:
    at = ("accepted", number)
    found = entry(Accepted, raw, at, lines, name, f"entry {number + 1}")
    for key, fault in _faults(found):
        raise ConfigError(f"entry {number + 1}: {key}: {fault}", name, lines.get((*at, key), lines.get(at)))
    return found


def _faults(e: Accepted) -> Iterable[tuple[str, str]]:
    """What is wrong with the values of an entry: the key, and why."""
    from consistency.gate.day import is_day

    if e.outcome not in _RANK:
        yield "outcome", f"{e.outcome!r} is no outcome{near(e.outcome, _RANK)}"
    if not 1 <= len(e.sides) <= 2 or not all(side and all(side) for side in e.sides):
        yield "sides", "must be one or two lists of fingerprints"
    for key, value in (("date", e.date), ("expires", e.expires)):
        if value is not None and not is_day(value):
            yield key, f"{value!r} is no day of the form YYYY-MM-DD"


def to_text(entries: Iterable[Accepted]) -> str:
    """The file of these entries: the same ones give the same bytes, in whatever order they come."""
    unique = {msgspec.json.encode(e): e for e in (_in_order(e) for e in entries)}
    ordered = [unique[key] for key in sorted(unique, key=lambda key: (unique[key].finding, key))]
    body = ",\n".join(f"    {{\n{_body(e)}\n    }}" for e in ordered)
    text = f'{{\n  "schema": "{SCHEMA}",\n  "accepted": [' + (f"\n{body}\n  ]\n}}\n" if body else "]\n}\n")
    return "\n".join(line if line.isprintable() else "".join(map(_escaped, line)) for line in text.split("\n"))


def _body(e: Accepted) -> str:
    """The keys of an entry, a line each, and every fingerprint on a line of its own."""
    lines = []
    for key, value in e.to_dict().items():
        if key == "sides":
            sides = (",\n         ".join(json.dumps(p, ensure_ascii=False) for p in side) for side in value)
            told = "[\n        [" + "],\n        [".join(sides) + "]\n      ]"
        else:
            told = json.dumps(value, ensure_ascii=False)
        if value is not None:
            lines.append(f'      "{key}": {told}')
    return ",\n".join(lines)


def _in_order(e: Accepted) -> Accepted:
    return msgspec.structs.replace(e, sides=tuple(sorted(tuple(sorted(set(side))) for side in e.sides)))


def _escaped(sign: str) -> str:
    """A sign that a reader of the file could not see, as JSON writes it; it can only stand inside a string."""
    return sign if sign.isprintable() else json.dumps(sign)[1:-1]

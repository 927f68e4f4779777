"""Lessons: what people decided about claims, in a file (`lessons.json`) that runs without a ledger obey.

must and cannot are pairs of claims that are, or are not, about one thing; readings correct what was read. Claims go by
their fingerprints, as reports and `consistency claims` give them. The review desk writes such a file of its decisions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from consistency.errors import ConfigError
from consistency.extraction.readings import FIELDS, ReadingError, checked
from consistency.gate.files import MAX_BYTES, MAX_BYTES_BY_HAND, Lines, Place, entry, read_bytes, shown
from consistency.hints import unknown
from consistency.lessons import NONE, Lessons
from consistency.model import Record, Report

SCHEMA = "consistency-lessons/1"
LISTS = ("must", "cannot", "readings")


class Pair(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two claims that a person said are, or are not, about one thing.

    claims: the fingerprints of the two; reason, author, date: why, by whom and when it was said; decision: its number
    in a ledger.
    """

    claims: tuple[str, str]
    reason: str | None = None
    author: str | None = None
    date: str | None = None
    decision: int | None = None

    @property
    def sorted(self) -> tuple[str, str]:
        """The pair as `consistency.lessons.Lessons` has it."""
        a, b = self.claims
        return (min(a, b), max(a, b))


class Correction(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that was misread.

    claim: its fingerprint; field: what of it is corrected; value: what it should be (value: a number, a day or
    {"low", "high"}; period and as_of: a day or {"from", "to"}; scope: a list of names; drop: true, for what is no claim
    at all; else a word or null); reason, author, date: why, by whom and when it was corrected; decision: its number in
    a ledger.
    """

    claim: str
    field: str
    value: Any
    reason: str | None = None
    author: str | None = None
    date: str | None = None
    decision: int | None = None


class LessonsFile(Record, frozen=True, forbid_unknown_fields=True):
    """The file whole.

    schema: the version of its shape; must: pairs of claims that are about one thing; cannot: pairs that are not;
    readings: claims that were misread.
    """

    schema: str
    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()
    readings: tuple[Correction, ...] = ()


T = TypeVar("T", Pair, Correction)


class Book:
    """The lessons of one file. place: the file, as messages name it."""

    def __init__(self, file: LessonsFile | None = None, place: str = "", data: bytes = b"") -> None:
        self.file = file or LessonsFile(schema=SCHEMA)
        self.place = place
        self._data = data

    @cached_property
    def lessons(self) -> Lessons:
        """As runs obey them."""
        file = self.file
        if not (file.must or file.cannot or file.readings):
            return NONE
        readings: dict[str, dict[str, Any]] = {}
        for one in sorted(file.readings, key=lambda r: (r.claim, r.field)):
            readings.setdefault(one.claim, {})[one.field] = one.value
        must, cannot = (tuple(sorted({p.sorted for p in pairs})) for pairs in (file.must, file.cannot))
        return Lessons(must=must, cannot=cannot, readings=readings)

    def unused(self, report: Report) -> Iterator[str]:
        """A sentence for each entry that does nothing in a report on all its sources."""
        if not (self.file.must or self.file.cannot or self.file.readings):
            return  # what follows would fill the memory of a large report
        corrected = {c.fingerprint: c.corrected for c in report.claims}
        dropped = report.coverage.dropped or ()
        prints = {c.id: c.fingerprint for c in report.claims}
        home: dict[str, set[str]] = {}
        for topic in report.topics:
            for id_ in topic.claims:
                home.setdefault(prints.get(id_, id_), set()).add(topic.id)
        for name, pairs in (("must", self.file.must), ("cannot", self.file.cannot)):
            said = "are about one thing" if name == "must" else "are not about one thing"
            for n, pair in enumerate(pairs):
                a, b = pair.claims
                about = f"{self._at(name, n)}: that {a} and {b} {said}"
                gone = [p for p in pair.claims if p not in corrected]
                if gone:
                    yield f"{about} meets no claim {' and no claim '.join(gone)}"
                elif name == "must" and home.get(a, set()).isdisjoint(home.get(b, ())):
                    yield f"{about} is not obeyed: other entries part what would come together"
        for n, one in enumerate(self.file.readings):
            about = f"{self._at('readings', n)}: the corrected {one.field} of {one.claim}"
            if one.field == "drop":
                if one.claim not in dropped:
                    yield f"{about} meets no claim"
            elif one.claim not in corrected:
                yield f"{about} meets no claim" + (", as that was dropped" if one.claim in dropped else "")
            elif one.field not in corrected[one.claim]:
                yield f"{about} is not obeyed: value, unit and kind of the claim would not go together"

    def _at(self, name: str, number: int) -> str:
        line = self._lines.get((name, number))
        return self.place if line is None else f"{self.place}:{line}"

    @cached_property
    def _lines(self) -> Lines:
        from consistency.strictyaml import lines_of  # JSON is YAML, whose reader knows lines

        return lines_of(self._data) if len(self._data) <= MAX_BYTES_BY_HAND else {}


def read(path: str) -> Book:
    """The lessons in a file. Raises ConfigError with file and line: missing, not JSON, of another version, a bad entry,
    a pair that is in both lists, two readings of one field."""
    data, name = read_bytes(path, "a file of lessons", MAX_BYTES), shown(path)
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not valid JSON: {error.msg} (column {error.colno})", name, error.lineno) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ConfigError(f"is not valid JSON: {error}", name) from error
    if not isinstance(content, dict) or "schema" not in content:
        raise ConfigError(f'is no file of lessons: it does not begin with "schema": "{SCHEMA}"', name)
    if content["schema"] != SCHEMA:
        raise ConfigError(f"is of the schema {content['schema']!r}; this program reads {SCHEMA}", name)
    return Book(_Reader(content, name, data).file(), name, data)


class _Reader:
    """Entries out of JSON; the lines are only looked up where something is wrong."""

    def __init__(self, content: dict[str, Any], name: str, data: bytes) -> None:
        self.content, self.name, self.data = content, name, data

    def file(self) -> LessonsFile:
        for key in self.content:
            if key != "schema" and key not in LISTS:
                raise self._error(unknown("key", key, ("schema", *LISTS)), (key,))
        must, cannot = (tuple(self._pair(*found) for found in self._entries(key)) for key in ("must", "cannot"))
        parted = {pair.sorted: n for n, pair in enumerate(cannot)}
        for n, pair in enumerate(must):
            if pair.sorted in parted:
                at = self._lines().get(("cannot", parted[pair.sorted]))
                where = f" (line {at})" if at else ""
                raise self._error(f"must, entry {n + 1}: cannot{where} says the opposite", ("must", n))
        readings = tuple(self._reading(*found) for found in self._entries("readings"))
        seen: set[tuple[str, str]] = set()
        for n, one in enumerate(readings):
            if (one.claim, one.field) in seen:
                told = f"readings, entry {n + 1}: an entry above corrects the {one.field} of {one.claim} already"
                raise self._error(told, ("readings", n))
            seen.add((one.claim, one.field))
        return LessonsFile(schema=SCHEMA, must=must, cannot=cannot, readings=readings)

    def _entries(self, key: str) -> Iterator[tuple[str, int, Any]]:
        entries = self.content.get(key, [])
        if not isinstance(entries, list):
            raise self._error(f'"{key}" must be a list of entries', (key,))
        yield from ((key, n, raw) for n, raw in enumerate(entries))

    def _pair(self, key: str, number: int, raw: Any) -> Pair:
        what = f"{key}, entry {number + 1}"
        found = self._entry(Pair, raw, key, number)
        a, b = found.claims
        if not (a and b) or a == b:
            told = "a claim cannot be paired with itself" if a else "a fingerprint is empty"
            raise self._error(f"{what}: claims: {told}", (key, number, "claims"))
        return found

    def _reading(self, key: str, number: int, raw: Any) -> Correction:
        what = f"{key}, entry {number + 1}"
        found = self._entry(Correction, raw, key, number)
        try:
            if not found.claim:
                raise ReadingError("claim: a fingerprint is empty")
            return msgspec.structs.replace(found, value=checked(found.field, found.value))
        except ReadingError as error:
            place = "value" if found.field in FIELDS else "field"
            raise self._error(f"{what}: {error}", (key, number, place)) from error

    def _entry(self, kind: type[T], raw: Any, key: str, number: int) -> T:
        what = f"{key}, entry {number + 1}"
        try:
            return entry(kind, raw, (key, number), {}, self.name, what)
        except ConfigError:
            return entry(kind, raw, (key, number), self._lines(), self.name, what)  # once more, with lines

    def _lines(self) -> Lines:
        from consistency.strictyaml import lines_of

        return lines_of(self.data)

    def _error(self, told: str, at: Place) -> ConfigError:
        lines = self._lines()
        return ConfigError(
            told, self.name, next((lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in lines), None)
        )


def to_text(must: Iterable[Pair], cannot: Iterable[Pair], readings: Iterable[Correction]) -> str:
    """The file of these entries, an entry a line: the same ones give the same bytes, in whatever order they come."""
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    for name, pairs in (("must", must), ("cannot", cannot)):
        unique = {_line(msgspec.structs.replace(p, claims=p.sorted)): p.sorted for p in pairs}
        lists[name] = sorted(unique, key=lambda line: (unique[line], line))
    told = {_line(r): (r.claim, r.field) for r in readings}
    lists["readings"] = sorted(told, key=lambda line: (told[line], line))
    parts = [f'  "schema": "{SCHEMA}"']
    for name, lines in lists.items():
        parts.append(f'  "{name}": [' + ("\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "]"))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(one: Pair | Correction) -> str:
    told = {k: v for k, v in one.to_dict().items() if v is not None or k == "value"}
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in json.dumps(told, ensure_ascii=False))

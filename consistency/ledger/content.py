"""The rows of sources: their versions, what was read in them, and the keys they are looked for by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from consistency.archive import Kept
from consistency.archive.index import hashed
from consistency.archive.kept import portrait, postings_of
from consistency.archive.sharing import Sharing
from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import tables
from consistency.ledger.bulk import Rows, chunks, update
from consistency.ledger.records import pack, unpacked
from consistency.model import Source
from consistency.rulebook import Rulebook
from consistency.sources.remembered import content_of

_MANY = 4_000  # sources whose rows are written at once


class Change(msgspec.Struct):
    """What became of sources, by id. keys: the keys that another number of claims has now."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def touched(self) -> bool:
        """Whether anything came, changed or went."""
        return bool(self.added or self.changed or self.removed)


class Content:
    """Writes sources within one transaction."""

    def __init__(self, base: sa.Connection, rules: Rulebook) -> None:
        self.base, self.rules = base, rules

    def apply(
        self, sources: Sequence[tuple[Source, Kept]], gone: Sequence[str], run: int, anew: bool = False
    ) -> Change:
        """Puts sources in and takes others out. anew: one whose text has not changed was read anew nevertheless.

        Raises LedgerError for an id to be taken out that is not there.
        """
        changes = Change(removed=tuple(gone))
        for part in _parts(sources):
            changes = self._put(part, changes, run, anew)
        keys = frozenset(key for id_ in gone for key in self._remove(id_))
        return msgspec.structs.replace(changes, keys=changes.keys | keys)

    def again(self, change: Change, sources: Sequence[tuple[Source, Kept]], run: int) -> Change:
        """Puts in what was read anew in sources whose text is as it was, besides an earlier change."""
        more = self.apply(sources, (), run, anew=True)
        known = {*change.added, *change.changed}
        changed = (*change.changed, *(i for i in more.changed if i not in known))
        return Change(change.added, changed, change.removed, change.unchanged, change.keys | more.keys)

    def _put(self, part: Sequence[tuple[Source, Kept]], before: Change, run: int, anew: bool) -> Change:
        """Puts in sources of which no two have one id. before: what was done already."""
        known = self._known([source.id for source, _ in part])
        contents = {source.id: content_of(source) for source, _ in part}
        unchanged = [i for i, is_ in contents.items() if not anew and i in known and known[i].content == is_]
        same = set(unchanged)
        coming = [(source, kept) for source, kept in part if source.id not in same]
        new = [{"id": source.id} for source, _ in coming if source.id not in known]
        numbers = {i: row.number for i, row in known.items()}
        if new:
            made = sa.insert(tables.source).returning(tables.source.c.id, tables.source.c.number)
            numbers |= {row.id: row.number for row in self.base.execute(made, new)}
        there = [i for source, _ in coming if (i := source.id) in known and known[i].version is not None]
        keys = {key for i in there for key in self._clear(numbers[i])}
        rows = Rows(self.base)
        versions = []
        for source, kept in coming:
            i, number = source.id, numbers[source.id]
            if i not in known or known[i].content != contents[i]:
                version = 1 + (known[i].last or 0) if i in known else 1
                _version(rows, number, version, source, contents[i], run)
                versions.append({"number": number, "version": version})
            keys |= self._read(rows, number, kept)
        rows.write()
        update(self.base, tables.source, versions)
        again = set(there)
        return Change(
            added=(*before.added, *(source.id for source, _ in coming if source.id not in again)),
            changed=(*before.changed, *there),
            removed=before.removed,
            unchanged=(*before.unchanged, *unchanged),
            keys=before.keys | keys,
        )

    def _known(self, ids: Sequence[str]) -> dict[str, Any]:
        """The rows of sources, by id: number, current version and what it holds (None: removed), the last version."""
        s, v = tables.source.c, tables.source_version.c
        last = sa.select(sa.func.max(v.version)).where(v.source == s.number).scalar_subquery().label("last")
        now = tables.source_version.alias().c
        asked = sa.select(s.id, s.number, s.version, now.content, last).outerjoin(
            now.content.table, sa.and_(now.source == s.number, now.version == s.version)
        )
        return {row.id: row for part in chunks(ids) for row in self.base.execute(asked.where(s.id.in_(part)))}

    def _read(self, rows: Rows, number: int, kept: Kept) -> set[str]:
        """Writes what was read in a source, and tells its keys."""
        extraction = kept.extraction
        postings = postings_of(kept, self.rules)
        places: dict[tuple[int, int], dict[str, int]] = {}
        for p in postings:
            place = (hashed(p.key), p.part)
            row = places.setdefault(
                place, {"key": place[0], "number": number, "part": p.part, "size": p.size, "times": 0}
            )
            row["times"] += p.times
        shown = pack(portrait(extraction, self.rules))
        reading = {"source": number, "claims": len(extraction.claims), "record": pack(kept), "portrait": shown}
        rows.add(tables.reading, reading)
        for row in places.values():
            rows.add(tables.posting, row)
        for c in extraction.claims:
            rows.add(tables.claim, {"id": c.id, "source": number, "fingerprint": c.fingerprint})
        return {p.key for p in postings}

    def _clear(self, number: int) -> set[str]:
        """Takes out what was read in a source, and tells the keys it had."""
        at = tables.reading.c
        record = self.base.execute(sa.select(at.record).where(at.source == number)).scalar_one()
        kept = unpacked(record, Kept, f"what was read in source number {number}")
        for table, column in ((tables.reading, "source"), (tables.posting, "number"), (tables.claim, "source")):
            self.base.execute(sa.delete(table).where(table.c[column] == number))
        return {p.key for p in postings_of(kept, self.rules)}

    def _remove(self, id_: str) -> set[str]:
        asked = sa.select(tables.source.c.number, tables.source.c.version).where(tables.source.c.id == id_)
        row = self.base.execute(asked).first()
        if row is None or row[1] is None:
            raise LedgerError(f"there is no source {id_!r} in the ledger{near(id_, current(self.base))}")
        self.base.execute(sa.update(tables.source).where(tables.source.c.number == row[0]).values(version=None))
        return self._clear(row[0])


def _parts(sources: Sequence[tuple[Source, Kept]]) -> Iterator[list[tuple[Source, Kept]]]:
    """The sources in order, parted so that no two of a part have one id, and that its rows fit into memory."""
    part: dict[str, tuple[Source, Kept]] = {}
    for source, kept in sources:
        if source.id in part or len(part) >= _MANY:
            yield list(part.values())
            part = {}
        part[source.id] = (source, kept)
    if part:
        yield list(part.values())


def _version(rows: Rows, number: int, version: int, source: Source, content: str, run: int) -> None:
    row = {
        "source": number,
        "version": version,
        "content": content,
        "sha256": source.sha256,
        "title": plain(source.title),
        "publisher": plain(source.publisher),
        "published": plain(source.published),
        "record": pack(source),
        "run": run,
    }
    rows.add(tables.source_version, row)


def plain(text: str | None) -> str | None:
    """A text as both databases can keep it in a column: without NUL and halves of surrogates."""
    return text and text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def fits(id_: str) -> bool:
    """Whether both databases can keep an id as it is."""
    return plain(id_) == id_


def current(base: sa.Connection) -> list[str]:
    """The ids of all current sources, sorted."""
    at = tables.source.c
    return sorted(base.execute(sa.select(at.id).where(at.version.is_not(None))).scalars())


def every(base: sa.Connection) -> Iterator[Kept]:
    """What was read in all current sources, but for their keys and ties, which fill the memory and of which nobody has
    need who has all of them. Raises LedgerError where a record is damaged."""
    share = Sharing()
    s, r = tables.source.c, tables.reading.c
    asked = sa.select(s.id, r.record).join(tables.source, s.number == r.source).order_by(s.id)
    for row in base.execute(asked):
        kept = unpacked(row.record, Kept, f"what was read in {row.id}")
        yield Kept(info=kept.info, extraction=share(kept.extraction))


def stored_one(base: sa.Connection, id_: str) -> Source:
    """A current source as it stands. Raises LedgerError where its record is damaged."""
    s, v = tables.source.c, tables.source_version.c
    asked = sa.select(v.record).join(tables.source, sa.and_(s.number == v.source, s.version == v.version))
    return unpacked(base.execute(asked.where(s.id == id_)).scalar_one(), Source, f"the text of {id_}")


def ids_of(base: sa.Connection, numbers: Iterable[int]) -> set[str]:
    """The ids of sources."""
    at = tables.source.c
    return {i for part in chunks(numbers) for i in base.execute(sa.select(at.id).where(at.number.in_(part))).scalars()}


def claims_of(base: sa.Connection, ids: Iterable[str]) -> frozenset[str]:
    """The ids of the claims of some sources, as they are today."""
    asked = sa.select(tables.claim.c.id).join(tables.source, tables.source.c.number == tables.claim.c.source)
    found = (base.execute(asked.where(tables.source.c.id.in_(part))).scalars() for part in chunks(ids))
    return frozenset(i for part in found for i in part)


def claims_by_print(base: sa.Connection, fingerprints: Iterable[str]) -> frozenset[str]:
    """The ids of the claims of some fingerprints, as they are today."""
    at = tables.claim.c
    found = (base.execute(sa.select(at.id).where(at.fingerprint.in_(part))).scalars() for part in chunks(fingerprints))
    return frozenset(i for part in found for i in part)


def existing(base: sa.Connection, claims: Iterable[str]) -> frozenset[str]:
    """Those of the claims that are there today."""
    at = tables.claim.c
    found = (base.execute(sa.select(at.id).where(at.id.in_(part))).scalars() for part in chunks(claims))
    return frozenset(i for part in found for i in part)


def sources_of(base: sa.Connection, claims: Iterable[str]) -> list[str]:
    """The ids of the sources that hold some claims, sorted."""
    asked = sa.select(tables.source.c.id).join(tables.claim, tables.source.c.number == tables.claim.c.source).distinct()
    found = (base.execute(asked.where(tables.claim.c.id.in_(part))).scalars() for part in chunks(claims))
    return sorted({i for part in found for i in part})

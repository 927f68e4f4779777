"""Looks claims and sources of a report up, and names them as a reader meets them: numbers, anchors, publishers."""

from __future__ import annotations

import re

import msgspec

from consistency.model import Acceptance, Claim, Report, SourceInfo
from consistency.reporting import days
from consistency.reporting.clean import line, web_link

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


class SourceView(msgspec.Struct, frozen=True):
    """A source as listed. `when`: "published 28 Jul 2021" or "no publication date found"; `date`: ISO or None."""

    number: int
    anchor: str
    id: str
    name: str
    title: str
    url: str | None
    when: str
    basis: str
    date: str | None
    language: str
    path: str
    sha256: str
    claims: int

    @property
    def dated(self) -> str:
        """The date with its basis: "published 28 Jul 2021, from the dateline"."""
        return f"{self.when}, {self.basis}" if self.basis else self.when


class Anchors:
    """Ids for a page: safe in HTML, CSS and a URL, and no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def make(self, prefix: str, key: str) -> str:
        """An anchor for `key`; the same key may be given twice, the second gets a suffix."""
        base = f"{prefix}-{_UNSAFE.sub('-', key)[:80].strip('-') or 'x'}"
        name, count = base, self._last.get(base, 1)
        while name in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._last[base] = count
        self._taken.add(name)
        return name


class Index:
    """The report's claims and sources by id, with their numbers (1-based, in the report's order)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.anchors = Anchors()
        self.claims: dict[str, Claim] = {claim.id: claim for claim in report.claims}
        counts: dict[str, int] = {}
        for claim in report.claims:
            if claim.derived is None:
                counts[claim.source] = counts.get(claim.source, 0) + 1
        self.accepted: dict[str, Acceptance] = {entry.finding: entry for entry in report.accepted}
        against = report.coverage.against
        self.new: frozenset[str] = frozenset(against.sources if against else ())
        self.infos: dict[str, SourceInfo] = {source.id: source for source in report.sources}
        self.sources: dict[str, SourceView] = {}
        for number, source in enumerate(report.sources, 1):
            self.sources[source.id] = self._source(number, source, counts.get(source.id, 0))

    def _source(self, number: int, source: SourceInfo, claims: int) -> SourceView:
        file = line((source.path or source.id).replace("\\", "/").rsplit("/", 1)[-1], 80)
        title = line(source.title, 200)
        return SourceView(
            number=number,
            anchor=f"source-{number}",
            id=line(source.id, 200),
            name=line(source.publisher, 80) or file or f"source {number}",
            title=title,
            url=web_link(source.url),
            when=days.published(source),
            basis=days.published_basis(source),
            date=source.published,
            language=line(source.language, 20),
            path=line(source.path or source.id, 300),
            sha256=line(source.sha256, 64),
            claims=claims,
        )

    def source(self, claim: Claim) -> SourceView | None:
        """The source of a claim; None for a derived claim that rests on several."""
        return self.sources.get(claim.source)

    def numbers(self, claim_ids: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers of the sources of these claims, ascending, each once."""
        found = {
            self.sources[c.source].number for i in claim_ids if (c := self.claims.get(i)) and c.source in self.sources
        }
        return tuple(sorted(found))

    def place(self, claim: Claim) -> str:
        """ "path:line:column", "path, page 3", or the source's id."""
        at = claim.location
        source = self.sources.get(claim.source)
        path = line((at.path if at else None) or (source.path if source else claim.source), 300)
        if at is None or at.line is None:
            return f"{path}, page {at.page}" if at and at.page else path
        return f"{path}:{at.line}" + (f":{at.column}" if at.column else "")

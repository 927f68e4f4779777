"""One finding or source of a ledger, with its past, as text."""

from __future__ import annotations

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import listing, tables
from consistency.ledger.content import current
from consistency.ledger.records import FindingState, unpacked
from consistency.model import Claim, Source
from consistency.reporting.clean import clean_line


def shown(engine: sa.Engine, name: str, version: int | None = None) -> str:
    """A finding or a source by its id. Raises LedgerError where there is none, or no such version."""
    with engine.connect() as base:
        known = base.scalar(sa.select(tables.finding.c.id).where(tables.finding.c.id == name))
    return _finding(engine, name, version) if known else _source(engine, name, version)


def text_of(engine: sa.Engine, name: str, version: int | None = None) -> str:
    """The text of a source. Raises LedgerError where there is none, or no such version."""
    return _stored(engine, name, version)[1].text


def _finding(engine: sa.Engine, name: str, version: int | None) -> str:
    f, v = tables.finding.c, tables.finding_version.c
    with engine.connect() as base:
        row = base.execute(sa.select(f.version, f.computed, f.status, f.verdict).where(f.id == name)).one()
        wanted = version or row.version
        record = base.scalar(sa.select(v.record).where(v.finding == name, v.version == wanted))
    if record is None:
        raise LedgerError(f"finding {name} has no version {wanted}; its last is {row.version}")
    state = unpacked(record, FindingState, f"version {wanted} of finding {name}")
    finding = state.finding
    claims = {c.id: c for c in state.claims}
    sources = {s.id: s for s in state.sources}
    out = [f"{name}  version {wanted} of {row.version}" + ("" if row.computed else "  (its sources no longer give it)")]
    out += [f"{finding.outcome} ({finding.rule}), confidence {finding.confidence:.2f}", finding.message, ""]
    for n, side in enumerate(finding.sides, 1):
        out.append(f"side {n}")
        for id_ in side:
            info = sources.get(claims[id_].source)
            out += _passage(claims[id_], info.published if info else None)
    out += ["why", *(f"  {step}" for step in finding.why)]
    if finding.reconcile:
        out += ["would agree if", *(f"  {step}" for step in finding.reconcile)]
    out.append("decisions")
    made = [listing.as_text("decisions", iter([r]), False).splitlines()[0] for r in _decisions(engine, name)]
    return "\n".join([*map(clean_line, out), *(f"  {line}" for line in made or ["none yet"])]) + "\n"


def _passage(claim: Claim, published: str | None) -> list[str]:
    steps = claim.derived.steps if claim.derived else ()
    words = claim.sentence.text if claim.sentence else f"worked out: {'; '.join(steps)}"
    return [f"  {claim.source} ({published or 'no date'}): {claim.text or ''}", f"    {' '.join(words.split())}"]


def _decisions(engine: sa.Engine, name: str) -> list[listing.Row]:
    return [row for row in listing.decisions(engine) if row["finding"] == name]


def _source(engine: sa.Engine, name: str, version: int | None) -> str:
    number, source, wanted = _stored(engine, name, version)
    v = tables.source_version.c
    asked = (
        sa.select(v.version, v.sha256, v.published, tables.run.c.at, tables.run.c.author)
        .join(tables.run, tables.run.c.id == v.run)
        .where(v.source == number)
        .order_by(v.version)
    )
    with engine.connect() as base:
        rows = base.execute(asked).all()
        here = base.scalar(sa.select(tables.source.c.version).where(tables.source.c.number == number))
        f = tables.finding_source.c
        told = base.scalars(sa.select(f.finding).where(f.source == name).order_by(f.finding)).all()
    out = [f"{name}  version {wanted} of {rows[-1].version}" + ("" if here else "  (removed)")]
    out += [f"{label}: {value}" for label, value in _about(source) if value]
    out += ["versions", *(f"  {r.version}  {r.at}  {r.author}  sha256 {r.sha256}" for r in rows)]
    return "\n".join(map(clean_line, [*out, f"findings: {', '.join(told) or 'none'}"])) + "\n"


def _about(source: Source) -> tuple[tuple[str, str | None], ...]:
    return (
        ("title", source.title),
        ("publisher", source.publisher),
        ("published", source.published),
        ("url", source.url),
        ("path", source.path),
    )


def _stored(engine: sa.Engine, name: str, version: int | None) -> tuple[int, Source, int]:
    """(number, the source, its version)."""
    s, v = tables.source.c, tables.source_version.c
    with engine.connect() as base:
        number = base.scalar(sa.select(s.number).where(s.id == name))
        if number is None:
            known = [*current(base), *base.scalars(sa.select(tables.finding.c.id))]
            raise LedgerError(f"there is no finding and no source {name!r} in the ledger{near(name, known)}")
        asked = sa.select(v.record, v.version).where(v.source == number).order_by(v.version.desc()).limit(1)
        row = base.execute(asked if version is None else asked.where(v.version == version)).first()
    if row is None:
        raise LedgerError(f"source {name} has no version {version}")
    return number, unpacked(row[0], Source, f"version {row[1]} of source {name}"), row[1]

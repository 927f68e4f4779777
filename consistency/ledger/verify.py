"""Whether a ledger is what its sources give: everything is worked out anew and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from consistency import pipeline
from consistency.archive import Kept
from consistency.archive.index import hashed
from consistency.archive.kept import kept_of, postings_of
from consistency.config import Config
from consistency.ledger import decisions, tables
from consistency.ledger.adding import stored
from consistency.ledger.connect import snapshot
from consistency.ledger.records import FindingState, pack, unpack
from consistency.ledger.rows import parted
from consistency.ledger.runs import applied, settled
from consistency.model import Finding, Report, Skipped, Source
from consistency.rulebook import Rulebook

Progress = Callable[[str, int, int | None], None]


def verify(engine: sa.Engine, config: Config, progress: Progress | None = None) -> list[str]:
    """What is not as it should be, a sentence each; nothing where all is well. Changes nothing.

    Compared are the texts with their hashes, the readings and keys with what today's run reads, the findings with those
    of `check` on all sources, and what is listed with what is kept (rows.py). Raises LedgerError where the ledger rests
    on other rules or settings.
    """
    config = pipeline.by_index(config)
    rules = pipeline.rulebook_of(config)
    with snapshot(engine) as base:
        settled(base, config, rules)
        sources = list(stored(base))
        faults = [*decisions.broken_in(base), *_readings(base, sources, rules, config, progress)]
        report = pipeline.check(sources, config, progress=progress, lessons=applied(base))
        faults += _findings(base, report, _hot(base, config))
        faults += parted(base, rules)
        base.rollback()
    return faults


def _readings(
    base: sa.Connection, sources: list[Source], rules: Rulebook, config: Config, progress: Progress | None
) -> Iterator[str]:
    asked = sa.select(tables.source.c.id, tables.source.c.number)
    numbers = {row.id: row.number for row in base.execute(asked)}
    readings = applied(base).readings
    for n, source in enumerate(sources, 1):
        number = numbers[source.id]
        kept = kept_of(source, rules, config.limits.seconds, readings)
        record = base.execute(sa.select(tables.reading.c.record).where(tables.reading.c.source == number)).scalar()
        if isinstance(kept, Skipped):
            yield f"{source.id}: {kept.reason}"
        elif record is None:
            yield f"{source.id}: what was read in it is missing"
        elif not _gives(record, kept):
            yield f"{source.id}: its claims are not those that its text gives"
        elif _postings(base, number) != _summed(kept, rules):
            yield f"{source.id}: its keys are not those that its claims give"
        if progress is not None:
            progress("reading claims", n, len(sources))
    lost = (
        sa.select(sa.func.count())
        .select_from(tables.posting)
        .where(tables.posting.c.number.not_in(sa.select(tables.reading.c.source)))
    )
    if base.execute(lost).scalar():
        yield "there are keys of sources that are not there"


def _gives(record: bytes, kept: Kept) -> bool:
    try:
        return pack(unpack(record, Kept)) == pack(kept)
    except ValueError:
        return False


def _postings(base: sa.Connection, number: int) -> Counter[tuple[int, int]]:
    at = tables.posting.c
    rows = base.execute(sa.select(at.key, at.part, at.times).where(at.number == number))
    return Counter({(key, part): times for key, part, times in rows})


def _summed(kept: Kept, rules: Rulebook) -> Counter[tuple[int, int]]:
    out: Counter[tuple[int, int]] = Counter()
    for p in postings_of(kept, rules):
        out[hashed(p.key), p.part] += p.times
    return out


def _hot(base: sa.Connection, config: Config) -> bool:
    """Whether there is a key that too many share to be looked up by."""
    at = tables.posting.c
    asked = sa.select(at.key).group_by(at.key).having(sa.func.sum(at.times) > config.topics.block_cap).limit(1)
    return base.execute(asked).first() is not None


def _findings(base: sa.Connection, report: Report, hot: bool) -> Iterator[str]:
    f, v = tables.finding.c, tables.finding_version.c
    asked = sa.select(f.id, v.record).join(tables.finding_version, sa.and_(v.finding == f.id, v.version == f.version))
    here: Counter[str] = Counter()
    names: dict[str, str] = {}
    for id_, record in base.execute(asked.where(f.computed.is_not(None))):
        try:
            state = unpack(record, FindingState)
        except ValueError:
            continue  # told by `parted`
        told = _told(state.finding)
        here[told] += 1
        names[told] = id_
    there = Counter(_told(finding) for finding in report.findings)
    why = " (keys over topics.block_cap, which a ledger does not look up, may be why)" if hot else ""
    messages = {_told(finding): finding for finding in report.findings}
    for told in sorted(there - here):
        yield f"a finding is missing: {messages[told].id}: {messages[told].message}{why}"
    for told in sorted(here - there):
        yield f"finding {names[told]} is not what the sources give{why}"


def _told(finding: Finding) -> str:
    """All that a finding says, apart from the name of its topic."""
    sides = sorted(sorted(side) for side in finding.sides)
    facts = sorted(finding.facts.items())
    return repr((finding.id, finding.outcome, finding.rule, sides, facts, finding.message, finding.confidence))

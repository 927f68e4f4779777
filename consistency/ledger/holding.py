"""New sources held against a ledger: what `check --against URL` reports. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import sqlalchemy as sa

from consistency import pipeline
from consistency.archive.gather import Gathered
from consistency.archive.index import Index
from consistency.archive.kept import kept_of, portrait, postings_of, prepare
from consistency.archive.shelf import Shelf
from consistency.archive.store import Store
from consistency.config import Config
from consistency.gate.baseline import Accepted
from consistency.gate.sight import GATED, Sight
from consistency.ledger import tables, taught
from consistency.ledger.content import chunks, current
from consistency.ledger.matching import prints
from consistency.ledger.records import FindingState, unpack
from consistency.ledger.runs import settled
from consistency.ledger.shelf import LedgerShelf
from consistency.model import Acceptance, Report, Skipped, Source

SETTLING = ("explained", "duplicate", "not-same-topic", "same-topic", "wrong-reading")
"""The decisions after which a finding, as it was decided on, no longer fails a gate."""
Progress = Callable[[str, int, int | None], None]


def check_against(
    engine: sa.Engine,
    sources: Sequence[Source],
    config: Config,
    skipped: Sequence[Skipped] = (),
    progress: Progress | None = None,
) -> Report:
    """Compares new sources with those of a ledger and with each other, as `pipeline.check_against` does. A source of
    the ledger with the id of a new one is left aside.

    Raises LedgerError where the ledger rests on other rules or settings.
    """
    rules = pipeline.rulebook_of(config)
    fresh = Shelf(Index(None), Store(None))
    left, new = list(skipped), {}
    with engine.connect() as base:
        settled(base, config, rules)
        lessons = taught.lessons(base, config.review.four_eyes)
        base.rollback()
        if sources:
            prepare(rules)
        for n, source in enumerate(sorted(sources, key=lambda s: s.id), 1):
            kept = kept_of(source, rules, config.limits.seconds, lessons.readings)
            if isinstance(kept, Skipped):
                left.append(kept)
                continue
            key = f"{n:064x}"
            fresh.store.put(key, kept)
            fresh.index.add([(key, source.id, portrait(kept.extraction, rules), postings_of(kept, rules))])
            new[source.id] = key
            if progress is not None:
                progress("reading claims", n, len(sources))
        fresh.use(new)
        known = len(set(current(base)) - set(new))
        found = Gathered(tuple(new), known, fresh, LedgerShelf(base, new), tuple(left))
        report = pipeline.compare(found, rules, config, progress, lessons)
        base.rollback()
    return report


def accept(engine: sa.Engine, report: Report, place: str) -> Report:
    """An applied report (`gate.Gate.apply`) where findings that people settled, as they stand, are accepted.

    A decision holds as an entry of a baseline does: for the claims that were there when it was made, and for an outcome
    that is no worse.
    """
    sight, done = Sight(report), {a.finding for a in report.accepted}
    open_ = [f for f in report.findings if f.outcome in GATED and f.id not in done]
    f, v, d = tables.finding.c, tables.finding_version.c, tables.decision.c
    asked = (
        sa.select(f.id, f.verdict, f.decided_version, v.record)
        .join(tables.finding_version, sa.and_(v.finding == f.id, v.version == f.decided_version))
        .where(f.verdict.in_(SETTLING), f.status.in_(("decided", "changed")))
    )
    accepted = list(report.accepted)
    with engine.connect() as base:
        claims = {i for finding in open_ for i in finding.claims}
        at = tables.finding_claim.c
        ids = {i for part in chunks(claims) for i in base.scalars(sa.select(at.finding).where(at.claim.in_(part)))}
        entries = []
        for part in chunks(ids):
            for row in base.execute(asked.where(f.id.in_(part))):
                state = unpack(row.record, FindingState)
                sides = tuple(tuple(sorted(side)) for side in prints(state))
                back = sa.select(d.undoes).where(d.finding == row.id, d.undoes.is_not(None))
                last = sa.select(d.author, d.at, d.note, d.detail).where(
                    d.finding == row.id,
                    d.kind == row.verdict,
                    d.version == row.decided_version,
                    d.id.not_in(back),
                )
                made = base.execute(last.order_by(d.id.desc()).limit(1)).first()
                entries.append(
                    (Accepted(finding=row.id, outcome=state.finding.outcome, sides=sides), row.verdict, made)
                )
        base.rollback()
    for finding in open_:
        for entry, verdict, made in sorted(entries, key=lambda e: e[0].finding):
            if made is not None and entry.accepts(sight.sides(finding), finding.outcome):
                reason = f"{verdict}: {made.note}" if made.note else verdict
                accepted.append(
                    Acceptance(
                        finding=finding.id, by="decision", reason=reason, author=made.author, date=made.at[:10],
                        expires=None, place=place,
                    )
                )  # fmt: skip
                break
    return msgspec.structs.replace(report, accepted=tuple(accepted))

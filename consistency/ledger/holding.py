"""New sources held against a ledger: what `check --against URL` reports. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from consistency import pipeline
from consistency.archive.gather import Gathered
from consistency.archive.index import Index
from consistency.archive.kept import kept_of, portrait, postings_of, prepare
from consistency.archive.shelf import Shelf
from consistency.archive.store import Store
from consistency.config import Config
from consistency.extraction.corrected import Readings
from consistency.gate.baseline import Accepted
from consistency.gate.sight import GATED, Sight
from consistency.ledger import taught
from consistency.ledger.asking import Ask, Moment, among
from consistency.ledger.basis import unsettled
from consistency.ledger.matching import prints
from consistency.ledger.records import FindingState, unpacked
from consistency.ledger.shelf import LedgerShelf
from consistency.lessons import Lessons
from consistency.model import Acceptance, Report, Skipped, Source
from consistency.rulebook import Rulebook

SETTLING = ("explained", "duplicate", "not-same-topic", "same-topic", "wrong-reading")
"""The decisions after which a finding, as it was decided on, no longer fails a gate."""
_SETTLED = (
    "SELECT f.id, f.verdict, f.decided_version, v.record FROM finding f "
    "JOIN finding_version v ON v.finding = f.id AND v.version = f.decided_version "
    f"WHERE f.verdict IN ({', '.join('?' * len(SETTLING))}) AND f.status IN ('decided', 'changed') AND f.id IN (??)"
)
_MADE = (
    "SELECT author, at, note FROM decision WHERE finding = ? AND kind = ? AND version = ? AND id NOT IN "
    "(SELECT undoes FROM decision WHERE finding = ? AND undoes IS NOT NULL) ORDER BY id DESC LIMIT 1"
)
Progress = Callable[[str, int, int | None], None]
_LONG = 30.0  # seconds for a source, of which those for loading are no part that tells


def check_against(
    moment: Moment,
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
    if sources and config.limits.seconds < _LONG:  # a few sources: what one text needs is loaded, and that takes less
        prepare(rules)

    def obeyed(ask: Ask) -> Lessons:
        unsettled(ask, config, rules)
        return taught.lessons(ask, config.review.four_eyes)

    with moment() as ask:
        lessons = obeyed(ask)
    while True:
        by = lessons.readings
        fresh, new, left = _read(sources, rules, config, by, progress)  # others may change the ledger meanwhile
        with moment() as ask:
            lessons = obeyed(ask)
            if lessons.readings == by:
                shelf = LedgerShelf(ask, new, remembers=taught.applied(ask) == lessons)
                found = Gathered(tuple(new), shelf.size(), fresh, shelf, (*skipped, *left))
                return pipeline.compare(found, rules, config, progress, lessons)


def _read(
    sources: Sequence[Source], rules: Rulebook, config: Config, readings: Readings, progress: Progress | None
) -> tuple[Shelf, dict[str, str], list[Skipped]]:
    """The new sources as an archive of their own, their ids there, and what could not be read."""
    fresh = Shelf(Index(None), Store(None))
    left: list[Skipped] = []
    new: dict[str, str] = {}
    for n, source in enumerate(sorted(sources, key=lambda s: s.id), 1):
        kept = kept_of(source, rules, config.limits.seconds, readings)
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
    return fresh, new, left


def accept(moment: Moment, report: Report, place: str) -> Report:
    """An applied report (`gate.Gate.apply`) where findings that people settled, as they stand, are accepted.

    A decision holds as an entry of a baseline does: for the claims that were there when it was made, and for an outcome
    that is no worse.
    """
    sight, done = Sight(report), {a.finding for a in report.accepted}
    open_ = [f for f in report.findings if f.outcome in GATED and f.id not in done]
    accepted = list(report.accepted)
    entries = []
    with moment() as ask:
        claims = {i for finding in open_ for i in finding.claims}
        ids = {row[0] for row in among("SELECT finding FROM finding_claim WHERE claim IN (??)", claims, ask)}
        for id_, verdict, version, record in among(_SETTLED, ids, ask, SETTLING):
            state = unpacked(record, FindingState, f"finding {id_}")
            sides = tuple(tuple(sorted(side)) for side in prints(state))
            made = next(iter(ask(_MADE, (id_, verdict, version, id_))), None)
            entries.append((Accepted(finding=id_, outcome=state.finding.outcome, sides=sides), verdict, made))
    for finding in open_:
        for entry, verdict, made in sorted(entries, key=lambda e: e[0].finding):
            if made is not None and entry.accepts(sight.sides(finding), finding.outcome):
                author, at, note = made
                reason = f"{verdict}: {note}" if note else verdict
                accepted.append(
                    Acceptance(
                        finding=finding.id, by="decision", reason=reason, author=author, date=at[:10],
                        expires=None, place=place,
                    )
                )  # fmt: skip
                break
    return msgspec.structs.replace(report, accepted=tuple(accepted))

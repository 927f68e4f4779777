"""Sources come, change and go; what that changes among topics and findings is worked out anew, and nothing else.

What a change can touch are the topics, before and after it, of the claims of

- the sources that come, change or go,
- the documents whose story is another one now,
- pairs that people parted or joined since the last run,
- the sources that share a key that just became, or just ceased to be, one that too many share to be looked up.

the topics that bear on those (`consistency.archive.reach`), and the topics that had or get a claim of theirs. Those are
judged as if alone; the findings of all others stand as they are. Where much changes
at once, to look for them costs more than to judge everything, and everything is judged. So a ledger holds
what `check` finds in all its sources, whatever the order they came in (`consistency ledger verify` compares), except
where a key is over `topics.block_cap`: by such a key `check` still compares neighbours, and a ledger does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from consistency import pipeline
from consistency.archive import Kept, Reached, Walk
from consistency.archive.copying import Counts
from consistency.archive.kept import kept_of
from consistency.archive.tales import Tales
from consistency.config import Config
from consistency.errors import LedgerError
from consistency.extraction.readings import Readings
from consistency.ledger import findings, tables, taught
from consistency.ledger.asking import asking
from consistency.ledger.connect import writing
from consistency.ledger.content import (
    Change,
    Content,
    claims_by_print,
    claims_of,
    every,
    existing,
    ids_of,
    sources_of,
    stored_one,
)
from consistency.ledger.records import Changes
from consistency.ledger.runs import applied, apply, begin, finish, last, resettle, settled
from consistency.ledger.shelf import LedgerShelf, Nothing
from consistency.lessons import Lessons
from consistency.model import Skipped, Source
from consistency.rulebook import Rulebook
from consistency.topics.blocking import level
from consistency.topics.keys import SHINGLE
from consistency.topics.passages import copy_rules
from consistency.topics.weights import weights

WALK = 25
"""To find out what one source can touch costs about as much as to judge so many without asking."""


def put(
    engine: sa.Engine,
    sources: Sequence[tuple[Source, Kept]],
    config: Config,
    author: str | None,
    anew: int | None = None,
    readings: Readings | None = None,
) -> Changes:
    """Adds sources with what was read in them, or new versions of those that are there, in one transaction.

    anew: these are all sources as they were after the run of that number, read anew by other rules; readings: the
    corrections that they were read by, where people may have decided on others meanwhile. Raises LedgerError where the
    ledger rests on other rules or settings, or where sources came or went since that run.
    """
    kind = "refresh" if anew is not None else "add" if sources else "obey"
    return _change(engine, sources, (), config, author, kind, anew, readings)


def remove(engine: sa.Engine, ids: Iterable[str], config: Config, author: str | None) -> Changes:
    """Removes sources, in one transaction. Their versions, and the findings they had part in, can still be looked up.

    Raises LedgerError for an id that is not there; nothing is then removed.
    """
    return _change(engine, (), tuple(dict.fromkeys(ids)), config, author, "remove")


def _change(
    engine: sa.Engine,
    sources: Sequence[tuple[Source, Kept]],
    gone: tuple[str, ...],
    config: Config,
    author: str | None,
    kind: str,
    anew: int | None = None,
    readings: Readings | None = None,
) -> Changes:
    config = pipeline.by_index(config)
    rules = pipeline.rulebook_of(config)
    with writing(engine, "sources") as base, engine.connect() as before:
        if anew is None:
            settled(base, config, rules)
        elif last(base) != anew:
            raise LedgerError("somebody changed the sources meanwhile; nothing was written, run it again")
        else:
            resettle(base, config, rules)
        lessons = (applied(base), taught.lessons(asking(base), config.review.four_eyes))
        run = begin(base, kind, author)
        content = Content(base, rules)
        change = content.apply(sources, gone, run, anew=anew is not None)
        by: list[Readings] = [lessons[0].readings] if anew is None else []
        by += [] if readings is None else [readings]
        change = content.again(change, _reread(base, by, lessons[1].readings, rules, config), run)
        if not change.touched and anew is None and lessons[0] == lessons[1]:
            base.rollback()
            return Changes(unchanged=change.unchanged)
        work = _Work(before, base, change, rules, config, lessons)
        claims, found = work.run()
        told = findings.replace(base, claims, found, pipeline.judged(found, rules, config, lessons[1]), run)
        apply(base, lessons[1])
        changes = Changes(
            added=change.added,
            changed=change.changed,
            removed=change.removed,
            unchanged=change.unchanged,
            new=told.new,
            altered=told.altered,
            gone=told.gone,
        )
        finish(base, run, changes)
    return changes


def _reread(
    base: sa.Connection, by: Iterable[Readings], now: Readings, rules: Rulebook, config: Config
) -> list[tuple[Source, Kept]]:
    """The sources of which people corrected another reading since the last run, or since they were read for this one.

    by: the corrections that what is there was read by.
    """
    touched = {f for was in by for f in {*was, *now} if was.get(f) != now.get(f)}
    out = []
    for source in (stored_one(base, id_) for id_ in sources_of(base, claims_by_print(base, touched))):
        kept = kept_of(source, rules, config.limits.seconds, now)
        if isinstance(kept, Skipped):
            raise LedgerError(kept.reason, source.id)
        out.append((source, kept))
    return out


class _Work:
    """What one change touches, worked out anew. before, base: the ledger before and after it."""

    def __init__(
        self,
        before: sa.Connection,
        base: sa.Connection,
        change: Change,
        rules: Rulebook,
        config: Config,
        lessons: tuple[Lessons, Lessons],
    ) -> None:
        self.before, self.base, self.change, self.rules, self.lessons = before, base, change, rules, lessons
        self.old, self.now = (LedgerShelf(asking(one)) for one in (before, base))
        self.was, self.settings = (pipeline.topic_settings(config, told) for told in lessons)

    def run(self) -> tuple[frozenset[str], Reached]:
        """The claims that are touched, before or after, and those of today with all they reach."""
        change = self.change
        fresh = {*change.added, *change.changed}
        lost = {*change.removed, *change.changed}
        if len(fresh | lost) * WALK >= self.now.size():
            return self._all()
        others = (self._retold(fresh, lost) | self._recounted()) - fresh - lost
        was = claims_of(self.before, lost | others) | self._taught(self.before)
        is_ = claims_of(self.base, fresh | others) | self._taught(self.base)
        old, now = (
            Walk(Nothing(), shelf, self.rules, told)
            for shelf, told in ((self.old, self.was), (self.now, self.settings))
        )
        while True:  # a topic that changes has parts before and after, and those have others
            old.run(sources_of(self.before, was), was)
            is_ |= existing(self.base, old.reached)
            now.run(sources_of(self.base, is_), is_)
            was = existing(self.before, now.reached) - old.reached
            if not was:
                break
        found = now.told()
        return found.claims | old.reached, found

    def _all(self) -> tuple[frozenset[str], Reached]:
        """Everything, before or after: what is left is then judged as `check` judges it."""
        kept = {k.extraction.source: k for k in every(self.base)}
        claims = frozenset(c.id for k in kept.values() for c in k.extraction.claims)
        gone = frozenset(self.before.scalars(sa.select(tables.claim.c.id)))
        return claims | gone, Reached(
            kept=dict(sorted(kept.items())), claims=claims, whole=None, hot=(), loaded=len(kept)
        )

    def _taught(self, base: sa.Connection) -> frozenset[str]:
        """The claims of pairs of which people said something else since the last run."""
        was, now = self.lessons
        pairs = {*was.must} ^ {*now.must} | {*was.cannot} ^ {*now.cannot}
        return claims_by_print(base, {fingerprint for pair in pairs for fingerprint in pair})

    def _retold(self, fresh: Collection[str], lost: Collection[str]) -> set[str]:
        """The sources, before and after, whose story is another one now."""
        shelves = (self.old, self.now)
        tales = [Tales((s,), weights(self.rules), self.settings, self._counter(s)) for s in shelves]
        touched = {*fresh, *lost}
        asked = set(touched)
        for _ in shelves:  # a second time with all that the first found, before and after
            for shelf, tale in zip(shelves, tales, strict=True):
                for one in sorted(asked - set(tale.told)):
                    number = shelf.number_of(one)
                    if number is not None:
                        tale.of(next(iter(shelf.portraits((number,))))[1].document)
            asked = {*tales[0].told, *tales[1].told}
        old, now = ({s: told[0] for s, told in tale.told.items()} for tale in tales)
        return {s for s in asked - touched if old.get(s) != now.get(s)}

    def _recounted(self) -> set[str]:
        """The sources that share a key which is of another level now: rare enough to be looked up by, or not."""
        hot = copy_rules(self.rules).hot_shingle
        out: set[int] = set()
        keys = sorted(self.change.keys)
        runs = [k for k in keys if k.startswith(SHINGLE)]
        others = [k for k in keys if not k.startswith(SHINGLE)]
        for most, of in ((hot, runs), (self.settings.block_cap, others)):
            was, now = (shelf.counts(of, most) for shelf in (self.old, self.now))
            other = [k for k in of if level(k, was[k], most) != level(k, now[k], most)]
            out |= self.now.holders(other)
        return ids_of(self.base, out)

    def _counter(self, shelf: LedgerShelf) -> Counts:
        return lambda keys: shelf.counts(keys, self.settings.block_cap)

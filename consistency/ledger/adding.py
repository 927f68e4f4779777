"""Sources into a ledger: read, and put in batch by batch; each batch is in it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec
import sqlalchemy as sa

from consistency import pipeline
from consistency.archive import Kept
from consistency.archive.kept import info, kept_of, prepare
from consistency.config import Config
from consistency.extraction.readings import Readings
from consistency.ledger import tables, taught
from consistency.ledger.asking import asking
from consistency.ledger.content import current, fits, stored_one
from consistency.ledger.records import Changes
from consistency.ledger.runs import last
from consistency.ledger.shelf import LedgerShelf
from consistency.ledger.update import put
from consistency.model import Context, Extraction, Skipped, Source
from consistency.rulebook import Rulebook
from consistency.sources.remembered import content_of

BATCH, MOST = 50, 1_000
"""The fewest and the most sources that are put in at once."""
Progress = Callable[[str, int, int | None], None]


def add(
    engine: sa.Engine,
    sources: Iterable[Source],
    config: Config,
    author: str | None = None,
    skipped: list[Skipped] | None = None,
    progress: Progress | None = None,
    batch: int | None = None,
) -> Changes:
    """Adds sources, or new versions of those that are there. One whose text and metadata are the same is left alone.

    skipped: takes up those whose claims cannot be read, or whose id cannot be kept. batch: how many are put in at once
    (None: the more the larger the ledger is, since a batch costs what it meets, and a large one meets little more than
    a small one). Raises LedgerError where the ledger rests on other rules or settings.
    """
    rules = pipeline.rulebook_of(config)
    left: list[Skipped] = [] if skipped is None else skipped
    changes = Changes()
    same: list[str] = []
    waiting: list[tuple[Source, Kept]] = []
    with engine.connect() as base:
        held = LedgerShelf(asking(base)).size()
        readings = taught.lessons(asking(base), config.review.four_eyes).readings
    for n, item in enumerate(_read(engine, sources, config, rules, readings), 1):
        if isinstance(item, Skipped):
            left.append(item)
        elif isinstance(item, str):
            same.append(item)
        else:
            waiting.append(item)
        if len(waiting) >= (batch or min(max(BATCH, held // 2), MOST)):
            changes = joined(changes, put(engine, waiting, config, author, readings=readings))
            held += len(waiting)
            waiting.clear()
        if progress is not None:
            progress("adding", n, None)
    if waiting:
        changes = joined(changes, put(engine, waiting, config, author, readings=readings))
    return msgspec.structs.replace(changes, unchanged=tuple(sorted({*changes.unchanged, *same})))


def refresh(
    engine: sa.Engine, config: Config, author: str | None = None, progress: Progress | None = None
) -> tuple[Changes, list[Skipped]]:
    """Reads the claims of every source anew, by today's rules and settings, in one transaction.

    Findings keep their ids and what was decided on them. A source whose claims can no longer be read keeps its text,
    and has none."""
    rules = pipeline.rulebook_of(config)
    skipped: list[Skipped] = []
    read: list[tuple[Source, Kept]] = []
    prepare(rules)
    with engine.connect() as base:
        every, since = list(stored(base)), last(base)
        readings = taught.lessons(asking(base), config.review.four_eyes).readings
    for n, source in enumerate(every, 1):
        kept = kept_of(source, rules, config.limits.seconds, readings)
        if isinstance(kept, Skipped):
            skipped.append(kept)
            kept = silent(source)
        read.append((source, kept))
        if progress is not None:
            progress("reading claims", n, len(every))
    return put(engine, read, config, author, since, readings), skipped


def obey(engine: sa.Engine, config: Config, author: str | None = None) -> Changes:
    """Works out anew what people's decisions touch since the last run, as every run does."""
    return put(engine, (), config, author)


def silent(source: Source) -> Kept:
    """What is kept of a source whose claims cannot be read."""
    extraction = Extraction(source=source.id, context=Context(source=source.id, published=source.published))
    return Kept(info=info(source, extraction), extraction=extraction)


def stored(base: sa.Connection) -> Iterator[Source]:
    """The current sources, by id."""
    return (stored_one(base, id_) for id_ in current(base))


def joined(one: Changes, two: Changes) -> Changes:
    """What two runs did, as one. A finding that came and changed is new; one that came and went is neither."""
    new = {*one.new, *two.new} - set(two.gone)
    gone = {*one.gone, *two.gone} - set(two.new) - (set(one.new) & set(two.gone))
    altered = ({*one.altered, *two.altered} | (set(one.gone) & set(two.new))) - new - gone
    return Changes(
        added=one.added + two.added,
        changed=one.changed + two.changed,
        removed=one.removed + two.removed,
        unchanged=one.unchanged + two.unchanged,
        new=tuple(sorted(new - set(one.gone))),
        altered=tuple(sorted(altered)),
        gone=tuple(sorted(gone)),
    )


def _read(
    engine: sa.Engine, sources: Iterable[Source], config: Config, rules: Rulebook, readings: Readings
) -> Iterator[tuple[Source, Kept] | Skipped | str]:
    """Each source with its claims; its id, where it is in the ledger as it is; or why it was left out."""
    ready = False
    s, v = tables.source.c, tables.source_version.c
    asked = sa.select(v.content).join(tables.source, sa.and_(s.number == v.source, s.version == v.version))
    for source in sources:
        if not fits(source.id):
            yield Skipped(source=source.id, reason="its id holds a character that a ledger cannot keep")
            continue
        with engine.connect() as base:
            known = base.execute(asked.where(s.id == source.id)).scalar()
        if known == content_of(source):
            yield source.id
            continue
        if not ready:
            prepare(rules)
            ready = True
        kept = kept_of(source, rules, config.limits.seconds, readings)
        yield kept if isinstance(kept, Skipped) else (source, kept)

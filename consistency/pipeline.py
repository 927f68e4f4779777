"""The flow: sources to claims to topics to findings to a report. Knows no rule, no format and no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from consistency.archive.gather import Gathered, Stream, with_archive
from consistency.archive.reach import Reached, reach
from consistency.archive.reading import read_all
from consistency.archive.select import select
from consistency.config import Config
from consistency.engine import SERIAL, Engine
from consistency.errors import ConfigError
from consistency.extraction.regions import FILES as REGION_FILES
from consistency.judgement import JudgeSettings, judge
from consistency.judgement.arithmetic.rules import arithmetic
from consistency.judgement.rates import until
from consistency.judgement.table import table
from consistency.lessons import NONE, Lessons
from consistency.model import (
    Against,
    Claim,
    Coverage,
    Extraction,
    Judgement,
    Report,
    Skipped,
    Source,
    SourceInfo,
)
from consistency.rulebook import Rulebook, default_rulebook
from consistency.topics import TopicSettings, cluster, minhash

Progress = Callable[[str, int, int | None], None]


def rulebook_of(config: Config) -> Rulebook:
    """The rules a run rests on: the user's folders in front of the built-in ones."""
    return Rulebook(tuple(config.rules)) if config.rules else default_rulebook()


def check(
    sources: Iterable[Source],
    config: Config | None = None,
    skipped: Sequence[Skipped] = (),
    progress: Progress | None = None,
    asked: bool = False,
    lessons: Lessons = NONE,
    engine: Engine = SERIAL,
) -> Report:
    """Reads the claims of all sources and says how they relate.

    sources: read one after the other, none held for longer than that takes. skipped: those that could not be read, for
    the report's coverage (looked at when all are read). progress(stage, done, of) is called as the work goes on. asked:
    somebody put these very sources side by side, so that claims need less in common to be compared. lessons: what
    people decided. engine: who calls the stages. Neither it nor the order of the sources changes the report.
    """
    config = config or Config()
    require(config)
    rules = rulebook_of(config)
    read, failed = _read(sources, rules, config, lessons, progress, engine)
    return compared(read, rules, config, (*skipped, *failed), asked, lessons, engine)


def compared(
    read: Sequence[tuple[SourceInfo, Extraction]],
    rules: Rulebook,
    config: Config,
    skipped: tuple[Skipped, ...] = (),
    asked: bool = False,
    lessons: Lessons = NONE,
    engine: Engine = SERIAL,
) -> Report:
    """The report on sources that were read, in the order of their ids. The rest is as for `check`."""
    extractions = [e for _, e in read]
    clustering = cluster(extractions, rules, topic_settings(config, lessons, asked), engine=engine)
    judgement = judge(clustering, extractions, rules, _judge_settings(config, lessons), engine)
    claims = tuple(c for e in extractions for c in e.claims) + judgement.derived
    infos, capped = [i for i, _ in read], len(clustering.capped)
    return report_on(infos, extractions, claims, judgement, rules, config, skipped, capped)


def check_against(
    stream: Stream,
    places: Sequence[str],
    config: Config | None = None,
    progress: Progress | None = None,
    lessons: Lessons = NONE,
) -> Report:
    """Compares new sources with known ones and with each other: what `check` says of all of them, as far as a claim of
    a new source has part in it.

    stream: reads the sources (`consistency.sources.stream_against`, `records_against`); places: the paths of the known
    ones. The work grows with the new sources and with what they meet; claims of the known ones are kept between runs.

    The findings are exactly those of `check` on all the sources that have a claim of a new source on a side, or one
    that is worked out from such a claim; so are the topics that hold a claim of a new source. There is one exception:
    a key over `topics.block_cap` (`coverage.against.hot` counts those that were met) is looked up nowhere.
    """
    config = config or Config()
    rules = rulebook_of(config)
    work = partial(compare, rules=rules, config=config, progress=progress, lessons=lessons)
    return with_archive(stream, places, config, rules, work, progress, lessons.readings)


def compare(
    found: Gathered, rules: Rulebook, config: Config, progress: Progress | None = None, lessons: Lessons = NONE
) -> Report:
    """The report on new sources that are read, and an archive to hold them against."""
    if progress is not None:
        progress("reading", 1, 1)
    config = by_index(config)
    reached = reach(found.fresh, found.archive, found.new, rules, topic_settings(config, lessons))
    part = select(judged(reached, rules, config, lessons), reached.extractions, found.new)
    infos = [reached.kept[e.source].info for e in part.extractions]
    report = report_on(infos, part.extractions, part.claims, part.judgement, rules, config, found.skipped)
    new = tuple(sorted(found.new))
    against = Against(new=len(new), known=found.known, met=len(part.met), hot=len(reached.hot), sources=new)
    return msgspec.structs.replace(report, coverage=msgspec.structs.replace(report.coverage, against=against))


def judged(reached: Reached, rules: Rulebook, config: Config, lessons: Lessons = NONE) -> Judgement:
    """The topics of the reached claims, and the findings of the sources they stand in."""
    clustering = cluster(reached.extractions, rules, topic_settings(config, lessons), reached.whole)
    topics = tuple(t for t in clustering.topics if not reached.claims.isdisjoint(t.claims))
    clustering = msgspec.structs.replace(clustering, topics=topics)
    return judge(clustering, reached.extractions, rules, _judge_settings(config, lessons))


def require(config: Config) -> None:
    """Raises ConfigError where what a setting asks for is not installed: at once, not after an hour of reading."""
    lack = minhash.lacking() if config.topics.near_copy == "minhash" else None
    if lack is not None:
        raise ConfigError(f"topics.near_copy: 'minhash' {lack}", config.origin.get("topics.near_copy"))


def by_index(config: Config) -> Config:
    """The settings where copies are looked up in an index that is kept (`check --against`, a ledger): the exact one."""
    return msgspec.structs.replace(config, topics=msgspec.structs.replace(config.topics, near_copy="exact"))


def topic_settings(config: Config, lessons: Lessons = NONE, asked: bool = False) -> TopicSettings:
    """The settings of the topic stage."""
    return TopicSettings(
        threshold=config.topics.threshold,
        block_cap=config.topics.block_cap,
        near_copy=config.topics.near_copy,
        asked=asked,
        must=frozenset(lessons.must),
        cannot=frozenset(lessons.cannot),
    )


def _judge_settings(config: Config, lessons: Lessons) -> JudgeSettings:
    return JudgeSettings(time_pairs=config.report.time_pairs, rates=config.rates, cannot=frozenset(lessons.cannot))


def report_on(
    infos: Sequence[SourceInfo],
    extractions: Sequence[Extraction],
    claims: tuple[Claim, ...],
    judgement: Judgement,
    rules: Rulebook,
    config: Config,
    skipped: tuple[Skipped, ...],
    capped: int = 0,
) -> Report:
    """The report on what was read and judged; sources, extractions and skipped in their order in it.

    capped: how many keys were over the cap."""
    coverage = Coverage(
        sources=len(infos),
        sentences=sum(e.sentences for e in extractions),
        quantities=sum(e.quantities for e in extractions),
        claims=len(claims),
        pairs_compared=judgement.pairs_compared,
        pairs_not_comparable=judgement.not_comparable,
    )
    dropped = {p for e in extractions for p in e.dropped}
    report = Report(
        sources=tuple(infos),
        claims=claims,
        topics=judgement.topics,
        findings=judgement.findings,
        courses=judgement.courses,
        coverage=completed(coverage, skipped, dropped, capped, config),
    )
    return resting_on(report, {f.rule for f in judgement.findings}, rules, config)


def completed(
    coverage: Coverage, skipped: Sequence[Skipped], dropped: Iterable[str], capped: int, config: Config
) -> Coverage:
    """The coverage with what was left out. dropped, capped: as in it."""
    return msgspec.structs.replace(
        coverage,
        skipped=tuple(skipped),
        dropped=tuple(sorted(dropped)) or msgspec.UNSET,
        capped=capped or msgspec.UNSET,
        near_copy=msgspec.UNSET if config.topics.near_copy == "exact" else config.topics.near_copy,
    )


def resting_on(report: Report, used: set[str], rules: Rulebook, config: Config) -> Report:
    """The report with what it rests on. used: the ids of the rules of its findings."""
    return msgspec.structs.replace(report, data=_data(rules, config), rules=_reasons(used, rules))


def _data(rules: Rulebook, config: Config) -> dict[str, str]:
    """Versions of what the verdicts rest on."""
    last = until(config.rates)
    rates = {} if last is None else {"rates_until": last}
    return {"rules": rules.version(), **rates, "regions": rules.version(REGION_FILES)}


def _reasons(used: set[str], rules: Rulebook) -> dict[str, str]:
    known = {r.id: r.because for r in table(rules).rows} | {r.id: r.because for r in arithmetic(rules).by_id.values()}
    return {name: known[name] for name in sorted(used) if name in known}


def _read(
    sources: Iterable[Source],
    rules: Rulebook,
    config: Config,
    lessons: Lessons,
    progress: Progress | None,
    engine: Engine,
) -> tuple[list[tuple[SourceInfo, Extraction]], list[Skipped]]:
    """The claims of each source, and what was left out; both in the order of their ids."""
    read: list[tuple[SourceInfo, Extraction]] = []
    failed: list[Skipped] = []
    of = len(sources) if isinstance(sources, Sequence) else None
    n = 0
    for n, one in enumerate(read_all(sources, rules, config.limits.seconds, lessons.readings, engine), 1):
        if one.info is not None and one.extraction is not None:
            read.append((one.info, one.extraction))
        elif one.skipped is not None:
            failed.append(one.skipped)
        if progress is not None:
            progress("reading claims", n, of)
    if progress is not None and n and of is None:
        progress("reading claims", n, n)
    return sorted(read, key=lambda r: r[0].id), sorted(failed, key=lambda f: f.source)

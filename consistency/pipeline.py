"""The flow: sources to claims to topics to findings to a report. Knows no rule, no format and no engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consistency.config import Config
from consistency.errors import ConsistencyError
from consistency.extraction.claims import extract
from consistency.extraction.regions import FILES as REGION_FILES
from consistency.judgement import JudgeSettings, judge
from consistency.judgement.arithmetic import within
from consistency.judgement.arithmetic.rules import load as arithmetic_rules
from consistency.judgement.rates import until
from consistency.judgement.table import load
from consistency.model import Coverage, Extraction, Report, Skipped, Source, SourceInfo
from consistency.rulebook import Rulebook, default_rulebook
from consistency.topics import TopicSettings, cluster

Progress = Callable[[str, int, int], None]


def rulebook_of(config: Config) -> Rulebook:
    """The rules a run rests on: the user's folders in front of the built-in ones."""
    return Rulebook(tuple(config.rules)) if config.rules else default_rulebook()


def check(
    sources: Sequence[Source],
    config: Config | None = None,
    skipped: Sequence[Skipped] = (),
    progress: Progress | None = None,
    asked: bool = False,
) -> Report:
    """Reads the claims of all sources and says how they relate.

    skipped: sources that could not be read, passed through to the report's coverage. progress(stage, done, of) is
    called as the work goes on. asked: somebody put these very sources side by side, so that claims need less in common
    to be compared. The order of the sources never changes the report.
    """
    config = config or Config()
    rules = rulebook_of(config)
    sources = sorted(sources, key=lambda s: s.id)
    read, failed = _read(sources, rules, progress)
    sources, extractions = [s for s, _ in read], [e for _, e in read]
    topics = TopicSettings(threshold=config.topics.threshold, block_cap=config.topics.block_cap, asked=asked)
    clustering = cluster(extractions, rules, topics)
    judgement = judge(
        clustering, extractions, rules, JudgeSettings(time_pairs=config.report.time_pairs, rates=config.rates)
    )
    claims = tuple(c for e in extractions for c in e.claims) + judgement.derived
    return Report(
        sources=tuple(_info(s, e) for s, e in read),
        claims=claims,
        topics=judgement.topics,
        findings=judgement.findings,
        courses=judgement.courses,
        coverage=Coverage(
            sources=len(sources),
            sentences=sum(e.sentences for e in extractions),
            quantities=sum(e.quantities for e in extractions),
            claims=len(claims),
            pairs_compared=judgement.pairs_compared,
            pairs_not_comparable=judgement.not_comparable,
            skipped=(*skipped, *failed),
        ),
        data=_data(rules, config),
        rules=_reasons({f.rule for f in judgement.findings}, rules),
    )


def _data(rules: Rulebook, config: Config) -> dict[str, str]:
    """Versions of what the verdicts rest on."""
    last = until(config.rates)
    rates = {} if last is None else {"rates_until": last}
    return {"rules": rules.version(), **rates, "regions": rules.version(REGION_FILES)}


def _reasons(used: set[str], rules: Rulebook) -> dict[str, str]:
    known = {row.id: row.because for row in load(rules)} | {r.id: r.because for r in arithmetic_rules(rules)}
    return {name: known[name] for name in sorted(used) if name in known}


def _read(
    sources: Sequence[Source], rules: Rulebook, progress: Progress | None
) -> tuple[list[tuple[Source, Extraction]], list[Skipped]]:
    """The claims of each source. A text that the extraction fails on is a fault of ours: it is listed as skipped, and
    costs the others nothing."""
    read: list[tuple[Source, Extraction]] = []
    failed: list[Skipped] = []
    for n, source in enumerate(sources, 1):
        try:
            read.append((source, within(extract(source), rules)))
        except ConsistencyError:
            raise
        except Exception as error:
            reason = f"its claims could not be read; please report this: {type(error).__name__}: {error}"
            failed.append(Skipped(source=source.id, reason=reason))
        if progress is not None:
            progress("reading claims", n, len(sources))
    return read, failed


def _info(source: Source, extraction: Extraction) -> SourceInfo:
    return SourceInfo(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published=extraction.context.published,
        published_basis=extraction.context.published_basis,
        language=source.language,
        sha256=source.sha256,
        path=source.path,
        url=source.url,
    )

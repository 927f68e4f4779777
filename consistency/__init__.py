"""Cross-source claim consistency: what several sources say about the same thing, and how it fits together.

    from consistency import check, extract
    report = check(["reports/", {"text": "Nineteen countries joined.", "published": "2021-07-28"}])
    for finding in report.findings:
        print(finding.outcome, finding.message)

The program never says true or false: it says how claims relate, and shows why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency import hooks
from consistency.version import __version__

if TYPE_CHECKING:
    import pyarrow

    from consistency.config import Config
    from consistency.errors import ConsistencyError
    from consistency.model import Claim, Finding, Report, Source

__all__ = [
    "Claim",
    "Config",
    "ConsistencyError",
    "Finding",
    "Report",
    "Source",
    "__version__",
    "arrow",
    "check",
    "extract",
]

_RECORDS = {"Claim", "Finding", "Report", "Source"}


def check(
    sources: Iterable[str | Path | Mapping[str, Any] | Source],
    config: Config | None = None,
    today: str | None = None,
    against: Iterable[str | Path | Mapping[str, Any] | Source] = (),
) -> Report:
    """Compares what the sources say. Severities, baseline, suppressions and lessons of the settings are applied.

    sources: paths of files or folders, mappings of the Source shape (only "text" is required), or Source records.
    against: sources that are known already. The report is then on what is new: its findings all have a claim of one of
    `sources` on a side, or one worked out from such a claim. What is in both is new. A single source may stand for a
    list of one.
    today: the ISO day by which acceptances run out (None: SOURCE_DATE_EPOCH, else the clock); no finding rests on it.
    What cannot be read is listed in `report.coverage.skipped`; nothing is raised for it. Raises ConfigError where the
    baseline, the suppressions or the lessons are missing or broken.
    """
    from consistency import engines, pipeline
    from consistency.config import Config as Settings
    from consistency.gate import Gate
    from consistency.sources import read_records, records_against

    sources, against = _each(sources), _each(against)
    settings, known = config or Settings(), list(against)
    gate = Gate(settings, today)
    if known:
        given = list(sources)
        places = [str(k) for k in known if isinstance(k, str | Path)]
        report = pipeline.check_against(
            lambda memory: records_against(given, known, settings.limits, memory),
            places,
            settings,
            lessons=gate.book.lessons,
        )
        return gate.apply(report, partial=True)
    read, skipped = read_records(sources, settings.limits)
    return engines.whole(gate.apply(engines.check(read, settings, skipped, lessons=gate.book.lessons)))


def _each(sources: Any) -> Iterable[Any]:
    """Several sources as they are, a single one in a list: the letters of a path are no paths."""
    from consistency.model import Source

    return [sources] if isinstance(sources, str | Path | Mapping | Source) else sources


def extract(source: str | Path | Mapping[str, Any] | Source, config: Config | None = None) -> list[Claim]:
    """The claims of one source, in text order. Raises SourceError if it cannot be read."""
    from consistency.config import Config as Settings
    from consistency.errors import SourceError
    from consistency.extraction.claims import extract as claims_of
    from consistency.sources import read_records

    read, skipped = read_records([source], (config or Settings()).limits)
    if skipped and not read:
        raise SourceError(skipped[0].reason, skipped[0].source, skipped[0].line)
    return [c for s in read for c in claims_of(s).claims]


def arrow(report: Report) -> dict[str, pyarrow.Table]:
    """The claims and the findings of a report as Arrow tables, for pandas, polars and all that reads Arrow.

    {"claims": a row a claim, "findings": a row a finding}; the columns are told in `consistency.reporting.arrow`.
    Raises UsageError where pyarrow (the extra `arrow`) is not installed.
    """
    from consistency.reporting.arrow import tables

    return tables(report)


def _page_fragment(report: Report) -> str:
    from consistency.reporting.notebook import render

    return render(report)


hooks.page_fragment = _page_fragment


def __getattr__(name: str) -> Any:
    if name in _RECORDS:
        from consistency import model

        return getattr(model, name)
    if name == "Config":
        from consistency.config import Config

        return Config
    if name == "ConsistencyError":
        from consistency.errors import ConsistencyError

        return ConsistencyError
    raise AttributeError(f"module 'consistency' has no attribute {name!r}")

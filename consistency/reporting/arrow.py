"""A report as Arrow tables (https://arrow.apache.org/docs/format/Columnar.html), for pandas and polars.

claims, a row each: id, fingerprint, source, publisher, published (day), kind, text, sentence, path, line, column, page,
zone, low, high, point (numbers), low_open, high_open, hedge, step, low_day, high_day (of a date), aspect, trend, unit,
per, dimension, items, noun, relation, entities, scope, period_from, period_to, period_basis, as_of_from, as_of_to,
as_of_basis (days), modality, speaker, standing, superseded, derived_by, confidence, topic, topic_title.

findings, a row each: id, outcome, reason, rule, severity, confidence, same_origin, accepted, topic, topic_title,
message, because, claims, sides (lists of claim ids), sources (ids, each once), facts (pairs), notes, why, reconcile.

Money and measures are in the unit of `unit`, confidence is 0 to 1, days are dates (null where a day is not known).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from consistency.errors import UsageError
from consistency.model import Claim, Finding, Report

if TYPE_CHECKING:
    import pyarrow

EXTRA = "arrow"


def tables(report: Report) -> dict[str, pyarrow.Table]:
    """The tables "claims" and "findings". Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise UsageError(f"Arrow tables need pyarrow: pip install 'claim-consistency[{EXTRA}]'") from error
    topics = {claim: topic for topic in report.topics for claim in topic.claims}
    titles = {topic.id: topic.title for topic in report.topics}
    sources = {source.id: source for source in report.sources}
    accepted = {entry.finding for entry in report.accepted}
    of_claim = {claim.id: claim.source for claim in report.claims}

    def finding(f: Finding) -> dict[str, Any]:
        found = dict.fromkeys(of_claim[c] for c in f.claims if c in of_claim)
        told = {"accepted": f.id in accepted, "topic_title": titles.get(f.topic), "because": report.rules.get(f.rule)}
        return {"facts": [{"fact": k, "value": v} for k, v in f.facts.items()], "sources": list(found), **told}

    def claim(c: Claim) -> dict[str, Any]:
        source, topic = sources.get(c.source), topics.get(c.id)
        return {
            "publisher": source.publisher if source else None,
            "published": source.published if source else None,
            "topic": topic.id if topic else None,
            "topic_title": topic.title if topic else None,
        }

    return {
        "claims": _table(pa, _claim_columns(pa), ((c, claim(c)) for c in report.claims)),
        "findings": _table(pa, _finding_columns(pa), ((f, finding(f)) for f in report.findings)),
    }


Column = tuple[str, Any, Callable[[Any], Any] | None]
"""Name, Arrow type, and how the value is had from the record; None: the record's own field, or what was looked up."""


def _claim_columns(pa: Any) -> list[Column]:
    text, number, flag, day, count = pa.string(), pa.float64(), pa.bool_(), pa.date32(), pa.int64()
    words = pa.list_(text)
    return [
        *((name, text, None) for name in ("id", "fingerprint", "source", "publisher")),
        ("published", day, None),
        ("kind", text, None),
        ("text", text, None),
        ("sentence", text, lambda c: c.sentence and c.sentence.text),
        ("path", text, lambda c: c.location and c.location.path),
        *((name, count, _inner("location", name)) for name in ("line", "column", "page")),
        ("zone", text, None),
        *((name, number, _inner("value", name)) for name in ("low", "high", "point")),
        *((name, flag, _inner("value", name)) for name in ("low_open", "high_open")),
        ("hedge", text, _inner("value", "hedge")),
        ("step", number, _inner("value", "step")),
        ("low_day", day, _inner("value", "low")),
        ("high_day", day, _inner("value", "high")),
        *((name, text, None) for name in ("aspect", "trend", "unit", "per", "dimension")),
        ("items", words, None),
        *((name, text, _inner("measure", name)) for name in ("noun", "relation")),
        ("entities", words, _inner("measure", "entities")),
        ("scope", words, None),
        *(
            column
            for name in ("period", "as_of")
            for column in (
                (f"{name}_from", day, _inner(name, "from_")),
                (f"{name}_to", day, _inner(name, "to")),
                (f"{name}_basis", text, _inner(name, "basis")),
            )
        ),
        *((name, text, None) for name in ("modality", "speaker", "standing")),
        ("superseded", flag, None),
        ("derived_by", text, lambda c: c.derived and c.derived.rule),
        ("confidence", number, None),
        ("topic", text, None),
        ("topic_title", text, None),
    ]


def _finding_columns(pa: Any) -> list[Column]:
    text, flag = pa.string(), pa.bool_()
    words = pa.list_(text)
    pair = pa.struct([("fact", text), ("value", text)])
    return [
        *((name, text, None) for name in ("id", "outcome", "reason", "rule", "severity")),
        ("confidence", pa.float64(), None),
        ("same_origin", flag, None),
        ("accepted", flag, None),
        *((name, text, None) for name in ("topic", "topic_title", "message", "because")),
        ("claims", words, None),
        ("sides", pa.list_(words), None),
        ("sources", words, None),
        ("facts", pa.list_(pair), None),
        *((name, words, None) for name in ("notes", "why", "reconcile")),
    ]


def _inner(field: str, name: str) -> Callable[[Any], Any]:
    return lambda record: getattr(getattr(record, field), name, None)


def _table(pa: Any, columns: list[Column], rows: Iterable[tuple[Any, dict[str, Any]]]) -> pyarrow.Table:
    kept = list(rows)
    arrays = {}
    for name, kind, get in columns:
        values = (get(r) if get else told[name] if name in told else getattr(r, name) for r, told in kept)
        arrays[name] = pa.array([_fit(pa, kind, value) for value in values], type=kind)
    return pa.table(arrays, schema=pa.schema([(name, kind) for name, kind, _ in columns]))


def _fit(pa: Any, kind: Any, value: Any) -> Any:
    """A value that an Arrow column of this kind can hold; None for one that none can."""
    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_fit(pa, kind.value_type, item) for item in value]
    if pa.types.is_struct(kind):
        return {name: _fit(pa, kind.field(name).type, item) for name, item in value.items()}
    if pa.types.is_string(kind):
        return str(value).encode("utf-8", "replace").decode()
    if pa.types.is_date(kind):
        return _day(value)
    if pa.types.is_floating(kind):
        return _number(value)
    return value


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float) else math.nan
    except OverflowError:
        return None
    return number if math.isfinite(number) else None

"""Claims written by hand, for testing rules and for judging without extraction (gold labels as claims).

A claim is a short mapping, an example of which is

    {id: a, source: s1, value: "more than 20", noun: country, relation: participate, scope: [Latin America], year: 2021}

value: a number (518.4e9), a date ("2015-05-13", "2015"), a hedged number ("more than 20", "about 40", "nearly 200",
"up to 7"), or a range ("10..12"). `interval_for` gives the interval of the printed number by the rules of the judge.
"""

from __future__ import annotations

import calendar
import hashlib
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from consistency.errors import RuleError
from consistency.model import (
    Claim,
    Clustering,
    Context,
    Derived,
    Extraction,
    Link,
    Measure,
    Origins,
    Period,
    Quote,
    Rank,
    Sentence,
    Topic,
    Value,
)

_HEDGED = re.compile(
    r"(?P<hedge>more than|at least|less than|fewer than|at most|up to|about|nearly) (?P<n>-?\d[\d.e]*)", re.I
)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_HEDGES = {
    "more than": "more-than",
    "at least": "at-least",
    "less than": "less-than",
    "fewer than": "less-than",
    "at most": "at-most",
    "up to": "at-most",
    "about": "about",
    "nearly": "nearly",
}
_KINDS = {"count", "money", "measure", "percent", "fraction", "multiple", "ordinal", "rank", "date", "list", "quote"}


def interval_for(number: int | float | str, exact: bool = False) -> tuple[float, float, float | None]:
    """(low, high, step) of an unhedged printed number: half a unit of its last non-zero digit either way.

    Never coarser than two significant digits; whole numbers under 100 are exact, and so is anything called exact.
    """
    printed = Decimal(str(number))
    value = float(printed)
    if exact or not printed or (printed == printed.to_integral_value() and abs(printed) < 100):
        return value, value, None
    place = int(printed.normalize().as_tuple().exponent)
    step = 10.0 ** min(place, math.floor(math.log10(abs(value)) + 1e-12) - 1)
    return value - step / 2, value + step / 2, 10.0**place


def value_of(told: Any, kind: str) -> Value:
    """The value of a shorthand. Raises RuleError for one that cannot be read."""
    text = str(told).strip()
    if kind == "date":
        low, high = days_of(text)
        return Value(low=low, high=high, point=low if low == high else None)
    if ".." in text:
        low_text, high_text = text.split("..", 1)
        return Value(low=_number(low_text), high=_number(high_text), hedge="between")
    hedged = _HEDGED.fullmatch(text)
    if hedged:
        return _hedged(_HEDGES[hedged["hedge"].lower()], _number(hedged["n"]))
    number = _number(text)
    low_end, high_end, step = interval_for(text, exact=kind in {"ordinal", "rank"})
    return Value(low=_whole(low_end), high=_whole(high_end), point=number, step=step)


def _hedged(hedge: str, n: int | float) -> Value:
    if hedge == "more-than":
        return Value(low=n, high=None, low_open=True, high_open=True, point=n, hedge=hedge)
    if hedge == "at-least":
        return Value(low=n, high=None, high_open=True, point=n, hedge=hedge)
    if hedge == "less-than":
        return Value(low=None, high=n, low_open=True, high_open=True, point=n, hedge=hedge)
    if hedge == "at-most":
        return Value(low=None, high=n, low_open=True, point=n, hedge=hedge)
    if hedge == "nearly":
        return Value(low=_whole(0.9 * n), high=n, point=n, hedge=hedge)
    low, high, _ = interval_for(n)
    half = max(0.05 * abs(n), (high - low) / 2)
    return Value(low=_whole(n - half), high=_whole(n + half), point=n, hedge=hedge)


def _number(text: str) -> int | float:
    try:
        return _whole(float(text))
    except ValueError:
        raise RuleError(f"{text!r} is no value: a number, a date, a range (10..12) or “more than 20”") from None


def _whole(x: float) -> int | float:
    return int(x) if float(x).is_integer() else x


def days_of(text: str) -> tuple[str, str]:
    """First and last day of a year, a month or a day, or of two of them joined by "/"."""
    if "/" in text:
        first, last = text.split("/", 1)
        return days_of(first)[0], days_of(last)[1]
    if not _DATE.fullmatch(text):
        raise RuleError(f"{text!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD")
    if len(text) == 4:
        return f"{text}-01-01", f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-01", f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02d}"
    return text, text


def _period(told: Any, basis: str) -> Period:
    """The period of a shorthand: a date, or {on: date, basis: …, text: …}."""
    if told is None:
        return Period()
    if isinstance(told, Mapping):
        first, last = days_of(str(told["on"]))
        return Period(from_=first, to=last, basis=told.get("basis", basis), text=told.get("text", str(told["on"])))
    first, last = days_of(str(told))
    return Period(from_=first, to=last, basis=basis, text=str(told))


def claim_of(entry: Mapping[str, Any], contexts: Mapping[str, Context], at: int = 0) -> Claim:
    """A claim from its shorthand, standing at offset `at`. Raises RuleError for a key that does not exist."""
    known = {
        *(
            "id",
            "source",
            "kind",
            "value",
            "unit",
            "noun",
            "relation",
            "scope",
            "period",
            "as_of",
            "modality",
            "speaker",
        ),
        *("standing", "superseded", "items", "complete", "words", "occasion", "order", "of", "aspect", "trend", "zone"),
        *("basis", "entities", "terms", "per", "dimension", "derived", "readings", "confidence", "text", "at"),
    }
    if strange := sorted(set(entry) - known):
        raise RuleError(f"a claim has no {strange[0]}; it has {', '.join(sorted(known))}")
    at = entry.get("at", at)
    kind = entry.get("kind", "list" if "items" in entry else "quote" if "words" in entry else "count")
    if kind not in _KINDS:
        raise RuleError(f"there is no kind {kind!r}")
    published = contexts[entry["source"]].published
    as_of = _period(entry.get("as_of"), "stated")
    if "as_of" not in entry and published:
        as_of = Period(from_=published, to=published, granularity="day", basis="published")
    value = value_of(entry["value"], kind) if "value" in entry else None
    text = entry.get("text") or str(entry.get("value", entry.get("words", ", ".join(entry.get("items", ())))))
    noun = entry.get("noun")
    return Claim(
        id=entry["id"],
        fingerprint="1-" + hashlib.sha256(f"{entry['source']}|{entry['id']}|{text}".encode()).hexdigest()[:16],
        source=entry["source"],
        kind=kind,
        text=text,
        start=at,
        end=at + len(text),
        sentence=Sentence(text=text, start=at, end=at + len(text)),
        location=None,
        zone=entry.get("zone", "body"),
        value=value,
        aspect=entry.get("aspect", "level"),
        trend=entry.get("trend"),
        unit=entry.get("unit", noun if kind == "count" else None),
        per=entry.get("per"),
        dimension=entry.get("dimension", kind if kind in {"count", "money", "percent", "ordinal"} else None),
        items=tuple(entry["items"]) if "items" in entry else None,
        complete=entry.get("complete"),
        quote=_quote(entry),
        rank=Rank(order=entry["order"], of=entry.get("of")) if "order" in entry else None,
        period=_period(entry.get("period"), "stated"),
        as_of=as_of,
        measure=Measure(
            noun=noun,
            relation=entry.get("relation"),
            terms=tuple(entry.get("terms", ())),
            entities=tuple(entry.get("entities", ())),
        ),
        scope=tuple(entry.get("scope", ())),
        modality=entry.get("modality", "asserted"),
        speaker=entry.get("speaker"),
        standing=entry.get("standing"),
        superseded=entry.get("superseded", False),
        basis=dict(entry.get("basis", {})),
        derived=Derived(rule=entry["derived"][0], from_=tuple(entry["derived"][1:])) if "derived" in entry else None,
        readings=tuple(value_of(v, kind) for v in entry.get("readings", ())),
        confidence=entry.get("confidence", 1.0),
    )


def _quote(entry: Mapping[str, Any]) -> Quote | None:
    if "words" not in entry:
        return None
    return Quote(words=entry["words"], speaker=entry.get("speaker"), occasion=entry.get("occasion"))


def case_of(case: Mapping[str, Any]) -> tuple[Clustering, list[Extraction]]:
    """The judge's input from a case: a mapping with sources, claims and, where it has them, origins and topics.

    All claims are one topic, unless `topics` gives lists of claim ids; `curated` names a curated topic.
    """
    contexts = {
        name: Context(
            source=name,
            publisher=(facets or {}).get("publisher", name),
            published=(facets or {}).get("published"),
            places=tuple((facets or {}).get("places", ())),
        )
        for name, facets in case["sources"].items()
    }
    claims = [claim_of(entry, contexts, 1000 * n) for n, entry in enumerate(case["claims"])]
    groups = case.get("topics") or [[c.id for c in claims]]
    topics = tuple(
        Topic(
            id=f"t{n}",
            title=case.get("title", "The number"),
            claims=tuple(group),
            curated=case.get("curated"),
            links=tuple(Link(a=a, b=b, score=s, evidence=()) for a, b, s in case.get("links", ())),
        )
        for n, group in enumerate(groups, 1)
    )
    told = case.get("origins", {})
    origins = Origins(
        of=dict(told.get("of", {})),
        copied=tuple(tuple(pair) for pair in told.get("copied", ())),
        repeats=tuple(told.get("repeats", ())),
    )
    extractions = [
        Extraction(source=name, context=context, claims=tuple(c for c in claims if c.source == name))
        for name, context in contexts.items()
    ]
    return Clustering(topics=topics, origins=origins), extractions


KEYS = frozenset(
    ("id", "why", "sources", "claims", "origins", "topics", "curated", "title", "links", "expect", "aside", "positions")
)


def unknown_keys(case: Mapping[str, Any]) -> list[str]:
    """The keys of a case that nobody knows: an empty list for a sound case."""
    return sorted(set(case) - KEYS)

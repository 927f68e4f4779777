"""Claims written by hand as small YAML, so that topics are tested without the extraction stage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from consistency.model import Claim, Clustering, Context, Extraction, Measure, Period, Quote, Rank, Sentence, Value

_UNIT_DIMENSION = {"money": "money", "percent": "percent", "ordinal": "ordinal", "rank": "ordinal", "count": "count"}


def extraction(entry: Mapping[str, Any]) -> Extraction:
    """One source: {id, published, publisher, places, persons, organisations, others, terms, days, claims: [...]}.

    A claim: {text: the sentence, with the claim's span in [brackets], kind, noun, relation, entities, scope, ...}; its
    id is the source's id and its `as` or its number."""
    source = str(entry["id"])
    context = Context(
        source=source,
        publisher=entry.get("publisher"),
        published=entry.get("published"),
        **{k: tuple(entry.get(k, ())) for k in ("places", "persons", "organisations", "others", "terms", "days")},
    )
    claims = []
    offset = 0
    offsets: dict[str, int] = {}
    for n, row in enumerate(entry.get("claims", ())):
        plain = row["text"].replace("[", "").replace("]", "")
        start = offsets.get(row.get("at", plain))
        if start is None or row.get("again"):
            start, offset = offset, offset + len(plain) + 1
            offsets[row.get("at", plain)] = start
        claims.append(_claim(source, entry, n, row, plain, start))
    return Extraction(source=source, context=context, claims=tuple(claims))


def _claim(source: str, entry: Mapping[str, Any], n: int, row: Mapping[str, Any], plain: str, start: int) -> Claim:
    low = row["text"].index("[")
    high = row["text"].index("]") - 1
    kind = row.get("kind", "count")
    point = row.get("value")
    content = f"{entry.get('publisher', source)}|{entry.get('published')}|{plain}|{kind}|{plain[low:high]}|{n}"
    terms = row.get("terms")
    if terms is None:
        terms = [w.strip(".,").lower() for w in plain.split() if len(w) > 3 and w[0].islower()]
    return Claim(
        id=f"{source}:{row.get('as', n)}",
        fingerprint=hashlib.sha256(content.encode()).hexdigest()[:16],
        source=source,
        kind=kind,
        text=plain[low:high],
        start=start + low,
        end=start + high,
        sentence=Sentence(text=plain, start=start, end=start + len(plain)),
        location=None,
        zone=row.get("zone", "body"),
        value=None if kind in ("list", "quote") else Value(low=point, high=point, point=point),
        aspect=row.get("aspect", "level"),
        unit=row.get("unit"),
        per=row.get("per"),
        dimension=row.get("dimension", _UNIT_DIMENSION.get(kind)),
        items=tuple(row["items"]) if "items" in row else None,
        quote=Quote(words=plain[low:high], speaker=row.get("speaker")) if kind == "quote" else None,
        rank=Rank(**row["rank"]) if "rank" in row else None,
        period=Period(from_=row["period"][0], to=row["period"][1], basis="stated") if "period" in row else Period(),
        measure=Measure(
            noun=row.get("noun"),
            relation=row.get("relation"),
            terms=tuple(terms),
            entities=tuple(row.get("entities", ())),
        ),
        scope=tuple(row.get("scope", ())),
    )


def together(clustering: Clustering, *claims: str) -> bool:
    """Whether the claims are in one topic."""
    homes = {c: t.id for t in clustering.topics for c in t.claims}
    return len({homes[c] for c in claims}) == 1


def groups(clustering: Clustering) -> list[list[str]]:
    """The topics with more than one claim, as sorted lists of claim ids."""
    return sorted(sorted(t.claims) for t in clustering.topics if len(t.claims) > 1)


def extractions(entries: Iterable[Mapping[str, Any]]) -> list[Extraction]:
    """`extraction` for each."""
    return [extraction(e) for e in entries]

"""Contradictions as ClaimReview (https://schema.org/ClaimReview) in JSON-LD, to be completed by a person.

One ClaimReview for each contradiction and possible contradiction, with a Claim for every side: who published it, when,
where it appears and in which words. No rating is in it. The program does not say what is true: a rating belongs to the
person who reviewed the finding. `reviews` takes what that person decided, in the terms of schema.org:

    render(report, reviews={"f1-410ee2675387": {"reviewRating": {"@type": "Rating", "alternateName": "…"}, "url": "…",
                                                "author": {"@type": "Organization", "name": "…"}}})

Accepted findings are left out unless they are reviewed. The text may stand in a `script` element of a page: nothing in
it can end one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consistency.model import Claim, Finding, Report
from consistency.reporting import phrases
from consistency.reporting.clean import line
from consistency.reporting.days import parse
from consistency.reporting.index import Index
from consistency.reporting.json import encode
from consistency.reporting.problems import placed, topic_titles
from consistency.reporting.sides import finding_view
from consistency.reporting.wording import OUTCOMES

Titles = dict[str, tuple[str, str | None]]
_MARKUP = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def _given(**entries: Any) -> dict[str, Any]:
    """The entries that say something; a trailing underscore of a name stands for the "@" of JSON-LD."""
    return {f"@{key[:-1]}" if key.endswith("_") else key: value for key, value in entries.items() if value}


def _day(text: str | None) -> str | None:
    day = parse(text)
    return day.isoformat() if day else None


def _claim(index: Index, claim: Claim) -> dict[str, Any]:
    info, view = index.infos.get(claim.source), index.source(claim)
    publisher = _given(type_="Organization", name=line(info.publisher, 200)) if info and line(info.publisher) else None
    published = _day(info.published) if info else None
    appearance = _given(
        type_="CreativeWork",
        name=line(info.title, 300) if info else "",
        url=view.url if view else None,
        publisher=publisher,
        datePublished=published,
        inLanguage=line(info.language, 20) if info else "",
        identifier=line(claim.source, 300),
    )
    words = line(claim.sentence.text if claim.sentence else claim.text, 2000) or phrases.headline(claim)
    return _given(
        type_="Claim",
        text=words,
        author=publisher,
        datePublished=published,
        description=line(f"said by {line(claim.speaker, 200)}", 300) if line(claim.speaker) else "",
        appearance=appearance,
    )


def _review(
    index: Index, finding: Finding, number: int, titles: Titles, reviews: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    view = finding_view(index, finding, number, titles)
    marks, _ = placed(index, finding)
    decided = reviews.get(finding.id)
    out = _given(
        type_="ClaimReview",
        identifier=view.id,
        claimReviewed=view.message,
        itemReviewed=[_claim(index, index.claims[mark.claim]) for mark in marks],
        about=_given(type_="Thing", name=view.topic) if view.topic else None,
        abstract=view.because,
        creativeWorkStatus="" if decided else "Not reviewed",
    )
    return out | dict(decided or {})


def render(report: Report, reviews: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """A JSON-LD document. reviews: by id of the finding, what a person decided (see above)."""
    index, decided = Index(report), reviews or {}
    chosen = [
        finding
        for finding in report.findings
        if finding.id in decided or (finding.outcome in OUTCOMES[:2] and finding.id not in index.accepted)
    ]
    titles = topic_titles(report)
    graph = [_review(index, finding, number, titles, decided) for number, finding in enumerate(chosen, 1)]
    return encode({"@context": "https://schema.org", "@graph": graph}, 2).translate(_MARKUP) + "\n"

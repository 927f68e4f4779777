"""A finding and its topic as the pages show them: the view of a report that holds these alone."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from consistency.ledger import shown
from consistency.ledger.records import FindingState, TopicState
from consistency.model import Claim, Finding, Link, Report, SourceInfo, Topic
from consistency.reporting.html import Drawing, drawings
from consistency.reporting.index import Index
from consistency.reporting.matrix import TopicView
from consistency.reporting.sides import FindingView
from consistency.reporting.view import build
from consistency.review.passage import Stand, stand
from consistency.review.waterfall import Fall, fall

_PASSAGES = 6


class InArticle(msgspec.Struct, frozen=True):
    """A claim of a side in its article. number, name, title, when, url: of its source; place: in the file; stand: None
    where the text is not kept in this wording; sentence: what is shown then."""

    claim: str
    side: str
    number: int
    name: str
    title: str
    when: str
    url: str | None
    place: str
    stand: Stand | None
    sentence: str


class Scene(msgspec.Struct, frozen=True):
    """A finding, None on the page of a topic alone. falls: why the claims are of one topic; whole: the topic is told by
    its claims of today; left: how many of them stand in more sources than a page shows."""

    view: FindingView | None
    topic: TopicView | None
    drawing: Drawing | None
    index: Index
    articles: tuple[InArticle, ...]
    falls: tuple[Fall, ...]
    whole: bool
    left: int


def of_finding(engine: sa.Engine, state: FindingState) -> Scene:
    """A version of a finding with its topic of today."""
    return _scene(engine, state.finding, state.claims, state.sources, shown.topic(engine, state.finding.topic))


def of_topic(engine: sa.Engine, state: TopicState) -> Scene:
    """A topic of today."""
    return _scene(engine, None, (), (), state)


def _scene(
    engine: sa.Engine,
    finding: Finding | None,
    claims: tuple[Claim, ...],
    sources: tuple[SourceInfo, ...],
    today: TopicState | None,
) -> Scene:
    others, infos = shown.claims(engine, today.topic.claims) if today else ((), ())
    derived = today.derived if today else ()
    all_claims = {claim.id: claim for claim in (*others, *derived, *claims)}
    all_sources = {info.id: info for info in (*infos, *sources)}
    first = {info.id: 0 for info in sources}
    topic = today.topic if today else None
    if topic is None and finding is not None:
        topic = Topic(id=finding.topic, title="", claims=finding.claims, positions=finding.sides)
    report = Report(
        sources=tuple(sorted(all_sources.values(), key=lambda s: (first.get(s.id, 1), s.published or "9999", s.id))),
        claims=tuple(all_claims.values()),
        topics=(topic,) if topic else (),
        findings=(finding,) if finding else (),
        courses=(today.course,) if today and today.course else (),
    )
    view, index = build(report)
    found = next((f for group in view.groups for f in group.findings), None)
    drawn = drawings(report, view, index)
    topic_view = view.topics[0] if view.topics else None
    return Scene(
        view=found,
        topic=topic_view,
        drawing=drawn.get(topic_view.anchor) if topic_view else None,
        index=index,
        articles=tuple(_articles(engine, finding, index)) if finding else (),
        falls=_falls(finding, today.topic.links, index) if finding and today else (),
        whole=today is not None,
        left=len(set(today.topic.claims) - all_claims.keys()) if today else 0,
    )


def _articles(engine: sa.Engine, finding: Finding, index: Index) -> list[InArticle]:
    out: list[InArticle] = []
    for letter, side in zip("ABCDEFGH", finding.sides, strict=False):
        for claim in printed(side, index.claims)[:_PASSAGES]:
            info, view = index.infos.get(claim.source), index.source(claim)
            if info is None or view is None:
                continue
            out.append(
                InArticle(
                    claim=claim.id,
                    side=letter if len(finding.sides) > 1 else "",
                    number=view.number,
                    name=view.name,
                    title=view.title,
                    when=view.dated,
                    url=view.url,
                    place=index.place(claim),
                    stand=stand(shown.text(engine, claim.source, info.sha256), claim),
                    sentence=claim.sentence.text if claim.sentence else claim.text or "",
                )
            )
    return out


def printed(ids: tuple[str, ...], claims: dict[str, Claim]) -> list[Claim]:
    """The printed claims among these, and those that the derived ones were worked out from; each once."""
    out: dict[str, Claim] = {}
    for claim in (claims[i] for i in ids if i in claims):
        if claim.derived is None:
            out[claim.id] = claim
        else:
            out.update({i: claims[i] for i in claim.derived.from_ if i in claims and claims[i].derived is None})
    return list(out.values())


def _falls(finding: Finding, links: tuple[Link, ...], index: Index) -> tuple[Fall, ...]:
    groups = [{c.id for c in printed(side, index.claims)} for side in finding.sides]
    return fall(groups, links, index)

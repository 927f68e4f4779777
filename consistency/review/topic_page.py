"""The page of a topic: what is said, when, by whom; its findings; and "this other topic is the same thing"."""

from __future__ import annotations

from starlette.responses import Response

from consistency.ledger import decisions, queue, shown
from consistency.ledger.records import TopicState
from consistency.model import Claim
from consistency.reporting.clean import line
from consistency.review import forms, scene
from consistency.review.ask import Ask, Refused
from consistency.review.finding_page import just_made


def show(ask: Ask, fault: str = "", status: int = 200) -> Response:
    """`/topic/ID`. The query `find` holds words of the title of another topic."""
    state = _found(ask)
    id_ = state.topic.id
    words = ask.query.get("find", "").strip()[:300]
    return ask.show(
        "topic.html.j2",
        status,
        here="topic",
        id=id_,
        title=line(state.topic.title, 160) or "Untitled topic",
        scene=scene.of_topic(ask.engine, state),
        findings=queue.of_topic(ask.engine, id_),
        find=words,
        others=shown.topics(ask.engine, words, but=id_) if words else (),
        fault=fault,
        last=just_made(ask),
        may=ask.person is not None and ask.person.may("reviewer"),
    )


def same(ask: Ask) -> Response:
    """`POST /topic/ID/same`: a must-link between this topic and another, entered at a finding of either."""
    state = _found(ask)
    other = shown.topic(ask.engine, ask.form.get("other", ""))
    if ask.person is None or other is None or other.topic.id == state.topic.id:
        return show(ask, "Choose another topic.", 422)
    found = (*queue.of_topic(ask.engine, state.topic.id, most=1), *queue.of_topic(ask.engine, other.topic.id, most=1))
    if not found:
        return show(ask, "Neither topic has a finding to enter this at.", 422)
    pair = [_speaker(ask, state), _speaker(ask, other)]
    made = decisions.decide(
        ask.engine,
        found[0].id,
        "same-topic",
        ask.person.name,
        version=found[0].version,
        detail={"pairs": [sorted(claim.fingerprint for claim in pair)]},
        note=forms.text(ask, "note"),
        four_eyes=ask.desk.four_eyes,
    )
    return ask.go(f"/topic/{state.topic.id}", done=made.id, on=made.finding)


def _found(ask: Ask) -> TopicState:
    state = shown.topic(ask.engine, ask.request.path_params["id"])
    if state is None:
        raise Refused(404, "There is no such topic in this ledger today.")
    return state


def _speaker(ask: Ask, state: TopicState) -> Claim:
    """The claim that stands for a topic in a must-link: its first printed one."""
    claims, _ = shown.claims(ask.engine, state.topic.claims)
    if not claims:
        raise Refused(409, "The statements of the topic are not there any more. Load the page anew.")
    return claims[0]

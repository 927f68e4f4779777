"""The page of a finding, and what can be done there: decide, assign, comment, take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from consistency.errors import LedgerError
from consistency.ledger import decisions, queue
from consistency.ledger.queue import Entry
from consistency.ledger.records import KINDS, Decision, FindingState
from consistency.ledger.standing import standing
from consistency.model import Claim
from consistency.review import forms, scene, words
from consistency.review.ask import Ask, Refused
from consistency.review.queue_page import address, filters_of, place_of

_NEIGHBOURS = 30
_OLDER = 3


class Reading(msgspec.Struct, frozen=True):
    """A printed claim of the finding, as the form offers it. odd: whether it is marked as not belonging at first."""

    fingerprint: str
    said: str
    name: str
    odd: bool


class Version(msgspec.Struct, frozen=True):
    """An older version of the finding beside today's."""

    version: int
    scene: scene.Scene


def show(ask: Ask, given: Mapping[str, str] | None = None, fault: str = "", status: int = 200) -> Response:
    """`/finding/ID`. given: what a form held that was not kept, and why."""
    entry, state = _found(ask)
    filters = filters_of(ask.query)
    story = decisions.of(ask.engine, entry.id)
    shown = scene.of_finding(ask.engine, state)
    neighbours = queue.of_topic(ask.engine, entry.topic, entry.id, _NEIGHBOURS)
    older = [o for o in queue.older(ask.engine, entry.id, entry.version) if _worth(o.version, entry, story)][:_OLDER]
    return ask.show(
        "finding.page.html.j2",
        status,
        here="finding",
        entry=entry,
        scene=shown,
        view=shown.view,
        story=tuple(reversed(story)),
        standing_ids=frozenset(d.id for d in standing(story, entry.version, ask.desk.four_eyes).in_force),
        undone=frozenset(d.undoes for d in story if d.undoes is not None),
        meanwhile=_meanwhile(ask, story),
        neighbours=[(n, _last(decisions.of(ask.engine, n.id))) for n in neighbours],
        older=[Version(o.version, scene.of_finding(ask.engine, o.state)) for o in older],
        readings=_readings(state),
        given=given or {},
        odd=frozenset(ask.chosen("odd")) if given else None,
        fault=fault,
        seen=story[-1].id if story else 0,
        looked=_number(ask.query.get("looked")),
        last=just_made(ask),
        query=address(filters),
        following=queue.following(ask.engine, filters, place_of(entry)),
        preceding=queue.preceding(ask.engine, filters, place_of(entry)),
        four_eyes=ask.desk.four_eyes,
        may=ask.person is not None and ask.person.may("reviewer"),
    )


def decide(ask: Ask) -> Response:
    """`POST /finding/ID/decide`: keeps the decision, then shows the next finding, or what others decided meanwhile."""
    entry, state = _found(ask)
    author = _author(ask)
    try:
        kind, detail = forms.decision(ask, _printed(state))
        note, evidence = forms.text(ask, "note"), forms.text(ask, "evidence")
        version = _version(ask, entry)
        made = decisions.decide(
            ask.engine,
            entry.id,
            kind,
            author,
            version=version,
            detail=detail,
            note=note,
            evidence=evidence,
            four_eyes=ask.desk.four_eyes,
        )
    except (Refused, LedgerError) as error:
        if isinstance(error, Refused) and error.status != 422:
            raise
        return show(ask, ask.form, error.message, 422)
    seen = _number(ask.form.get("seen"))
    others = [d for d in decisions.of(ask.engine, entry.id) if seen < d.id != made.id and d.author != author]
    now = queue.entry(ask.engine, entry.id) or entry
    here = f"/finding/{entry.id}?{address(filters_of(ask.query))}".rstrip("?")
    if others or now.version != version:
        return ask.go(here, done=made.id, on=made.finding, since=seen, looked=version)
    following = queue.following(ask.engine, filters_of(ask.query), place_of(entry))
    if ask.form.get("then") == "stay":
        return ask.go(here, done=made.id, on=made.finding)
    if following is None:
        return ask.go(f"/?{address(filters_of(ask.query))}".rstrip("?"), done=made.id, on=made.finding)
    return ask.go(f"/finding/{following}?{address(filters_of(ask.query))}".rstrip("?"), done=made.id, on=made.finding)


def assign(ask: Ask) -> Response:
    """`POST /finding/ID/assign`"""
    entry, _ = _found(ask)
    to = forms.text(ask, "to")
    if to is not None and len(to) > 200:
        raise Refused(422, "A name may have 200 characters.")
    decisions.assign(ask.engine, entry.id, to, _author(ask), ask.desk.four_eyes)
    return _back(ask, entry)


def comment(ask: Ask) -> Response:
    """`POST /finding/ID/comment`"""
    entry, _ = _found(ask)
    note = forms.text(ask, "note")
    if note is None:
        raise Refused(422, "The comment is empty.")
    decisions.comment(ask.engine, entry.id, note, _author(ask), ask.desk.four_eyes)
    return _back(ask, entry)


def undo(ask: Ask) -> Response:
    """`POST /undo`: takes an entry back; where somebody else did so before, the page says it (409)."""
    author = _author(ask)
    number = _number(ask.form.get("entry"))
    try:
        made = decisions.undo(ask.engine, number, author, forms.text(ask, "note"), ask.desk.four_eyes)
    except LedgerError as error:
        raise Refused(409, error.message) from error
    if ask.form.get("then") == "lessons":
        return ask.go("/lessons", done=made.id, on=made.finding)
    return ask.go(
        f"/finding/{made.finding}?{address(filters_of(ask.query))}".rstrip("?"), done=made.id, on=made.finding
    )


def _found(ask: Ask) -> tuple[Entry, FindingState]:
    id_ = ask.request.path_params["id"]
    entry = queue.entry(ask.engine, id_)
    state = queue.state(ask.engine, id_, entry.version) if entry else None
    if entry is None or state is None:
        raise Refused(404, "There is no such finding in this ledger.")
    return entry, state


def _author(ask: Ask) -> str:
    if ask.person is None:  # pragma: no cover  # the route asks for a role
        raise Refused(403, "Sign in first.")
    return ask.person.name


def _back(ask: Ask, entry: Entry) -> Response:
    return ask.go(f"/finding/{entry.id}?{address(filters_of(ask.query))}".rstrip("?"))


def _version(ask: Ask, entry: Entry) -> int:
    """The version of the finding that the page showed."""
    version = _number(ask.form.get("version"))
    if not 1 <= version <= entry.version:
        raise Refused(422, "The form does not say which version of the finding it is about.")
    return version


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def _printed(state: FindingState) -> list[Claim]:
    claims = {claim.id: claim for claim in state.claims}
    return scene.printed(state.finding.claims, claims)


def _readings(state: FindingState) -> tuple[Reading, ...]:
    claims = {claim.id: claim for claim in state.claims}
    names = {info.id: info.publisher or info.id for info in state.sources}
    second = state.finding.sides[1] if len(state.finding.sides) > 1 else ()
    odd = {claim.fingerprint for claim in scene.printed(second, claims)}
    return tuple(
        Reading(c.fingerprint, c.text or "", names.get(c.source, c.source), c.fingerprint in odd)
        for c in _printed(state)
    )


def _worth(version: int, entry: Entry, story: tuple[Decision, ...]) -> bool:
    """An older version is shown where it is the one before, or one that was decided on."""
    return version == entry.version - 1 or any(d.version == version and d.kind in KINDS for d in story)


def _meanwhile(ask: Ask, story: tuple[Decision, ...]) -> list[Decision]:
    """What others entered since the page was made that the form came from."""
    if "since" not in ask.query or ask.person is None:
        return []
    since = _number(ask.query["since"])
    return [d for d in story if d.id > since and d.author != ask.person.name]


def _last(story: tuple[Decision, ...]) -> str:
    """The latest decision in force on a neighbour, in words."""
    found = [d for d in standing(story).in_force if d.kind in KINDS]
    return f"{words.told(found[-1])} ({found[-1].author})" if found else ""


def just_made(ask: Ask) -> dict[str, Any] | None:
    """The entry just made, for the line that offers to take it back."""
    number, on = _number(ask.query.get("done")), ask.query.get("on", "")
    made = next((d for d in decisions.of(ask.engine, on) if d.id == number), None) if number and on else None
    return {"entry": made, "said": words.told(made)} if made else None

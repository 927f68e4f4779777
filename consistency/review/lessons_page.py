"""What was learnt: pairs that are or are not about one thing, corrected readings; listed, exported, revocable."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from consistency.ledger import shown, taught
from consistency.ledger.asking import asking
from consistency.ledger.details import prints
from consistency.ledger.records import Decision
from consistency.reporting.clean import line
from consistency.review.ask import Ask
from consistency.review.finding_page import just_made

_STATEMENTS = 12
_ENTRIES = 500


class Lesson(msgspec.Struct, frozen=True):
    """A decision that later runs obey, with the statements it speaks of: their words and source, or that they are no
    longer there."""

    decision: Decision
    statements: tuple[tuple[str, str], ...]
    more: int


def show(ask: Ask) -> Response:
    """`/lessons`"""
    with ask.engine.connect() as base:
        found = list(taught.entries(asking(base), ask.desk.four_eyes))[::-1]
    lessons = [_lesson(ask, decision) for decision in found[:_ENTRIES]]
    may = ask.person is not None and ask.person.may("reviewer")
    left = len(found) - len(lessons)
    return ask.show("lessons.html.j2", here="lessons", lessons=lessons, left=left, last=just_made(ask), may=may)


def export(ask: Ask) -> Response:
    """`/lessons.json`: the lessons as a file that runs without the ledger obey (`consistency check --lessons`)."""
    with ask.engine.connect() as base:
        text = taught.file(asking(base), ask.desk.four_eyes)
    headers = {"content-disposition": 'attachment; filename="lessons.json"'}
    return ask.kept(Response(text, media_type="application/json", headers=headers))


def _lesson(ask: Ask, decision: Decision) -> Lesson:
    marks = prints(decision.kind, decision.detail)
    ids = shown.with_fingerprints(ask.engine, marks[:_STATEMENTS])
    claims, infos = shown.claims(ask.engine, ids.values())
    names = {info.id: info.publisher or info.id for info in infos}
    by_mark = {claim.fingerprint: claim for claim in claims}
    statements = []
    for mark in marks[:_STATEMENTS]:
        claim = by_mark.get(mark)
        words = line(claim.sentence.text if claim.sentence else claim.text, 300) if claim else ""
        statements.append((words, line(names.get(claim.source), 80) if claim else ""))
    return Lesson(decision, tuple(statements), max(0, len(marks) - _STATEMENTS))

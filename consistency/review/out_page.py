"""What leaves the desk, for editors: corrections, ClaimReview of what was confirmed, the book of decisions as CSV."""

from __future__ import annotations

import json

import msgspec
from starlette.responses import Response

from consistency.ledger import decisions, queue
from consistency.ledger.queue import Entry
from consistency.ledger.records import Decision, FindingState
from consistency.ledger.standing import standing
from consistency.model import Report
from consistency.reporting import claimreview as markup
from consistency.reporting import csv
from consistency.reporting.json import encode
from consistency.review import scene, words
from consistency.review.ask import Ask

COLUMNS = (
    *("entry", "finding", "version", "decision", "told", "note", "evidence", "author", "at", "takes_back", "in_force"),
)


class Correction(msgspec.Struct, frozen=True):
    """A confirmed contradiction, for the editor of the sources it is in."""

    entry: Entry
    scene: scene.Scene
    decision: Decision


def show(ask: Ask) -> Response:
    """`/out`"""
    confirmed = len(queue.decided(ask.engine, "confirmed"))
    entries = sum(1 for _ in decisions.every(ask.engine))
    return ask.show("out.html.j2", here="out", confirmed=confirmed, entries=entries)


def corrections(ask: Ask) -> Response:
    """`/out/corrections`"""
    found = []
    for entry, state, decision in _confirmed(ask):
        found.append(Correction(entry, scene.of_finding(ask.engine, state), decision))
    return ask.show("corrections.html.j2", here="out", corrections=found)


def claimreview(ask: Ask) -> Response:
    """`/out/claimreview.json`: schema.org ClaimReview in JSON-LD, one for each confirmed contradiction."""
    graph = []
    for _, state, decision in _confirmed(ask):
        review = {
            "author": {"@type": "Person", "name": decision.author},
            "datePublished": decision.at[:10],
            "reviewRating": {"@type": "Rating", "alternateName": words.kind("confirmed")},
        }
        if decision.note:
            review["reviewBody"] = decision.note
        if decision.evidence:
            review["citation"] = decision.evidence
        report = Report(sources=state.sources, claims=state.claims, findings=(state.finding,))
        graph += json.loads(markup.render(report, reviews={state.finding.id: review}))["@graph"]
    text = encode({"@context": "https://schema.org", "@graph": graph}, 2)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return _file(ask, text + "\n", "application/ld+json", "claimreview.json")


def table(ask: Ask) -> Response:
    """`/out/decisions.csv`: every entry of the book, oldest first, safe to open in a spreadsheet."""
    entries = list(decisions.every(ask.engine))
    by_finding: dict[str, list[Decision]] = {}
    for d in entries:
        by_finding.setdefault(d.finding, []).append(d)
    holding = {d.id for story in by_finding.values() for d in standing(story, four_eyes=ask.desk.four_eyes).in_force}
    rows = (
        {
            "entry": str(d.id),
            "finding": d.finding,
            "version": str(d.version),
            "decision": d.kind,
            "told": words.told(d),
            "note": d.note or "",
            "evidence": d.evidence or "",
            "author": d.author,
            "at": d.at,
            "takes_back": "" if d.undoes is None else str(d.undoes),
            "in_force": "yes" if d.id in holding else "no",
        }
        for d in entries
    )
    return _file(ask, csv.write(rows, COLUMNS), "text/csv", "decisions.csv")


def _confirmed(ask: Ask) -> list[tuple[Entry, FindingState, Decision]]:
    """Confirmed findings, in the version that was decided on, with the decision that counts."""
    out = []
    for entry in queue.decided(ask.engine, "confirmed"):
        story = standing(decisions.of(ask.engine, entry.id), entry.version, ask.desk.four_eyes).in_force
        counted = [d for d in story if d.kind == "confirmed"]
        state = queue.state(ask.engine, entry.id, entry.decided_version or entry.version)
        if counted and state:
            out.append((entry, state, counted[-1]))
    return out


def _file(ask: Ask, text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return ask.kept(Response(text, media_type=kind, headers=headers))

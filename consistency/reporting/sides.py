"""A finding as a reader meets it: two sides, each with its passages, dates and values, and what it all rests on."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.errors import RuleError
from consistency.model import Acceptance, Claim, Finding
from consistency.reporting import days, passages, phrases
from consistency.reporting.clean import line
from consistency.reporting.index import Index, SourceView
from consistency.reporting.wording import counted, lookup, outcome_word, plain

ALSO = 12


class Passage(msgspec.Struct, frozen=True):
    """One claim shown in its sentence. `basis` of a derived claim: the passages it was worked out from."""

    claim: str
    source: SourceView | None
    parts: tuple[passages.Part, ...]
    place: str
    printed: str
    headline: str
    interval: str
    period: str
    as_of: str
    remarks: tuple[str, ...]
    derived_by: str = ""
    derived_from: tuple[Passage, ...] = ()


class Side(msgspec.Struct, frozen=True):
    """One side: the passage that speaks for it, then where else the same stands, and how many more there are."""

    label: str
    passage: Passage
    also: tuple[Passage, ...]
    more: int


class FindingView(msgspec.Struct, frozen=True):
    """A finding in words. accepted: by what, why, by whom and until when it was accepted; "" where nobody did."""

    anchor: str
    number: int
    id: str
    outcome: str
    sign: str
    name: str
    severity: str
    message: str
    sides: tuple[Side, ...]
    rule: str
    because: str
    why: tuple[str, ...]
    notes: tuple[str, ...]
    reconcile: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    confidence: str
    same_origin: bool
    topic_id: str
    topic: str
    topic_anchor: str | None
    accepted: str = ""


def _remarks(claim: Claim) -> tuple[str, ...]:
    said = [line(claim.speaker, 120) and f"said by {line(claim.speaker, 120)}", lookup("modality", claim.modality)]
    said.append(lookup("zones", claim.zone) if claim.zone in ("title", "caption", "related", "boilerplate") else "")
    said.append(lookup("standing", claim.standing))
    if claim.superseded:
        said.append("called corrected or out of date by its own source")
    if claim.corrected:
        said.append(f"reading corrected by a person: {', '.join(claim.corrected)}")
    if claim.readings:
        said.append(counted(len(claim.readings), "other reading possible", "other readings possible"))
    return tuple(text for text in said if text)


def _as_of(claim: Claim) -> str:
    same = (claim.as_of.from_, claim.as_of.to) == (claim.period.from_, claim.period.to)
    return "" if same or not (claim.as_of.from_ or claim.as_of.to) else days.period(claim.as_of)


def passage(index: Index, claim: Claim, against: Claim | None = None, depth: int = 0) -> Passage:
    """A claim as a passage; a derived claim brings at most four passages it rests on."""
    as_of = _as_of(claim)
    origin = claim.derived.from_ if claim.derived and depth == 0 else ()
    return Passage(
        claim=claim.id,
        source=index.source(claim) if claim.derived is None else None,
        parts=passages.parts(claim, against) if claim.derived is None else (),
        place=index.place(claim) if claim.derived is None else "",
        printed=line(claim.text, 160),
        headline=phrases.headline(claim) if claim.kind != "quote" else "",
        interval=phrases.interval(claim),
        period=days.period(claim.period) if claim.period.from_ or claim.period.to or not as_of else "",
        as_of=as_of,
        remarks=_remarks(claim),
        derived_by=plain(line(claim.derived.rule, 80)) if claim.derived else "",
        derived_from=tuple(passage(index, index.claims[i], None, 1) for i in origin[:4] if i in index.claims),
    )


def _groups(index: Index, finding: Finding) -> list[list[Claim]]:
    """The claims of each side; an agreement told as one side is split so that two sources stand face to face."""
    sides = [[index.claims[i] for i in side if i in index.claims] for side in finding.sides]
    sides = [side for side in sides if side]
    if len(sides) != 1 or len(sides[0]) < 2:
        return sides
    first = sides[0][0]
    rest = sorted(sides[0][1:], key=lambda claim: claim.source == first.source)
    return [[first], rest]


def _side(index: Index, claims: list[Claim], against: Claim | None, label: str) -> Side:
    shown = passage(index, claims[0], against)
    also = tuple(passage(index, claim) for claim in claims[1 : ALSO + 1])
    return Side(label, shown, also, max(0, len(claims) - 1 - ALSO))


@lru_cache(maxsize=512)
def _builtin(rule: str) -> str | None:
    """Why a built-in rule says what it says, for reports that do not carry the reasons of their rules."""
    from consistency.judgement.table import load

    try:
        return next((row.because for row in load() if row.id == rule), None)
    except RuleError:
        return None


def acceptance_words(entry: Acceptance | None) -> str:
    """ "the baseline, known misprint (A. Falk, 5 Jan 2024; until 5 Jan 2025; baseline.json:12)"; "" for None."""
    if entry is None:
        return ""
    by = {"baseline": "the baseline", "suppression": "a suppression"}.get(entry.by) or line(entry.by, 40)
    made = ", ".join(text for text in (line(entry.author, 120), days.stretch(entry.date, entry.date)) if text)
    until = f"until {days.stretch(entry.expires, entry.expires)}" if entry.expires else ""
    rest = "; ".join(text for text in (made, until, line(entry.place, 200)) if text)
    reason = f", {line(entry.reason, 400)}" if entry.reason else ""
    return f"{by}{reason}" + (f" ({rest})" if rest else "")


def finding_view(index: Index, finding: Finding, number: int, topics: dict[str, tuple[str, str | None]]) -> FindingView:
    """A finding in words. topics: topic id → (title, anchor or None where the topic has no section)."""
    groups = _groups(index, finding)
    heads = [group[0] for group in groups]
    sides = tuple(
        _side(index, group, heads[1 - n] if len(heads) == 2 else None, "ABCDEFGH"[n % 8])
        for n, group in enumerate(groups)
    )
    title, anchor = topics.get(finding.topic, ("", None))
    because = index.report.rules.get(finding.rule) or _builtin(finding.rule) or outcome_word(finding.outcome, "because")
    return FindingView(
        anchor=index.anchors.make("finding", finding.id),
        number=number,
        id=line(finding.id, 120),
        outcome=finding.outcome,
        sign=outcome_word(finding.outcome, "sign"),
        name=outcome_word(finding.outcome, "one"),
        severity=line(finding.severity, 20),
        message=line(finding.message, 400),
        sides=sides,
        rule=line(finding.rule, 120),
        because=line(because, 400),
        why=tuple(line(step, 600) for step in finding.why),
        notes=tuple(line(note, 400) for note in finding.notes),
        reconcile=tuple(line(step, 400) for step in finding.reconcile),
        facts=tuple((line(k, 40), line(v, 60)) for k, v in finding.facts.items()),
        confidence=f"{finding.confidence:.0%}",
        same_origin=finding.same_origin,
        topic_id=finding.topic,
        topic=title,
        topic_anchor=anchor,
        accepted=acceptance_words(index.accepted.get(finding.id)),
    )

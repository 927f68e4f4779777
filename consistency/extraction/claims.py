"""Claims of a parsed document: every quantity, list, quote and date that says something, with all its facets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.ages import age_of, held_at, of_pronoun
from consistency.extraction.attach import part_of_date, period_of, time_of, times_for
from consistency.extraction.dates import datable, date_value, read_date
from consistency.extraction.differences import difference
from consistency.extraction.document import Document, parse
from consistency.extraction.facets import scope_of
from consistency.extraction.identity import Fingerprints
from consistency.extraction.incidents import gone_by
from consistency.extraction.measures import read_measure
from consistency.extraction.perhead import per_of
from consistency.extraction.phrases import head, noun_of
from consistency.extraction.spans import ListMark, Mention, Quantity, QuoteMark, Timex
from consistency.extraction.stretches import Stretch, Stretches
from consistency.extraction.terms import Terms
from consistency.extraction.ties import with_unit
from consistency.model import Claim, Extraction, Measure, Period, Quote, Rank, Source
from consistency.rulebook import default_rulebook
from consistency.sources.location import locate

_CONTEXT_ENTITIES = 2
_LEVELS = frozenset({"level", "change", None})
_BOUNDING = frozenset({"by", "since", "until", "before", "after"})  # roles of a time that tell a date from its bound

Draft = tuple[int, int, str, int, Stretch, dict[str, Any]]
"""A claim before it has its identity: start, end, kind, number, sentence, facets. Sorts into the order of the text."""


class Builder:
    """Makes the claims of one document."""

    def __init__(self, doc: Document) -> None:
        source, context = doc.source, doc.context
        self.doc = doc
        self.clauses = doc.clauses
        self.zones = source.zones
        self.zone_starts = [z.start for z in source.zones]
        self.dating: set[int] = set()  # first tokens of the times that date a level …
        self.done: set[int] = set()  # … and of those that date something done
        self.stretches = Stretches(doc)
        self.terms = Terms(doc.clauses, doc.mentions)
        self.undated = times_for(None, source.published, source.published_basis)
        # what a sentence is about that names nobody: the document's own entities
        self.around = tuple(
            sorted([*context.others[:1], *context.organisations[:1], *context.places[:_CONTEXT_ENTITIES]])
        )
        self.drafts: list[Draft] = []
        self.told: dict[int, int] = {}  # first token of a quantity -> number of its draft

    def zone(self, first: int) -> str:
        """The kind of page zone that token `first` stands in."""
        if not self.zones:
            return "body"
        start = self.doc.tokens.starts[first]
        zone = self.zones[bisect_right(self.zone_starts, start) - 1]
        return zone.kind if zone.start <= start < zone.end else "body"

    def entities(self, names: tuple[str, ...], mentions: list[Mention]) -> tuple[tuple[str, ...], str]:
        """`names` of the mentions of a claim, or the document's own where it has none; and their basis."""
        if not names:
            return self.around, "inherited" if self.around else "missing"
        for mention in mentions:
            if not mention.anaphor:
                return names, "stated"
        return names, "inherited"

    def entities_beside(self, at: Stretch, inside: list[Mention]) -> tuple[tuple[str, ...], str]:
        """The entities of a sentence but those `inside` a mark."""
        if not inside:
            return self.entities(at.names, at.mentions)
        beside = [m for m in at.mentions if m not in inside]
        return self.entities(tuple(sorted({m.name for m in beside})), beside)

    def person_before(self, q: Quantity, at: Stretch) -> tuple[tuple[str, ...], str]:
        """Whose age follows a pronoun: the one person whom the sentence before names."""
        if at.first < 2 or not of_pronoun(self.clauses, q):
            return (), "missing"
        named = {m.name for m in self.stretches.at(at.first - 2).mentions if m.kind == "person"}
        return (tuple(named), "inferred") if len(named) == 1 else ((), "missing")

    def add(self, kind: str, start: int, end: int, at: Stretch, first: int, facets: dict[str, Any]) -> None:
        """A claim of token `first` on, with who says it and how firmly."""
        stance = at.stance(first)
        if stance is not None:
            facets["standing"], facets["superseded"] = stance.standing, stance.superseded
            if kind != "quote":  # whose speaker is its own
                facets["modality"], facets["speaker"] = stance.modality, stance.speaker
        self.drafts.append((start, end, kind, len(self.drafts), at, facets))

    # ------------------------------------------------------------------------------------------------ quantities
    def quantity(self, q: Quantity, at: Stretch) -> None:
        doc, clauses, stop, mentions = self.doc, self.clauses, at.stop, at.mentions
        if q.dimension == "time" and (year := part_of_date(doc.tokens, q, at.times)):
            self.dating.add(year.first)
            return
        tie = at.ties.get(q.first)
        if tie is None:
            read = read_measure(clauses, q, at.first, stop)
            t = time_of(clauses, q, at.quantities, at.times, at.first) if at.times else None
        else:
            q, t = with_unit(q, tie), tie.time
            read = read_measure(clauses, q, at.first, stop, tie.leader)
        noun, relation = read.noun, read.relation
        person = age_of(clauses, q, mentions)
        if person is not None:
            t = held_at(q, t)
        period, as_of = self.undated
        if t is not None:
            period, as_of = times_for(t, doc.source.published, doc.source.published_basis)
            if person is None:  # the day of an event tells ages too, and stays its day
                (self.dating if relation in _LEVELS else self.done).add(t.first)
        elif tie is not None and tie.held is not None:
            as_of = Period(from_=tie.held, to=tie.held, granularity="day", basis="inferred")
        if person is None:
            names, names_basis = self.entities(at.names, mentions)
            scope = scope_of(clauses, q, read, mentions, stop)
        else:  # an age is somebody's: who else the sentence names says nothing of it
            noun = relation = "age"
            if q.unit is None:
                q = msgspec.structs.replace(q, kind="measure", unit="year", dimension="time")
            names, names_basis = ((person,), "stated") if person else self.person_before(q, at)
            scope = ()
        stated = noun and relation
        zone = self.zone(q.first)
        if zone == "boilerplate" and not stated:
            return  # "text NEWS to 72727": page furniture that measures nothing
        noun_end = max(q.last, q.noun[1]) if q.noun else q.last
        terms = self.terms.near(q.first, noun_end, at.first, stop, noun)
        facets: dict[str, Any] = {
            "zone": zone,
            "value": q.value,
            "aspect": q.aspect,
            "trend": q.trend,
            "unit": q.unit,
            "per": per_of(doc.tokens, q, at.first),
            "dimension": q.dimension,
            "readings": q.readings,
            "period": period,
            "as_of": as_of,
            "measure": Measure(noun=noun, relation=relation, terms=terms, entities=names),
            "scope": scope,
            "basis": {
                "measure": "stated" if stated else "missing",
                "entities": names_basis,
                "scope": _scope_basis(scope, mentions) if scope else "missing",
                "period": period.basis if period.from_ else "missing",
                "as_of": as_of.basis if as_of.from_ else "missing",
            },
            "confidence": _confidence(read.how, noun is None, names_basis == "missing", bool(q.readings)),
        }
        if q.rank:
            facets["rank"] = Rank(order=q.rank, of=noun)
        start, end = doc.tokens.span(q.first, noun_end if q.dimension == "count" else q.last)
        self.told[q.first] = len(self.drafts)
        self.add(q.kind, min(start, q.start), max(end, q.end), at, q.first, facets)

    # ------------------------------------------------------------------------------------ lists, quotes and dates
    def enumeration(self, mark: ListMark, at: Stretch) -> None:
        clauses, first, stop = self.clauses, at.first, at.stop
        noun = relation = None
        before = mark.head[0] if mark.head else mark.first
        group = clauses.before(before, first)
        if mark.head and (inner := head(clauses, mark.head)):
            noun = noun_of(clauses, inner, mark.head[1])
        elif group is not None and (inner := head(clauses, (group.last, mark.first))):
            noun = noun_of(clauses, inner, mark.first)
        after = clauses.after(mark.last, stop)
        chosen = group if group is not None and group.relation != "say" else after
        if chosen is not None:
            relation = chosen.relation
        inside = [m for m in at.mentions if mark.first <= m.first and m.last <= mark.last]
        names, names_basis = self.entities_beside(at, inside)
        period, as_of = self.undated
        terms = self.terms.near(mark.first, mark.last, first, stop, noun)
        facets = {
            "zone": self.zone(mark.first),
            "value": None,
            "unit": noun,
            "dimension": "list",
            "items": mark.items,
            "complete": mark.complete,
            "period": period,
            "as_of": as_of,
            "measure": Measure(noun=noun, relation=relation, terms=terms, entities=names),
            "basis": {
                "measure": "stated" if noun and relation else "missing",
                "entities": names_basis,
                "period": "missing",
                "as_of": as_of.basis,
            },
            "confidence": 0.9 if noun and relation else 0.6,
        }
        self.add("list", mark.start, mark.end, at, mark.first, facets)

    def quote(self, mark: QuoteMark, at: Stretch, noun: str, occasion: str | None) -> None:
        inside = [m for m in at.mentions if mark.first <= m.first < mark.last]
        names, names_basis = self.entities_beside(at, inside)
        period, as_of = self.undated
        facets = {
            "zone": self.zone(mark.first),
            "value": None,
            "dimension": "quote",
            "quote": Quote(words=mark.words, speaker=mark.speaker, occasion=occasion),
            "speaker": mark.speaker,
            "modality": "reported",
            "period": period,
            "as_of": as_of,
            "measure": Measure(noun=noun, relation="say", entities=names),
            "basis": {
                "measure": "stated",
                "entities": names_basis,
                "speaker": "stated" if mark.speaker else "missing",
                "as_of": as_of.basis,
            },
            "confidence": 0.9 if mark.speaker else 0.5,
        }
        self.add("quote", mark.start, mark.end, at, mark.first, facets)

    def date(self, t: Timex, at: Stretch, zone: str) -> None:
        dated = read_date(self.clauses, t, at.first, at.stop, at.mentions)
        if dated.past:
            t = gone_by(t, self.doc.source.published)
        stated = (dated.noun or dated.named) and dated.relation
        names, names_basis = self.entities(at.names, at.mentions)
        terms = self.terms.near(t.first, t.last, at.first, at.stop, dated.noun)
        if t.role in _BOUNDING:
            terms = tuple(sorted({*terms, t.role}))
        as_of = self.undated[1]
        facets = {
            "zone": zone,
            "value": date_value(t),
            "unit": t.granularity,
            "dimension": "date",
            "period": period_of(t),
            "as_of": as_of,
            "measure": Measure(noun=dated.noun, relation=dated.relation, terms=terms, entities=names),
            "basis": {
                "measure": "stated" if stated else "missing",
                "period": t.basis,
                "as_of": as_of.basis,
                "entities": names_basis,
            },
            "confidence": 0.9 if stated else 0.5,
        }
        self.add("date", t.start, t.end, at, t.first, facets)

    # ---------------------------------------------------------------------------------------------------- together
    def draft(self) -> None:
        """Fills `drafts`."""
        doc, find = self.doc, self.stretches.at
        for q in doc.quantities:
            self.quantity(q, find(q.first))
        for mark in doc.lists:
            self.enumeration(mark, find(mark.first))
        occasion = next(iter((*doc.context.others, *doc.context.organisations)), None)
        for noun, marks in (("quote", doc.quotes), ("indirect quote", doc.indirect)):
            for quote in marks:
                if quote.words.count(" ") >= 3:
                    self.quote(quote, find(quote.first), noun, occasion)
        for t in doc.times:  # the period of a figure is no event; the date in a header line is no claim
            if t.first in self.dating and t.first not in self.done:
                continue
            if datable(t) and (zone := self.zone(t.first)) != "boilerplate":
                self.date(t, find(t.first), zone)

    def claims(self) -> tuple[Claim, ...]:
        """The claims in the order of the text, then those that two of them tell together."""
        self.draft()
        source, text = self.doc.source, self.doc.tokens.text
        source_id, fingerprint = source.id, Fingerprints(source.publisher, source.published).next
        out: dict[str, Claim] = {}
        numbers: dict[int, Claim] = {}
        for start, end, kind, number, at, facets in sorted(self.drafts):
            name = f"{source_id}#{start}-{end}"
            if name in out:
                name += f":{kind}"
                if name in out:
                    continue
            words, sentence = text[start:end], at.sentence
            out[name] = numbers[number] = Claim(
                id=name,
                fingerprint=fingerprint(sentence.text, kind, words),
                source=source_id,
                kind=kind,
                text=words,
                start=start,
                end=end,
                sentence=sentence,
                location=locate(source, start, end),
                **facets,
            )
        return (*out.values(), *self.differences(numbers))

    def differences(self, numbers: dict[int, Claim]) -> Iterator[Claim]:
        """The changes that two levels tell; numbers: the claims by the number of their draft."""
        source = self.doc.source
        for at in self.stretches.filled():
            for move in at.moves:
                before, after = (numbers.get(self.told.get(q.first, -1)) for q in (move.before, move.after))
                if before is None or after is None or move.trend is None or move.told:
                    continue
                t = at.ties[move.before.first].over
                over = times_for(t, source.published, source.published_basis)[0] if t is not None else None
                if claim := difference(move, before, after, over):
                    yield claim


def _scope_basis(scope: tuple[str, ...], mentions: list[Mention]) -> str:
    return "inherited" if any(m.anaphor and m.name in scope for m in mentions) else "stated"


@lru_cache(maxsize=1024)
def _confidence(how: str, no_noun: bool, no_entities: bool, ambiguous: bool) -> float:
    """How sure a reading is (`rules/lexicon/confidence.yaml`)."""
    weights = default_rulebook().load("lexicon/confidence.yaml")
    less = weights["less"]
    missing = {"noun": no_noun, "entities": no_entities, "readings": ambiguous}
    sure = weights["how"].get(how, weights["other"]) - sum(less[facet] for facet, is_so in missing.items() if is_so)
    return float(round(max(weights["least"], sure), 2))


def extract(source: Source) -> Extraction:
    """All claims of one source, in text order, with what the document is about."""
    return extract_document(parse(source))


def extract_document(doc: Document) -> Extraction:
    """The claims of a document that is parsed already."""
    return Extraction(
        source=doc.source.id,
        context=msgspec.structs.replace(
            doc.context,
            publisher=doc.source.publisher,
            published=doc.source.published,
            published_basis=doc.source.published_basis,
        ),
        claims=Builder(doc).claims(),
        sentences=len(doc.tokens.sentences),
        quantities=len(doc.quantities),
    )

"""Claims of a parsed document: every quantity, list, quote and date that says something, with all its facets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.ages import age_of, held_at, of_pronoun, of_subject
from consistency.extraction.attach import part_of_date, time_of, times_for
from consistency.extraction.carried import Reported
from consistency.extraction.dates import datable, of_work
from consistency.extraction.differences import difference
from consistency.extraction.document import Document, parse
from consistency.extraction.facets import scope_of
from consistency.extraction.growth import growth_of
from consistency.extraction.identity import Fingerprints
from consistency.extraction.measures import read_measure
from consistency.extraction.nouns import lemma
from consistency.extraction.perhead import per_of
from consistency.extraction.phrases import head
from consistency.extraction.predicated import is_predicated
from consistency.extraction.reading import Reading
from consistency.extraction.spans import Mention, Quantity
from consistency.extraction.statements import Statements
from consistency.extraction.stretches import Stretch
from consistency.extraction.ties import with_unit
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import class_table
from consistency.model import Claim, Extraction, Measure, Period, Rank, Source
from consistency.rulebook import default_rulebook
from consistency.sources.location import locate

_LEVELS = frozenset({"level", "change", None})
_LIVING = frozenset({"level", "own", "live", None})  # relations of those who live in a place


class Builder(Statements):
    """Makes the claims of one document."""

    def __init__(self, doc: Document) -> None:
        super().__init__(doc)
        self.reported = Reported(doc, self.stretches)

    def person_before(self, q: Quantity, at: Stretch) -> tuple[tuple[str, ...], str]:
        """Whose age a pronoun has: of whom it stands for, else the one person whom the sentence before names."""
        if (name := of_subject(self.clauses, q, at.mentions)) is not None:
            return (name,), "inherited"
        if at.first < 2 or not of_pronoun(self.clauses, q):
            return (), "missing"
        named = {m.name for m in self.stretches.at(at.first - 2).mentions if m.kind == "person"}
        return (tuple(named), "inferred") if len(named) == 1 else ((), "missing")

    def special(self, noun: str | None, at: Stretch) -> str | None:
        """A noun, made more special where the text is about a thing of a sort (the budget of a film)."""
        of = vocabulary().special.get(noun or "")
        if of is None:
            return noun
        name, sort, words = of
        lead = self.doc.lead
        told = lead is not None and lead.sort == sort
        return name if told or not words.isdisjoint(self.doc.tokens.lower[at.first : at.stop]) else noun

    def of_name(self, read: Reading, mentions: list[Mention]) -> bool:
        """Whether what a number seems to measure is the last word of a name ("Vellin Motors numbered 11,600"), or no
        noun at all ("30 hours trapped")."""
        if read.noun is not None and class_table().get(read.noun) == "v":
            return True
        inner = head(self.clauses, read.subject) if read.subject is not None and read.noun is not None else None
        if inner is None or read.noun is None or lemma(self.doc.tokens.lower[inner[1] - 1]) != read.noun:
            return False
        return any(m.first < inner[1] <= m.last and not m.anaphor for m in mentions)

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
        noun, relation = self.special(read.noun, at), read.relation
        if q.noun is None and self.of_name(read, mentions):
            noun = None
        elif relation in _LIVING:
            noun = vocabulary().of_place.get(q.unit or "", noun)
        q, read = growth_of(clauses, q, read, at.first, stop)
        if read.how == "growth":
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
        if period.from_ is None and (carried := self.reported.of(q, read, at)) is not None:
            period = carried
        if person is None:
            names, names_basis = self.entities(at.names, mentions)
            scope = scope_of(clauses, q, read, mentions, at.first, stop)
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
        if q.dimension == "ordinal":
            told = is_predicated(clauses, q, noun, at.first, mentions, at.times)
            facets["basis"]["order"] = "stated" if told else "inferred"
        if q.rank:
            facets["rank"] = Rank(order=q.rank, of=noun)
        start, end = doc.tokens.span(q.first, noun_end if q.dimension == "count" else q.last)
        self.told[q.first] = len(self.drafts)
        self.add(q.kind, min(start, q.start), max(end, q.end), at, q.first, facets)

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
            if t.first in self.dating and t.first not in self.done and not of_work(self.clauses, t):
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

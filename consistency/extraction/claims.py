"""Claims of a parsed document: every quantity, list, quote and date that says something, with all its facets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from consistency.extraction.ages import age_of
from consistency.extraction.attach import time_of, times_for
from consistency.extraction.dates import date_claims
from consistency.extraction.document import Document, parse
from consistency.extraction.facets import scope_of
from consistency.extraction.identity import Fingerprints
from consistency.extraction.measures import read_measure
from consistency.extraction.perhead import per_of
from consistency.extraction.phrases import head, noun_of
from consistency.extraction.reading import Reading
from consistency.extraction.spans import ListMark, Mention, Quantity, QuoteMark
from consistency.extraction.stretches import Stretch, stretches
from consistency.extraction.terms import near_terms
from consistency.model import Claim, Extraction, Measure, Quote, Rank, Source
from consistency.rulebook import default_rulebook
from consistency.sources.location import locate

_CONTEXT_ENTITIES = 2
_LEVELS = frozenset({"level", "change", None})


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A claim before it has its identity: the marked stretch and its facets."""

    kind: str
    first: int
    last: int
    start: int
    end: int
    facets: dict[str, object]


class Builder:
    """Makes the claims of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.zone_starts = [z.start for z in doc.source.zones]
        self.dating: set[int] = set()  # tokens of the times that date a level
        self.stretches = stretches(doc)
        self.undated = times_for(None, doc.source.published, doc.source.published_basis)

    def zone(self, start: int) -> str:
        k = bisect_right(self.zone_starts, start) - 1
        if k >= 0 and start < self.doc.source.zones[k].end:
            return self.doc.source.zones[k].kind
        return "body"

    def common(self, at: Stretch, first: int) -> dict[str, object]:
        """Zone, modality and speaker at token `first` of a sentence."""
        facets: dict[str, object] = {"zone": self.zone(self.doc.tokens.starts[first]) if self.zone_starts else "body"}
        for s in at.stances:  # they never overlap
            if s.first <= first < s.last:
                facets["modality"], facets["speaker"], facets["standing"] = s.modality, s.speaker, s.standing
                facets["superseded"] = s.superseded
                break
        return facets

    def entities_in(self, at: Stretch) -> tuple[tuple[str, ...], str]:
        """The entities of a whole sentence, found once."""
        if at.entities is None:
            at.entities = self.entities(at.mentions)
        return at.entities

    def entities(self, mentions: list[Mention]) -> tuple[tuple[str, ...], str]:
        """Canonical names in a sentence, sorted, or the document's own where it names none; and their basis."""
        names = sorted({m.name for m in mentions})
        if names:
            stated = any(not m.anaphor for m in mentions)
            return tuple(names), "stated" if stated else "inherited"
        c = self.doc.context
        around = sorted([*c.others[:1], *c.organisations[:1], *c.places[:_CONTEXT_ENTITIES]])
        return tuple(around), "inherited" if around else "missing"

    # ------------------------------------------------------------------------------------------------ quantities
    def quantity(self, q: Quantity, at: Stretch) -> Draft:
        doc, stop, mentions = self.doc, at.stop, at.mentions
        read = read_measure(doc.clauses, q, at.first, stop)
        t = time_of(doc.clauses, q, at.quantities, at.times, at.first, stop)
        period, as_of = times_for(t, doc.source.published, doc.source.published_basis)
        if t is not None and read.relation in _LEVELS:
            self.dating.update(range(t.first, t.last))
        person = age_of(doc.clauses, q, mentions)
        if person is not None:
            read = msgspec.structs.replace(read, noun="age", relation="age")
            if q.unit is None:
                q = msgspec.structs.replace(q, kind="measure", unit="year", dimension="time")
        names, names_basis = self.entities_in(at)
        if person is not None:  # an age is somebody's: who else the sentence names says nothing of it
            names, names_basis = ((person,), "stated") if person else ((), "missing")
        noun_end = max(q.last, q.noun[1] if q.noun else 0)
        scope = () if person is not None else scope_of(doc.clauses, q, read, mentions, stop)
        terms = near_terms(at.terms, q.first, noun_end, read.noun)
        facets = self.common(at, q.first) | {
            "value": q.value,
            "aspect": q.aspect,
            "trend": q.trend,
            "unit": q.unit,
            "per": per_of(doc.tokens, q, at.first),
            "dimension": q.dimension,
            "readings": q.readings,
            "period": period,
            "as_of": as_of,
            "measure": Measure(noun=read.noun, relation=read.relation, terms=terms, entities=names),
            "scope": scope,
            "basis": {
                "measure": "stated" if read.noun and read.relation else "missing",
                "entities": names_basis,
                "scope": self._scope_basis(scope, mentions),
                "period": period.basis if period.from_ else "missing",
                "as_of": as_of.basis if as_of.from_ else "missing",
            },
            "confidence": self._confidence(q, read, names_basis),
        }
        if q.rank:
            facets["rank"] = Rank(order=q.rank, of=read.noun)
        last = noun_end if q.dimension == "count" and q.noun else q.last
        start, end = doc.tokens.span(q.first, last)
        return Draft(
            kind=q.kind, first=q.first, last=last, start=min(start, q.start), end=max(end, q.end), facets=facets
        )

    def _scope_basis(self, scope: tuple[str, ...], mentions: list[Mention]) -> str:
        if not scope:
            return "missing"
        return "inherited" if any(m.anaphor and m.name in scope for m in mentions) else "stated"

    @staticmethod
    def _confidence(q: Quantity, read: Reading, names_basis: str) -> float:
        weights = default_rulebook().load("lexicon/confidence.yaml")
        sure, less = weights["how"].get(read.how, weights["other"]), weights["less"]
        missing = {"noun": read.noun is None, "entities": names_basis == "missing", "readings": bool(q.readings)}
        sure -= sum(less[facet] for facet, is_so in missing.items() if is_so)
        return float(round(max(weights["least"], sure), 2))

    # ------------------------------------------------------------------------------------------- lists and quotes
    def enumeration(self, mark: ListMark, at: Stretch) -> Draft:
        doc, first, stop, mentions = self.doc, at.first, at.stop, at.mentions
        inside = [m for m in mentions if mark.first <= m.first and m.last <= mark.last]
        around = [m for m in mentions if m not in inside]
        noun = relation = None
        before = mark.head[0] if mark.head else mark.first
        group = doc.clauses.before(before, first)
        if mark.head and (inner := head(doc.clauses, mark.head)):
            noun = noun_of(doc.clauses, inner, mark.head[1])
        elif group is not None and (inner := head(doc.clauses, (group.last, mark.first))):
            noun = noun_of(doc.clauses, inner, mark.first)
        after = doc.clauses.after(mark.last, stop)
        chosen = group if group is not None and group.relation != "say" else after
        if chosen is not None:
            relation = chosen.relation
        names, names_basis = self.entities(around)
        period, as_of = self.undated
        facets = self.common(at, mark.first) | {
            "value": None,
            "unit": noun,
            "dimension": "list",
            "items": mark.items,
            "complete": mark.complete,
            "period": period,
            "as_of": as_of,
            "measure": Measure(
                noun=noun,
                relation=relation,
                terms=near_terms(at.terms, mark.first, mark.last, noun),
                entities=names,
            ),
            "basis": {
                "measure": "stated" if noun and relation else "missing",
                "entities": names_basis,
                "period": "missing",
                "as_of": as_of.basis,
            },
            "confidence": 0.9 if noun and relation else 0.6,
        }
        return Draft(kind="list", first=mark.first, last=mark.last, start=mark.start, end=mark.end, facets=facets)

    def quote(self, mark: QuoteMark, at: Stretch, direct: bool) -> Draft:
        doc = self.doc
        names, names_basis = self.entities([m for m in at.mentions if not mark.first <= m.first < mark.last])
        occasion = next(iter((*doc.context.others, *doc.context.organisations)), None)
        period, as_of = self.undated
        facets = self.common(at, mark.first) | {
            "value": None,
            "dimension": "quote",
            "quote": Quote(words=mark.words, speaker=mark.speaker, occasion=occasion),
            "speaker": mark.speaker,
            "modality": "reported",
            "period": period,
            "as_of": as_of,
            "measure": Measure(noun="quote" if direct else "indirect quote", relation="say", entities=names),
            "basis": {
                "measure": "stated",
                "entities": names_basis,
                "speaker": "stated" if mark.speaker else "missing",
                "as_of": as_of.basis,
            },
            "confidence": 0.9 if mark.speaker else 0.5,
        }
        return Draft(kind="quote", first=mark.first, last=mark.last, start=mark.start, end=mark.end, facets=facets)

    # ---------------------------------------------------------------------------------------------------- together
    def at(self, index: int) -> Stretch:
        """The sentence of token `index`."""
        return self.stretches[self.doc.tokens.sentence_of(index)]

    def drafts(self) -> Iterator[tuple[Stretch, Draft]]:
        doc = self.doc
        for stretch in self.stretches:
            for q in stretch.quantities:
                draft = self.quantity(q, stretch)
                if draft.facets["zone"] == "boilerplate" and draft.facets["basis"]["measure"] == "missing":  # type: ignore[index]
                    continue  # "text NEWS to 72727": page furniture that measures nothing
                yield stretch, draft
        for mark in doc.lists:
            at = self.at(mark.first)
            yield at, self.enumeration(mark, at)
        for direct, marks in ((True, doc.quotes), (False, doc.indirect)):
            for quote in marks:
                if quote.words.count(" ") >= 3:
                    at = self.at(quote.first)
                    yield at, self.quote(quote, at, direct)
        for t, facets in date_claims(
            doc,
            lambda number: self.stretches[number].terms,
            lambda start: self.zone(start) == "boilerplate",
            self.dating,
        ):
            at = self.at(t.first)
            names, names_basis = self.entities_in(at)
            measure = facets.pop("measure")
            facets["measure"] = msgspec.structs.replace(measure, entities=names)
            facets["basis"]["entities"] = names_basis
            yield (
                at,
                Draft(
                    kind="date",
                    first=t.first,
                    last=t.last,
                    start=t.start,
                    end=t.end,
                    facets=self.common(at, t.first) | facets,
                ),
            )

    def claims(self) -> tuple[Claim, ...]:
        doc = self.doc
        prints = Fingerprints(doc.source.publisher, doc.source.published)
        drafts = sorted(self.drafts(), key=lambda d: (d[1].start, d[1].end, d[1].kind))
        out, seen = [], set()
        for at, d in drafts:
            text = doc.tokens.text[d.start : d.end]
            sentence = at.sentence
            name = f"{doc.source.id}#{d.start}-{d.end}"
            if name in seen:
                name += f":{d.kind}"
            if name in seen:
                continue
            seen.add(name)
            out.append(
                Claim(
                    id=name,
                    fingerprint=prints.next(sentence.text, d.kind, text),
                    source=doc.source.id,
                    kind=d.kind,
                    text=text,
                    start=d.start,
                    end=d.end,
                    sentence=sentence,
                    location=locate(doc.source, d.start, d.end),
                    **d.facets,  # type: ignore[arg-type]
                )
            )
        return tuple(out)


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

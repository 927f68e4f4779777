"""Drafts of what is no quantity: lists, quotations and dates."""

from __future__ import annotations

from consistency.extraction.attach import period_of
from consistency.extraction.dates import Dated, date_value, read_date
from consistency.extraction.drafts import Drafts
from consistency.extraction.incidents import gone_by
from consistency.extraction.introductions import sort_of
from consistency.extraction.lifespans import DIED, LIFE, life_event
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import head, noun_of
from consistency.extraction.spans import ListMark, QuoteMark, Timex
from consistency.extraction.stretches import Stretch
from consistency.extraction.vocabulary import vocabulary
from consistency.model import Measure, Quote

_BOUNDING = frozenset({"by", "since", "until", "before", "after"})  # roles of a time that tell a date from its bound


class Statements(Drafts):
    """The lists, quotations and dates of one document."""

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

    def _one_name(self, dated: Dated, at: Stretch) -> str | None:
        """The one word that opens a sentence and that a life's event is told of, as a name: "Lind died in 1955"."""
        tokens, tags = self.clauses.tokens, self.clauses.tags
        if (
            dated.relation not in LIFE
            or dated.noun is None
            or tags[at.first] != "n"
            or tags[at.first + 1] not in "bvqh"
        ):
            return None
        start, end = tokens.span(at.first, at.first + 1)
        word = self.doc.source.text[start:end]
        known, noun = vocabulary(), lemma(word.lower())
        called = sort_of(noun) is not None or known.people(known.noun(noun))
        return word if word[:1].isupper() and noun == dated.noun and not called else None

    def date(self, t: Timex, at: Stretch, zone: str) -> None:
        dated = read_date(self.clauses, t, at.first, at.stop, at.mentions)
        life = life_event(self.clauses, t, at.mentions, self.doc.lead)
        if life is not None:
            dated = Dated(None, life[1], True)
        alone = None if life is not None or at.names else self._one_name(dated, at)
        if alone is not None:
            life, dated = (alone, dated.relation or ""), Dated(None, dated.relation, True, dated.past)
        if dated.relation == "kill" and dated.noun is None and t.granularity == "year":
            dated = Dated(
                None, DIED, dated.named, dated.past
            )  # the year of somebody's death, not the day of an incident
        if dated.past:
            t = gone_by(t, self.doc.source.published)
        stated = (dated.noun or dated.named) and dated.relation
        names, names_basis = ((life[0],), "stated") if life is not None else self.entities(at.names, at.mentions)
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

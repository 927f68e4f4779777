"""Drafts of claims: what the claims of one document share, whatever they are of."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from consistency.extraction.attach import times_for
from consistency.extraction.document import Document
from consistency.extraction.spans import Mention
from consistency.extraction.stretches import Stretch, Stretches
from consistency.extraction.terms import Terms

_CONTEXT_ENTITIES = 2

Draft = tuple[int, int, str, int, Stretch, dict[str, Any]]
"""A claim before it has its identity: start, end, kind, number, sentence, facets. Sorts into the order of the text."""


class Drafts:
    """The drafts of one document's claims, and what all of them share: zones, entities, who says it."""

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
        # what a sentence is about that names nobody: what the text introduced, else the document's own entities
        self.around = tuple(
            sorted([*context.others[:1], *context.organisations[:1], *context.places[:_CONTEXT_ENTITIES]])
        )
        if doc.lead is not None:
            self.around = (doc.lead.name,)
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
        if self.doc.lead is None and not all(m.known for m in mentions):  # "it" alone: what the text is about besides
            names = tuple(sorted({*names, *self.around}))
        return names, "inherited"

    def entities_beside(self, at: Stretch, inside: list[Mention]) -> tuple[tuple[str, ...], str]:
        """The entities of a sentence but those `inside` a mark."""
        if not inside:
            return self.entities(at.names, at.mentions)
        beside = [m for m in at.mentions if m not in inside]
        return self.entities(tuple(sorted({m.name for m in beside})), beside)

    def add(self, kind: str, start: int, end: int, at: Stretch, first: int, facets: dict[str, Any]) -> None:
        """A claim of token `first` on, with who says it and how firmly."""
        stance = at.stance(first)
        if stance is not None:
            facets["standing"], facets["superseded"] = stance.standing, stance.superseded
            if kind != "quote":  # whose speaker is its own
                facets["modality"], facets["speaker"] = stance.modality, stance.speaker
        self.drafts.append((start, end, kind, len(self.drafts), at, facets))

"""What stands in each sentence of a document: its names, quantities, times and stances, for the claims made of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeVar

from consistency.extraction.attach import usable
from consistency.extraction.document import Document
from consistency.extraction.spans import Mark, Mention, Quantity, Stance, Timex
from consistency.extraction.terms import Terms, sentence_terms
from consistency.model import Sentence

_T = TypeVar("_T", Mark, Mention, Quantity, Timex, Stance)


class Stretch:
    """One sentence: tokens first..stop-1 and what was found in them. `times` are those that can date a claim."""

    __slots__ = (
        "_doc",
        "_sentence",
        "_terms",
        "entities",
        "first",
        "mentions",
        "number",
        "quantities",
        "stances",
        "stop",
        "times",
    )

    def __init__(self, doc: Document, number: int) -> None:
        self._doc = doc
        self.number = number
        self.first, self.stop, _, _ = doc.tokens.sentences[number]
        self.mentions: list[Mention] = []
        self.quantities: list[Quantity] = []
        self.times: list[Timex] = []
        self.stances: list[Stance] = []
        self.entities: tuple[tuple[str, ...], str] | None = None
        self._terms: Terms | None = None
        self._sentence: Sentence | None = None

    @property
    def terms(self) -> Terms:
        """The content words, names left out."""
        if self._terms is None:
            self._terms = sentence_terms(self._doc.clauses, self.first, self.stop, self.mentions)
        return self._terms

    @property
    def sentence(self) -> Sentence:
        """The sentence as the claims of it carry it."""
        if self._sentence is None:
            tokens = self._doc.tokens
            _, _, start, end = tokens.sentences[self.number]
            self._sentence = Sentence(text=tokens.text[start:end], start=start, end=end)
        return self._sentence


def stretches(doc: Document) -> list[Stretch]:
    """The sentences of a document, filled."""
    closes = doc.tokens.closes
    out = [Stretch(doc, k) for k in range(len(closes))]

    def spread(marks: Iterable[_T]) -> Iterable[tuple[Stretch, _T]]:
        k = 0
        for mark in marks:
            if closes[k] < mark.first or (k and closes[k - 1] >= mark.first):
                k = min(bisect_left(closes, mark.first), len(closes) - 1)
            yield out[k], mark

    for stretch, mention in spread(doc.mentions):
        stretch.mentions.append(mention)
    for stretch, quantity in spread(doc.quantities):
        stretch.quantities.append(quantity)
    for stretch, time in spread(doc.periods):
        if usable(time) and time.last <= stretch.stop:
            stretch.times.append(time)
    for stretch, stance in spread(doc.stances):
        stretch.stances.append(stance)
    return out

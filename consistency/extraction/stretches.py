"""What stands in each sentence of a document: its names, quantities, times and stances, for the claims made of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TypeVar

from consistency.extraction.attach import usable
from consistency.extraction.document import Document
from consistency.extraction.spans import Mention, Quantity, Stance, Timex
from consistency.model import Sentence

_T = TypeVar("_T", Mention, Quantity, Timex, Stance)


class Stretch:
    """One sentence: tokens first..stop-1 and what was found in them. `times` are those that can date a claim."""

    __slots__ = ("first", "mentions", "names", "sentence", "stances", "stop", "times")

    def __init__(
        self,
        first: int,
        stop: int,
        sentence: Sentence,
        mentions: list[Mention],
        times: list[Timex],
        stances: list[Stance],
    ) -> None:
        self.first = first
        self.stop = stop
        self.sentence = sentence
        self.mentions = mentions
        self.names = tuple(sorted({m.name for m in mentions})) if mentions else ()
        self.times = times
        self.stances = stances

    def stance(self, index: int) -> Stance | None:
        """The stance that covers token `index`."""
        for stance in self.stances:  # they never overlap
            if stance.first <= index < stance.last:
                return stance
        return None


class Stretches:
    """The sentences of a document, each filled when a claim asks for it."""

    __slots__ = ("_doc", "_filled", "_last", "_mentions", "_quantities", "_stances", "_times", "_usable")

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._filled: dict[int, Stretch] = {}
        self._last: Stretch | None = None
        self._usable = [t for t in doc.periods if usable(t)]
        self._mentions = [m.first for m in doc.mentions]
        self._quantities = [q.first for q in doc.quantities]
        self._times = [t.first for t in self._usable]
        self._stances = [s.first for s in doc.stances]

    def at(self, index: int) -> Stretch:
        """The sentence of token `index`."""
        last = self._last
        if last is not None and last.first <= index <= last.stop:
            return last
        number = self._doc.tokens.sentence_of(index)
        found = self._filled.get(number)
        if found is None:
            found = self._filled[number] = self._fill(number)
        self._last = found
        return found

    def quantities(self, at: Stretch) -> list[Quantity]:
        """The quantities of a sentence."""
        return _between(self._doc.quantities, self._quantities, at.first, at.stop)

    def _fill(self, number: int) -> Stretch:
        doc = self._doc
        first, stop, start, end = doc.tokens.sentences[number]
        times = _between(self._usable, self._times, first, stop)
        return Stretch(
            first,
            stop,
            Sentence(text=doc.tokens.text[start:end], start=start, end=end),
            _between(doc.mentions, self._mentions, first, stop),
            [t for t in times if t.last <= stop] if times else times,
            _between(doc.stances, self._stances, first, stop),
        )


def _between(marks: list[_T], firsts: list[int], first: int, stop: int) -> list[_T]:
    """The marks that begin at tokens first..stop; `firsts` are the first tokens of all."""
    low = bisect_left(firsts, first)
    return marks[low : bisect_right(firsts, stop, low)]

"""What stands in each sentence of a document: its names, quantities, times and stances, for the claims made of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import repeat

from consistency.extraction.attach import usable
from consistency.extraction.clauses import Clauses
from consistency.extraction.document import Document
from consistency.extraction.moves import find_moves
from consistency.extraction.spans import Mark, Mention, Quantity, Stance, Timex
from consistency.extraction.ties import tie_all
from consistency.model import Sentence


class Stretch:
    """One sentence: tokens first..stop-1 and what was found in them. `times` are those that can date a claim.

    moves: its levels before and after; ties: what a number has from its neighbours, by its first token.
    """

    __slots__ = ("first", "mentions", "moves", "names", "quantities", "sentence", "stances", "stop", "ties", "times")

    def __init__(
        self,
        first: int,
        stop: int,
        sentence: Sentence,
        mentions: list[Mention],
        quantities: list[Quantity],
        times: list[Timex],
        stances: list[Stance],
        clauses: Clauses,
    ) -> None:
        self.first = first
        self.stop = stop
        self.sentence = sentence
        self.mentions = mentions
        self.names = tuple(sorted({m.name for m in mentions})) if mentions else ()
        self.quantities = quantities
        self.times = times
        self.stances = stances
        several = len(quantities) > 1
        self.moves = find_moves(clauses, quantities, first) if several else []
        self.ties = tie_all(clauses, self.moves, quantities, times, first) if several else {}

    def stance(self, index: int) -> Stance | None:
        """The stance that covers token `index`."""
        for stance in self.stances:  # they never overlap
            if stance.first <= index < stance.last:
                return stance
        return None


class Stretches:
    """The sentences of a document, each filled when a claim asks for it."""

    __slots__ = ("_closes", "_doc", "_filled", "_last", "_mentions", "_quantities", "_stances", "_times", "_usable")

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._closes = closes = doc.tokens.closes
        self._filled: dict[int, Stretch] = {}
        self._last: Stretch | None = None
        self._usable = [t for t in doc.periods if usable(t)]
        self._mentions = _ends(doc.mentions, closes)
        self._quantities = _ends(doc.quantities, closes)
        self._times = _ends(self._usable, closes)
        self._stances = _ends(doc.stances, closes)

    def at(self, index: int) -> Stretch:
        """The sentence of token `index`."""
        last = self._last
        if last is not None and last.first <= index <= last.stop:
            return last
        number = bisect_left(self._closes, index)
        found = self._filled.get(number)
        if found is None:
            found = self._filled[number] = self._fill(number)
        self._last = found
        return found

    def filled(self) -> list[Stretch]:
        """The sentences that were asked for so far, in order."""
        return [self._filled[number] for number in sorted(self._filled)]

    def _fill(self, number: int) -> Stretch:
        doc, behind = self._doc, number + 1
        first, stop, start, end = doc.tokens.sentences[number]
        times = self._usable[self._times[number] : self._times[behind]]
        return Stretch(
            first,
            stop,
            Sentence(text=doc.tokens.text[start:end], start=start, end=end),
            doc.mentions[self._mentions[number] : self._mentions[behind]],
            doc.quantities[self._quantities[number] : self._quantities[behind]],
            [t for t in times if t.last <= stop] if times else times,
            doc.stances[self._stances[number] : self._stances[behind]],
            doc.clauses,
        )


def _ends(marks: Sequence[Mark | Stance], closes: list[int]) -> list[int]:
    """How many of the marks begin before the first sentence, the second, … and after the last."""
    if not marks:
        return [0] * (len(closes) + 1)
    return [0, *map(bisect_right, repeat([m.first for m in marks]), closes)]

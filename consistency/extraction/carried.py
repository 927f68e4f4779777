"""The period a business report is for, which its later figures leave unsaid.

"Halden reported second-quarter revenue of $4 billion. Net income was $310 million."
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

import msgspec

from consistency.extraction.attach import compares, period_of
from consistency.extraction.document import Document
from consistency.extraction.periods import find_times
from consistency.extraction.reading import Reading
from consistency.extraction.spans import Quantity, Timex
from consistency.extraction.stretches import Stretch, Stretches
from consistency.extraction.tokens import tokenise
from consistency.extraction.wordsets import word_sets
from consistency.model import Period, Source

_BODIES = frozenset({"organisation", "other"})
_WHO = _BODIES | {"person"}  # before a verb, a firm that no list knows is taken for a person
_BESIDE = 2  # tokens from a year to the word that makes it a business year
_KINDS = frozenset({"money", "percent"})
_GRAINS = frozenset({"quarter", "half", "year"})
_LONG = _GRAINS | {"month", "range"}
_ASPECTS = frozenset({"level", "change"})


class Reported:
    """The periods that a document tells for the figures of a report, and the sentences that tell them."""

    __slots__ = ("_bodies", "_firsts", "_found", "_mine")

    def __init__(self, doc: Document, stretches: Stretches) -> None:
        self._mine = mine = word_sets("results")
        self._firsts: list[int] = []  # the first token of each sentence that tells a period, in order
        self._found: list[Period] = []
        self._bodies: list[frozenset[str]] = []
        source = doc.source
        if source.title and (period := _of_title(source, mine["title"])) is not None:
            self._add(-1, period, frozenset())
        for t in doc.periods:
            if t.from_ is None or t.type != "DATE" or t.granularity not in _GRAINS or compares(t):
                continue
            at = stretches.at(t.first)
            said = doc.tokens.lower[at.first : at.stop]
            beside = doc.tokens.lower[max(at.first, t.first - _BESIDE) : t.last]
            if doc.tokens.lower[t.last] != ",":
                beside += doc.tokens.lower[t.last : t.last + _BESIDE]
            told = t.granularity in mine["grains"] or not mine["years"].isdisjoint(beside)
            if told and not mine["told_with"].isdisjoint(said) and at.first not in self._firsts[-1:]:
                self._add(at.first, msgspec.structs.replace(period_of(t), basis="inferred"), _bodies(at, _WHO))

    def _add(self, first: int, period: Period, bodies: frozenset[str]) -> None:
        self._firsts.append(first)
        self._found.append(period)
        self._bodies.append(bodies)

    def of(self, q: Quantity, read: Reading, at: Stretch) -> Period | None:
        """The period of a figure that has no time of its own; None where it is no such figure, or another body's."""
        if (
            not self._firsts
            or q.kind not in _KINDS
            or q.aspect not in _ASPECTS
            or read.noun not in self._mine["figures"]
        ):
            return None
        k = bisect_left(self._firsts, at.first) - 1
        if k < 0 or any(t.granularity in _LONG and not compares(t) for t in at.times):
            return None
        if q.first in at.ties and all(move.after.first != q.first for move in at.moves):
            return None  # the level before a change is of an earlier period
        stance = at.stance(q.first)
        if stance is not None and stance.modality in self._mine["not_of"]:
            return None
        named, bodies = _bodies(at, _BODIES), self._bodies[k]
        return self._found[k] if not named or not bodies or not named.isdisjoint(bodies) else None


def _bodies(at: Stretch, kinds: frozenset[str]) -> frozenset[str]:
    """What a sentence names of these kinds."""
    return frozenset(m.name for m in at.mentions if m.kind in kinds)


@lru_cache(maxsize=256)
def _title_times(title: str, published: str | None, basis: str) -> tuple[Timex, ...]:
    return tuple(find_times(tokenise(title), published, anchor_basis=basis))


def _of_title(source: Source, words: frozenset[str]) -> Period | None:
    """The period that a headline tells ("Orvane lifts second-quarter profit")."""
    title = source.title or ""
    if words.isdisjoint(title.lower().replace("-", " ").split()):
        return None
    grains = word_sets("results")["grains"]
    times = _title_times(title, source.published, source.published_basis)
    t = next((t for t in times if t.granularity in grains and t.from_ is not None), None)
    return None if t is None else msgspec.structs.replace(period_of(t), basis="inferred")

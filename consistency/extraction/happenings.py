"""Happenings told by a noun beside their date: "the March 13 shooting", "a crash on the bridge on Friday"."""

from __future__ import annotations

from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Timex
from consistency.extraction.vocabulary import vocabulary

_BEHIND = 4  # tokens of a noun phrase after a date
_BEFORE = 10  # tokens from a happening to the date behind it
_PHRASE = frozenset("nhy")
_BETWEEN = frozenset("npdhqcey,")
_MODIFIERS = frozenset("ndhqjw")
_OWN = frozenset({"'s", "’s", "'", "’"})

Happening = tuple[str, str | None]
"""The noun and the relation it stands for; no relation for another happening than the one a text tells of."""


def happening_beside(clauses: Clauses, t: Timex, first: int, stop: int, ambiguous: bool) -> Happening | None:
    """What happened on a date, where a noun in its phrase or right before it says so; tokens first..stop-1.

    ambiguous: the date behind a happening may date something else that was done ("arrested in the shooting Friday").
    """
    lower, tags, events = clauses.tokens.lower, clauses.tags, vocabulary().events
    i = t.last + (lower[t.last] in _OWN if t.last < stop else 0)
    end = i
    while end < min(stop, i + _BEHIND) and tags[end] in _PHRASE:
        end += 1
    for k in range(end - 1, i - 1, -1):
        if (noun := lemma(lower[k])) in events:
            return _told(clauses, k, t.first, noun)
    if ambiguous:
        return None
    for k in range(t.first - 1, max(first, t.first - _BEFORE) - 1, -1):
        if tags[k] not in _BETWEEN:
            return None
        if tags[k] == "n" and (noun := lemma(lower[k])) in events:
            return _told(clauses, k, k, noun)
    return None


def _told(clauses: Clauses, at: int, behind: int, noun: str) -> Happening:
    """The happening of token `at`, whose phrase begins before token `behind`: "a separate shooting" is another one."""
    lower, tags, known = clauses.tokens.lower, clauses.tags, vocabulary()
    low = behind
    while low > 0 and behind - low < _BEHIND and tags[low - 1] in _MODIFIERS:
        low -= 1
    other = not known.other_event.isdisjoint(lower[low:at])
    return noun, None if other else known.events[noun]

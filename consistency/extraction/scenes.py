"""Which scene a count of people is of: one of several ("in the first shooting"), or all ("at three locations")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.clauses import Clauses
from consistency.extraction.spans import Quantity
from consistency.rulebook import default_rulebook

ALL = "+all scenes"
_BEFORE, _AFTER, _PHRASE = 12, 30, 5  # tokens
_STOPS = frozenset({".", "!", "?", ";"})
_RECORD = frozenset({"in", "since", "of", "this", "for", "to"})


class Scenes(msgspec.Struct, frozen=True):
    """The words: a scene and several, ordinals and what they stand for, groups by the word that counts them."""

    one: frozenset[str]
    plural: frozenset[str]
    nth: dict[str, str]
    many: frozenset[str]
    groups: dict[str, str]


@lru_cache(maxsize=1)
def scenes() -> Scenes:
    """The words of `rules/lexicon/scenes.yaml`."""
    data = default_rulebook().load("lexicon/scenes.yaml")
    one = frozenset(data["scenes"])
    plural = frozenset({*(f"{w}s" for w in one), "crashes", "robberies", "ambushes"})
    return Scenes(one, plural, dict(data["nth"]), frozenset(data["many"]), data["groups"])


def scenes_of(clauses: Clauses, q: Quantity, after: int, stop: int) -> Iterator[str]:
    """The scopes that the words around a count of people give it."""
    known, lower = scenes(), clauses.tokens.lower
    if group := next((known.groups[w] for w in lower[q.first : after] if w in known.groups), None):
        yield group
    low = sentence_start(lower, q.first, _BEFORE)
    high = min(stop, after + _AFTER)
    near = lower[low:high]
    if not known.plural.isdisjoint(near) and (_several(clauses, low, q.first) or _several(clauses, after, high)):
        yield ALL
    elif not known.one.isdisjoint(near):
        nth = {known.nth[lower[i]] for i in range(low, high - 1) if lower[i] in known.nth and _one(lower, i + 1)}
        if len(nth) == 1:
            yield nth.pop()


def _one(lower: Sequence[str], i: int) -> bool:
    """Whether token i names a scene, and not the first of its kind "in years" or "this month"."""
    return lower[i] in scenes().one and lower[i + 1] not in _RECORD


def sentence_start(lower: Sequence[str], first: int, reach: int) -> int:
    """The first of at most `reach` tokens before a count that stand in its sentence."""
    low = max(0, first - reach)
    return next((i + 1 for i in range(first - 1, low - 1, -1) if lower[i] in _STOPS), low)


def _several(clauses: Clauses, low: int, high: int) -> bool:
    """Whether a phrase of tokens low..high-1 counts scenes: "in 6 Arvika shootings", "two shootings that left …"."""
    known, lower, tags = scenes(), clauses.tokens.lower, clauses.tags
    for i in range(low, high):
        if lower[i] in known.plural:
            first = max(low, i - _PHRASE)
            if any(tags[j] == "q" or lower[j] in known.many for j in range(first, i)):
                return True
    return False

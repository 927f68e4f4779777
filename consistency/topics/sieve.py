"""Pairs that cannot be links, told by three small numbers of each claim, before a claim is opened or a pair is scored.

Most pairs that share a key come to nothing: their measures are too far apart whatever their texts say, or they tell of
two persons. That rests on what kind of number a claim gives, of which there are few, and on who it is about. Where two
give the same number, and not one that many things have, the pair is scored.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from zlib import crc32

from consistency.topics.measures import kind_of, named_speaker
from consistency.topics.names import strangers
from consistency.topics.signature import Signature
from consistency.topics.similarity import OPEN, STRANGERS_NEVER, Scorer
from consistency.topics.vocabulary import Vocabulary

Who = tuple[str, ...]
NOBODY = 0


def who_of(s: Signature, known: Vocabulary) -> Who:
    """The persons without whom a claim is nothing: who said it, or whose age it is; nobody where that is open."""
    if s.group == "quote":
        return (s.speaker,) if s.speaker is not None and named_speaker(s) else ()
    return tuple(sorted(s.persons)) if s.stated and s.noun in known.needs_name else ()


def value_of(s: Signature) -> int:
    """What stands for the number of a claim; 0 for one that many things have. Two that fall together cost a look."""
    return (crc32(s.value.encode()) or 1) if s.value is not None else 0


class Traits:
    """kind, who, value: of each claim, the numbers of its kind and of the persons it is about, and its `value_of`.
    example: of each kind, the first claim that has it."""

    def __init__(self, size: int) -> None:
        self.kind, self.who, self.value = (array("I", bytes(4 * size)) for _ in range(3))
        self.example = array("I")
        self.persons: list[Who] = [()]
        self._kinds: dict[bytes, int] = {}
        self._persons: dict[Who, int] = {(): NOBODY}

    def add(self, claim: int, kind: bytes, who: Who, value: int) -> None:
        """Takes note of a claim. kind: its `kind_of`."""
        self.value[claim] = value
        number = self._kinds.setdefault(kind, len(self.example))
        if number == len(self.example):
            self.example.append(claim)
        persons = self._persons.setdefault(who, len(self.persons))
        if persons == len(self.persons):
            self.persons.append(who)
        self.kind[claim], self.who[claim] = number, persons

    def by_kind(self) -> array[int]:
        """The place of each claim where those of one kind stand together, and kinds that are told alike side by side:
        then who reads one after the other meets the same claims again."""
        order = sorted(self._kinds)
        rank = array("I", bytes(4 * len(order)))
        for n, kind in enumerate(order):
            rank[self._kinds[kind]] = n
        out = array("I", bytes(4 * len(self.kind)))
        for place, claim in enumerate(sorted(range(len(out)), key=lambda claim: rank[self.kind[claim]])):
            out[claim] = place
        return out

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_kinds": {}, "_persons": {}}


def traits_of(claims: Sequence[Signature], known: Vocabulary) -> Traits:
    """The traits of claims that are called by their places."""
    out = Traits(len(claims))
    for n, s in enumerate(claims):
        out.add(n, kind_of(s), who_of(s, known), value_of(s))
    return out


class Sieve:
    """claim: opens one. What two kinds can come to is worked out once."""

    def __init__(self, traits: Traits, scorer: Scorer, claim: Callable[[int], Signature]) -> None:
        self.traits, self.scorer, self.claim = traits, scorer, claim
        self._hopes: dict[int, dict[int, int]] = {}

    def left(self, claim: int, others: Iterable[int]) -> list[int]:
        """Those of some later claims that may be links of a claim."""
        kinds, whos, values = self.traits.kind, self.traits.who, self.traits.value
        own, who, value = kinds[claim], whos[claim], values[claim]
        hopes = self._hopes.setdefault(own, {})
        out: list[int] = []
        for other in others:
            kind = kinds[other]
            hope = hopes.get(kind)
            if hope is None:
                hope = hopes[kind] = self._hope(own, kind)
            if (
                (value and value == values[other])
                or hope == OPEN
                or (hope == STRANGERS_NEVER and not self._strangers(who, whos[other]))
            ):
                out.append(other)
        return out

    def _strangers(self, one: int, two: int) -> bool:
        if one in (NOBODY, two) or two == NOBODY:
            return False
        return strangers(self.traits.persons[one], self.traits.persons[two])

    def _hope(self, one: int, two: int) -> int:
        example = self.traits.example
        return self.scorer.hope(self.claim(example[one]), self.claim(example[two]))

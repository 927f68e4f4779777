"""The denominators of rates: "per share", "a barrel", "/ hour", "per 100,000 people"."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction import units
from consistency.extraction.atom import Atom
from consistency.extraction.nouns import lemma, noun_phrase
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS, Reader
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

_PAST = frozenset(("ago", "earlier", "before", "later", "after", "prior", "end"))  # "a year ago" is no rate


class Rates(msgspec.Struct, frozen=True):
    """The denominators of rates."""

    nouns: frozenset[str]
    adverbs: dict[str, str]
    openers: frozenset[str]  # words a denominator begins with that the number classes do not tell


@lru_cache(maxsize=1)
def _rates() -> Rates:
    data = default_rulebook().load("lexicon/nouns.yaml")
    adverbs = data["rate_adverbs"]
    return Rates(frozenset(data["rates"]), adverbs, frozenset((*adverbs, "each", "every")))


class RateReader:
    """Completes atoms of one token list with their denominators."""

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens = tokens
        self.lower = tokens.lower
        self.c = classes
        self.reader = Reader(tokens, classes)

    def _rate(self, atom: Atom) -> None:
        """A denominator right behind: "per share", "a barrel", "/ hour", "-a-share", "annually", "apiece"."""
        j = atom.last
        if self.c[j] not in "-p/ae" and self.lower[j] not in _rates().openers:
            return
        found = self._denominator(j)
        if found is not None and self.c[found[1]] in "p/":  # "20 J / m^2 per year"
            second = self._denominator(found[1])
            if second is not None:
                atom.unit, found = f"{atom.unit} / {found[0]}", second
        if found is None and self.c[atom.last] == "e" and atom.kind == "measure":
            for j in range(atom.last + 1, min(atom.last + 6, len(self.lower))):  # "tons of copper cathode a year"
                if self.c[j] in "ap" and self.c[j - 1] != "e":
                    found = self._denominator(j)
                    break
                if not self.lower[j][0].isalpha():
                    break
            if found is not None:
                atom.per = found[0]
            return
        if found is not None:
            atom.per, atom.last = found

    def _denominator(self, j: int) -> tuple[str, int] | None:
        c, lower = self.c, self.lower
        adverb = _rates().adverbs.get(lower[j])
        if adverb is not None:
            return adverb, j + 1
        hyphen = c[j] == "-"
        if hyphen:
            j += 1
        k = c[j]
        if k == "p" or k == "/":
            j += 2 if c[j + 1] == "-" else 1
            if c[j] in DIGITS or c[j] in "H":
                return self._per_number(j)
            if lower[j] == "capita":
                return "person", j + 1
            return self._per_unit(j) or (self._per_noun(j) if k == "p" else None)
        if k == "a" or lower[j] in ("each", "every"):
            if lower[j] == "each" and c[j + 1] == "\n":
                return None
            j += 2 if hyphen and c[j + 1] == "-" else 1
            name = lower[j]
            if lower[j + 1] in _PAST:
                return None
            if name in _rates().nouns or f"{name} {lower[j + 1]}" in _rates().nouns:
                return self._per_unit(j) or (lemma(name), j + 1)
        return None

    def _per_unit(self, j: int) -> tuple[str, int] | None:
        if self.lower[j] == "$":
            return None
        if self.lower[j] == "dozen":
            return "dozen", j + 1
        unit, end = units.unit_at(self.tokens, j)
        return None if unit is None or unit.dimension == "percent" else (unit.name, end)

    def _per_noun(self, j: int) -> tuple[str, int] | None:
        word = self.lower[j]
        if not word[0].isalpha() or word in noun_words().stops:
            return None
        return lemma(word), j + 1

    def _per_number(self, j: int) -> tuple[str, int] | None:
        """ "per 100,000 people", "per thousand"."""
        part = self.reader.read(j)
        if part is None or part.value <= 0:
            return None
        unit, end = units.unit_at(self.tokens, part.last)
        if unit is not None:
            return f"{part.value} {unit.name}", end
        phrase = noun_phrase(self.tokens, part.last, 3)
        return (f"{part.value} {phrase.head}", phrase.last) if phrase else (f"{part.value}", part.last)

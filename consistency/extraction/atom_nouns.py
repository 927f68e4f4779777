"""The noun a number counts: "19 countries", "five of the ships", "12 wounded", "a 5-member forum"."""

from __future__ import annotations

from consistency.extraction.atom import Atom
from consistency.extraction.atom_units import UnitReader
from consistency.extraction.nouns import NounPhrase, noun_phrase
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS, vocabulary
from consistency.extraction.wordsets import word_sets

_DETERMINERS = frozenset(
    ("the", "this", "that", "all", "these", "those", "its", "his", "her", "their", "our", "my", "your", "them")
)


class NounReader(UnitReader):
    """Completes atoms with a counted noun."""

    def _noun(self, atom: Atom) -> None:
        lower, c, number = self.lower, self.c, atom.number
        j = self._past_bound(atom.last)
        if number.form == "fraction":
            atom.kind, atom.dimension = "fraction", None
        if c[j] == "-" and lower[j + 1][0].isalpha():
            atom.joined = True
            if lower[j + 1] == "fold":
                atom.kind, atom.dimension, atom.unit, atom.last = "multiple", None, "time", j + 2
                return
            phrase = noun_phrase(self.tokens, j + 1, 1, True)
            self._counted(atom, phrase)
            return
        if number.form == "fraction" and lower[j] in vocabulary().part_before:
            return  # "a third cheaper"
        state = j
        while lower[state] in ("more", "other", "others"):
            state += 1
        if lower[state] in noun_words().people_states and number.form != "fraction":
            phrase = self._adjective(state + 1)
            atom.unit = phrase.head if phrase else "person"
            atom.noun = (state, phrase.last if phrase else state + 1)
            atom.last = atom.noun[1]
            return
        if (
            c[j] in DIGITS
            and c[j + 1] == "-"
            and lower[j + 2] in ("year", "month", "week")
            and lower[j + 4] in ("old", "olds")
        ):
            phrase = noun_phrase(self.tokens, j + 5, 3) if lower[j + 4] == "old" else None
            atom.unit = phrase.head if phrase else "person"  # "two 13-year-old boys", "two 13-year-olds"
            return
        if c[j] == "e":
            self._partitive(atom, j + 1)
            return
        one = number.value == 1 or (number.form == "fraction" and c[j] in "xP")
        phrase = noun_phrase(self.tokens, j, 2 if number.form == "fraction" else 7, singular=one)
        if phrase is not None and lower[phrase.first] in ("times", "fold") and phrase.first == j:
            phrase = NounPhrase(j, j + 1, "time", j)
            if lower[j] == "fold" or lower[j + 1] in word_sets("nouns_names", "filters")["times_compare"]:
                atom.kind, atom.dimension = "multiple", None
        if phrase is None:
            self._rate(atom)
        self._counted(atom, phrase)

    def _adjectives(self, j: int) -> NounPhrase | None:
        """ "thousands of small, friendly deals": adjectives with commas between them."""
        if self.lower[j + 1] != "," or self.lower[j] in noun_words().stops:
            return None
        return noun_phrase(self.tokens, j + 2, 3)

    def _adjective(self, state: int) -> NounPhrase | None:
        """ "five wounded soldiers": the participle belongs to the noun right behind it."""
        phrase = noun_phrase(self.tokens, state, 2)
        return phrase if phrase is not None and phrase.first == state else None

    def _counted(self, atom: Atom, phrase: NounPhrase | None) -> None:
        if phrase is None:
            return
        atom.unit, atom.noun = phrase.head, (phrase.first, phrase.last)
        if phrase.first <= atom.last + 2:
            atom.last = phrase.last
        self._rate(atom)

    def _partitive(self, atom: Atom, j: int) -> None:
        """ "five of the ships", "millions of doses", "two-thirds of voters"."""
        lower, start = self.lower, j
        while lower[j] in _DETERMINERS:
            j += 1
        if j > start and lower[j - 1] == "them":
            return
        if j > start and lower[j] in noun_words().people_states:
            atom.unit = "person"  # "nine of the dead"
            return
        if self.c[j] in "1oOtTd3":
            j += 2 if self.c[j + 1] == "-" else 1  # "five of the three-ton satellites", "254 of 300 seats"
            whole = noun_phrase(self.tokens, j, 7)
            if whole is not None and atom.number.form != "fraction":
                atom.unit, atom.noun = whole.head, (whole.first, whole.last)
            return
        phrase = noun_phrase(self.tokens, j, 7) or self._adjectives(j)
        if phrase is None:
            return
        atom.noun = (phrase.first, phrase.last)
        if atom.number.form != "fraction":
            atom.unit = phrase.head
            atom.last = phrase.last

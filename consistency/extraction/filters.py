"""Which numbers that were read are no quantities: pronouns, halves of games, labels, years, scores."""

from __future__ import annotations

from typing import Any

from consistency.extraction import dates_scores, exclusions
from consistency.extraction.atoms import Atom
from consistency.extraction.hedges import hedge_before
from consistency.extraction.numbers import DIGITS
from consistency.extraction.people import People
from consistency.extraction.tokens import Tokens
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.wordsets import word_sets

_HOURS = 12
_BOUNDS = frozenset(("more-than", "less-than", "at-least", "at-most", "nearly"))


class Filter:
    """Tells for one token list whether an atom counts or measures anything."""

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens, self.lower, self.c = tokens, tokens.lower, classes
        self.people = People(tokens)
        self.lists = word_sets("nouns_names", "filters")

    def drops(self, atom: Atom) -> bool:
        """Whether the number is no quantity."""
        form, width = atom.number.form, atom.nlast - atom.nfirst
        if width == 1 and form in ("digits", "words") and self._hour(atom):
            return True
        if form == "digits":
            return self._digits(atom)
        if form == "multiple":
            return self._multiple(atom)
        kind = self.c[atom.nfirst]
        if form == "words":
            if kind == "O" and width == 1:
                return self._one(atom)
            if (
                width == 1
                and self.lower[atom.nfirst] == "zero"
                and self.lower[atom.first - 1] in self.lists["zero_after"]
            ):
                return True
            return self._word_label(atom)
        if form == "order" and kind in "ui" and not atom.number.scaled:
            return not self._people(atom)  # "several days", "a couple of ships": no number is told
        return form == "fraction" and kind == "h" and width == 1 and self._half(atom)

    def _people(self, atom: Atom) -> bool:
        """Whether the atom counts people: "several" hurt still bounds how many."""
        noun = vocabulary().noun(atom.unit or "")
        return vocabulary().people(noun) or self.people.counted(atom.first, atom.last)

    def _digits(self, atom: Atom) -> bool:
        if atom.kind == "money" and atom.first < atom.nfirst:
            return False
        tokens, first, last, named = self.tokens, atom.first, atom.nlast, atom.unit is not None
        if exclusions.is_label(tokens, self.c, first, last, named, atom.number.scaled):
            return True
        if atom.kind != "count":
            return False
        if dates_scores.is_date_part(tokens, self.c, first, last):
            return True
        if dates_scores.is_year(tokens, first, last) and not self._year_is_count(atom):
            return True
        if self.c[last] != "-" and dates_scores.is_address(tokens, first, last):
            return True
        return self._identifier(atom)

    def _year_is_count(self, atom: Atom) -> bool:
        """ "1900 people" and "more than 2000 sites" count; "2021 elections" does not."""
        if atom.unit is not None and atom.number.value % 100 == 0:
            return True
        hedge, start = hedge_before(self.lower, atom.first)
        return hedge in _BOUNDS and self.lower[start] not in (
            "around",
            "before",
            "by",
            "over",
            "under",
            "below",
            "above",
        )

    def _identifier(self, atom: Atom) -> bool:
        """A post code behind a state's two capitals; digits with a lettered part behind them."""
        words = self.tokens.words
        word = words[atom.nfirst]
        if len(word) != 5 or not word.isdecimal():
            return False
        before, after = words[atom.nfirst - 1], words[atom.nlast]
        lettered = after.isalnum() and not after.isalpha() and not after.isdecimal()
        return (len(before) == 2 and before.isupper()) or lettered or (len(after) == 1 and after.isupper())

    def _hour(self, atom: Atom) -> bool:
        """ "Shortly before eight", "at seven in the evening"."""
        if atom.unit is not None or atom.kind != "count" or not 1 <= atom.number.value <= _HOURS:
            return False
        lower, at, end = self.lower, atom.first, atom.nlast
        if at > 1 and lower[at - 1] in self.lists["hour_side"] and lower[at - 2] in self.lists["hour_near"]:
            return True
        return lower[end] == "in" and lower[end + 1] == "the" and lower[end + 2] in self.lists["hour_part"]

    def _word_label(self, atom: Atom) -> bool:
        """ "Chapter Eleven", "Phase Two", "World War Two"."""
        if atom.unit is not None or not atom.first:
            return False
        return self.lower[atom.first - 1] in self.lists["word_labels"] and self.lower[atom.nlast] != "of"

    def _one(self, atom: Atom) -> bool:
        """Whether "one" stands for a thing rather than counting it."""
        lower, i = self.lower, atom.nfirst
        before, after = lower[i - 1] if i else "\n", lower[atom.nlast]
        if after == "of":
            return atom.unit is None or before in ("no", "any", "every", "each", "which")
        if (after == "in" and self.c[atom.nlast + 1] in "oOtTHdM13") or (
            after == "out" and lower[atom.nlast + 1] == "of"
        ):
            return False  # "one in five"
        if before in self.lists["one_after"]:
            return True
        if atom.unit is not None:
            return after in self.lists["one_before"]
        return not (before in self.lists["one_firm"] or atom.number.value < 0)

    def _half(self, atom: Atom) -> bool:
        """ "first half", "half past", "half-time"; but "half of", "more than half"."""
        lower = self.lower
        before, after = lower[atom.first - 1] if atom.first else "\n", lower[atom.last]
        if atom.joined and atom.kind != "measure" and atom.unit != "point":
            return True  # "half-brother"
        if before in self.lists["half_after"] or lower[atom.nfirst] == "halves":
            return True
        if atom.unit is not None:
            return False
        if after in ("-", "past", "time"):
            return True
        article = lower[atom.nfirst - 1] in ("a", "one") or after == "\n"
        return not (article or after in self.lists["half_before"] or before in self.lists["half_hedge"])

    def _multiple(self, atom: Atom) -> bool:
        """ "double room", "twice a day": no multiple of anything."""
        lower, i = self.lower, atom.nfirst
        word, before, after = lower[i], lower[i - 1] if i else "\n", lower[i + 1]
        if after == "-":
            return True  # "double-digit", "triple-B"
        if word in ("double", "triple", "treble", "quadruple"):
            return after not in self.lists["double_before"] and before not in self.lists["double_after"]
        return word in ("twice", "thrice") and after not in self.lists["double_before"]


def counts_days(tokens: Tokens, c: str, i: int, end: int, unit_dimension: Any) -> bool:
    """Whether a number inside a date tells a length of time ("three years ago"); `end` is the date's last token."""
    if c[i] not in "oOtTui1vhH":
        return False
    for j in range(i + 1, min(i + 5, end)):
        dimension = unit_dimension(j)
        if dimension is not None:
            return bool(dimension == "time") and (tokens.lower[j].endswith("s") or c[i] == "O")
        if c[j] not in "-oMH&e" and c[j] not in DIGITS:
            return False
    return False

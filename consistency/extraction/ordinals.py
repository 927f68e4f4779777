"""Ordinals and ranks: "the seventh summit", "second-largest", "36th" — but not "36th Avenue" or "the third quarter"."""

from __future__ import annotations

from consistency.extraction.atoms import Atom
from consistency.extraction.nouns import lemma, noun_phrase
from consistency.extraction.tokens import Tokens
from consistency.extraction.units import unit_at
from consistency.extraction.wordsets import word_sets


class Ordinals:
    """Completes ordinal atoms of one token list."""

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens, self.lower, self.c = tokens, tokens.lower, classes

    def complete(self, atom: Atom) -> bool:
        """Gives the atom its noun and rank; False where it names a date, a street or a stretch of time."""
        lower, table = self.lower, word_sets("nouns_names")
        before = lower[atom.nfirst - 1] if atom.nfirst else "\n"
        j = atom.nlast
        if self._is_name(atom, before, j) or (before == "the" and self._span_of_time(j)):
            return False
        hyphen = self.c[j] == "-" and lower[j + 1][0].isalpha()
        after = lower[j + 1] if hyphen else lower[j]
        if after in table["rank_words"]:
            atom.kind, atom.rank = "rank", after
            atom.last = j + (2 if hyphen else 1)
            phrase = noun_phrase(self.tokens, atom.last, 5, singular=True)
            if phrase is not None:
                atom.unit, atom.noun = phrase.head, (phrase.first, phrase.last)
            return True
        if before in table["months"] or after in table["months"] or (after == "of" and lower[j + 1] in table["months"]):
            return False
        if after in table["stretch"] or (before in ("a", "every") and self.lower[atom.nfirst] == "second"):
            return False
        if before == "at" or (after == "," and lower[atom.nfirst] in ("first", "second", "third") and before == "\n"):
            return False
        if (
            any(lower[k] in table["streets"] for k in range(j, min(j + 2, len(lower))))
            and lower[atom.nfirst][0].isdecimal()
        ):
            return False
        phrase = noun_phrase(self.tokens, j, 5, singular=True)
        if phrase is not None:
            atom.unit, atom.noun, atom.last = lemma(phrase.head), (phrase.first, phrase.last), phrase.last
        return True

    def _is_name(self, atom: Atom, before: str, j: int) -> bool:
        """ "First Boston": a capital, no article, another capital."""
        words = self.tokens.words
        capitals = words[atom.nfirst][:1].isupper() and words[j][:1].isupper() and words[j][1:2].islower()
        return capitals and self.lower[atom.nfirst] == "first" and before not in ("the", "\n", "its", "their")

    def _span_of_time(self, j: int) -> bool:
        """ "the first nine months": the number counts, not the ordinal."""
        if self.c[j] not in "oOtT1":
            return False
        unit, _ = unit_at(self.tokens, j + 1)
        return unit is not None and unit.dimension == "time"

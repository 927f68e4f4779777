"""Units after a number: measures, percentages, ages, feet and inches."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction import money, units
from consistency.extraction.atom import Atom
from consistency.extraction.atom_money import MoneyReader
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS
from consistency.extraction.words import class_table
from consistency.extraction.wordsets import word_sets

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_BEFORE_AGE = frozenset((",", "of", "aged", "age", "ages"))
_BEHIND_AGE = frozenset("vbpcrs")
_PHYSICAL = frozenset(("length", "area", "volume", "mass", "time", "energy", "power", "temperature", "angle", "speed"))


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """What can stand right behind a number that has a unit, besides dashes, articles and "of"."""
    return units.first_words() | money.first_words() | noun_words().fillers | frozenset((*_BRACKETS, "or", "+"))


class UnitReader(MoneyReader):
    """Completes atoms with a unit."""

    def _unit(self, atom: Atom) -> bool:
        """A currency or unit after the number; False if there is none."""
        k = k0 = atom.last
        if self.c[k] not in "-ae" and self.lower[k] not in _openers():
            return False
        after = self._past_bound(k)
        if after > k:
            k = k0 = after  # "100-plus tons"
        elif self.c[k] == "-" and (self.c[k + 1] not in DIGITS):
            k += 1
        elif self.lower[k] in _BRACKETS:
            unit, end = units.unit_at(self.tokens, k + 1)
            if unit is not None and self.lower[end] == _BRACKETS[self.lower[k]]:
                self._measure(atom, unit, end + 1)
                return True
            return False
        if atom.number.form == "fraction" or atom.number.scaled:
            k = self._over_article(atom, k)
        coin, end = money.coin_after(self.tokens, k)
        if coin is not None and self._is_money(atom, coin, k, end):
            self._coin_tail(atom, k, coin, end)
            return True
        unit, end = units.unit_at(self.tokens, k)
        if unit is None and self.lower[k] in noun_words().fillers and self.lower[k] != "of":
            unit, end = units.unit_at(self.tokens, k + 1)  # "five straight months"
            if unit is None or unit.dimension != "time":
                return False
        if unit is None or (
            end - k == 1 and self.lower[k] in ("second", "quarter") and k == k0 and atom.number.value != 1
        ):
            return False
        if k > k0 and self.c[k0] != "-" and unit.dimension not in _PHYSICAL and "_point" not in unit.name:
            return False
        atom.joined = k > k0 and self.c[k0] == "-"
        self._measure(atom, unit, end)
        return True

    def _past_bound(self, k: int) -> int:
        """The token after a bound between a number and what it counts ("30-odd", "a dozen or so"), else `k`."""
        if self.lower[k] == "-":
            return k + 2 if self.lower[k + 1] in ("plus", "odd") else k
        if self.lower[k] == "+":
            return k + 1
        return k + 2 if self.lower[k] == "or" and self.lower[k + 1] in ("so", "more", "fewer") else k

    def _over_article(self, atom: Atom, k: int) -> int:
        """ "half an hour", "two thirds of a mile": the unit stands behind "(of) a"."""
        j = k + 1 if self.c[k] == "e" else k
        if self.c[j] == "-":
            j += 1
        if self.c[j] == "a" and atom.number.form == "fraction":
            j += 1
            if self.c[j] == "-":
                j += 1
            unit, _ = units.unit_at(self.tokens, j)
            coin, _ = money.coin_after(self.tokens, j)
            if unit is not None or coin is not None:
                return j
        elif j > k and atom.number.form != "fraction":  # "millions of dollars", "tens of millions of tonnes"
            unit, _ = units.unit_at(self.tokens, j)
            coin, _ = money.coin_after(self.tokens, j)
            if unit is not None or coin is not None:
                return j
        return k

    def _measure(self, atom: Atom, unit: units.Unit, end: int) -> None:
        atom.unit, atom.dimension, atom.last = unit.name, unit.dimension, end
        atom.kind = {"percent": "percent", "count": "count"}.get(unit.dimension, "measure")
        if unit.scale > 1:
            self._scale(atom, len(str(unit.scale)) - 1)
        if unit.dimension == "time":
            self._age(atom)
        elif unit.name == "foot":
            self._foot_inch(atom)
        if not atom.age:
            self._rate(atom)

    def _age(self, atom: Atom) -> None:
        j, lower = atom.last, self.lower
        k = j + 1 if self.c[j] == "-" else j
        if lower[k] in ("old", "olds"):
            atom.age, atom.last = True, k + 1
        elif lower[j] == "of" and lower[j + 1] == "age":
            atom.age, atom.last = True, j + 2
        elif atom.first and lower[atom.first - 1] in ("aged", "age", "ages"):
            atom.age = True

    def _foot_inch(self, atom: Atom) -> None:
        """ "5 ft 2 in", "5 feet and 2 inches", "6-foot-2"."""
        j = atom.last
        if self.c[j] == "&" or self.c[j] == "-" or self.lower[j] == ",":
            j += 1
        if self.c[j] not in "1ot" or not isinstance(atom.number.value, int):
            return
        part = self.reader.read(j, join=False)
        if part is None or not 0 < part.value < 12:
            return
        k = part.last + 1 if self.c[part.last] == "-" else part.last
        unit, end = units.unit_at(self.tokens, k)
        if unit is None or unit.name != "inch":
            inch = self.lower[k] == "in" and self.c[k] == "I"
            if not inch and not (atom.joined and self.c[atom.last] == "-"):
                return
            end = k + 1 if inch else part.last
        feet = atom.number.value + part.value / 12
        atom.number = msgspec.structs.replace(atom.number, value=feet, mantissa=None, exp=0)
        atom.last = end

    def _bare_age(self, atom: Atom) -> None:
        """ "aged 62", "at age 87", and "Jane Smith, 62," where a name stands before it."""
        lower, i = self.lower, atom.first
        if lower[i - 1] not in _BEFORE_AGE:
            return
        value = atom.number.value
        if not isinstance(value, int) or not 0 < value < 125 or i == 0:
            return
        named = (
            lower[i - 1] == ","
            and lower[atom.last] in (",", ".", ";", "\n", ")")
            and atom.number.form == "digits"
            and value >= 1
            and i > 2
            and (self._name(i - 2) or lower[i - 2] in word_sets("nouns")["aged_people"])
        )
        of_age = lower[i - 1] in ("aged", "age", "ages") or (lower[i - 1] == "of" and lower[i - 2] in ("age", "ages"))
        if of_age or named or self._of_somebody(atom):
            atom.kind, atom.unit, atom.dimension, atom.age = "measure", "year", "time", True

    def _of_somebody(self, atom: Atom) -> bool:
        """ "A man of 67 was killed", "a girl of nine"; not "one man of nine", "a woman of 30 years' service"."""
        i, lower = atom.first, self.lower
        if i < 3 or lower[i - 1] != "of" or lower[i - 2] not in word_sets("nouns")["of_an_age"]:
            return False
        if lower[i - 3] == "one" or self.c[i - 3] in DIGITS:
            return False
        return not lower[atom.last].isalpha() or class_table().get(lower[atom.last]) in _BEHIND_AGE

    def _name(self, i: int) -> bool:
        """Whether a person's name may end at token `i`: two capitalised words, no month and no unit."""
        a, b = self.tokens.words[i - 1], self.tokens.words[i]
        if b in ("Jr", "Sr") or (b == "." and self.lower[i - 1] in ("jr", "sr")):
            return True
        return a[:1].isupper() and b[:1].isupper() and a.isalpha() and b.isalpha() and not b.isupper()

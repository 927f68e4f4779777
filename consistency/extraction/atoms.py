"""Makes atoms: a number with what stands before it (sign, article, currency) and behind it (unit, rate, noun)."""

from __future__ import annotations

import msgspec

from consistency.extraction import money, units
from consistency.extraction.atom import Atom
from consistency.extraction.atom_nouns import NounReader
from consistency.extraction.numbers import DIGITS, Number

__all__ = ["Atom", "AtomReader"]

_LEADING = frozenset((".", "a", "an", "minus", "negative", "-", "−"))  # what belongs to the number behind it
_DASHES = frozenset("-–‑−")


class AtomReader(NounReader):
    """Makes atoms of one token list."""

    def read(self, i: int, floor: int) -> Atom | None:
        """The atom whose number starts at token `i`; nothing before token `floor` is touched."""
        lower, coin, first = self.lower, None, i
        if i > floor and lower[i - 1] in money.last_words():
            coin, first = money.coin_before(self.tokens, i)
            if first < floor:
                coin, first = None, i
        join = not (first and lower[first - 1] == "between")
        number = self.reader.read(i, coin is not None or self._ends_money(i), join)
        if number is None:
            return None
        if first > floor and lower[first - 1] in _LEADING:
            number, first = self._leading(number, first)
        if coin is not None and lower[i - 1] in ("dollar", "euro") and not (number.scaled or number.exp < 0):
            coin, first = None, i
        atom = Atom(first, number.last, i, number.last, number)
        if number.form == "ordinal":
            atom.kind, atom.dimension = "ordinal", "ordinal"
            return atom
        if number.form == "multiple":
            atom.kind, atom.dimension = "multiple", None
            return atom
        if coin is not None:
            self._money(atom, coin)
            return atom
        if not self._unit(atom):
            self._noun(atom)
            if atom.unit is None:
                self._bare_age(atom)
        return atom

    def _ends_money(self, i: int) -> bool:
        """Whether the number at token `i` is the second of "$10-15m"."""
        opens = i > 2 and self.lower[i - 1] in _DASHES and self.c[i - 2] in DIGITS
        return opens and self.tokens.glued(i) and self.lower[i - 3] in money.last_words()

    def _leading(self, number: Number, first: int) -> tuple[Number, int]:
        """Takes in an article ("a hundred"), a sign, and the point of ".5"."""
        i, c, tokens = number.first, self.c, self.tokens
        before = self.lower[first - 1]
        if before == "." and number.form == "digits" and first == i and tokens.glued(i) and not tokens.glued(i - 1):
            digits = self.lower[i]
            if digits.isdecimal() and number.mantissa is not None:
                exp = number.exp - len(digits)
                value = number.mantissa / 10**-exp if exp < 0 else number.mantissa * 10**exp
                return msgspec.structs.replace(number, value=value, exp=exp), first - 1
        if before in ("a", "an") and (c[i] in "HMzhqfu" or c[i] == "i") and first == i:
            return number, first - 1
        if number.form not in ("digits", "words", "fraction"):
            return number, first
        negative = before in ("minus", "negative") and self.lower[first - 2] != "or"  # "plus or minus 3"
        if before in ("-", "−") and c[i] in DIGITS:
            touching = tokens.ends[first - 1] == tokens.starts[first]
            free = (
                first - 1 == 0
                or (not tokens.glued(first - 1) and c[first - 2] not in DIGITS)
                or self.lower[first - 2] in ("(", "[")
            )
            negative = free and (touching or (c[first - 2] == "x" and self._degrees(number.last)))
        if not negative:
            return number, first
        return (
            msgspec.structs.replace(
                number, value=-number.value, mantissa=None if number.mantissa is None else -number.mantissa
            ),
            first - 1,
        )

    def _degrees(self, i: int) -> bool:
        unit, _ = units.unit_at(self.tokens, i)
        return unit is not None and unit.dimension in ("temperature", "angle")

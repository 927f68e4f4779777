"""Amounts of money: the currency before or after a number, its magnitude, its coins."""

from __future__ import annotations

import msgspec

from consistency.extraction import money
from consistency.extraction.atom import Atom
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS
from consistency.extraction.rates import RateReader
from consistency.extraction.wordsets import word_sets


class MoneyReader(RateReader):
    """Completes atoms with a currency."""

    def _money(self, atom: Atom, coin: money.Coin) -> None:
        atom.kind, atom.dimension, atom.unit = "money", "money", coin.code
        shift, last = (0, atom.last) if atom.number.scaled else self.reader.magnitudes(atom.last, True)
        self._scale(atom, shift + coin.exp, coin.parts)
        atom.last = last
        again, end = money.coin_after(self.tokens, atom.last)
        fits = again is not None and (again.code == coin.code or coin.code == "USD") and again.parts == 1
        if again is not None and fits and self.c[end] not in DIGITS:
            atom.unit, atom.last = again.code, end
        self._fraction_of_money(atom)
        self._rate(atom)

    def _scale(self, atom: Atom, shift: int, parts: int = 1) -> None:
        if parts > 1:
            shift -= len(str(parts)) - 1
        if shift:
            n = atom.number
            if n.mantissa is None:
                atom.number = msgspec.structs.replace(
                    n, value=n.value * 10**shift if shift > 0 else n.value / 10**-shift
                )
                if n.low is not None and n.high is not None and shift > 0:
                    atom.number = msgspec.structs.replace(atom.number, low=n.low * 10**shift, high=n.high * 10**shift)
            else:
                exp = n.exp + shift
                value = n.mantissa * 10**exp if exp >= 0 else n.mantissa / 10**-exp
                if isinstance(value, float) and value.is_integer():
                    value = int(value)
                atom.number = msgspec.structs.replace(n, value=value, exp=exp, scaled=n.scaled or shift > 0)

    def _opens_next(self, i: int) -> bool:
        """Whether the sign before token `i` belongs to a number that follows it ("3 USD50 cards")."""
        return self.c[i] in DIGITS and self.tokens.glued(i)

    def _coin_tail(self, atom: Atom, k: int, coin: money.Coin, end: int) -> None:
        """A currency after the number: "5 million dollars", "75 USD million", "3 dollars 50 cents", "15 dollars 50"."""
        atom.kind, atom.dimension, atom.unit = "money", "money", coin.code
        shift, last = (0, end) if atom.number.scaled else self.reader.magnitudes(end, False)
        self._scale(atom, shift + coin.exp, coin.parts)
        atom.last = last
        if k > atom.nlast:
            atom.joined = True
        if coin.parts == 1 and not shift:
            self._fraction_of_money(atom)
        self._rate(atom)

    def _fraction_of_money(self, atom: Atom) -> None:
        """Coins told after the amount."""
        j = atom.last
        if self.c[j] == "&":
            j += 1
        if self.c[j] not in "1oOtT" or not isinstance(atom.number.value, int) or atom.number.mantissa is None:
            return
        part = self.reader.read(j, join=False)
        if part is None or not isinstance(part.value, int) or not 0 < part.value < 100 or part.scaled:
            return
        coin, end = money.coin_after(self.tokens, part.last)
        if coin is None or coin.parts == 1:
            bare = (
                atom.last > atom.nlast
                and self.c[part.last] in "x\n"
                and self.lower[part.last] in ("\n", ".", ",", ";", "more", "!", "?")
            )
            if not bare or coin is not None or j - atom.last > 1:
                return
            end = part.last
        cents = atom.number.value * 100 + part.value
        atom.number = msgspec.structs.replace(atom.number, value=cents / 100, mantissa=cents, exp=-2)
        atom.last = end

    def _is_money(self, atom: Atom, coin: money.Coin, k: int, end: int) -> bool:
        """Whether the currency word at tokens k..end-1 belongs to this number and is one."""
        if self._opens_next(end) or self._is_weight(atom, coin, k, end):
            return False
        verb = self.lower[end - 1] == "won" and end - k == 1  # "the 12 won" a prize
        return not verb or atom.number.value >= 100

    def _is_weight(self, atom: Atom, coin: money.Coin, k: int, end: int) -> bool:
        """Whether "pounds" are a weight: tied by a hyphen, "of" something, or beside a word of weighing."""
        if coin.code != "GBP" or self.lower[end - 1] not in ("pound", "pounds"):
            return False
        if (k > atom.nlast and self.c[atom.nlast] == "-") or self.lower[end] == "of":
            return True
        if atom.number.scaled:
            return False
        if self.lower[end - 1] == "pound" and self.lower[end].isalpha() and self.lower[end] not in noun_words().stops:
            return True  # "a twenty pound bag"
        low = max(0, atom.first - 20)
        around = set(self.lower[low : end + 8])
        return not around & word_sets("currencies_minor", "context")["price"]

"""Numbers in digits, words and both: "1,234", "450bn", "one and a half thousand", "two dozen", "nine tenths".

A number is read exactly: a whole mantissa times a power of ten wherever that can be, so that the place value of the
last printed digit is known and no rounding of binary fractions shows. Vocabulary: `rules/lexicon/numbers.yaml`.
"""

from __future__ import annotations

from consistency.extraction.number_words import Words
from consistency.extraction.numerals import (
    DIGITS,
    START,
    Number,
    number_classes,
    plain,
    read_digits,
    vocabulary,
)

__all__ = ["DIGITS", "START", "Number", "Reader", "number_classes", "plain", "read_digits", "vocabulary"]


_PLAIN_AFTER = "x\neIpU2a"  # classes behind a number that is told in full by one token


class Reader(Words):
    """Reads numbers of one token list. Every method takes a token index and looks only to the right of it."""

    __slots__ = ()

    def read(self, i: int, money: bool = False, join: bool = True) -> Number | None:
        """The longest number that starts at token `i`, or None.

        money: a currency stands before it, so "m", "b" and "t" are magnitudes. join: "and" may join the parts
        ("two hundred and two"); not so after "between".
        """
        k = self.c[i]
        if k in DIGITS:
            return self._digits(i, money, join)
        if k in "oOtT" and self.c[i + 1] in _PLAIN_AFTER:
            value = self.means[self.lower[i]]
            return Number(i, i + 1, value, "words", value)
        if k in "oOtTHM":
            return self._words(i, join)
        if k in "vhq":
            return self._fraction_first(i)
        if k == "z":
            return self._decimal(i, i + 1, 12, 0, "words", True) if i and self.c[i - 1] == "a" else None
        if k == "S":
            return self._order(i)
        if k in "ui":
            return self._vague(i)
        if k == "f" or k == "r":
            return self._a_part(i) if k == "f" and self._is_part(i) else self._ordinal_word(i)
        if k == "D" or k == "w":
            return Number(i, i + 1, self.means[self.lower[i]], "multiple")
        return None

    def _digits(self, i: int, money: bool, join: bool) -> Number | None:
        parts = read_digits(self.lower[i])
        if parts is None:
            return None
        c, j = self.c, i + 1
        mantissa, exp = parts
        k = c[j]
        if k in _PLAIN_AFTER:  # by far the most frequent case
            return Number(i, j, plain(mantissa, exp), "digits", mantissa, exp)
        if k == "s" and self.tokens.glued(j):
            return self._ordinal_digits(i, mantissa)
        if c[i] != "d" and (k == "3" or (k == "," and c[j + 1] == "3")):
            mantissa, j = self._spaced_groups(i, mantissa)
            k = c[j]
        fraction = self._fraction_after_digits(i, j)
        if fraction is not None:
            return fraction
        if k == "E":
            shift, j = self._exponent(j)
            exp += shift
            k = c[j]
        scaled = j
        if c[j] == "z" or self.lower[j] == "dozens":
            return self._decimal(i, j + 1, mantissa * 12, exp, "digits", True)
        shift, j = self.magnitudes(j, money)
        exp += shift
        whole = self._decimal(i, j, mantissa, exp, "digits", j > scaled)
        if c[j] == "v" or c[j] == "&":
            return self._and_fraction(whole, shift) or (self._join_words(whole, shift) if join else None) or whole
        return whole

    def _spaced_groups(self, i: int, mantissa: int) -> tuple[int, int]:
        """ "10 000", "1 414 021 100", and "80, 000" as detached tokens. Returns (mantissa, next token)."""
        c, text, starts, ends = self.c, self.lower, self.tokens.starts, self.tokens.ends
        j = i + 1
        if text[i][0] == "0":
            return mantissa, j
        if c[j] == ",":
            second = text[j + 1]
            lone = c[j + 2] != "," and c[j + 2] not in "1d3" and starts[j + 1] == ends[j] + 1 and starts[j] == ends[i]
            return (mantissa * 1000 + int(second), j + 2) if lone else (mantissa, j)
        while c[j] == "3" and starts[j] == ends[j - 1] + 1 and self.tokens.text[ends[j - 1]].isspace():
            mantissa = mantissa * 1000 + int(text[j])
            j += 1
            if j - i > 7:
                break
        return mantissa, j

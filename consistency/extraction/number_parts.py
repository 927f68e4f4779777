"""The pieces numbers are made of: small words, hundreds, magnitudes, exponents."""

from __future__ import annotations

import re

from consistency.extraction.numerals import Number, plain, vocabulary
from consistency.extraction.tokens import Tokens

_POWER = re.compile("-?[0-9]{1,2}")
_RAISED = {sign: str(n) for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "-"}


class Parts:
    """Readers of pieces of numbers in one token list. Every method takes a token index and looks only to its right."""

    __slots__ = ("c", "lower", "means", "tokens")

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens = tokens
        self.c = classes
        self.lower = tokens.lower
        self.means = vocabulary().value

    def _decimal(self, first: int, last: int, mantissa: int, exp: int, form: str, scaled: bool = False) -> Number:
        return Number(first, last, plain(mantissa, exp), form, mantissa, exp, scaled=scaled)

    def _ratio(self, i: int, j: int, num: int, den: int, shift: int, form: str) -> Number:
        """num/den times 10**shift, as a decimal number where it has few decimals."""
        for places in range(4):
            if (num * 10**places) % den == 0 and (places or shift):
                if form == "fraction" and not shift:
                    break
                return self._decimal(i, j, num * 10**places // den, shift - places, form, shift > 0)
        value = num * 10**shift / den
        return Number(i, j, int(value) if value == int(value) else value, form, scaled=shift > 0)

    def _exponent(self, j: int) -> tuple[int, int]:
        """ "x10^6", "x10-3", "×10^3", "e8", "e-3": (exponent, next token); (0, j) if there is none."""
        c, text, word = self.c, self.lower, self.lower[j]
        if word[0] == "e" and len(word) > 1 and self.tokens.glued(j):
            return min(int(word[1:]), 300), j + 1
        k = j + 1
        if word in ("×", "x"):
            if text[k] == "10" and text[k + 1] in _RAISED and self.tokens.glued(k + 1):
                return self._raised(k + 1) or (0, j)
            if text[k] != "10" or text[k + 1] not in ("^", "-", "−"):
                return 0, j
            k += 1
        elif word.startswith("x10") and (word[3:4] in _RAISED or (text[k] in _RAISED and self.tokens.glued(k))):
            return self._raised(j) or (0, j)
        elif word != "x10" and not (word == "e" and self.tokens.glued(j)):
            return 0, j
        if text[k] == "^":
            k += 1
        sign = 1
        if c[k] == "-":
            sign, k = -1, k + 1
        if c[k] == "1":
            return sign * int(text[k]), k + 1
        return 0, j

    def _raised(self, j: int) -> tuple[int, int] | None:
        """Digits above the line from token `j` on, which may be "x10³": (exponent, next token)."""
        digits, last = self.lower[j].removeprefix("x10"), j + 1
        while self.lower[last] in _RAISED and len(digits) < 4:
            digits += self.lower[last]
            last += 1
        written = "".join(_RAISED.get(sign, "?") for sign in digits)
        return (int(written), last) if _POWER.fullmatch(written) else None

    def magnitudes(self, j: int, money: bool) -> tuple[int, int]:
        """Exponent of the magnitude words from token `j` on ("lakh crore", "bn", "-million"), and the next token."""
        c, shift, start = self.c, 0, j
        while shift < 30:
            k = c[j]
            if k == "M" or k == "H" or (k == "S" and self.lower[j] not in ("tens", "scores", "dozens")):
                meaning = self.means[self.lower[j]]
                shift += meaning if k != "S" else len(str(meaning["one"])) - 1
                j += 1
            elif k == "k" and j == start and self._is_mark(j, money):
                return self.means[self.lower[j]], j + 1
            elif k == "-" and c[j + 1] == "M" and j == start:
                j += 1
            else:
                break
        return shift, j

    def _is_mark(self, j: int, money: bool) -> bool:
        """Whether "m", "bn", "k"… at token `j` is a magnitude and no unit."""
        word, exact = self.lower[j], self.tokens.words[j]
        glued = self.tokens.glued(j)
        if word in vocabulary().free_marks:
            return glued or word != "k" or self.c[j + 1] in "x\n"
        if money:
            return (glued or self.c[j + 1] != "-") and (glued or word not in ("bill", "mill"))
        if not glued or word == "t" or len(word) > 2:
            return False
        if exact == "K" and len(self.lower[j - 1].rpartition(".")[2]) > 1 and "." in self.lower[j - 1]:
            return False  # kelvin
        if word == "cr" or exact in ("M", "B"):
            return True
        if word == "b":
            return len(self.lower[j - 1]) < 4 or self._noun_follows(j + 1)
        return self._noun_follows(j + 1)

    def _noun_follows(self, j: int) -> bool:
        word = self.lower[j]
        return (len(word) > 3 and word[-1] == "s") or word in (
            "people",
            "men",
            "women",
            "children",
            "yen",
            "yuan",
            "usd",
            "eur",
        )

    def _small(self, i: int) -> tuple[int, int] | None:
        """A number word below a hundred at `i`: (value, next token)."""
        c, k = self.c, self.c[i]
        if k == "T":
            value, j = self.means[self.lower[i]], i + 1
            n = j + 1 if c[j] == "-" else j
            if c[n] in "oO" and 0 < self.means[self.lower[n]] < 10:
                return value + self.means[self.lower[n]], n + 1
            return value, j
        if k in "oOt":
            return self.means[self.lower[i]], i + 1
        return None

    def _hundreds(self, i: int, join: bool) -> tuple[int, int] | None:
        """A number of words below a hundred thousand's unit: "two hundred and two", "fifteen hundred", "hundred"."""
        c = self.c
        start = self._small(i)
        if start is None:
            if c[i] != "H":
                return None
            start = (1, i)
        value, j = start
        h = j + 1 if c[j] == "-" and c[j + 1] == "H" else j
        if c[h] != "H":
            return value, j
        value, j = value * 100, h + 1
        k = j
        if c[k] == "-":
            k += 1
        if c[k] == "&":
            if not join:
                return value, j
            k += 1
            if c[k] == "-":
                k += 1
        rest = self._small(k)
        if rest is None or c[rest[1]] == "H":
            return value, j
        den = c[rest[1] + 1] if c[rest[1]] == "-" else c[rest[1]]
        if den in "FQh" or (den in "fq" and rest[0] == 1):  # "one hundred and three quarters"
            return value, j
        return value + rest[0], rest[1]

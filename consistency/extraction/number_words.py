"""Numbers in words, vague words and ordinals: "two dozen", "tens of millions", "twenty-fifth"."""

from __future__ import annotations

from consistency.extraction.number_fractions import Fractions
from consistency.extraction.numerals import Number, plain, strip_zeros


class Words(Fractions):
    """Readers of numbers in words."""

    __slots__ = ()

    def _words(self, i: int, join: bool) -> Number | None:
        c = self.c
        fraction = self._numerator(i)
        if fraction is not None:
            return fraction
        total, limit, shift, j, scaled = 0, 1 << 200, 0, i, False
        while True:
            group = (1, j) if c[j] == "M" and j == i and self._bare(i) else self._hundreds(j, join)
            if group is None:
                break
            value, k = group
            start = k
            shift, k = self.magnitudes(k, False)
            value *= 10**shift
            if value >= limit or (value == 0 and total):
                break
            total, j, scaled = total + value, k, scaled or k > start
            limit = 10**shift
            if shift == 0:
                break
            nxt = self._next_group(j, join)
            if nxt is None:
                break
            ahead = self._hundreds(nxt, join)
            if ahead is None or self._numerator(nxt) is not None:
                break
            if c[nxt - 1] == "," and ahead[0] < 100 and c[ahead[1]] not in "HM":
                break
            after, _ = self.magnitudes(ahead[1], False)
            if ahead[0] * 10**after >= limit:
                break
            j = nxt
        if j == i:
            return None
        mantissa, exp = (total, 0) if not scaled else strip_zeros(total)
        whole = self._decimal(i, j, mantissa, exp, "words", scaled)
        if c[j] == "z" or (c[j] in "-S" and self._dozen_at(j)):
            at = j + 1 if c[j] == "-" else j
            return self._decimal(i, at + 1, total * 12, 0, "words", True)
        if c[j] == "&" and c[j + 1] in "oOt" and c[j + 2] == "z":  # "three hundred and two dozens"
            return self._decimal(i, j + 3, total + 12 * self.means[self.lower[j + 1]], 0, "words", True)
        if c[j] == "P":
            return self._point(whole)
        if c[j] in "frs&-":
            ordinal = self._ordinal_tail(whole)
            if ordinal is not None:
                return ordinal
        if c[j] in "&v-":
            return self._and_fraction(whole, shift) or whole
        return whole

    def _bare(self, i: int) -> bool:
        """Whether "million" without a number before it is one: "a million", "thousand of times", "million-dollar"."""
        return (
            (i > 0 and self.c[i - 1] in "ap")
            or self.c[i + 1] in "e-M"
            or self.lower[i + 1] in ("dollars", "people", "euros")
        )

    def _dozen_at(self, j: int) -> bool:
        return self.lower[j] == "dozens" or (self.c[j] == "-" and self.c[j + 1] == "z")

    def _next_group(self, j: int, join: bool) -> int | None:
        """Where the next smaller part of a number in words would begin: after a space, "and", a comma."""
        c, k = self.c, j
        if c[k] == ",":
            k += 1
        if c[k] == "&":
            if not join:
                return None
            k += 1
        return k if c[k] in "oOtT" else None

    def _join_words(self, whole: Number, shift: int) -> Number | None:
        """ "6 crore and two hundred": smaller words behind a magnitude in digits."""
        j = whole.last + 1
        if not shift or self.c[j] not in "oOtT":
            return None
        rest = self._hundreds(j, True)
        if rest is None or rest[0] < 100 or rest[0] >= 10**shift or self.c[rest[1]] in "M":
            return None
        total = int(whole.value) + rest[0]
        return self._decimal(whole.first, rest[1], *strip_zeros(total), "words", True)

    def _point(self, whole: Number) -> Number:
        """ "two hundred point zero three"."""
        digits, j = "", whole.last + 1
        while self.c[j] in "oOtT" and len(digits) < 12:
            value, j = self._small(j) or (0, j + 1)
            digits += str(value)
        if not digits:
            return whole
        exp = -len(digits)
        mantissa = int(whole.value) * 10 ** len(digits) + int(digits)
        shift, k = self.magnitudes(j, False)
        return self._decimal(whole.first, k, mantissa, exp + shift, "words", shift > 0)

    def _order(self, i: int) -> Number | None:
        """ "dozens", "tens of millions", "hundreds of thousands"."""
        meaning = self.means[self.lower[i]]
        one, low, high = (
            meaning["one"],
            meaning.get("low", 2 * meaning["one"]),
            meaning.get("high", 10 * meaning["one"]),
        )
        j, scale = i + 1, 1
        while self.c[j] == "e" and self.c[j + 1] in "SM" and scale < 10**12:
            word = self.means[self.lower[j + 1]]
            scale *= word["one"] if isinstance(word, dict) else 10**word
            j += 2
        if self.lower[i] == "tens" and scale == 1:
            return None
        return Number(i, j, one * scale, "order", low=low * scale, high=high * scale, scaled=True)

    def _vague(self, i: int) -> Number | None:
        """ "several hundred", "a couple of thousand", "a few dozen", "several"."""
        word, c = self.means[self.lower[i]], self.c
        j = i + 1
        if c[j] == "e" and c[j + 1] in "HMzS":
            j += 1
        shift, k = self.magnitudes(j, False)
        scale = 10**shift
        if c[j] == "z" or self.lower[j] == "dozens":
            scale, k = 12, j + 1
        point = word["point"]
        if scale == 1:
            k = i + 1
            if self.c[i] == "u" and not (
                i and (c[i - 1] == "a" or self.lower[i - 1] in ("last", "past", "next", "first"))
            ):
                return None  # "the couple" are two people
            if self.lower[i] == "few" and not (i and c[i - 1] == "a"):
                return None
        value = (point if point is not None else word["low"]) * scale
        while c[k] == "e" and c[k + 1] == "S":
            factor = self.means[self.lower[k + 1]]["one"]
            scale, value, k = scale * factor, value * factor, k + 2
        return Number(i, k, value, "order", low=word["low"] * scale, high=word["high"] * scale, scaled=scale > 1)

    def _ordinal_digits(self, i: int, value: int) -> Number | None:
        return Number(i, i + 2, plain(value, 0), "ordinal", value, 0)

    def _ordinal_word(self, i: int) -> Number:
        value = self.means[self.lower[i]]
        return Number(i, i + 1, value, "ordinal", value, 0)

    def _ordinal_tail(self, whole: Number) -> Number | None:
        """ "twenty-fifth", "one hundred and twenty fifth", "two hundredth"."""
        c, j, value = self.c, whole.last, int(whole.value)
        k = j + 1 if c[j] == "-" or (c[j] == "&" and value % 100 == 0) else j
        if c[k] not in "fr":
            return None
        part = self.means[self.lower[k]]
        if part >= 100 and k == j and value < 1000:
            return Number(whole.first, k + 1, value * part, "ordinal", value * part, 0)
        tens = c[j - 1] == "T" and part < 10 and (k > j or value > 100)
        if tens or (c[j - 1] in "HM" and part < 100):
            return Number(whole.first, k + 1, plain(value + part, 0), "ordinal", value + part, 0)
        return None

"""Fractions and mixed numbers: "nine tenths", "7 3/4", "half a million", "one and a half"."""

from __future__ import annotations

from consistency.extraction.nouns import words as noun_words
from consistency.extraction.number_parts import Parts
from consistency.extraction.numerals import DIGITS, Number, read_digits, vocabulary

_STEPS = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 40, 50, 64, 100, 1000}  # denominators in digits


class Fractions(Parts):
    """Readers of fractions."""

    __slots__ = ()

    def _fraction_after_digits(self, i: int, j: int) -> Number | None:
        """ "3/4", "7 3/4", "2-1/2", "2½", "2 ½" and "9 tenths"; None if no fraction follows."""
        c, text = self.c, self.lower
        if c[j] == "v":
            num, den = self.means[text[j]]
            return self._with_magnitude(i, j + 1, read_digits(text[i]), num, den)
        if c[j] == "/" and self.tokens.glued(j) and c[j + 1] in DIGITS and self._is_fraction(i, j + 1):
            return self._with_magnitude(i, j + 2, (0, 0), int(text[i]), int(text[j + 1]))
        if c[j] == "F" and text[i].isdecimal() and 0 < int(text[i]) < 100:  # "9 tenths"
            return self._scaled_fraction(i, j + 1, int(text[i]), self.means[text[j]])
        k = j + 1 if c[j] == "-" else j
        if (
            c[k] == "1"
            and c[k + 1] == "/"
            and c[k + 2] in "13"
            and self.tokens.glued(k + 1)
            and self._is_fraction(k, k + 2)
        ):
            return self._with_magnitude(i, k + 3, read_digits(text[i]), int(text[k]), int(text[k + 2]))
        return None

    def _is_fraction(self, num: int, den: int) -> bool:
        """Whether "num/den" is a fraction and no date, season or "24/7"."""
        if not (self.lower[num].isdecimal() and self.lower[den].isdecimal() and self.tokens.glued(den)):
            return False
        top, bottom = int(self.lower[num]), int(self.lower[den])
        return 0 < top < bottom and bottom in _STEPS and self.c[den + 1] != "/"

    def _with_magnitude(self, i: int, j: int, whole: tuple[int, int] | None, num: int, den: int) -> Number | None:
        if whole is None or whole[1] != 0:
            return None
        form = "fraction" if whole[0] == 0 else "digits"
        shift, j = self.magnitudes(j, False)
        return self._ratio(i, j, whole[0] * den + num, den, shift, "digits" if shift else form)

    def _numerator(self, i: int) -> Number | None:
        """ "two thirds", "one-fifth", "nine tenths", "three quarters million", "two thirds of a million"."""
        small = self._small(i)
        if small is None or small[0] == 0:
            return None
        j = small[1] + 1 if self.c[small[1]] == "-" else small[1]
        k = self.c[j]
        if k in "FQ" or (k in "fqh" and small[0] == 1) or (k == "h" and self.lower[j] == "halves"):
            if k == "Q" and small[0] != 3:
                return None  # "two quarters" is a time
            return self._scaled_fraction(i, j + 1, small[0], self.means[self.lower[j]])
        return None

    def _fraction_first(self, i: int) -> Number | None:
        """ "half", "a quarter", "½", "half a million", "quarter million", "half-dozen"."""
        k, word = self.c[i], self.lower[i]
        if k == "v":
            return self._scaled_fraction(i, i + 1, *self.means[word])
        found = self._scaled_fraction(i, i + 1, 1, self.means[word])
        if k == "q" and not found.scaled and not (self._is_part(i) or self._of_point(found.last)):
            return None  # a bare "quarter" is a time
        return found

    def _is_part(self, i: int) -> bool:
        """Whether "third", "fifth" or "quarter" at `i` is a part, behind an article: "a third of", "by a fifth"."""
        if not i or self.c[i - 1] != "a":
            return False
        if self.c[i] == "f" and self.c[i + 1] in "e,.\n":
            return True
        known, after = vocabulary(), self.lower[i + 1]
        return (
            self.c[i + 1] == "e"
            or after in known.part_before
            or (self.lower[i - 2] in known.part_after and not (after[0].isalpha() and after not in noun_words().stops))
        )

    def _a_part(self, i: int) -> Number:
        return self._ratio(i, i + 1, 1, self.means[self.lower[i]], 0, "fraction")

    def _of_point(self, j: int) -> bool:
        """Whether a part before token `j` is one of a point: "a quarter point", "a quarter percentage point"."""
        if self.c[j] == "-":
            j += 1
        return self.lower[j] in ("point", "points") or self.lower[j : j + 2] in (
            ["percentage", "point"],
            ["percent", "point"],
        )

    def _scaled_fraction(self, i: int, j: int, num: int, den: int) -> Number:
        c, k = self.c, j
        if c[k] == "e" and c[k + 1] == "a":
            k += 2
        else:
            if c[k] == "-":
                k += 1
            if c[k] == "a":
                k += 1
                if c[k] == "-":
                    k += 1
        if c[k] == "z":
            return self._ratio(i, k + 1, num * 12, den, 0, "words")
        if c[k] in "MH" or (c[k] == "k" and k > j and self._is_mark(k, True)):
            shift, k = self.magnitudes(k, True)
            return self._ratio(i, k, num, den, shift, "words")
        return self._ratio(i, j, num, den, 0, "fraction")

    def _and_fraction(self, whole: Number, shift: int) -> Number | None:
        """ "one and a half", "five and a half million", "3 million and a half", "two-and-a-half"."""
        c, j = self.c, whole.last
        if c[j] == "v":
            num, den = self.means[self.lower[j]]
            return self._mixed(whole, num, den, j + 1, 0) if not shift and isinstance(whole.value, int) else None
        if c[j] == "-":
            j += 1
        if c[j] != "&":
            return None
        j += 1
        if c[j] == "-":
            j += 1
        num, article = 1, c[j] == "a"
        if article:
            j += 1
            if c[j] == "-":
                j += 1
        elif c[j] in "oOt":
            num, j = self.means[self.lower[j]], j + 1
            if c[j] == "-":
                j += 1
        elif c[j] != "h":
            return None
        k = c[j]
        if not (k in "FQ" or (k in "fqh" and num == 1)) or (article and k == "f" and c[j + 1] not in "x\n.,Me-"):
            return None
        den = self.means[self.lower[j]]
        j += 1
        more, end = self.magnitudes(j, False)
        if shift and not more and whole.scaled:  # "3 million and a half": half a million more
            return self._mixed(whole, num, den, j, shift)
        if more and whole.scaled and shift:  # "one billion and a half million"
            return self._mixed(whole, num, den, end, more)
        return self._mixed(whole, num, den, end, 0, more)

    def _mixed(self, whole: Number, num: int, den: int, last: int, part_shift: int, all_shift: int = 0) -> Number:
        top = int(whole.value) * den + num * 10**part_shift
        return self._ratio(whole.first, last, top, den, all_shift, "words")

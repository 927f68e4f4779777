"""Numbers in digits, words and both: "1,234", "450bn", "one and a half thousand", "two dozen", "nine tenths".

A number is read exactly: a whole mantissa times a power of ten wherever that can be, so that the place value of the
last printed digit is known and no rounding of binary fractions shows. Vocabulary: `rules/lexicon/numbers.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

# One letter a token; "number classes" in the comments below means these.
DIGITS = "13d"  # one or two digits, three digits, any other digit token
_DASHES = "-–‑−"
_STEPS = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 40, 50, 64, 100, 1000}  # denominators in digits
_MAX_DIGITS = 40  # a longer run of digits is no amount anybody wrote down to be read
_KNOWN = 60_000  # words kept in the class table; beyond that a word is classified each time


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number in tokens first..last-1.

    form: digits | words | fraction | order | multiple | ordinal. mantissa * 10**exp == value where the number is
    decimal, else mantissa is None. low, high: the ends a vague word allows. scaled: a magnitude word took part.
    """

    first: int
    last: int
    value: int | float
    form: str
    mantissa: int | None = None
    exp: int = 0
    low: int | float | None = None
    high: int | float | None = None
    scaled: bool = False


class _Words(msgspec.Struct, frozen=True):
    value: dict[str, Any]  # word -> what its class means by it
    letter: dict[str, str]
    free_marks: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> _Words:
    """The number words: class letter and meaning of each."""
    data = default_rulebook().load("lexicon/numbers.yaml")
    value: dict[str, Any] = {}
    letter: dict[str, str] = {}

    def add(letters: str, table: dict[str, Any]) -> None:
        for word, meaning in table.items():
            letter[word], value[word] = letters, meaning

    add("o", data["ones"])
    letter["one"] = "O"
    add("t", data["teens"])
    add("T", data["tens"])
    add("H", data["hundred"])
    add("M", data["magnitudes"])
    add("k", data["marks"])
    add("z", {k: v for k, v in data["dozen"].items() if k == "dozen"})
    add("i", data["vague"])
    letter["couple"] = letter["handful"] = "u"
    add("S", data["orders"])
    add("h", data["halves"])
    add("q", {"quarter": 4})
    add("Q", {"quarters": 4})
    add("f", data["denominators"])
    add("F", {f"{word}s": n for word, n in data["denominators"].items()})
    add("r", data["ordinals"])
    add("s", dict.fromkeys(data["ordinal_endings"], 0))
    add("v", data["vulgar"])
    add("D", {word: n for word, n in data["multiples"].items() if word not in letter})
    add("w", data["adverbs"])
    add("n", dict.fromkeys(data["minus"], -1))
    add("P", dict.fromkeys(data["point"], 0))
    add("&", dict.fromkeys(data["joiners"], 0))
    add("a", dict.fromkeys(data["articles"], 0))
    letter.update(dict.fromkeys(_DASHES, "-"))
    letter.update(
        {"e": "E", "/": "/", "⁄": "/", ",": ",", "of": "e", "\n": "\n", "per": "p", "in": "I", "out": "U", "to": "2"}
    )
    return _Words(value, letter, frozenset(data["free_marks"]))


class Classes(dict[str, str]):
    """Class letter of every word met so far."""

    def __missing__(self, word: str) -> str:
        letter = "x"
        if word[0].isdecimal():
            letter = "d" if not word.isdecimal() or len(word) > 3 else "3" if len(word) == 3 else "1"
        elif _EXPONENT.fullmatch(word):
            letter = "E"
        if len(self) < _KNOWN:
            self[word] = letter
        return letter


_EXPONENT = re.compile(r"[ex]\d{1,3}|x10")


@lru_cache(maxsize=1)
def _class_table() -> Classes:
    return Classes(vocabulary().letter)


def number_classes(tokens: Tokens) -> str:
    """One letter a token: its number class."""
    return "".join(map(_class_table().__getitem__, tokens.lower))


# Where a number may begin. Articles, minus signs and currencies before it are taken in afterwards.
START = re.compile(r"[13dvoOtTHMzSqhfrDwui]")

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")


@lru_cache(maxsize=8192)
def read_digits(word: str) -> tuple[int, int] | None:
    """A digit token as (mantissa, exponent of ten); None where it is no number ("1.2.3", "192.168.0.1")."""
    if len(word) > _MAX_DIGITS:
        return None
    if word.isdecimal():
        return int(word), 0
    whole, dot, rest = word.rpartition(".")
    if dot and rest.isdecimal() and (whole.isdecimal() or _GROUPED.fullmatch(whole)):
        return int(whole.replace(",", "") + rest), -len(rest)
    if _GROUPED.fullmatch(word):
        return int(word.replace(",", "")), 0
    if _DOTTED.fullmatch(word):
        return int(word.replace(".", "")), 0
    whole, comma, rest = word.rpartition(",")  # a decimal comma: "12,5" and "1.234,5"
    if comma and len(rest) in (1, 2) and (whole.isdecimal() or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole)):
        return int(whole.replace(".", "") + rest), -len(rest)
    return None


def plain(mantissa: int, exp: int) -> int | float:
    """mantissa * 10**exp, as int where it is whole."""
    if exp >= 0:
        return mantissa * 10**exp
    value = mantissa / 10**-exp
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


class Reader:
    """Reads numbers of one token list. Every method takes a token index and looks only to the right of it."""

    __slots__ = ("c", "lower", "means", "tokens")

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens = tokens
        self.c = classes
        self.lower = tokens.lower
        self.means = vocabulary().value

    # ------------------------------------------------------------------------------------------------------- entry
    def read(self, i: int, money: bool = False, join: bool = True) -> Number | None:
        """The longest number that starts at token `i`, or None.

        money: a currency stands before it, so "m", "b" and "t" are magnitudes. join: "and" may join the parts
        ("two hundred and two"); not so after "between".
        """
        k = self.c[i]
        if k in DIGITS:
            return self._digits(i, money, join)
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
        if k == "f" and i and self.c[i - 1] == "a" and self.c[i + 1] in "e,.\n":
            return self._ratio(i, i + 1, 1, self.means[self.lower[i]], 0, "fraction")
        if k == "f" or k == "r":
            return self._ordinal_word(i)
        if k == "D" or k == "w":
            return Number(i, i + 1, self.means[self.lower[i]], "multiple")
        return None

    def _decimal(self, first: int, last: int, mantissa: int, exp: int, form: str, scaled: bool = False) -> Number:
        return Number(first, last, plain(mantissa, exp), form, mantissa, exp, scaled=scaled)

    # ------------------------------------------------------------------------------------------------------ digits
    def _digits(self, i: int, money: bool, join: bool) -> Number | None:
        parts = read_digits(self.lower[i])
        if parts is None:
            return None
        c, j = self.c, i + 1
        mantissa, exp = parts
        k = c[j]
        if k in "x\n.":  # by far the most frequent case
            return Number(i, j, plain(mantissa, exp), "digits", mantissa, exp)
        if k == "s" and self.tokens.glued(j):
            return self._ordinal_digits(i, mantissa)
        if c[i] != "d" and (k == "3" or (k == "," and c[j + 1] == "3")):
            mantissa, j = self._spaced_groups(i, mantissa)
            k = c[j]
        fraction = self._fraction_after_digits(i, j)
        if fraction is not None:
            return fraction
        if k == "E" or (k == "x" and self.lower[j] == "×"):
            shift, j = self._exponent(j)
            exp += shift
            k = c[j]
        scaled = j
        if c[j] == "z" or self.lower[j] == "dozens":
            return self._decimal(i, j + 1, mantissa * 12, exp, "digits", True)
        shift, j = self._magnitudes(j, money)
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
            lone = c[j + 2] != "," and not (c[j + 2] in "1d3") and starts[j + 1] == ends[j] + 1 and starts[j] == ends[i]
            return (mantissa * 1000 + int(second), j + 2) if lone else (mantissa, j)
        while c[j] == "3" and starts[j] == ends[j - 1] + 1 and self.tokens.text[ends[j - 1]].isspace():
            mantissa = mantissa * 1000 + int(text[j])
            j += 1
            if j - i > 7:
                break
        return mantissa, j

    def _fraction_after_digits(self, i: int, j: int) -> Number | None:
        """ "3/4", "7 3/4", "2-1/2", "2½" and "2 ½"; None if no fraction follows."""
        c, text = self.c, self.lower
        if c[j] == "v":
            num, den = self.means[text[j]]
            return self._with_magnitude(i, j + 1, read_digits(text[i]), num, den)
        if c[j] == "/" and self.tokens.glued(j) and c[j + 1] in DIGITS and self._is_fraction(i, j + 1):
            return self._with_magnitude(i, j + 2, (0, 0), int(text[i]), int(text[j + 1]))
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
        shift, j = self._magnitudes(j, False)
        return self._ratio(i, j, whole[0] * den + num, den, shift, "digits" if shift else form)

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
        if word == "×":
            if text[k] != "10":
                return 0, j
            k += 1
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

    # -------------------------------------------------------------------------------------------------- magnitudes
    def _magnitudes(self, j: int, money: bool) -> tuple[int, int]:
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
        return (
            len(word) > 3
            and word[-1] == "s"
            or word in ("people", "men", "women", "children", "yen", "yuan", "usd", "eur")
        )

    # ------------------------------------------------------------------------------------------------------- words
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
            shift, k = self._magnitudes(k, False)
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
            after, _ = self._magnitudes(ahead[1], False)
            if ahead[0] * 10**after >= limit:
                break
            j = nxt
        if j == i:
            return None
        mantissa, exp = (total, 0) if not scaled else _strip(total)
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
        return self._decimal(whole.first, rest[1], *_strip(total), "words", True)

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
        shift, k = self._magnitudes(j, False)
        return self._decimal(whole.first, k, mantissa, exp + shift, "words", shift > 0)

    # --------------------------------------------------------------------------------------------------- fractions
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
        if k == "q" and not found.scaled and not (i and self.c[i - 1] == "a" and self.c[found.last] == "e"):
            return None  # a bare "quarter" is a time
        return found

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
            shift, k = self._magnitudes(k, True)
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
        more, end = self._magnitudes(j, False)
        if shift and not more and whole.scaled:  # "3 million and a half": half a million more
            return self._mixed(whole, num, den, j, shift)
        if more and whole.scaled and shift:  # "one billion and a half million"
            return self._mixed(whole, num, den, end, more)
        return self._mixed(whole, num, den, end, 0, more)

    def _mixed(self, whole: Number, num: int, den: int, last: int, part_shift: int, all_shift: int = 0) -> Number:
        top = int(whole.value) * den + num * 10**part_shift
        found = self._ratio(whole.first, last, top, den, all_shift, "words")
        return found

    # ---------------------------------------------------------------------------------------- orders and ordinals
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
        shift, k = self._magnitudes(j, False)
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
        return Number(i, i + 2, value, "ordinal", value, 0)

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
            return Number(whole.first, k + 1, value + part, "ordinal", value + part, 0)
        return None


def _strip(value: int) -> tuple[int, int]:
    exp = 0
    while value and value % 10 == 0:
        value, exp = value // 10, exp + 1
    return value, exp

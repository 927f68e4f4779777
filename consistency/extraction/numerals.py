"""The vocabulary of numbers, the number record, and single tokens of digits.

Vocabulary: `rules/lexicon/numbers.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.tokens import ClassTable, Tokens
from consistency.rulebook import default_rulebook

# One letter a token; "number classes" in the comments of this level means these.
DIGITS = "13d"  # one or two digits, three digits, any other digit token
_DASHES = "-–‑−"
_MAX_DIGITS = 40  # a longer run of digits is no amount anybody wrote down to be read

# Where a number may begin. Articles, minus signs and currencies before it are taken in afterwards.
START = re.compile(r"[13dvoOtTHMzSqhfrDwui]")

_EXPONENT = re.compile(r"[ex]\d{1,3}|x10[¹²³⁴-⁹⁰]*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")


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


class Vocabulary(msgspec.Struct, frozen=True):
    value: dict[str, Any]  # word -> what its class means by it
    letter: dict[str, str]
    free_marks: frozenset[str]
    part_after: frozenset[str]  # behind one of these "a fifth" is a part
    part_before: frozenset[str]  # so it is before one of these


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
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
        {
            "e": "E",
            "/": "/",
            "⁄": "/",
            ",": ",",
            "of": "e",
            "\n": "\n",
            "per": "p",
            "in": "I",
            "out": "U",
            "to": "2",
            "×": "E",
            "x": "E",
        }
    )
    return Vocabulary(
        value, letter, frozenset(data["free_marks"]), frozenset(data["part_after"]), frozenset(data["part_before"])
    )


def _class_of(word: str) -> str:
    """The number class of a word that the vocabulary does not name."""
    if word[0].isdecimal():
        return "d" if not word.isdecimal() or len(word) > 3 else "3" if len(word) == 3 else "1"
    return "E" if _EXPONENT.fullmatch(word) else "x"


@lru_cache(maxsize=1)
def _class_table() -> ClassTable:
    return ClassTable(vocabulary().letter, _class_of)


def number_classes(tokens: Tokens) -> str:
    """One letter a token: its number class."""
    return tokens.classes(_class_table())


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


LARGEST = 2**63
"""What a whole number must stay below to be kept as one (msgpack)."""
_MOST = 10**300


def plain(mantissa: int, exp: int) -> int | float:
    """mantissa * 10**exp, as int where it is whole and has no more than 63 bits: records of other numbers could not
    be kept."""
    if exp >= 0:
        whole = mantissa * int(10**exp) if exp else mantissa
        return whole if -LARGEST < whole < LARGEST else float(max(-_MOST, min(_MOST, whole)))
    value = mantissa / 10**-exp
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def strip_zeros(value: int) -> tuple[int, int]:
    exp = 0
    while value and value % 10 == 0:
        value, exp = value // 10, exp + 1
    return value, exp

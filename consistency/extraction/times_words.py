"""The vocabulary of time expressions: each word's class letter, and the number it stands for.

The words are data (`rules/lexicon/times.yaml`); written numbers are added here by rule.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.extraction.tokens import ClassTable
from consistency.rulebook import default_rulebook

FILE = "lexicon/times.yaml"
OTHER = "x"
_LETTERS = [c for c in string.ascii_letters + string.digits if c != OTHER] + [chr(n) for n in range(0xA1, 0x100)]
NUMERIC = ("dnum", "num", "calyear", "tclock", "compact", "hhmm", "fycode")


# A whole date in one token: "19980108", "22.03.2013".
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d")

# A time of day in four digits that no year is written in ("0930", "2345"), and a fiscal year in one token ("FY2023").
_HHMM = re.compile(r"(?:0\d|2[23])[0-5]\d")
_FISCAL = re.compile(r"fy(?:19|20)?\d\d")


class Words(msgspec.Struct, frozen=True):
    """table: lower word to class letter. letters: class name to letter. value: number (or code) a word stands for.

    units: unit word to (TIMEX3 unit letter, factor); clock units are TH, TM, TS. tense: word to -1 past, +1 future.
    context: named sets of neighbour words.
    """

    table: ClassTable
    letters: dict[str, str]
    value: dict[str, Any]
    units: dict[str, tuple[str, int]]
    holidays: dict[str, dict[str, Any]]
    tense: dict[str, int]
    context: dict[str, frozenset[str]]


def _numerals() -> dict[str, tuple[str, float]]:
    """Written numbers a time expression may hold: class name and number."""
    out: dict[str, tuple[str, float]] = {}
    for n in range(1000):
        out[str(n)] = ("dnum" if 1 <= n <= 31 else "num", n)
    for n in range(10):
        out[f"0{n}"] = ("dnum" if n else "num", n)
    for n in range(1000, 2200):
        out[str(n)] = ("calyear", n)
    for hour in range(24):
        out[f"t{hour:02d}"] = ("tclock", hour)
        for minute in range(60):
            out[f"{hour}.{minute:02d}"] = ("num", hour + minute / 60)
    for n in range(100):
        for tenth in range(10):
            out[f"{n}.{tenth}"] = ("num", n + tenth / 10)
    for n in range(1, 1000):
        out[f"{n},000"] = ("num", n * 1000)
    for n in range(1, 100):
        out[f"{n},500"] = ("num", n * 1000 + 500)
    return out


@lru_cache(maxsize=1)
def words() -> Words:
    """The vocabulary, read once. Raises RuleError if a word stands in two classes."""
    data = default_rulebook().load(FILE)
    names = [*data["classes"], *NUMERIC]
    if len(names) > len(_LETTERS):
        raise RuleError(f"has more than {len(_LETTERS)} classes", FILE)
    letters = dict(zip(names, _LETTERS, strict=False))
    table: dict[str, str] = {"\n": "\n"}
    value: dict[str, Any] = {}
    for name, members in data["classes"].items():
        for word in members:
            if word in table:
                raise RuleError(f"the word {word!r} stands in two classes", FILE)
            table[word] = letters[name]
            if isinstance(members, dict):
                value[word] = members[word]
    for word, (name, number) in _numerals().items():
        table[word] = letters[name]
        value[word] = number
    units = {w: (u[0], u[1]) for w, u in data["units"].items()}
    tense = dict.fromkeys(data["tense"]["future"], 1) | dict.fromkeys(data["tense"]["past"], -1)
    context = {name: frozenset(members) for name, members in data["context"].items()}
    context |= {name: frozenset(data["tense"][name]) for name in ("future_if", "not_past")}
    compact, hhmm, fycode = (letters[name] for name in ("compact", "hhmm", "fycode"))

    def rule(word: str) -> str:
        if word[0].isdigit():
            return hhmm if _HHMM.fullmatch(word) else compact if _COMPACT.fullmatch(word) else OTHER
        return fycode if _FISCAL.fullmatch(word) else OTHER

    return Words(ClassTable(table, rule), letters, value, units, data["holidays"], tense, context)

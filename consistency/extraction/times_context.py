"""What a time expression is read against: the publication day, the text before it, the tense of its clause."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from consistency.extraction import calendar as cal
from consistency.extraction.times_words import OTHER, words
from consistency.extraction.tokens import END, ClassTable, Tokens

_DENIES = frozenset({"not", "neither", "nor", "never"})
UNKNOWN_DAY = "XXXX-XX-XX"
UNKNOWN = {"D": UNKNOWN_DAY, "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
LOOK = 14  # tokens looked back and ahead for the tense of a clause


def without_glued(tokens: Tokens, cls: str, letter: str) -> str:
    """The class string without the whole dates ("19980108") that letters or digits touch: those are no dates."""
    if letter not in cls:
        return cls
    letters = list(cls)
    for k, found in enumerate(letters):
        if found == letter:
            start, end = tokens.starts[k], tokens.ends[k]
            if _touches(tokens.text[start - 1 : start]) or _touches(tokens.text[end : end + 1]):
                letters[k] = OTHER
    return "".join(letters)


def _touches(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


class Found(NamedTuple):
    """One expression: token span, TIMEX3 type and value, and the days it spans where the value alone does not tell.

    firm: whether the words alone tell the value, without a publication date. guess: whether one of two readings was
    chosen.
    """

    first: int
    last: int
    type: str
    value: str
    from_: str | None = None
    to: str | None = None
    granularity: str | None = None
    firm: bool = False
    role: str | None = None
    guess: bool = False


def _tells_tense(word: str) -> str:
    """t for a word that may tell the tense of its clause."""
    vocabulary = words()
    if word in vocabulary.tense or word in vocabulary.context["future_if"] or word == "to":
        return "t"
    ends = len(word) > 3 and word.endswith("ed") and word not in vocabulary.context["not_past"]
    return "t" if ends else OTHER


_TENSE = ClassTable({END: END}, _tells_tense)


@lru_cache(maxsize=1)
def _letter_groups() -> tuple[str, str, str]:
    """Letters of months, of numbers in digits, of numbers in words."""
    letter = words().letters
    return (
        letter["month"] + letter["month_weak"],
        letter["dnum"] + letter["num"],
        "".join(letter[n] for n in ("ord", "second", "tens", "card", "hundred")),
    )


class Doc:
    """A text being read from left to right.

    ref: value of the expression last dated; ref_at: the token it ends at. quarter: the quarter the text reports on, if
    any. told: t for each token that may tell a tense, made when one is first asked for.
    """

    __slots__ = (
        "anchor",
        "cls",
        "context",
        "digits",
        "letter",
        "lower",
        "months",
        "num",
        "number_words",
        "quarter",
        "ref",
        "ref_at",
        "tense_of",
        "text",
        "tokens",
        "told",
        "units",
        "words",
    )

    def __init__(self, tokens: Tokens, anchor: date | None) -> None:
        vocabulary = words()
        self.tokens = tokens
        self.lower = tokens.lower
        self.words = tokens.words
        self.text = tokens.text
        self.cls = without_glued(tokens, tokens.classes(vocabulary.table), vocabulary.letters["compact"])
        self.num: dict[str, Any] = vocabulary.value
        self.letter = vocabulary.letters
        self.months, self.digits, self.number_words = _letter_groups()
        self.units = vocabulary.units
        self.tense_of = vocabulary.tense
        self.context = vocabulary.context
        self.anchor = anchor
        self.ref: str | None = None
        self.ref_at = 0
        self.quarter: str | None = None
        self.told: str | None = None

    def ref_day(self) -> date | None:
        """The day last spoken of (the first day of a longer stretch), else the publication day."""
        if self.ref is not None:
            days = cal.span(self.ref)
            if days is not None:
                return cal.parse_day(days[0])
        return self.anchor

    def same_sentence(self, k: int) -> bool:
        """Whether the time last dated stands in the sentence of token k."""
        return "\n" not in self.cls[self.ref_at : k]

    def tense(self, first: int, last: int) -> int:
        """-1 past, +1 future, 0 unknown: of the nearest verb before the expression, else after it, in the sentence."""
        if self.told is None:
            self.told = self.tokens.classes(_TENSE)
        told = self.told
        low = max(0, first - LOOK + 1)
        low = max(low, told.rfind(END, low, first) + 1)
        k = told.rfind("t", low, first)
        while k >= 0:
            if found := self._verb(k):
                return found
            k = told.rfind("t", low, k)
        end = told.find(END, last, last + LOOK)
        high = end if end >= 0 else last + LOOK
        k = told.find("t", last, high)
        while k >= 0:
            if found := self._verb(k):
                return found
            k = told.find("t", k + 1, high)
        return 0

    def _verb(self, k: int) -> int:
        """The tense token k tells, 0 if none. "be named" is not past, "had been scheduled" is."""
        lower = self.lower
        word = lower[k]
        told = self.tense_of.get(word)
        if word == "to" and lower[max(0, k - 1)] in {"is", "are"}:
            return 1
        if word in self.context["future_if"]:
            return 1 if lower[k + 1 : k + 2] in (["to"], ["for"]) else told or 0
        if told is None:
            if len(word) < 4 or not word.endswith("ed") or word in self.context["not_past"]:
                return 0
            return 0 if lower[max(0, k - 1)] in {"be", "to", "being"} else -1
        if word == "be" and "could" in lower[max(0, k - 4) : k] and not _DENIES.isdisjoint(lower[max(0, k - 8) : k]):
            return -1  # "neither could be reached on Monday"
        if told > 0 and "had" in lower[max(0, k - 3) : k]:
            return -1
        if told < 0 and lower[max(0, k - 1)] == "be":
            return 1
        return told


def int_of(doc: Doc, first: int, last: int) -> float | None:
    """The number a run of number tokens stands for: digits, words, "nineteen ninety-seven"; None if it is none."""
    total, current, seen = 0.0, 0.0, False
    for k in range(first, last):
        number = doc.num.get(doc.lower[k])
        if number is None or isinstance(number, str):
            continue
        seen = True
        if doc.lower[k] == "hundred":
            current = max(current, 1) * 100
        elif doc.lower[k] == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        elif current >= 10 and (number >= 10 or current % 10) and current < 100:
            current = current * 100 + number  # "nineteen ninety", then "seven"
        else:
            current += number
    return total + current if seen else None


def clock_of(doc: Doc, first: int, last: int) -> str | None:
    """HH:MM of the tokens of a time of day, or None if they are none ("25:10")."""
    hour: float | None = None
    minute, noon, part = 0.0, None, ""
    shift: int | None = None
    for k in range(first, last):
        letter, word = doc.cls[k], doc.lower[k]
        number = doc.num.get(word)
        if letter == doc.letter["noon"]:
            noon = str(number)
        elif letter == doc.letter["ampm"]:
            shift = number
        elif letter == doc.letter["part"]:
            part = str(number)
        elif not isinstance(number, int | float) or letter == doc.letter["zone"]:
            continue
        elif hour is None:
            whole, dot, rest = word.partition(".")
            hour, minute = (int(whole), int(rest)) if dot and len(rest) == 2 else (number, 0)
        elif minute == 0:
            minute = number
        elif minute % 10 == 0 and number < 10 and word.isalpha():
            minute += number  # "six forty five"
        if letter == doc.letter["colon"] and k > first + 2:
            break  # seconds are not told
    if noon is not None:
        return noon
    if hour is None or hour != int(hour) or hour > 24 or minute > 59 or minute != int(minute):
        return None
    if shift is not None:
        if hour > 12:
            return None
        hour = hour % 12 + shift
    elif part in {"AF", "EV", "NI"} and hour < 12:
        hour += 12
    return f"{int(hour):02d}:{int(minute):02d}"

"""Digits that count nothing: names, labels, versions, list marks, parts of longer things (`nouns_names.yaml`)."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.dates_scores import is_score
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS
from consistency.extraction.tokens import Tokens
from consistency.extraction.wordsets import word_sets

DASHES = frozenset("-–‑−")
_DAYTIMES = (["in", "the", "morning"], ["in", "the", "afternoon"], ["in", "the", "evening"])
_GROUPS = 4  # of a telephone number, on either side of one
_NUMBER_SIGNS = frozenset(("no", "nos", "fig", "ext", "sec", "art"))


class _Words(msgspec.Struct, frozen=True):
    """The lists of `nouns_names.yaml` that tell a label."""

    always: frozenset[str]
    reporters: frozenset[str]
    bare: frozenset[str]
    clock: frozenset[str]
    short_numbers: frozenset[str]
    calls: frozenset[str]
    calling: frozenset[str]
    glue: frozenset[str]
    months: frozenset[str]
    headline_words: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    return msgspec.convert({**word_sets("nouns_names"), **word_sets("nouns_names", "labels")}, _Words)


def is_label(tokens: Tokens, c: str, first: int, last: int, named: bool, scaled: bool = False) -> bool:
    """Whether the digits at first..last-1 are no amount. named: a unit or a counted noun follows them; scaled: so does
    a magnitude."""
    lower, sets = tokens.lower, _words()
    before = lower[first - 1] if first else "\n"
    after = lower[last]
    if before in sets.always and not (before == "#" and tokens.glued(first) and (scaled or "." in lower[first])):
        return True
    if before == "." and lower[first - 2] in _NUMBER_SIGNS and (not named or tokens.words[first - 2] == "No"):
        return True
    if after in sets.reporters and (c[last + 1] in DIGITS or lower[last + 1] in ("§", "sec")):
        return True  # "347 U.S. 483"
    if tokens.glued(first) and _tail(tokens, c, first, named):
        return True
    if tokens.glued(last) and _opening(tokens, c, first, last, named):
        return True
    if after in sets.clock or (after in ("a", "p") and lower[last + 1 : last + 3] == [".", "m"]):
        return True
    if before == "at" and lower[last : last + 3] in _DAYTIMES:
        return True
    if lower[first] in sets.short_numbers and (after in sets.calls or not named):
        return True
    if named:
        return False
    if (before in DASHES or after in DASHES) and _score_part(tokens, c, first, last, before, after):
        return True
    if before in sets.calling and len(lower[first]) == 3:
        return True
    if before in sets.bare and first:
        return True
    if (before in sets.reporters and c[first - 2] in DIGITS) or _telephone(tokens, c, first, last):
        return True
    if after == ":" and tokens.glued(last) and c[last + 1] in DIGITS:
        return True
    return _list_mark(tokens, first, last, before, after) or _proper_name(tokens, c, first, last)


def _tail(tokens: Tokens, c: str, first: int, named: bool) -> bool:
    """What stands glued before the digits makes them a part of it: "COVID-19", "24703m212"."""
    lower = tokens.lower
    before, left = lower[first - 1], lower[first - 2]
    if before in DASHES and first > 1 and tokens.glued(first - 1):
        if left == "magnitude":
            return False
        letters = c[first - 2] in "xDE" or (c[first - 2] == "k" and c[first - 3] not in DIGITS)
        if left[0].isalpha() and letters:
            return True
        if first < 4 or c[first - 2] not in DIGITS:
            return False
        further = lower[first - 4] if lower[first - 3] == "." else lower[first - 3]
        return (lower[first - 3] in DASHES and c[first - 4] in DIGITS) or further in _words().always | _NUMBER_SIGNS
    if before in _words().glue and first > 1 and tokens.glued(first - 1):
        return c[first - 2] in DIGITS or left.isalpha()
    return before[0].isalnum() and c[first - 1] == "x" and len(before) > 3 and not named


def _telephone(tokens: Tokens, c: str, first: int, last: int) -> bool:
    """One group of "0800 123 4567" or "+44 20 7946 0958": an unwritten zero, or two more bare groups beside it."""
    lower, low, high = tokens.lower, first, last
    if not "".join(lower[first:last]).isdecimal():
        return False
    while first - low < _GROUPS and c[low - 1] in DIGITS and lower[low - 1].isdecimal():
        low -= 1
    while high - last < _GROUPS and c[high] in DIGITS and lower[high].isdecimal():
        high += 1
    if high - low < 2:
        return False
    called = lower[low][0] == "0" or lower[low - 1] == "+"
    return called and len("".join(lower[low:high])) > 6


def _opening(tokens: Tokens, c: str, first: int, last: int, named: bool) -> bool:
    """What stands glued behind the digits makes them a part of it: "1-800-555", "9/11", a web address."""
    lower = tokens.lower
    before, after = lower[first - 1], lower[last]
    if after in DASHES and c[last + 1] in DIGITS and tokens.glued(last + 1):  # a telephone number, an ISO date
        further = lower[last + 2] in DASHES and c[last + 3] in DIGITS
        return further or (before in DASHES and c[first - 2] in DIGITS)
    if after[0].isalpha() and not named:
        return True
    if after == "." and tokens.glued(last + 1) and tokens.words[last + 1].isupper():
        return True  # a ticker: "9988.HK"
    return after in "/:_=@" and tokens.glued(last + 1) and not named and lower[last + 1][0].isalnum()


def _score_part(tokens: Tokens, c: str, first: int, last: int, before: str, after: str) -> bool:
    """One side of a result: "won 3-2", "beat them 2 - 0", a "5-4" ruling."""
    if last - first != 1 or len(tokens.lower[first]) > 3:
        return False
    left = before in DASHES and c[first - 2] in "13"
    right = after in DASHES and c[last + 1] in "13"
    return (left or right) and is_score(tokens, first, last + (2 if right else 0))


def _list_mark(tokens: Tokens, first: int, last: int, before: str, after: str) -> bool:
    """ "1. Item", "2) item", "(3)", "[12]"."""
    if last - first != 1 or len(tokens.lower[first]) > 3:
        return False
    if after in (")", "]"):
        return before in ("(", "[") or not _opened_before(tokens, first)
    return after == "." and before == "\n" and tokens.glued(last)


def _opened_before(tokens: Tokens, first: int) -> bool:
    for j in range(first - 1, max(-1, first - 30), -1):
        word = tokens.lower[j]
        if word == "(":
            return True
        if word in (")", "\n"):
            return False
    return False


def _proper_name(tokens: Tokens, c: str, first: int, last: int) -> bool:
    """A capitalised name right before a bare small number: "Boeing 737", "Area 51", "KLMN 11"."""
    number, before = tokens.words[first], tokens.lower[first - 1]
    if first < 2 or last - first != 1 or "," in number or "." in number:
        return False
    name, sets = tokens.words[first - 1], _words()
    if not (name[:1].isupper() and name.isalpha()) or before in noun_words().stops or before in sets.months:
        return False
    if name.isupper() and len(name) > 2 and len(number) < 3 and name not in sets.headline_words:
        return True
    return tokens.lower[first - 2] not in ("\n", '"', "“", ".", ":") and tokens.lower[last] not in ("(", "percent", "%")

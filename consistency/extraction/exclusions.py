"""Numbers that count nothing: names, labels, dates, clock times, scores, versions, addresses, list marks."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook


class _Table(msgspec.Struct, frozen=True):
    always: frozenset[str]
    bare: frozenset[str]
    streets: frozenset[str]
    scores: frozenset[str]
    months: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/nouns.yaml")
    labels = data["labels"]
    return _Table(
        frozenset(labels["always"]),
        frozenset(labels["bare"]),
        frozenset(data["streets"]),
        frozenset(data["scores"]),
        frozenset(data["months"]),
    )


_CLOCK = frozenset("am pm a.m. p.m. a.m p.m o'clock o’clock".split())
_GLUE = frozenset("/ : _ = # @ \\ . & + *".split())
_YEAR_HINTS = frozenset("in since by of until during from and before after late early mid for the year fiscal".split())


def is_label(tokens: Tokens, c: str, first: int, last: int, named: bool, scaled: bool = False) -> bool:
    """Whether the digits at first..last-1 are no amount. named: a unit or a counted noun follows them."""
    lower, table = tokens.lower, _table()
    before = lower[first - 1] if first else "\n"
    after = lower[last] if last < len(lower) else "\n"
    if before in table.always and not (before == "#" and tokens.glued(first) and (scaled or "." in lower[first])):
        return True
    if before == "." and first > 1 and lower[first - 2] in ("no", "nos", "fig", "ext", "sec", "art") and not named:
        return True
    if _glued_inside(tokens, c, first, last, before, after, named):
        return True
    if after in _CLOCK or (after in ("a", "p") and lower[last + 1] == "." and lower[last + 2] == "m"):
        return True
    if lower[first] in ("911", "999", "411") and (lower[last] in _CALLS or not named):
        return True
    if named:
        return False
    if _score_part(tokens, c, first, last, before, after):
        return True
    if before in _CALLING and len(lower[first]) == 3:
        return True
    if before in table.bare and first > 1:
        return True
    if after == ":" and tokens.glued(last) and last + 1 < len(lower) and c[last + 1] in DIGITS:
        return True
    return _list_mark(tokens, first, last, before, after) or _proper_name(tokens, c, first, last)


def _glued_inside(tokens: Tokens, c: str, first: int, last: int, before: str, after: str, named: bool) -> bool:
    """Digits inside something longer: "COVID-19", "1-800-555", "24703m212", "9/11", a web address."""
    lower = tokens.lower
    if tokens.glued(first):
        if before in "-–‑" and first > 1 and tokens.glued(first - 1):
            left = lower[first - 2]
            letters = c[first - 2] in "xD" or (c[first - 2] == "k" and not tokens.glued(first - 2))
            if left[0].isalpha() and letters:
                return True
            if c[first - 2] in DIGITS and first > 3 and lower[first - 3] in "-–‑" and c[first - 4] in DIGITS:
                return True
        elif before in _GLUE and first > 1 and tokens.glued(first - 1):
            if before != "." or c[first - 2] in DIGITS or lower[first - 2].isalpha():
                return before != "/" or c[first - 2] in DIGITS or lower[first - 2].isalpha()
        elif before[0].isalnum() and before not in ("$",):
            return c[first - 1] == "x" and len(before) > 3 and not named
    if after in "-–‑" and c[last + 1] in DIGITS and tokens.glued(last) and tokens.glued(last + 1):
        if (lower[last + 2] in "-–‑" and c[last + 3] in DIGITS) or (before in "-–‑" and c[first - 2] in DIGITS):
            return True  # a telephone number, an identifier, an ISO date
    if last < len(lower) and tokens.glued(last):
        if after[0].isalpha() and not named:
            return True
        if after == "." and tokens.glued(last + 1) and tokens.words[last + 1].isupper():
            return True  # a ticker: "9988.HK"
        if after in "/:_=@" and last + 1 < len(lower) and tokens.glued(last + 1) and not named:
            return lower[last + 1][0].isalnum()
    return False


def _score_part(tokens: Tokens, c: str, first: int, last: int, before: str, after: str) -> bool:
    """One side of a result: "won 3-2", "beat them 2 - 0", a "5-4" ruling."""
    if last - first != 1 or len(tokens.lower[first]) > 3:
        return False
    left = before in _DASHES and c[first - 2] in "13"
    right = after in _DASHES and c[last + 1] in "13"
    return (left or right) and is_score(tokens, first, last + (2 if right else 0))


def _list_mark(tokens: Tokens, first: int, last: int, before: str, after: str) -> bool:
    """ "1. Item", "2) item", "(3)", "[12]"."""
    if last - first != 1 or len(tokens.lower[first]) > 3:
        return False
    opened = before in ("(", "[")
    if after in (")", "]"):
        return opened or not _opened_before(tokens, first)
    return after == "." and before == "\n" and last + 1 < len(tokens.lower) and tokens.lower[last + 1] != "\n"


def _opened_before(tokens: Tokens, first: int) -> bool:
    for j in range(first - 1, max(-1, first - 30), -1):
        word = tokens.lower[j]
        if word == "(":
            return True
        if word in (")", "\n"):
            return False
    return False


def _proper_name(tokens: Tokens, c: str, first: int, last: int) -> bool:
    """A capitalised name right before a bare small number: "Boeing 737", "Area 51", "Channel 4"."""
    if first < 2 or last - first != 1 or c[first] == "d" and "," in tokens.words[first]:
        return False
    name = tokens.words[first - 1]
    if not (name[:1].isupper() and name.isalpha()) or tokens.lower[first - 1] in noun_words().stops:
        return False
    if tokens.lower[first - 1] in _table().months or "." in tokens.words[first]:
        return False
    previous = tokens.lower[first - 2]
    if name.isupper() and len(name) > 2 and len(tokens.lower[first]) < 3 and name not in _STATES_OF_ALARM:
        return True
    return previous not in ("\n", '"', "“", ".", ":") and tokens.lower[last] not in ("(", "percent", "%")


def is_address(tokens: Tokens, first: int, last: int) -> bool:
    """ "123 Random Street", "1500 block of": a number, up to three words, and a word for a street."""
    lower, table = tokens.lower, _table()
    if lower[last] == "block":
        return True
    if lower[first - 1] in ("at", "near", "on") and tokens.words[last][:1].isupper() and lower[first].isdecimal():
        return lower[last] not in _DAYS and lower[last] not in table.months
    for j in range(last, min(last + 5, len(lower))):
        word = lower[j]
        if word in table.streets and j > last:
            return tokens.words[last][:1].isupper() or (word not in _LOOSE_STREETS and lower[first - 1] in _PLACE_WORDS)
        if word == "." and len(lower[j - 1]) < 3:
            continue
        if word in _COMPASS and j == last and tokens.words[j][0].isupper() and lower[j + 1] != "korean":
            return True
        if not word[0].isalpha() or (word in noun_words().stops and word not in ("north", "south", "east", "west")):
            return False
    return False


def is_year(tokens: Tokens, first: int, last: int) -> bool:
    """A bare four-digit number that reads as a year; the caller has seen no currency, unit or bound."""
    word = tokens.lower[first]
    return last - first == 1 and len(word) == 4 and word.isdecimal() and 1500 <= int(word) <= 2100


def is_date_part(tokens: Tokens, c: str, first: int, last: int) -> bool:
    """ "May 13", "13 May", "the 13th of May": a day of a month, without help from the time tagger."""
    lower, months = tokens.lower, _table().months
    word = lower[first]
    if not word.isdecimal() or len(word) > 2 or not 0 < int(word) < 32:
        return False
    j = first - 1
    if j > 0 and lower[j] == ".":
        j -= 1
    if lower[j] in months and not (tokens.words[j].islower() and lower[j] in _VERBS and lower[j - 1] in _SUBJECTS):
        return True
    if lower[last] not in months:
        return False
    modal = lower[last] in _VERBS and tokens.words[last].islower()
    return not modal or c[last + 1] in DIGITS or lower[first - 1] in ("on", "since", "until", "by", "from", "to", "the")


def is_score(tokens: Tokens, first: int, last: int) -> bool:
    """Whether two bare numbers tied by a dash or "to" stand near a word of winning or voting: "won 3-2"."""
    lower, scores = tokens.lower, _table().scores
    return any(word in scores for word in lower[max(0, first - 8) : first]) or any(
        word in scores for word in lower[last : last + 5]
    )


_CALLS = frozenset(
    "call calls caller callers dispatcher dispatchers dispatch operator operators emergency system center centre".split()
)
_CALLING = frozenset("call called calling calls dial dialed dialled dialing phoned".split())
_STATES_OF_ALARM = frozenset(
    (
        "AND",
        "THE",
        "FOR",
        "WITH",
        "THAN",
        "OVER",
        "LEAST",
        "KILLED",
        "FROM",
        "ABOUT",
        "ONLY",
        "KILLS",
        "LEAVES",
        "LEAVING",
    )
)
_DASHES = frozenset("-–‑−")
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday gmt est edt".split())
_COMPASS = frozenset(("north", "south", "east", "west"))
_LOOSE_STREETS = frozenset("st dr way place square court drive block".split())
_PLACE_WORDS = frozenset(("at", "of", "near", ",", "on"))
_VERBS = frozenset(("may", "march", "mar"))
_SUBJECTS = frozenset("it they he she we you i and that which who this".split())

"""Finds the names of the gazetteer in a tokenised text."""

from __future__ import annotations

import re
from functools import lru_cache

from consistency.extraction.gazetteer import NONE, Entry, Names, names
from consistency.extraction.shapes import CAPITAL, LETTERS
from consistency.extraction.tokens import ClassTable, Tokens
from consistency.rulebook import default_rulebook

_AFTER_NAME = frozenset(
    (",", "is", "was", "has", "will", "who", "said", "says", "told", "tells", "and", "'s", "’s", "(")
)
Hit = tuple[int, int, tuple[Entry, ...]]
"""First token, number of tokens, readings."""

_OLD_LETTER = {"F": "G", "f": "G", "L": "X", "V": "X", "Q": "X", "J": "X"}
_INITIAL = re.compile(r"s(?<=[FfLCG]s)(?=\.[FLCXVQJ])")  # "A" and "I" between names are initials
_UNCASED = re.compile(rf"n(?:[^n{CAPITAL}]++|[^nwxvjkaitpCFfLVQSUo]++)(?=n)")
_PARENTHESIS = re.compile(r"\((?!0)[^n()]{1,14}\)(?=[A-Z])")
_BIG = frozenset(CAPITAL)
_SURE = re.compile("[sSmM](?:(?<=[sS])|(?=[A-Z]))")
_ANY = re.compile("[^nN]")


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = default_rulebook().load("lexicon/entity_words.yaml")
    cautious, the_first, us_after, currency = (
        frozenset(map(str, data[key])) for key in ("cautious", "the_first", "us_after", "currency")
    )
    return cautious, the_first, us_after, currency


def _part(word: str) -> str:
    """What a word can be to a known name.

    s: a name by itself or the beginning of one; m: the beginning of one; q: one of both, if capitals say nothing;
    n: no beginning. A capital S, M, Q or N: a second word as well.
    """
    shape, lower, table = LETTERS[word], word.lower(), names()
    if lower not in table.lengths:
        part = "n"
    elif shape not in _BIG and shape != "0" and lower not in table.small:
        part = "q"
    else:
        part = "s" if table.lengths[lower][-1] == 1 else "m"
    return part.upper() if lower in table.seconds else part


_PARTS = ClassTable({}, _part, cased=True)


def uncased(letters: str) -> set[int]:
    """Tokens of sentences whose capitals say nothing: all small, or all shouted."""
    out: set[int] = set()
    for m in _UNCASED.finditer("n" + letters):
        out.update(range(m.start(), m.end() - 1))
    return out


def _meant(tokens: Tokens, at: int, key: str) -> bool:
    """Whether a cautious name is meant as a name in text whose capitals say nothing."""
    _, the_first, us_after, _ = _words()
    if key in the_first and at and tokens.lower[at - 1] == "the":
        return True
    return key == "us" and tokens.lower[at + 1] in us_after


def _accepts(tokens: Tokens, letters: str, at: int, size: int, key: str, table: Names, flat: bool) -> bool:
    cautious = _words()[0]
    if flat:
        return key not in cautious or _meant(tokens, at, key)
    if size > 1:
        return letters[at + size - 1] in _BIG or key in table.low or not tokens.words[at + size - 1][0].isalpha()
    if key in table.upper and not tokens.words[at].isupper():
        return False
    if key in cautious:
        return at > 0 and letters[at - 1] not in 'n"' and not (tokens.words[at].isupper() and key not in table.upper)
    return True


def _inserted(tokens: Tokens, letters: str, table: Names) -> dict[int, Hit]:
    """Names with an explanation put inside: "China-CELAC (Community of …) Forum"."""
    out: dict[int, Hit] = {}
    for m in _PARENTHESIS.finditer(letters):
        for size in (4, 3, 2, 1):
            first = m.start() - size
            if first >= 0:
                key = " ".join([*tokens.lower[first : m.start()], tokens.lower[m.end()]])
                readings = table.entries.get(key)
                if readings and size > 1:
                    out[first] = (first, m.end() + 1 - first, readings)
                    break
    return out


@lru_cache(maxsize=1)
def _small_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Given names, family names and words for roles, in small letters."""
    people = default_rulebook().load("lexicon/names.yaml")
    given = {str(w).lower() for w in people["given"]} - set(people["not_small"])
    surnames = {str(w).lower() for w in people["surnames"]}
    return frozenset(given), frozenset(surnames), frozenset(people["role_words"])


def small_persons(tokens: Tokens, letters: str, flat: set[int]) -> list[int]:
    """Where persons' names stand in text whose capitals say nothing: the first tokens of "given family" pairs.

    The second word must be a family name, or unknown and followed by what follows names ("is", a comma, a role).
    """
    given, surnames, roles = _small_names()
    lower = tokens.lower
    out = []
    for at in sorted([i for i in flat if lower[i] in given]):
        if not lower[at + 1].isalpha():
            continue
        after = lower[at + 2] if at + 2 < len(lower) else ""
        if lower[at + 1] in surnames or (letters[at + 1] == "w" and (after in _AFTER_NAME or after in roles)):
            out.append(at)
    return out


def find_known(tokens: Tokens, letters: str, flat: set[int]) -> list[Hit]:
    """The known names of a text, in order, the longest at each place. `flat`: tokens whose capitals say nothing."""
    table = names()
    lower, lengths, entries, small = tokens.lower, table.lengths, table.entries, table.small
    inserted = _inserted(tokens, letters, table) if "(" in letters else {}
    out: list[Hit] = []
    after = 0
    for m in (_ANY if flat or inserted else _SURE).finditer(tokens.classes(_PARTS)):
        at = m.start()
        if at < after:
            continue
        if at in inserted:
            out.append(inserted[at])
            after = at + inserted[at][1]
            continue
        level, word = at in flat, lower[at]
        cased = letters[at] in _BIG or letters[at] == "0" or level
        if not cased and word not in small:
            continue
        sizes = lengths[word]
        if sizes[0] > 1 and f"{word} {lower[at + 1]}" not in table.pairs:
            if sizes[-1] > 1:
                continue
            sizes = (1,)
        for size in sizes:
            key = word if size == 1 else " ".join(lower[at : at + size])
            readings = entries.get(key)
            if readings is None or not (cased or key in small):
                continue
            if not _accepts(tokens, letters, at, size, key, table, level):
                continue
            if readings[0].sort in {"country", "territory"} and lower[at + size] in _words()[3]:
                readings = (Entry(key, NONE),)  # "us dollars" is money
            first = at
            if readings[0].kind == "initiative" and out and out[-1][2] == readings:
                between = lower[after:at]
                if between in (["and"], ["and", "the"]):  # "the Belt and the Road": two names, one thing
                    first = out.pop()[0]
            out.append((first, at + size - first, readings))
            after = at + size
            break
    return out


def overlay(letters: str, hits: list[Hit]) -> str:
    """The letters with those of known names put over them."""
    pieces: list[str] = []
    done = 0
    for first, size, readings in hits:
        entry = readings[0]
        if entry.kind == NONE:
            head, rest = "N", "N"
        elif entry.demonym:
            head, rest = "M", "m"
        elif entry.kind in {"place", "group"}:
            head, rest = _OLD_LETTER.get(letters[first], "Z") if size == 1 else "Z", "z"
        else:
            head, rest = "W" if size == 1 and entry.kind == "person" else "Y", "y"
        pieces += (letters[done:first], head, rest * (size - 1))
        done = first + size
    out = "".join((*pieces, letters[done:]))
    return _INITIAL.sub("I", out) if "s." in out else out

"""Digits that are a year, a day of a month, a result, or the number of a house (`nouns_names.yaml`)."""

from __future__ import annotations

from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS
from consistency.extraction.tokens import Tokens
from consistency.extraction.wordsets import word_sets


def is_address(tokens: Tokens, first: int, last: int) -> bool:
    """ "123 Random Street", "1500 block of": a number, up to three words, and a word for a street."""
    lower, sets = tokens.lower, word_sets("nouns_names")
    if lower[last] == "block":
        return True
    capital = tokens.words[last][:1].isupper()
    if lower[first - 1] in ("at", "near", "on") and capital and lower[first].isdecimal():
        return lower[last] not in sets["days"] and lower[last] not in sets["months"]
    if capital and lower[last] in sets["compass"] and lower[last + 1] != "korean":
        return True
    return names_street(tokens, first, last)


def names_street(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a name that ends in a word for a street stands behind the number."""
    lower, sets = tokens.lower, word_sets("nouns_names")
    if sets["streets"].isdisjoint(lower[last + 1 : last + 5]):
        return False
    capital = tokens.words[last][:1].isupper()
    for j in range(last, last + 5):
        word = lower[j]
        if word in sets["streets"] and j > last:
            return capital or (word not in sets["loose_streets"] and lower[first - 1] in sets["place_words"])
        if word == "." and len(lower[j - 1]) < 3:
            continue
        small = word in noun_words().stops and word not in sets["compass"] and not tokens.words[j][0].isupper()
        if not word[0].isalpha() or small:
            return False
    return False


def is_year(tokens: Tokens, first: int, last: int) -> bool:
    """A bare four-digit number that reads as a year; the caller has seen no currency, unit or bound."""
    word = tokens.lower[first]
    return len(word) == 4 and last - first == 1 and word.isdecimal() and 1500 <= int(word) <= 2100


def is_date_part(tokens: Tokens, c: str, first: int, last: int) -> bool:
    """ "May 13", "13 May", "the 13th of May": a day of a month, without help from the time tagger."""
    lower = tokens.lower
    word = lower[first]
    if len(word) > 2 or not word.isdecimal() or not 0 < int(word) < 32:
        return False
    sets = word_sets("nouns_names")
    months, verbs = sets["months"], sets["verb_months"]
    j = first - 2 if first > 1 and lower[first - 1] == "." else first - 1
    if lower[j] in months and not (
        tokens.words[j].islower() and lower[j] in verbs and lower[j - 1] in sets["subjects"]
    ):
        return True
    if lower[last] not in months:
        return False
    modal = lower[last] in verbs and tokens.words[last].islower()
    return not modal or c[last + 1] in DIGITS or lower[first - 1] in sets["day_words"]


def is_score(tokens: Tokens, first: int, last: int) -> bool:
    """Whether two bare numbers tied by a dash or "to" stand near a word of winning or voting: "won 3-2"."""
    lower, scores = tokens.lower, word_sets("nouns_names")["scores"]
    return not scores.isdisjoint(lower[max(0, first - 8) : first]) or not scores.isdisjoint(lower[last : last + 5])

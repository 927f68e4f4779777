"""Whether a quantity is a change, and which way: "rose 6 %", "a 25-point cut", "5 % lower" (`hedges_trends.yaml`)."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.wordsets import word_sets
from consistency.rulebook import default_rulebook

_BACK = 6  # tokens looked at before a number
_AHEAD = 3  # and behind it
_REACH = 14  # how far the verb of "by 5 percent" may be


class _Table(msgspec.Struct, frozen=True):
    before: dict[str, str]
    nouns: dict[str, str]
    after: dict[str, str]
    openers: frozenset[str]  # what can stand right before a number that is a change, besides adverbs in "ly"
    followers: frozenset[str]  # of these one must stand behind it


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/hedges_trends.yaml")
    before: dict[str, str] = {}
    nouns: dict[str, str] = {}
    after: dict[str, str] = {}
    for way in ("up", "down"):
        before.update({form: way for line in data[way]["verbs"] for form in line.split()})
        nouns.update(dict.fromkeys(data[way]["nouns"], way))
        after.update(dict.fromkeys(data[way]["after"], way))
    sets = _sets()
    openers = (before.keys() | sets["between"] | {"by", "of"}) - sets["levels"]
    return _Table(before, nouns, after, frozenset(openers), frozenset(after.keys() | nouns.keys()))


def _sets() -> dict[str, frozenset[str]]:
    return word_sets("hedges_trends")


def way_of_noun(word: str) -> str | None:
    """up | down if a lower-case word names a change."""
    return _table().nouns.get(word)


def trend_before(lower: list[str], first: int, money: bool = False, counted: bool = False) -> str | None:
    """up | down if the words before token `first` make what follows a change."""
    table, j = _table(), first - 1
    word = lower[j] if j >= 0 else "\n"
    if word not in table.openers and word[-2:] != "ly":
        return None
    if word == "by":
        return _far_verb(lower, first - 2)
    sets, stop = _sets(), max(-1, first - 1 - _BACK)
    nouns_of = False
    while j > stop:
        word = lower[j]
        if nouns_of or word == "of":
            nouns_of = True
            way = table.nouns.get(word)
            if way is not None:
                return None if money and word in sets["not_money"] else way
        else:
            way = table.before.get(word)
            if way is not None:
                if (counted and word in sets["not_counts"]) or (money and word in sets["not_money_verbs"]):
                    return None
                return None if word in sets["particles"] and lower[j - 1] in sets["particle_verbs"] else way
        if word not in sets["between"] and not (len(word) > 4 and word.endswith("ly")):
            return None
        j -= 1
    return None


def _far_verb(lower: list[str], j: int) -> str | None:
    """The verb that "by 5 percent" belongs to, its object between them: "cut the price of oil by 5 percent"."""
    before, sets = _table().before, _sets()
    for k in range(j, max(-1, j - _REACH), -1):
        word = lower[k]
        way = before.get(word)
        if way is not None and word not in sets["particles"]:
            return way
        if word in sets["clause_ends"] or word[0].isdecimal():
            return before.get(lower[j])
    return before.get(lower[j])


def way_near(lower: list[str], first: int, reach: int = 10) -> str | None:
    """up | down | "moved" if a word of change stands within `reach` tokens before `first`, in the same sentence."""
    for j in range(first - 1, max(-1, first - 1 - reach), -1):
        word = lower[j]
        if word == "\n":
            return None
        way = way_of(word)
        if way is not None:
            return way
    return None


def way_of(word: str) -> str | None:
    """up | down of a verb or noun of change; "moved" for a verb that only says that a number changed."""
    table = _table()
    return table.before.get(word) or table.nouns.get(word) or ("moved" if word in _sets()["moves"] else None)


def trend_after(lower: list[str], last: int, money: bool) -> str | None:
    """up | down if the words behind token `last` say so: "8 percent increase", "5 % lower", "25-point cut"."""
    table, sets = _table(), _sets()
    if table.followers.isdisjoint(lower[last : last + _AHEAD]):
        return None
    for j in range(last, min(last + _AHEAD, len(lower))):
        word = lower[j]
        if j == last or (j == last + 1 and lower[last] == "-"):
            way = table.after.get(word)
            if way is not None and (
                word not in sets["quantifiers"]
                or not lower[j + 1][0].isalpha()
                or lower[j + 1] in sets["quantifier_before"]
            ):
                return way
        way = table.nouns.get(word)
        if way is not None:
            return None if word in sets["not_money"] and money else way
        if not word[0].isalpha() and word != "-":
            return None
        if word in sets["no_bridge"]:
            return None
    return None


def is_motion(lower: list[str], first: int, last: int) -> bool:
    """Whether a length at tokens first..last-1 is the way something went: "fell 20 feet off a roof"."""
    return lower[last] in _sets()["ways"] and any(
        word in _sets()["motion"] for word in lower[max(0, first - 3) : first]
    )


def is_level_hedge(word: str) -> bool:
    """Whether a hedge that opens with `word` tells the level a change reached: "slipped below 27,000"."""
    return word in _sets()["level_hedges"]


def multiple_trend(word: str) -> str | None:
    """up | down of a verb that multiplies ("doubled", "halving"); None for "twice"."""
    return _multiples().get(word)


@lru_cache(maxsize=1)
def _multiples() -> dict[str, str]:
    data = default_rulebook().load("lexicon/numbers.yaml")["multiple_trends"]
    return {word: way for way, words in data.items() for word in words}

"""Whether a quantity is a change, and its direction: "rose 6 %", "a 25-point cut", "5 % lower" (`hedges_trends.yaml`)."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.rulebook import default_rulebook

_BACK = 6  # tokens looked at before a number
_AHEAD = 3  # and behind it


class _Table(msgspec.Struct, frozen=True):
    before: dict[str, str]
    nouns: dict[str, str]
    after: dict[str, str]
    between: frozenset[str]
    levels: frozenset[str]
    not_money: frozenset[str]
    particle_verbs: frozenset[str]
    not_counts: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/hedges_trends.yaml")
    before, nouns, after = {}, {}, {}
    for way in ("up", "down"):
        before.update({form: way for line in data[way]["verbs"] for form in line.split()})
        nouns.update(dict.fromkeys(data[way]["nouns"], way))
        after.update(dict.fromkeys(data[way]["after"], way))
    return _Table(
        before,
        nouns,
        after,
        frozenset(data["between"]),
        frozenset(data["levels"]),
        frozenset(data["not_money"]),
        frozenset(data["particle_verbs"]),
        frozenset(data["not_counts"]),
    )


def trend_before(lower: list[str], first: int, money: bool = False, counted: bool = False) -> str | None:
    """up | down if the words before token `first` make what follows a change."""
    table = _table()
    j = first - 1
    word = lower[j] if j >= 0 else "\n"
    if word in table.levels:
        return None
    if word == "by":
        return _far_verb(lower, first - 2)
    stop = max(-1, first - 1 - _BACK)
    nouns_of = False
    while j > stop:
        word = lower[j]
        if nouns_of or word == "of":
            nouns_of = True
            way = table.nouns.get(word)
            if way is not None:
                return None if money and word in table.not_money else way
        else:
            way = table.before.get(word)
            if way is not None:
                if counted and word in table.not_counts:
                    return None
                return None if word in _PARTICLES and lower[j - 1] in table.particle_verbs else way
        if word not in table.between and not (len(word) > 4 and word.endswith("ly")):
            return None
        j -= 1
    return None


def _far_verb(lower: list[str], j: int) -> str | None:
    """The verb that "by 5 percent" belongs to, its object between them: "cut the price of oil by 5 percent"."""
    before = _table().before
    for k in range(j, max(-1, j - _REACH), -1):
        word = lower[k]
        way = before.get(word)
        if way is not None and word not in _PARTICLES:
            return way
        if word in _CLAUSE_ENDS or word[0].isdecimal():
            return before.get(lower[j])
    return before.get(lower[j])


def trend_verb_near(lower: list[str], first: int, reach: int = 10) -> bool:
    """Whether a verb of change stands within `reach` tokens before `first`, in the same sentence."""
    table = _table()
    for j in range(first - 1, max(-1, first - 1 - reach), -1):
        word = lower[j]
        if word == "\n":
            return False
        if word in table.before or word in table.nouns:
            return True
    return False


def trend_after(lower: list[str], last: int, money: bool) -> str | None:
    """up | down if the words behind token `last` say so: "8 percent increase", "5 % lower", "25-point cut"."""
    table = _table()
    for j in range(last, min(last + _AHEAD, len(lower))):
        word = lower[j]
        if j == last or (j == last + 1 and lower[last] == "-"):
            way = table.after.get(word)
            if way is not None and (word not in _QUANTIFIERS or not lower[j + 1][0].isalpha() or lower[j + 1] in _THAN):
                return way
        way = table.nouns.get(word)
        if way is not None:
            return None if word in table.not_money and money else way
        if not word[0].isalpha() and word != "-":
            return None
        if word in _NO_BRIDGE:
            return None
    return None


LEVEL_HEDGES = frozenset(("below", "above", "beyond", "past", "near"))  # "slipped below 27,000" is a level
_REACH = 14
_PARTICLES = frozenset(("up", "down", "off"))
_CLAUSE_ENDS = frozenset(
    ("\n", ";", ":", "(", ")", "that", "which", "who", "while", "as", "exceed", "exceeds", "exceeded")
)
_QUANTIFIERS = frozenset(("more", "less", "fewer", "up", "down"))  # "7 % less fees" is no change
_THAN = frozenset("than per from on in since over at after for year compared".split())
_NO_BRIDGE = frozenset(
    "of to in on at by for from with and or but the a an that which as than after before when while is was are were be been has have had will".split()
)


def multiple_trend(word: str) -> str | None:
    """up | down of a verb that multiplies ("doubled", "halving"); None for "twice"."""
    return _multiples().get(word)


@lru_cache(maxsize=1)
def _multiples() -> dict[str, str]:
    data = default_rulebook().load("lexicon/numbers.yaml")["multiple_trends"]
    return {word: way for way, words in data.items() for word in words}

"""Currencies before and after a number, as ISO 4217 codes: `rules/lexicon/currencies*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from consistency.extraction.tokens import Tokens
from consistency.extraction.tries import Trie, build, longest, longest_before
from consistency.extraction.wordsets import word_sets
from consistency.rulebook import default_rulebook


class Coin(msgspec.Struct, frozen=True):
    """A currency or coin. code: ISO 4217; exp: power of ten to add ("MUSD": 6); parts: how many make one unit (cents:
    100); exact: the spelling required; glued: no space may stand before it."""

    code: str
    exp: int = 0
    parts: int = 1
    exact: str | None = None
    glued: bool = False


def _safe_codes() -> frozenset[str]:
    """Codes that also count in lower-case text; the others are English words too often ("try", "cup", "mad")."""
    return word_sets("currencies_minor", "context")["lower_codes"]


class _Table(msgspec.Struct, frozen=True):
    before: Trie
    after: Trie
    last_before: frozenset[str]


def _plural(name: str) -> str:
    head, space, rest = name.partition(" of ")
    return head + "s" + space + rest


def _entries(side: str) -> Iterator[tuple[str, Coin]]:
    book = default_rulebook()
    for code, entry in reversed(book.load("lexicon/currencies.yaml").items()):  # the first to claim a name wins
        low = code.lower()
        yield low, Coin(code, exact=None if low in _safe_codes() else code)
        if low in _safe_codes():
            yield f"m{low}", Coin(code, 6)
        for name in entry.get(side, ()):
            yield name, Coin(code)
        if side == "after":
            regular = [_plural(n) for n in entry.get("after", ()) if n[-1].isalpha()]
            for name in [*regular, *entry.get("plurals", ())]:
                yield name, Coin(code)
    if side == "after":
        for entry in book.load("lexicon/currencies_minor.yaml")["coins"].values():
            for name in entry["words"]:
                yield name, Coin(entry["unit"], parts=entry["parts"])
            for name in entry.get("glued", ()):
                yield name, Coin(entry["unit"], parts=entry["parts"], glued=True)


@lru_cache(maxsize=1)
def _table() -> _Table:
    before = build(_entries("before"), backwards=True)
    return _Table(before, build(_entries("after")), frozenset(before))


@lru_cache(maxsize=1)
def first_words() -> frozenset[str]:
    """What the first token of a currency behind a number can be."""
    return frozenset(_table().after)


def last_words() -> frozenset[str]:
    """What the last token of a currency before a number can be."""
    return _table().last_before


def coin_before(tokens: Tokens, i: int) -> tuple[Coin | None, int]:
    """(currency, first token) of the currency that stands right before token `i`; (None, i) if none does."""
    if i == 0 or tokens.lower[i - 1] not in _table().last_before:
        return None, i
    coin, first = longest_before(_table().before, tokens.lower, i)
    if coin is None or (coin.exact is not None and tokens.words[first] != coin.exact):
        return None, i
    if (
        first < i - 1
        and not tokens.glued(i - 1)
        and tokens.lower[i - 1] == "$"
        and len(tokens.lower[first]) == 1
        and coin.code != "CAD"
    ):
        return longest_before(_table().before, tokens.lower, i)[0] and Coin("USD"), i - 1  # "plan a $ 5 fee" is no A$
    return coin, first


def coin_after(tokens: Tokens, i: int) -> tuple[Coin | None, int]:
    """(currency, token after it) of the currency that starts at token `i`; (None, i) if none does."""
    coin, end = longest(_table().after, tokens.lower, i)
    if coin is None:
        return None, i
    if coin.exact is not None and tokens.words[end - 1] != coin.exact:
        return None, i
    if coin.glued and not (tokens.glued(i) and tokens.words[i].islower()):
        return None, i
    return coin, end


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """The ISO 4217 codes of all known currencies."""
    return frozenset(map(str, default_rulebook().load("lexicon/currencies.yaml")))


def code_of(name: str) -> str | None:
    """The code of the currency of which this is a name or sign ("euros", "$"), None if it is none."""
    words = name.lower().split()
    coin, end = longest(_table().after, [*words, "\n"], 0) if words else (None, 0)
    return coin.code if coin is not None and end == len(words) else None

"""Words around enumerations: what announces a list, what its items may be. Data: `rules/lexicon/lists.yaml`."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.errors import RuleError
from consistency.extraction.tokens import Tokens
from consistency.extraction.tries import phrase_tokens
from consistency.rulebook import default_rulebook


class Words(msgspec.Struct, frozen=True):
    """The lexicon of lists. links: phrase (tuple of words) -> whether the list after it is complete;
    link_ends: their last words; more_words: those of `more`."""

    links: dict[tuple[str, ...], bool | None]
    link_ends: frozenset[str]
    more: frozenset[str]
    more_words: frozenset[str]
    counted: frozenset[str]
    numbers: dict[str, int]
    adjective_endings: tuple[str, ...]
    adjective_nouns: frozenset[str]
    adjectives: frozenset[str]
    times: frozenset[str]
    clauses: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The lexicon, loaded once."""
    data = default_rulebook().load("lexicon/lists.yaml")
    kinds: tuple[tuple[str, bool | None], ...] = (("open", False), ("closed", True), ("unclear", None))
    links = {tuple(phrase_tokens(phrase)): complete for key, complete in kinds for phrase in data[key]}
    return Words(
        links=links,
        link_ends=frozenset(phrase[-1] for phrase in links),
        more=frozenset(data["more"]),
        more_words=frozenset(phrase.split()[-1] for phrase in data["more"]),
        counted=frozenset(data["counted"]),
        numbers=dict(data["numbers"]),
        adjective_endings=tuple(data["adjective_endings"]),
        adjective_nouns=frozenset(data["adjective_nouns"]),
        adjectives=frozenset(data["adjectives"]),
        times=frozenset(data["times"]),
        clauses=frozenset(data["clauses"]),
    )


@lru_cache(maxsize=1)
def containers() -> dict[str, frozenset[str]]:
    """Place -> the states and countries it lies in, and state -> itself under its plain name; canonical names."""
    rules = default_rulebook()
    inside: dict[str, set[str]] = {}
    try:
        for parent, cities in rules.load("lexicon/cities.yaml").items():
            for city in cities:
                inside.setdefault(city.split(" | ")[0], set()).add(parent)
        for country, states in rules.load("lexicon/states.yaml").items():
            for state in states:
                inside.setdefault(state, set()).add(country)
    except (RuleError, AttributeError):  # a user's own tables may have another shape: then no place lies in another
        return {}
    return {place: frozenset(parents) for place, parents in inside.items()}


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """Names of states and provinces, which may follow a town after a comma."""
    try:
        tables = default_rulebook().load("lexicon/states.yaml").values()
        return frozenset(name for table in tables for name in table)
    except (RuleError, AttributeError):
        return frozenset()


def link_before(tokens: Tokens, at: int, low: int) -> tuple[int, bool | None]:
    """First token of the phrase that announces a list beginning at `at`, and what it says of completeness.

    Returns (at, None) where nothing announces it.
    """
    known = words().links
    for size in (3, 2, 1):
        phrase = tuple(tokens.lower[at - size : at]) if at - size >= low else ()
        if phrase in known:
            return at - size, known[phrase]
    return at, None

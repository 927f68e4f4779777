"""The words the context of a document is weighed by (`rules/lexicon/context.yaml`), and lemmas of content words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.memo import Memo
from consistency.extraction.nouns import lemma
from consistency.extraction.words import verbs
from consistency.rulebook import default_rulebook

_SQUEEZE = re.compile(r"[^a-z0-9]+")


class ContextWords(msgspec.Struct, frozen=True):
    """The lists of `rules/lexicon/context.yaml`, which explains them, and the names of publishers, squeezed."""

    weights: dict[str, int]
    keep: dict[str, int]
    lead: int
    early: int
    single_word_from: int
    bylines: frozenset[str]
    credits: frozenset[str]
    dull: frozenset[str]
    stop: frozenset[str]
    publishers: frozenset[str]


@lru_cache(maxsize=1)
def context_words() -> ContextWords:
    """The lists of the built-in rules."""
    load = default_rulebook().load
    data: dict[str, Any] = load("lexicon/context.yaml")
    publishers: set[str] = set()
    for table in load("lexicon/publishers.yaml").values():
        if isinstance(table, dict):
            for name, also in table.items():
                publishers |= {squeeze(name), *map(squeeze, also or ())}
    return ContextWords(
        weights=data["weights"],
        keep=data["keep"],
        lead=data["lead"],
        early=data["early"],
        single_word_from=data["single_word_from"],
        bylines=frozenset(data["bylines"]),
        credits=frozenset(data["credits"]),
        dull=frozenset(data["dull_names"]),
        stop=frozenset(data["stop"]),
        publishers=frozenset(publishers),
    )


def squeeze(name: object) -> str:
    """A name as its letters and digits alone, small: "The Herald-Sun" -> "theheraldsun"."""
    return _SQUEEZE.sub("", str(name).lower())


def content_lemma(word: str) -> str | None:
    """The lemma of a lower-case content word; None for a function word, a number or a sign."""
    if len(word) < 3 or not word[0].isalpha() or word in context_words().stop:
        return None
    base = verbs().form.get(word) or lemma(word)
    return None if base in context_words().stop else base


CONTENT_LEMMAS = Memo(content_lemma)

"""The content words of a sentence: lemmas that tell what a claim near them is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Mention
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import stop_terms

_REACH = 14  # tokens to either side of a claim
_CONTENT = re.compile("[ng]")

Terms = list[tuple[int, str]]
"""Token and content lemma of the words of a sentence that tell something."""


def sentence_terms(clauses: Clauses, first: int, stop: int, taken: Sequence[Mention]) -> Terms:
    """The content lemmas of a sentence, those of its names (`taken`) left out."""
    named = {i for m in taken for i in range(m.first, m.last)}
    lower = clauses.tokens.lower
    found = ((m.start(), _term(lower[m.start()])) for m in _CONTENT.finditer(clauses.tags, first, stop))
    return [(i, word) for i, word in found if word and i not in named]


def near_terms(terms: Terms, first: int, last: int, noun: str | None) -> tuple[str, ...]:
    """The lemmas within reach of tokens first..last-1, sorted, without the measure itself."""
    low, high = first - _REACH, last + _REACH
    return tuple(sorted({word for i, word in terms if low <= i < high and word != noun}))


@lru_cache(maxsize=32_768)
def _term(word: str) -> str | None:
    """The canonical content lemma of a word; None where it tells nothing."""
    if len(word) < 3 or not word.isalpha():
        return None
    found = vocabulary().noun(lemma(word))
    return None if found in stop_terms() else found

"""The content words of a document: lemmas that tell what a claim near them is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import END, ClassTable
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import stop_terms

_REACH = 14  # tokens to either side of a claim
_NOTHING = ""  # the lemma of a word that tells nothing
_CONTENT = bytes(chr(code) in "ng" for code in range(256))


class Terms:
    """The content lemmas of a document, those of its names left out."""

    __slots__ = ("_lemma_of", "_telling", "_words")

    def __init__(self, clauses: Clauses, names: Sequence[Mention]) -> None:
        self._lemma_of = _lemmas().__getitem__
        self._words = clauses.tokens.lower
        self._telling = bytearray(clauses.tags, "ascii").translate(_CONTENT)  # 1 for a token with content
        for name in names:
            self._telling[name.first : name.last] = bytes(name.last - name.first)

    def near(self, first: int, last: int, low: int, high: int, noun: str | None) -> tuple[str, ...]:
        """The lemmas within reach of tokens first..last-1 of the sentence low..high-1, sorted, without the measure."""
        if first - _REACH > low:
            low = first - _REACH
        if last + _REACH < high:
            high = last + _REACH
        words = compress(self._words[low:high], self._telling[low:high])
        found = set(map(self._lemma_of, words))
        found.discard(_NOTHING)
        if noun is not None:
            found.discard(noun)
        return tuple(sorted(found))


@lru_cache(maxsize=1)
def _lemmas() -> ClassTable:
    """The canonical content lemma of every lower-case word."""
    return ClassTable({END: _NOTHING}, _lemma)


def _lemma(word: str) -> str:
    if len(word) < 3 or not word.isalpha():
        return _NOTHING
    found = vocabulary().noun(lemma(word))
    return _NOTHING if found in stop_terms() else found

"""Text to tokens: the first level of the cascade.

Tokens are parallel lists, so that a grammar can map each token to one class letter and run a regular expression over
the string of letters at C speed; match positions are token indices. Each sentence is closed by an empty token whose
lower form is a newline, so no pattern reaches across sentences unless it asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from consistency.extraction.sentences import split_sentences
from consistency.rulebook import default_rulebook

END = "\n"

_TOKEN = re.compile(
    r"""
      (?P<number>\d+(?:[.,]\d+)*)                                  # 1,234.5   2.000,50   12,34,567
    | (?P<money>(?<![^\W\d_])[^\W\d_]{1,3}\$)                      # US$  NZ$  A$
    | (?P<abbr>(?:[^\W\d_]\.){2,})                                 # U.S.  a.m.
    | (?P<alnum>[^\W\d_¼-¾⅐-⅞²³¹]+\d[\w]*(?:[.,]\d+)*)               # G20  km2  Rs1,500
    | (?P<word>[^\W\d_¼-¾⅐-⅞²³¹]+(?:(?:['’](?!s\b|S\b)|&)[^\W\d_¼-¾⅐-⅞²³¹]+)*)
    | (?P<gen>['’][sS]\b)                                          # China 's
    | [^\s]                                                        # one sign a token
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=1)
def _glued_codes() -> frozenset[str]:
    """Letters that may stand glued to a number as a currency ("Rs500", "USD20"), lower case."""
    return frozenset(str(c).lower() for c in default_rulebook().load("lexicon/glued.yaml")["before_number"])


class Tokens(msgspec.Struct, frozen=True):
    """A tokenised text. All lists run over tokens; `sentences` holds (first token, end token, start, end) per sentence,
    where the end token is the index of the closing newline token and start/end are character offsets."""

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int, int, int]]

    def classes(self, table: Mapping[str, str], other: str = "x") -> str:
        """One letter a token: `table[lower form]`, else `other`."""
        get = table.get
        return "".join([get(w, other) for w in self.lower])

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Character span of tokens first..end-1."""
        return self.starts[first], self.ends[end - 1]

    def glued(self, index: int) -> bool:
        """Whether no space stands between token index-1 and token index."""
        return index > 0 and self.starts[index] == self.ends[index - 1]

    def sentence_of(self, index: int) -> int:
        """Number of the sentence that token `index` stands in."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            mid = (low + high) // 2
            if self.sentences[mid][1] < index:
                low = mid + 1
            else:
                high = mid
        return low


def tokenise(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Tokens:
    """The tokens of a text; `spans` are its sentences (default: `split_sentences`)."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int, int, int]] = []
    codes = _glued_codes()
    for low, high in split_sentences(text) if spans is None else spans:
        first = len(words)
        for m in _TOKEN.finditer(text, low, high):
            start, end = m.span()
            if m.lastgroup == "alnum":
                letters = start
                while not text[letters].isdigit():
                    letters += 1
                if text[start:letters].lower() in codes:  # "Rs500" is two tokens, "G20" is one
                    words.append(text[start:letters])
                    starts.append(start)
                    ends.append(letters)
                    for part in _TOKEN.finditer(text, letters, end):
                        words.append(part[0])
                        starts.append(part.start())
                        ends.append(part.end())
                    continue
            words.append(m[0])
            starts.append(start)
            ends.append(end)
        if len(words) > first:
            close = len(words)
            words.append("")
            starts.append(high)
            ends.append(high)
            sentences.append((first, close, low, high))
    lower = [w.lower() or END for w in words]
    return Tokens(text, words, lower, starts, ends, sentences)

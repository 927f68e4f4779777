"""Text to tokens: the first level of the cascade.

Tokens are parallel lists, so that a grammar can map each token to one class letter and run a regular expression over
the string of letters at C speed; match positions are token indices. Each sentence is closed by an empty token whose
lower form is a newline, so no pattern reaches across sentences unless it asks for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub
from sys import intern
from typing import Any
from unicodedata import normalize

import msgspec

from consistency.extraction.sentences import split_sentences
from consistency.rulebook import default_rulebook

END = "\n"

_KNOWN = 60_000  # words a table remembers beside its own; others are looked at each time
_LONG = 40  # characters of the longest chunk that is remembered
_CHUNK = re.compile(r"\S+")
_LETTER = r"[^\W\d_¼-¾⅐-⅞²³¹]"
_IN_WORD = r"[\u00ad\u0300-\u036f]"  # soft hyphens, and accents that stand behind their letter
_SOFT_HYPHEN = "\u00ad"
_WIDTHLESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # marks of direction and the like: as spaces


@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    """One token."""
    codes = default_rulebook().load("lexicon/glued.yaml")["before_number"]
    glued = "|".join(re.escape(str(c)) for c in sorted(codes, key=lambda c: (-len(str(c)), str(c))))
    return re.compile(
        rf"""
          [A-Za-z]{{2,}}+(?=[,.;:!?()"\-]|\Z)                         # plain words, found without a second try
        | \d+(?:[.,]\d+)*                                            # 1,234.5   2.000,50   12,34,567
        | (?<![^\W\d_])[^\W\d_]{{1,3}}\$                             # US$  NZ$  A$
        | (?:[^\W\d_]\.){{2,}}                                       # U.S.  a.m.
        | (?i:{glued})(?=\d)                                         # the "Rs" of Rs1,500
        | {_LETTER}++\d[\w]*(?:[.,]\d+)*                             # G20  km2
        | {_LETTER}++(?:(?:['’](?!s\b|S\b)|&|{_IN_WORD}+){_LETTER}+)*{_IN_WORD}*  # don't  R&D  cafe\u0301
        | ['’][sS]\b                                                 # China 's
        | \S                                                         # one sign a token
        """,
        re.VERBOSE,
    )


def _lower(word: str) -> str:
    """The form words are looked up in: lower case, an accent and its letter as one sign, no soft hyphens."""
    lower = word.lower()
    return lower if lower.isascii() else normalize("NFC", lower.replace(_SOFT_HYPHEN, "")) or lower


class _Chunks(dict[str, tuple[Any, ...]]):
    """The tokens of each stretch between white space, told in a row: word, lower form, length, word, …

    Such stretches come back as words do, so most of a text is looked up, not read. A length counts one blank before.
    """

    def __missing__(self, chunk: str) -> tuple[Any, ...]:
        row: list[Any] = []
        for word in (chunk,) if chunk.isascii() and chunk.isalpha() else _piece().findall(chunk):
            row += (intern(word), intern(_lower(word)), len(word))
        row[2] += 1
        told = tuple(row)
        if len(chunk) <= _LONG and len(self) < _KNOWN:
            self[intern(chunk)] = told  # one string for a stretch, its word and the word in small letters
        return told


_CHUNKS = _Chunks({"": ("", END, 0)})  # the token that closes a sentence


class ClassTable(dict[str, str]):
    """Class letter of every word of a table, and of every other word met so far (`other`, or what `rule` says).

    cased: whether it is about words as written, not about their lower forms.
    """

    __slots__ = ("_rule", "_size", "cased", "column")

    def __init__(self, table: Mapping[str, str], rule: Callable[[str], str] | str = "x", cased: bool = False) -> None:
        super().__init__(table)
        self._rule = rule
        self._size = len(self) + _KNOWN
        self.cased = cased
        self.column: int | None = None  # where the letters of this table stand in a row of `_Rows`

    def __missing__(self, word: str) -> str:
        rule = self._rule
        letter = rule if isinstance(rule, str) else rule(word)
        if len(self) < self._size:
            self[word] = letter
        return letter


class _Rows(dict[str, str]):
    """The letters of each word in all tables that are in use, side by side: a document is looked up once for all."""

    __slots__ = ("tables",)

    def __init__(self, tables: tuple[ClassTable, ...]) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, word: str) -> str:
        lower = _lower(word) or END
        row = intern("".join([table[word if table.cased else lower] for table in self.tables]))
        if len(self) >= _KNOWN:
            self.clear()
        self[word] = row
        return row


_ROWS = [_Rows(())]  # the newest stands last; a table has its column from its first use on


def _rows_with(table: ClassTable) -> _Rows:
    if table.column is None:
        tables = (*_ROWS[-1].tables, table)
        table.column = len(tables) - 1
        _ROWS[-1] = _Rows(tables)
    return _ROWS[-1]


class Tokens(msgspec.Struct, frozen=True):
    """A tokenised text. All lists run over tokens; `sentences` holds (first token, end token, start, end) per sentence,
    where the end token is the index of the closing newline token (also in `closes`) and start/end are character
    offsets. `looked_up`: the class letters of all tokens by number of tables, once they were asked for."""

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int, int, int]]
    closes: list[int]
    looked_up: dict[int, str] = msgspec.field(default_factory=dict)

    def classes(self, table: ClassTable) -> str:
        """One letter a token."""
        rows = _rows_with(table)
        width = len(rows.tables)
        letters = self.looked_up.get(width)
        if letters is None:
            letters = self.looked_up[width] = "".join(map(rows.__getitem__, self.words))
        return letters[table.column :: width]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Character span of tokens first..end-1."""
        return self.starts[first], self.ends[end - 1]

    def glued(self, index: int) -> bool:
        """Whether no space stands between token index-1 and token index."""
        return index > 0 and self.starts[index] == self.ends[index - 1]

    def sentence_of(self, index: int) -> int:
        """Number of the sentence that token `index` stands in."""
        number, count = bisect_left(self.closes, index), len(self.closes)
        return number if number < count else max(0, count - 1)


def words_of(text: str) -> list[str]:
    """The words and signs of a text in small letters."""
    return list(chain.from_iterable(map(_CHUNKS.__getitem__, text.split())))[1::3]


def tokenise(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Tokens:
    """The tokens of a text; `spans` are its sentences (default: `split_sentences`), in order and apart."""
    spans = split_sentences(text) if spans is None else spans
    printed = text
    if not text.isascii():
        text = _WIDTHLESS.sub(" ", text)
    chunks: list[str] = []
    filled: list[tuple[int, int]] = []
    for span in spans:
        if found := text[slice(*span)].split():
            chunks += found
            chunks.append("")
            filled.append(span)
    flat = list(chain.from_iterable(map(_CHUNKS.__getitem__, chunks)))
    words, lower, sizes = flat[0::3], flat[1::3], flat[2::3]
    sentences: list[tuple[int, int, int, int]] = []
    closes: list[int] = []
    first = reached = 0
    for low, high in filled:
        close = lower.index(END, first)
        if sum(sizes[first:close]) != high - low + 1:
            _space(text[low:high], sizes, first)
        sizes[first] += low - reached - 1  # lengths add up to offsets
        sentences.append((first, close, low, high))
        closes.append(close)
        first = close + 1
        reached = high
    ends = list(accumulate(sizes))
    return Tokens(printed, words, lower, list(map(sub, ends, map(len, words))), ends, sentences, closes)


def _space(sentence: str, sizes: list[int], first: int) -> None:
    """Adds the white space of a sentence to the sizes of its tokens, where it is more than a blank between two chunks.

    first: its first token.
    """
    at, done = first, 0
    for m in _CHUNK.finditer(sentence):
        sizes[at] += m.start() - done - (done > 0)  # one blank before a chunk is counted
        at += len(_CHUNKS[m[0]]) // 3
        done = m.end()
    sizes[at] += len(sentence) - done

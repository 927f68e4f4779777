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
from itertools import accumulate
from operator import sub
from sys import intern
from unicodedata import normalize

import msgspec

from consistency.extraction.sentences import split_sentences
from consistency.rulebook import default_rulebook

END = "\n"

_KNOWN = 60_000  # words a table remembers beside its own; others are looked at each time
_LETTER = r"[^\W\d_¼-¾⅐-⅞²³¹]"
_IN_WORD = r"[\u00ad\u0300-\u036f]"  # soft hyphens, and accents that stand behind their letter
_SOFT_HYPHEN = "\u00ad"
_WIDTHLESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # marks of direction and the like: as spaces


@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    """One token with the white space before it. The first two lines catch what most tokens are without a second try."""
    codes = default_rulebook().load("lexicon/glued.yaml")["before_number"]
    glued = "|".join(re.escape(str(c)) for c in sorted(codes, key=lambda c: (-len(str(c)), str(c))))
    return re.compile(
        rf"""\s*+(?:
          [A-Za-z]{{2,}}+(?=[\ ,.;:!?()"\n\-])                       # plain words
        | [,."()\-](?=\s)
        | \d+(?:[.,]\d+)*                                            # 1,234.5   2.000,50   12,34,567
        | (?<![^\W\d_])[^\W\d_]{{1,3}}\$                             # US$  NZ$  A$
        | (?:[^\W\d_]\.){{2,}}                                       # U.S.  a.m.
        | (?i:{glued})(?=\d)                                         # the "Rs" of Rs1,500
        | {_LETTER}++\d[\w]*(?:[.,]\d+)*                             # G20  km2
        | {_LETTER}++(?:(?:['’](?!s\b|S\b)|&|{_IN_WORD}+){_LETTER}+)*{_IN_WORD}*  # don't  R&D  cafe\u0301
        | ['’][sS]\b                                                 # China 's
        | \S)                                                        # one sign a token
        """,
        re.VERBOSE,
    )


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


def _lower(word: str) -> str:
    """The form words are looked up in: lower case, an accent and its letter as one sign, no soft hyphens."""
    lower = word.lower()
    return lower if lower.isascii() else normalize("NFC", lower.replace(_SOFT_HYPHEN, "")) or lower


_LOWER = ClassTable({"": END}, _lower)


class _Rows(dict[str, str]):
    """The letters of each word in all tables that are in use, side by side: a document is looked up once for all."""

    __slots__ = ("tables",)

    def __init__(self, tables: tuple[ClassTable, ...]) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, word: str) -> str:
        lower = _LOWER[word]
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
        return max(0, min(bisect_left(self.closes, index), len(self.closes) - 1))


def tokenise(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Tokens:
    """The tokens of a text; `spans` are its sentences (default: `split_sentences`), in order and apart."""
    spans = split_sentences(text) if spans is None else list(spans)
    text, printed = _without_gaps(text, spans), text
    if not text.isascii():
        text = _WIDTHLESS.sub(" ", text)
    pieces: list[str] = []  # they add up to the text, so that their lengths tell the offsets
    sentences: list[tuple[int, int, int, int]] = []
    closes: list[int] = []
    findall = _piece().findall
    first = reached = 0
    for low, high in spans:
        end = high
        if text[high - 1 : high].isspace():
            end = low + len(text[low:high].rstrip())
        if end > low:
            pieces += findall(text, reached, end)
            close = len(pieces)
            pieces.append(text[end:high])
            sentences.append((first, close, low, high))
            closes.append(close)
            first = close + 1
            reached = high
    words = list(map(str.strip, pieces))
    ends = list(accumulate(map(len, pieces)))
    starts = list(map(sub, ends, map(len, words)))
    return Tokens(printed, words, list(map(_LOWER.__getitem__, words)), starts, ends, sentences, closes)


def _without_gaps(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces for what stands between its sentences."""
    parts: list[str] = []
    done = reached = 0
    for low, high in spans:
        if low > reached and not text[reached:low].isspace():
            parts += (text[done:reached], " " * (low - reached))
            done = low
        reached = high
    return "".join((*parts, text[done:])) if parts else text

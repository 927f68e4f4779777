"""A document as the levels that read who says what see it: classes, cue letters, names and paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache

from consistency.extraction.cuewords import cue_words
from consistency.extraction.sentences import paragraphs
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.tokens import Tokens
from consistency.extraction.words import CasedTable, class_table
from consistency.rulebook import default_rulebook

MENTION = "M"
_NAMED = MENTION.encode()
_TIME = b"e"


class Reader:
    """A document as the levels that read who says what see it.

    given: all mentions, in order, none inside another; mentions: those of them that name something, not pointing
    back; firsts: their first tokens. cues: all tokens as the letters of `cue_words`.
    """

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention], times: Sequence[Timex] = ()) -> None:
        self.tokens = tokens
        self.given = mentions
        self.mentions = [m for m in mentions if not m.anaphor]
        self.firsts = [m.first for m in self.mentions]
        self.times = times
        self.cues = tokens.classes(cue_words().table)

    @cached_property
    def tags(self) -> str:
        """Classes of all tokens; names and times are single classes, capitals inside a sentence are no verbs."""
        return _tags(self)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Token spans of the paragraphs: no quotation goes on from one to the next."""
        return _paragraphs(self.tokens)

    def between(self, first: int, last: int) -> list[Mention]:
        """The mentions that lie inside tokens first..last-1."""
        firsts = self.firsts
        low = bisect_left(firsts, first)
        return [m for m in self.mentions[low : bisect_left(firsts, last, low)] if m.last <= last]


_PLAIN = {"k": "n", "z": "d"}  # classes that only the clause grammar tells apart


@lru_cache(maxsize=1)
def _table() -> CasedTable:
    """The shared word classes, with signs apart from words and number words as numbers."""
    numbers = default_rulebook().load("lexicon/lists.yaml")["numbers"]
    signs = dict.fromkeys("$%€£¥/*+=<>@#_~^&’‘…•©®°|{}", "y")
    table = signs | class_table() | dict.fromkeys(numbers, "q") | {"'": "'"}
    table = {word: _PLAIN.get(letter, letter) for word, letter in table.items()}
    return CasedTable(table, _rest, "vwWg", shouted=True)


def _rest(word: str) -> str:
    return "n" if word[0].isalpha() else "q" if word[0].isdigit() else "y"


def _tags(reader: Reader) -> str:
    letters = _table().letters(reader.tokens)
    if "'" in letters:
        letters = letters.replace("''", '""').replace("'", "y")
    row = bytearray(letters, "ascii")
    for t in reader.times:
        if t.type != "DURATION":
            row[t.first : t.last] = _TIME * (t.last - t.first)
    for m in reader.mentions:
        row[m.first : m.last] = _NAMED * (m.last - m.first)
    return row.decode("ascii")


def _paragraphs(tokens: Tokens) -> list[tuple[int, int]]:
    sentences = tokens.sentences
    if not sentences:
        return []
    if "\n" not in tokens.text:
        return [(0, sentences[-1][1])]
    lows = [low for _, _, low, _ in sentences]
    out: list[tuple[int, int]] = []
    first = 0
    for _, end in paragraphs(tokens.text):
        k = bisect_left(lows, end) - 1  # the last sentence that begins in this paragraph
        if k >= 0 and sentences[k][1] >= first and sentences[k][3] <= end:
            out.append((first, sentences[k][1]))
            first = sentences[k][1] + 1
    if first <= sentences[-1][1]:
        out.append((first, sentences[-1][1]))
    return out

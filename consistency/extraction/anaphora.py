"""Words that point back: "the region", "the forum", "there".

Nothing is parsed: an antecedent is a mention of the right kind, the document's main one for regions (a text speaks of
"the region" as its own), else the nearest in the sentences before, subjects (the first of a sentence) first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter

import msgspec

from consistency.extraction import regions
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import ClassTable, Tokens
from consistency.model import Context
from consistency.rulebook import default_rulebook

_REACH = 4  # sentences an anaphor looks back


class _Table(msgspec.Struct, frozen=True):
    the: dict[str, tuple[str, ...]]
    adverb: frozenset[str]
    not_before: frozenset[str]
    places_before: frozenset[str]
    classes: ClassTable


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/anaphors.yaml")
    the = {noun: tuple(kinds) for noun, kinds in data["the"].items() if kinds}
    classes = ClassTable({"the": "t", **dict.fromkeys(the, "a"), **dict.fromkeys(data["adverb"], "d")})
    return _Table(
        the, frozenset(data["adverb"]), frozenset(data["not_before"]), frozenset(data["places_before"]), classes
    )


_PATTERN = re.compile("ta|d")


def _fits(mention: Mention, kinds: tuple[str, ...]) -> bool:
    if mention.kind in kinds:
        return True
    if mention.kind in {"place", "group"} and (sort := regions.kind(mention.name)) in kinds:
        return not (sort == "state" and mention.demonym)
    if mention.kind == "place" and not mention.known:
        return ("city" in kinds and not mention.demonym) or ("county" in kinds and mention.name.endswith(" County"))
    return any(part in mention.name.lower() for part in _parts(kinds))


@lru_cache(maxsize=64)
def _parts(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """What the names of these kinds have in them, where that tells a kind."""
    return tuple(k.removeprefix("name:") for k in kinds if k.startswith("name:"))


class _Row:
    """The mentions of one sentence read so far; what was asked of them is remembered, so that no question is read for
    twice."""

    __slots__ = ("_first", "_places", "_read", "mentions")

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._first: dict[tuple[str, ...], str] = {}
        self._read: dict[tuple[str, ...], int] = {}
        self._places: dict[bool, tuple[int, str | None]] = {}

    def first(self, kinds: tuple[str, ...]) -> str | None:
        """The name of the first mention that fits."""
        if kinds in self._first:
            return self._first[kinds]
        for mention in islice(self.mentions, self._read.get(kinds, 0), None):
            if _fits(mention, kinds):
                self._first[kinds] = mention.name
                return mention.name
        self._read[kinds] = len(self.mentions)
        return None

    def last_place(self, lower: list[str], brought_in: bool) -> str | None:
        """The name of the last place; `brought_in`: of those behind a preposition."""
        read, found = self._places.get(brought_in, (0, None))
        before = _table().places_before
        for mention in islice(self.mentions, read, None):
            if mention.kind != "place" or mention.demonym:
                continue
            if not brought_in or (mention.first and lower[mention.first - 1] in before):
                found = mention.name
        self._places[brought_in] = len(self.mentions), found
        return found


class _Document:
    """The mentions of a document, taken up from left to right as anaphors are resolved."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.rows: dict[int, _Row] = {}
        self.added: list[Mention] = []
        self._taken_up = 0
        self._sentence = 0
        self._main: dict[str, str | None] = {}
        self._kinds: dict[str, str] = {}

    def reach(self, at: int) -> int:
        """Takes up the mentions that end before token `at`; the first token of the next one."""
        mentions, closes, number = self.mentions, self.tokens.closes, self._sentence
        k = self._taken_up
        while k < len(mentions) and mentions[k].last <= at:
            while closes[number] <= mentions[k].first:
                number += 1
            self.row(number).mentions.append(mentions[k])
            k += 1
        self._taken_up, self._sentence = k, number
        return mentions[k].first if k < len(mentions) else len(self.tokens.words)

    def row(self, sentence: int) -> _Row:
        if sentence not in self.rows:
            self.rows[sentence] = _Row()
        return self.rows[sentence]

    def add(self, sentence: int, mention: Mention) -> None:
        self.added.append(mention)
        self.row(sentence).mentions.append(mention)

    def main(self, noun: str, kinds: tuple[str, ...]) -> str | None:
        if noun not in self._main:
            self._main[noun] = _main(self.mentions, kinds)
        return self._main[noun]

    def kind(self, name: str) -> str:
        """The kind of the first mention of this name."""
        if not self._kinds:
            self._kinds = {m.name: m.kind for m in reversed(self.mentions)}
        return self._kinds[name]


def _main(mentions: Sequence[Mention], kinds: tuple[str, ...]) -> str | None:
    """The name most mentions of these kinds have, loose synonyms counted together; None where none has half of them."""
    count: dict[str, int] = {}
    for mention in mentions:
        if not mention.anaphor and _fits(mention, kinds):
            count[mention.name] = count.get(mention.name, 0) + 1
    if not count:
        return None
    family = {name: n + sum(count.get(other, 0) for other in regions.near(name)) for name, n in count.items()}
    best = max(family.values())
    if best * 2 < sum(count.values()) or best < 2:
        return None
    leading = [name for name in count if family[name] == best]
    widest = [n for n in leading if all(regions.overlap(n, o) in {"same", "contains"} for o in leading)]
    return (widest or leading)[0]


def _nearest(doc: _Document, sentence: int, kinds: tuple[str, ...]) -> str | None:
    """The first fitting mention of the sentence so far, else of the nearest sentence before that has one."""
    for number in range(sentence, sentence - _REACH - 1, -1):
        row = doc.rows.get(number)
        if row is not None and (found := row.first(kinds)):
            return found
    return None


def _noun(doc: _Document, sentence: int, noun: str, context: Context) -> tuple[str, str] | None:
    """What "the <noun>" means; falls back on the first fitting place of the context."""
    kinds = _table().the[noun]
    found = doc.main(noun, kinds) if "region" in kinds else None
    found = found or _nearest(doc, sentence, kinds) or doc.main(noun, kinds)
    if found is not None:
        return found, doc.kind(found)
    name = next((name for name in context.places if regions.kind(name) in kinds), None)
    return None if name is None else (name, "place")


def _there(doc: _Document, sentence: int, at: int) -> tuple[str, str] | None:
    """The place "there" means: one this sentence brought in with a preposition, else the last of the one before."""
    lower, table = doc.tokens.lower, _table()
    following = lower[at + 1]
    if following in table.not_before or (following in {"’", "'"} and at + 2 < len(lower)):
        return None
    for number in range(sentence, sentence - 3, -1):
        row = doc.rows.get(number)
        if row is not None and (found := row.last_place(lower, number == sentence)):
            return found, "place"
    return None


def resolve(tokens: Tokens, mentions: Sequence[Mention], context: Context) -> list[Mention]:
    """The mentions with those added (`anaphor` true) that point back at one of them, all in order.

    Falls back on the first place of `context` of the right kind where the text before names none.
    """
    if not mentions:
        return []
    table = _table()
    doc, lower = _Document(tokens, mentions), tokens.lower
    for m in _PATTERN.finditer(tokens.classes(table.classes)):
        first, last = m.span()
        if doc.reach(first) < last or (last > first + 1 and lower[last] == "of"):
            continue
        sentence = tokens.sentence_of(first)
        noun = lower[last - 1]
        found = _there(doc, sentence, first) if noun in table.adverb else _noun(doc, sentence, noun, context)
        if found is None:
            continue
        start, end = tokens.span(first, last)
        mention = Mention(
            first=first,
            last=last,
            start=start,
            end=end,
            text=tokens.text[start:end],
            name=found[0],
            kind=found[1],
            known=True,
            anaphor=True,
        )
        doc.add(sentence, mention)
    return sorted([*mentions, *doc.added], key=attrgetter("first", "last")) if doc.added else list(mentions)

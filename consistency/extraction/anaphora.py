"""Words that point back: "the region", "the forum", "there".

Nothing is parsed: an antecedent is a mention of the right kind, the document's main one for regions (a text speaks of
"the region" as its own), else the nearest in the sentences before, subjects (the first of a sentence) first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

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
    return any(k.startswith("name:") and k[5:] in mention.name.lower() for k in kinds)


class _Document:
    """The mentions of a document by sentence, growing as anaphors are resolved."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.by_sentence: dict[int, list[Mention]] = {}
        self.taken: set[int] = set()
        number = 0
        for mention in mentions:
            while tokens.sentences[number][1] <= mention.first:
                number += 1
            self.by_sentence.setdefault(number, []).append(mention)
            self.taken.update(range(mention.first, mention.last))

    def before(self, sentence: int, at: int, back: int) -> list[Mention]:
        """Mentions of the sentence `back` sentences earlier; of the same one those that stand before token `at`."""
        found = self.by_sentence.get(sentence - back, [])
        return [m for m in found if m.last <= at] if back == 0 else found


def _main(mentions: Sequence[Mention], kinds: tuple[str, ...]) -> str | None:
    """The name most mentions of these kinds have, loose synonyms counted together; None where none has half of them."""
    count: dict[str, int] = {}
    for mention in mentions:
        if not mention.anaphor and _fits(mention, kinds):
            count[mention.name] = count.get(mention.name, 0) + 1
    if not count:
        return None
    family = {name: sum(n for other, n in count.items() if regions.near_same(name, other)) for name in count}
    best = max(family.values())
    if best * 2 < sum(count.values()) or best < 2:
        return None
    leading = [name for name in count if family[name] == best]
    widest = [n for n in leading if all(regions.overlap(n, o) in {"same", "contains"} for o in leading)]
    return (widest or leading)[0]


def _nearest(doc: _Document, sentence: int, at: int, kinds: tuple[str, ...]) -> str | None:
    """The first fitting mention of the sentence so far, else of the nearest sentence before that has one."""
    for back in range(_REACH + 1):
        for mention in doc.before(sentence, at, back):
            if _fits(mention, kinds):
                return mention.name
    return None


def _noun(doc: _Document, sentence: int, at: int, noun: str, main: dict[str, str | None]) -> tuple[str, str] | None:
    kinds = _table().the[noun]
    if noun not in main:
        main[noun] = _main(doc.mentions, kinds)
    found = main[noun] if "region" in kinds else None
    found = found or _nearest(doc, sentence, at, kinds) or main[noun]
    if found is None:
        return None
    return found, next(m.kind for m in doc.mentions if m.name == found)


def _there(doc: _Document, sentence: int, at: int) -> tuple[str, str] | None:
    """The place "there" means: one this sentence brought in with a preposition, else the last of the one before."""
    lower, table = doc.tokens.lower, _table()
    following = lower[at + 1]
    if following in table.not_before or (following in {"’", "'"} and at + 2 < len(lower)):
        return None
    for back in range(3):
        places = [m for m in doc.before(sentence, at, back) if m.kind == "place" and not m.demonym]
        if back == 0:
            places = [m for m in places if m.first and lower[m.first - 1] in table.places_before]
        if places:
            return places[-1].name, "place"
    return None


def resolve(tokens: Tokens, mentions: Sequence[Mention], context: Context) -> list[Mention]:
    """The mentions with those added (`anaphor` true) that point back at one of them, all in order.

    Falls back on the first place of `context` of the right kind where the text before names none.
    """
    if not mentions:
        return []
    doc, table = _Document(tokens, mentions), _table()
    added: list[Mention] = []
    main: dict[str, str | None] = {}
    for m in _PATTERN.finditer(tokens.classes(table.classes)):
        first, last = m.span()
        if first in doc.taken or last - 1 in doc.taken or (last > first + 1 and tokens.lower[last] == "of"):
            continue
        sentence = tokens.sentence_of(first)
        noun = tokens.lower[last - 1]
        found = _there(doc, sentence, first) if noun in table.adverb else _noun(doc, sentence, first, noun, main)
        if found is None and noun not in table.adverb:
            found = _from_context(context, table.the[noun])
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
        added.append(mention)
        row = doc.by_sentence.setdefault(sentence, [])
        row.append(mention)
        row.sort(key=lambda x: x.first)
    return sorted([*mentions, *added], key=lambda x: (x.first, x.last))


def _from_context(context: Context, kinds: tuple[str, ...]) -> tuple[str, str] | None:
    for name in context.places:
        if regions.kind(name) in kinds:
            return name, "place"
    return None

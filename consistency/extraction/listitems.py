"""The items of one run "A, B and C": their spans, their names, and whether they can be items of a list at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from consistency.extraction.listwords import containers, states, words
from consistency.extraction.reader import Reader
from consistency.extraction.spans import Mention
from consistency.extraction.words import nouns_in_ly

_SPLIT = re.compile(r",q(?=[,;cC]|$)|[,;]?(?:(?<!h)c|C~~)j?|[,;]")
_LONGEST = 5  # words of an item


class Item(msgspec.Struct, frozen=True, gc=False):
    """Tokens first..last-1 of one item; mention: the name it is, if it is one; size: its words, compounds as one."""

    first: int
    last: int
    mention: Mention | None
    size: int
    joined: bool


def split(reader: Reader, letters: str, first: int, last: int) -> list[Item]:
    """The items of the run at tokens first..last-1; `joined` marks those that a conjunction precedes."""
    items: list[Item] = []
    at, joined = first, False
    for m in _SPLIT.finditer(letters, first, last):
        if m.start() >= at and m.start() > first:
            items.append(_item(reader, letters, at, m.start(), joined))
            joined = m[0][:1] in "cC" or m[0][1:2] in ("c", "C")
            if m[0].startswith(",q"):
                joined = False
                at = m.end() + 1 if letters[m.end() : m.end() + 1] in (",", ";") else m.end()
            else:
                at = m.end()
        elif m.start() < at:  # the comma after an age
            joined = joined or m[0].strip(",;j") != ""
            at = m.end()
    if at < last:
        items.append(_item(reader, letters, at, last, joined))
    return items


def _item(reader: Reader, letters: str, first: int, last: int, joined: bool) -> Item:
    while first < last - 1 and letters[first] in "dj" and letters[first + 1] != "z":
        first += 1
    inside = reader.between(first, last)
    mention = inside[-1] if inside and inside[-1].last == last and not inside[-1].demonym else None
    if mention is not None:
        first = mention.first
    hyphens = letters.count("h", first, last)
    return Item(first, last, mention, last - first - 2 * hyphens, joined)


def name(reader: Reader, item: Item) -> str:
    """Canonical name of a named item, else its words in lower case, the last one in the singular."""
    if item.mention is not None:
        return item.mention.name
    tokens = reader.tokens
    start, end = tokens.span(item.first, item.last)
    phrase = " ".join(tokens.text[start:end].lower().split())
    head, _, tail = phrase.rpartition(" ")
    return f"{head} {_singular(tail)}".strip()


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "ics", "news", "series", "species")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def in_places(items: Sequence[Item], follows: Item | None) -> list[Item] | None:
    """Towns with the state or country they lie in, as one item each: "Austin, Texas, and Boise, Idaho".

    follows: a place that stands after a comma behind the last item. None where the run cannot be told apart.
    """
    merged: list[Item] = []
    for item in [*items, follows] if follows else items:
        before = merged[-1] if merged else None
        if before is not None and not item.joined and _lies_in(before, item):
            merged[-1] = msgspec.structs.replace(before, last=item.last)
        else:
            merged.append(item)
    if follows is not None and merged[-1] is follows:
        return None
    return merged


def _lies_in(inner: Item, outer: Item) -> bool:
    a, b = inner.mention, outer.mention
    if a is None or b is None or a.kind != "place" or b.kind != "place":
        return False
    plain = b.name.split(" (")[0]
    parents = containers().get(a.name.split(" (")[0], frozenset())
    if any(p.split(" (")[0] == plain for p in parents):
        return True
    return plain in {s.split(" (")[0] for s in states()} and a.name not in states() and not a.known


def is_thing(reader: Reader, letters: str, item: Item) -> bool:
    """Whether a noun phrase can be an item: no clause, no adjective, no time, not too long."""
    lexicon = words()
    lower = reader.tokens.lower
    if not 1 <= item.size <= _LONGEST or (letters[item.first] == "g" and item.size > 1):
        return False
    tail = lower[item.last - 1]
    if tail in lexicon.times or any(w in lexicon.clauses for w in lower[item.first : item.last]):
        return False
    if any(w.endswith("ly") and w not in nouns_in_ly() for w in lower[item.first : item.last]):
        return False
    if not reader.tokens.words[item.first][:1].isalpha() or lower[item.first] in lexicon.numbers:
        return False
    if reader.tags[item.first - 1 : item.first] == "q":
        return False
    if item.size > 1 or item.mention is not None:
        return True
    if tail in lexicon.adjectives or letters[item.first] == "A" or (tail.endswith("ed") and len(tail) > 5):
        return False
    return tail in lexicon.adjective_nouns or not tail.endswith(lexicon.adjective_endings)

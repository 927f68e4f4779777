"""Noun phrases that name a speaker: where they begin and end, what they are called, how much their word weighs."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from consistency.extraction.reader import MENTION, Reader
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

PERSON = "person"
NAMING = frozenset({"person", "organisation", "place", "group"})
_LEFT_LIMIT = 24
_NOMINAL = frozenset("nwWgMdqjhpyt")
_NP_END = re.compile(r"[djh]?(?:[nwWMqjgy&]|h|d(?=[nwWMgjq]))*")
_NAMING_WORD = re.compile("[nMwWq]")
_COMPLEMENTS = frozenset({"of", "for", "at", "from", "with"})


class Lexicon(msgspec.Struct, frozen=True):
    """Words about speakers: `rules/lexicon/speakers.yaml`."""

    roles: frozenset[str]
    barriers: frozenset[str]
    present: frozenset[str]
    past: frozenset[str]
    singular: frozenset[str]
    plural: frozenset[str]
    listeners: frozenset[str]
    emergency: frozenset[str]
    standing: tuple[tuple[str, re.Pattern[str]], ...]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    signs: frozenset[str]  # each of these phrases has one of them


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of speakers, compiled."""
    data = default_rulebook().load("lexicon/speakers.yaml")

    def pattern(words: list[str]) -> re.Pattern[str]:
        return re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?!\w)"
        )

    standing = tuple((name, pattern(words)) for name, words in data["standing"].items())
    phrases = tuple(
        (name, pattern(several))
        for name, words in data["standing"].items()
        if (several := [w for w in words if _several(w)])
    )
    return Lexicon(
        roles=frozenset(data["roles"]),
        barriers=frozenset(data["barriers"]),
        present=frozenset(data["present"]),
        past=frozenset(data["past"]),
        singular=frozenset(data["singular"]),
        plural=frozenset(data["plural"]),
        listeners=frozenset(data["listeners"]),
        emergency=frozenset(data["emergency"]),
        standing=standing,
        phrases=phrases,
        signs=frozenset(max(w.split(), key=len) for words in data["standing"].values() for w in words if _several(w)),
    )


def _several(words: str) -> bool:
    """Whether a standing shows in the sentence too, not only in the speaker's name."""
    return words.count(" ") > 1


def left_phrase(reader: Reader, low: int, at: int) -> tuple[int, int] | None:
    """The noun phrase that ends at token `at` and begins at or after `low`, complements included."""
    tags, lower = reader.tags, reader.tokens.lower
    words = lexicon()
    barriers = words.barriers
    end = i = at
    if low < at - _LEFT_LIMIT:
        low = at - _LEFT_LIMIT
    joined = 0
    while i > low:
        tag = tags[i - 1]
        if lower[i - 1] in barriers:
            break
        if tag in _NOMINAL and not (tag == "t" and i == at):
            i -= 1
        elif i == at:
            break
        elif tag == "." and i - 1 > low and lower[i - 2] in words.roles:
            i -= 1  # "Sgt. Ann Roe"
        elif tag == "c" and lower[i - 1] in ("and", "or", "&"):
            joined = joined or i
            i -= 1
        else:
            break
    if joined and i > 0 and tags[i - 1] in "vbtou":
        i = joined  # "five died and police said": the conjunction joins clauses
    while i < end and tags[i] in "cjh":
        i += 1
    while end > i + 1 and tags[end - 1] == "n" and lower[end - 1].endswith("ly"):
        end -= 1  # "the driver frantically told"
    if i < end and tags[i] == "p":  # "in Beijing officials said": a phrase in front of the subject
        inner = i + 1
        while inner < end and tags[inner] in "dTeMq":
            inner += 1
        i = inner if inner < end and tags[inner] in "nMwW" else i + 1
    return (i, end) if _NAMING_WORD.search(tags, i, end) else None


def right_phrase(reader: Reader, at: int, limit: int) -> tuple[int, int] | None:
    """The noun phrase that begins at token `at`, with its "of" and "for" complements."""
    tags, lower = reader.tags, reader.tokens.lower
    limit = min(limit, at + _LEFT_LIMIT)
    m = _NP_END.match(tags, at, limit)
    end = m.end() if m else at
    while end < limit and end > at and tags[end] == "p" and lower[end] in _COMPLEMENTS:
        m = _NP_END.match(tags, end + 1, limit)
        if m is None or m.end() == end + 1:
            break
        end = m.end()
    if (
        at < end < limit
        and tags[end] == "."
        and lower[end - 1] in lexicon().roles
        and tags[end + 1 : end + 2] in ("M", "n")
    ):
        m = _NP_END.match(tags, end + 1, limit)  # "said Rep. Ann Roe"
        end = m.end() if m else end
    if end < limit and end > at and lower[end] in ("and", "&") and tags[end + 1 : end + 2] in ("M", "n"):
        m = _NP_END.match(tags, end + 1, limit)
        if m and m.end() < limit and tags[m.end()] not in "vb":
            end = m.end()
    return (at, end) if end > at else None


def name_of(reader: Reader, first: int, last: int) -> tuple[str, bool]:
    """What a noun phrase is called, and whether it is one person: a name if it is one, else its words."""
    tokens, tags = reader.tokens, reader.tags
    lower = tokens.lower
    inside = reader.between(first, last) if tags.find(MENTION, first, last) >= 0 else []
    if inside:
        persons = [m for m in inside if m.kind == PERSON]
        if len(persons) == 1:
            return persons[0].name, True
    while first < last - 1 and tags[first] in "dj" and lower[first] not in ("'s", "’s"):
        first += 1
    if len(inside) == 1 and inside[0].kind in NAMING and not inside[0].demonym:
        m = inside[0]
        if (m.first, m.last) == (first, last) or (
            m.last == last and tags[first : m.first].strip("djn") == "" and m.known
        ):
            return m.name, False
    if first == last - 1:
        words = tokens.words[first]
    else:
        start, end = tokens.span(first, last)
        words = " ".join(tokens.text[start:end].split())
    words = words.replace("’", "'")
    person = (
        words[:1].isupper()
        and not inside
        and last - first <= 3
        and all(w[:1].isupper() for w in tokens.words[first:last])
        and lexicon().roles.isdisjoint(lower[first:last])
        and standing_of(words.lower()) is None
    )
    if not person and tags[first] != MENTION and (first == 0 or tags[first - 1] in '\n"') and not words[:2].isupper():
        words = words[:1].lower() + words[1:]  # a capital at the head of a sentence is no name
    return words, person


@lru_cache(maxsize=4096)
def standing_of(words: str) -> str | None:
    """How much a speaker's word weighs, by what names him (lower case)."""
    if " and " in words and not lexicon().roles.isdisjoint(words.split()):
        return None
    return next((name for name, pattern in lexicon().standing if pattern.search(words)), None)


def standing_in(tokens: Tokens, number: int) -> str | None:
    """How much a speaker's word weighs, by phrases of the sentence ("on condition of anonymity")."""
    words = lexicon()
    first, last, low, high = tokens.sentences[number]
    if words.signs.isdisjoint(tokens.lower[first:last]):
        return None
    sentence = tokens.text[low : min(high, low + 1000)].lower()
    return next((name for name, pattern in words.phrases if pattern.search(sentence)), None)


def last_person(reader: Reader, number: int, at: int, after: int, unknown: bool) -> str | None:
    """The person at the head of sentence `number` or of one of the three before it, nearest first.

    Only those between tokens `after` and `at` count. unknown: whether a name that no list of names knows will do
    ("ana ruiz is the head of …").
    """
    for k in range(number, max(-1, number - 4), -1):
        low, high = reader.tokens.sentences[k][:2]
        heads = [m for m in reader.between(low, min(high, low + 8, at)) if m.kind == PERSON]
        if heads and heads[0].first > after:
            return heads[0].name
        if unknown and not heads and k < number and (name := _opening_name(reader, low, high)):
            return name
    return None


def _opening_name(reader: Reader, low: int, high: int) -> str | None:
    tags, tokens = reader.tags, reader.tokens
    i = low
    while i < high and tags[i] in "nw" and i - low < 4:
        i += 1
    if (
        2 <= i - low <= 3
        and tokens.lower[i] in ("is", "was")
        and tokens.lower[i + 1 : i + 2] in (["the"], ["a"], ["an"])
    ):
        start, end = tokens.span(low, i)
        return tokens.text[start:end]
    return None


def goes_on(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether a clause is in the present tense, as the words of a communiqué are and a newspaper's report is not."""
    words = lexicon()
    for w in tokens.lower[span[0] : min(span[1], span[0] + 40)]:
        if w in words.present:
            return True
        if w in words.past or (len(w) > 4 and w.endswith("ed")):
            return False
    return False

"""Verbs of speech: whether one reports, where its subject stands, and in which order subject, verb and words come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.reader import Reader
from consistency.extraction.speakers import left_phrase, lexicon, right_phrase
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import verbs
from consistency.rulebook import default_rulebook

_REACH = 60  # tokens a frame looks to either side
_LIVES = 7  # tokens from a verb to the lives it takes
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_UNSAID = frozenset({"not", "to", "n't", "did", "do", "does", "didn't", "doesn't", "don't"})
_SIGNS = frozenset({"that", ":", '"', "“", "``", "`"})
_STRONG = re.compile('[vb"]')
_FINITE = re.compile("[vb]")
_CLAUSE = re.compile("[^,\n;]*?[vb]")  # a finite verb before the next sign


class SpeechWords(msgspec.Struct, frozen=True):
    plain: frozenset[str]
    strict: frozenset[str]
    between: frozenset[str]
    contrast: frozenset[str]
    modality: dict[str, str]


@lru_cache(maxsize=1)
def speech_words() -> SpeechWords:
    data = default_rulebook().load("lexicon/attribution.yaml")
    return SpeechWords(
        plain=frozenset(data["plain"]),
        strict=frozenset(data["strict"]),
        between=frozenset(data["between"]),
        contrast=frozenset(data["contrast"]),
        modality={word: name for name, words in data["modality"].items() for word in words},
    )


class Open(msgspec.Struct):
    """A frame being read."""

    at: int
    last: int
    low: int
    high: int
    subject: tuple[int, int] | None = None
    pronoun: str | None = None
    order: str = "before"  # see Frame; "alone": a sentence that says no more than who spoke


def reads_as_report(reader: Reader, f: Open, words: SpeechWords) -> bool:
    """Whether the verb at `f.at` reports speech; fills in subject and order."""
    tags, lower = reader.tags, reader.tokens.lower
    at, nxt, low = f.at, f.last, f.low
    verb = lower[at]
    if _takes_lives(verb, lower[nxt : nxt + _LIVES]):
        return False
    if tags[at] in "Me" or (at > low and tags[at - 1] in "dT" and lower[at - 1] not in ("'s", "’s")):
        return False
    if at > low and tags[at - 1] in ',".-' and _inverted(reader, f):
        return True
    between = words.between
    i = at
    while i > low and (tags[i - 1] in "je" or lower[i - 1] in between):
        i -= 1
    while i > low and tags[i - 1] == "p" and i < at and tags[i] == "e":
        i -= 1
    before = lower[i - 1] if i > low else ""
    participle = verb.endswith("ing")
    if before in _BE and not participle:
        return False
    sign = lower[nxt] in _SIGNS or (tags[nxt] == "," and tags[nxt + 1 : nxt + 2] == '"')
    if participle:
        return sign and _participle(f)
    if before in _UNSAID or lower[at - 1] in ("not", "to"):
        return False
    people = lexicon()
    if before in people.singular or before in people.plural or before == "it":
        f.pronoun, f.subject = before, (i - 1, i)
    elif before and tags[i - 1] == ",":
        f.subject = _before_apposition(reader, low, i - 1)
    elif before:
        f.subject = left_phrase(reader, low, i) or _before_relative(reader, low, i)
    if f.subject is None:
        return False
    return _allowed(reader, f, verb, sign, words)


def _takes_lives(verb: str, behind: Sequence[str]) -> bool:
    """ "Claimed the lives of 12 people", "claimed at least 40 lives"."""
    lives = next((n for n, word in enumerate(behind) if word in ("life", "lives")), None)
    return verbs().form.get(verb) in vocabulary().life_takers and lives is not None and "that" not in behind[:lives]


def _allowed(reader: Reader, f: Open, verb: str, sign: bool, words: SpeechWords) -> bool:
    tags, lower = reader.tags, reader.tokens.lower
    assert f.subject is not None
    first, last = f.subject
    after = f.last
    while after < f.high and (tags[after] == "e" or lower[after] in words.between):
        after += 1
    closed = tags[after] in ",.;\n" or (tags[after] == "p" and _FINITE.search(tags, after, f.high) is None)
    if first == f.low and closed and (verb in words.plain or tags[after] in ".\n"):
        f.order = "alone"
        return True
    if first - f.low > 2 and tags[first - 1] in ',"':
        quoted = '"' in tags[first - 2 : first] and not sign
        if closed or (quoted and tags[first - 1] != ","):
            inside = tags[f.last] == "," and _FINITE.search(tags, f.last, f.high) is not None
            f.order = "inside" if inside else "after"
            return True
    if verb in words.plain or sign:
        return True
    if verb in words.strict:
        clause = _CLAUSE.match(tags, f.last, f.last + 14)
        denied = words.modality.get(verb) == "denied"
        return (f.pronoun is not None or denied) and clause is not None
    named = f.pronoun is not None or tags.find("M", first, last) >= 0
    return named or not lexicon().roles.isdisjoint(lower[first:last])


def _inverted(reader: Reader, f: Open) -> bool:
    """'…," said the mayor': the subject follows the verb, before which a comma, a full stop or a mark stands."""
    tags, lower = reader.tags, reader.tokens.lower
    at, nxt = f.at, f.last
    if tags[nxt] not in "dnMwWoqh" or lower[nxt] == "that":
        return False
    people = lexicon()
    if tags[nxt] == "o":
        if lower[nxt] not in people.singular and lower[nxt] not in people.plural:
            return False
        f.subject, f.pronoun = (nxt, nxt + 1), lower[nxt]
    else:
        f.subject = right_phrase(reader, nxt, f.high)
    if f.subject is None or tags[f.subject[1]] in "vb" or f.subject[1] - f.subject[0] > 14:
        f.subject = f.pronoun = None
        return False
    if tags[at - 1] != '"' and _STRONG.search(tags, max(f.low, at - _REACH), at) is None:
        f.subject = f.pronoun = None
        return False
    f.order = "after"
    return True


def _participle(f: Open) -> bool:
    f.order = "before"
    f.pronoun = "same"
    return True


def _before_relative(reader: Reader, low: int, at: int) -> tuple[int, int] | None:
    """The subject before "an official who asked not to be named": the phrase in front of the nearest "who"."""
    lower, tags = reader.tokens.lower, reader.tags
    for i in range(at - 1, max(low, at - 20), -1):
        if lower[i] == "who":
            return left_phrase(reader, low, i)
        if tags[i] in ',;:"':
            return None
    return None


def _before_apposition(reader: Reader, low: int, comma: int) -> tuple[int, int] | None:
    """The subject before "…, the president of Chile," whose second comma stands at `comma`."""
    tags = reader.tags
    i = comma - 1
    stop = max(low, comma - _REACH)
    while i > stop and tags[i] not in ',;:"':
        i -= 1
    if tags[i] != "," or i <= low:
        return None
    return left_phrase(reader, low, i)

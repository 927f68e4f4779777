"""Noun phrases around a verb or a number: the subject of a verb, the head of a phrase, what follows a preposition."""

from __future__ import annotations

import re

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.nouns import lemma
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import light_nouns, not_heads

_NOMINAL = frozenset('ndhpcqeoyg"tWwju')  # what a subject may be made of, read leftwards from its verb
_HEAD = re.compile(r"n(?:[nhy]|dn)*")
_TIMED = re.compile("p[dj]*e+,?")
_LEFT_LIMIT = 40
# Prepositional phrases, times and adverbs, and what is coordinated ("… projects and many plants were built").
_AFTER = re.compile(r'(?:(?:p|t(?=[dnq]))[ndhqe"cy]*|[eju]|c(?=[ndq])[ndhqy]*(?=[vb]))*')
_APART = re.compile("[,;:rs]")
_FINITE = re.compile(r"[vb]")


def subject(clauses: Clauses, group: VerbGroup, stop: int) -> tuple[int, int] | None:
    """Token span of the subject phrase of a verb group, its complements included; None where there is none.

    A participle after a comma ("…, reaching 5 billion") shares the subject of the verb before it; a relative pronoun
    stands for the phrase before it; an insertion between commas is stepped over.
    """
    tags = clauses.tags
    i = group.first - 1
    while i >= stop and tags[i] in "ju":
        i -= 1
    if i >= stop and tags[i] == "c":  # "… doubled and reached": a second verb shares the subject of the first
        main = clauses.before(i, stop)
        if main and not any(t in ",;:rs" for t in tags[main.last : i]):
            return subject(clauses, main, stop)
    if i >= stop and tags[i] == "," and group.gerund:
        main = clauses.before(i, stop)
        return subject(clauses, main, stop) if main and not main.gerund else None
    if i >= stop and tags[i] == "," and (main := _shared(clauses, group, i, stop)) is not None:
        return subject(clauses, main, stop)
    if (i >= stop and tags[i] == "r") or (
        i >= stop and clauses.tokens.lower[i] == "that" and tags[i - 1 : i] in ("n", ",")
    ):
        i -= 1
        if i >= stop and tags[i] == ",":
            i -= 1
    elif i >= stop and tags[i] == ",":
        back = tags.rfind(",", max(stop, i - _LEFT_LIMIT), i)
        if back >= 0 and not any(t in ";:" for t in tags[back:i]):
            i = back - 1
        else:
            i -= 1
    elif i >= stop and tags[i] == ")":
        back = tags.rfind("(", max(stop, i - _LEFT_LIMIT), i)
        i = back - 1 if back >= 0 else i - 1
    end = i + 1
    while i >= stop and end - i <= _LEFT_LIMIT and (tags[i] in _NOMINAL or tags[i] in "()"):
        i -= 1
    return (i + 1, end) if end > i + 1 else None


def _shared(clauses: Clauses, group: VerbGroup, comma: int, stop: int) -> VerbGroup | None:
    """The passive whose "was" a participle behind a comma shares ("was opened in 1932, rebuilt in 1955 and …")."""
    if clauses.tags[group.first] != "v" or group.last - group.first > 1:
        return None
    main = clauses.before(comma, stop)
    if main is None or _APART.search(clauses.tags, main.last, comma):
        return None
    return (
        main if main.passive or (main.last - main.first == 1 and _shared(clauses, main, main.first - 1, stop)) else None
    )


def head(clauses: Clauses, span: tuple[int, int]) -> tuple[int, int] | None:
    """Token span of the head group of a noun phrase: its nouns before the first preposition."""
    tags = clauses.tags
    first, last = span
    if timed := _TIMED.match(tags, first, last):  # "In 2023 exports rose"
        first = timed.end()
    if first < last and tags[first] == "p":  # "In recent years Beijing": the head is what stands next to the verb
        found = [m.span() for m in _HEAD.finditer(tags, first, last)]
        return found[-1] if len(found) > 1 else None
    m = _HEAD.search(tags, first, last)
    while m and m.end() < last and tags[m.end()] == "e":  # "Friday night's …": a time is no head
        following = _HEAD.search(tags, m.end(), last)
        if following is None:
            break
        m = following
    return m.span() if m else None


def noun_of(clauses: Clauses, span: tuple[int, int], limit: int) -> str | None:
    """The canonical noun of a head group: compounds that have an entry, light nouns replaced by what they measure.

    "trade volumes" -> trade; "the number of deaths" -> death; "death toll" -> death toll.
    """
    lower, tags = clauses.tokens.lower, clauses.tags
    words = [lemma(lower[i]) for i in range(*span) if tags[i] in "ng" and lower[i][0].isalpha()]
    while words and words[-1] in not_heads():
        words.pop()
    if not words:
        return None
    known = vocabulary()
    if len(words) > 1:
        pair = f"{words[-2]} {words[-1]}"
        if pair in known.canonical or pair in known.as_relation:
            return known.noun(pair)
    if words[-1] in light_nouns():
        if span[1] < limit and lower[span[1]] == "of":
            inner = head(clauses, (span[1] + 1, limit))
            if inner:
                return noun_of(clauses, inner, limit)
        if len(words) > 1:
            return known.noun(words[-2])
    if (
        words[-1] in ("rate", "price", "index", "ratio", "income", "product", "rating", "capacity", "age")
        and len(words) > 1
    ):
        return known.noun(f"{words[-2]} {words[-1]}")
    return known.noun(words[-1])


def complement(clauses: Clauses, index: int, stop: int, prepositions: tuple[str, ...]) -> tuple[int, int] | None:
    """Span of the noun phrase after one of `prepositions` at token `index`; None if something else stands there."""
    tags = clauses.tags
    if index >= stop or clauses.tokens.lower[index] not in prepositions:
        return None
    i = index + 1
    while i < stop and tags[i] in 'ndhq"cyW':
        i += 1
    return (index + 1, i) if i > index + 1 else None


def skip_phrases(clauses: Clauses, index: int, stop: int) -> int:
    """The token after the prepositional phrases, insertions and times that follow token `index`."""
    tags = clauses.tags
    i = index
    while i < stop:
        if tags[i] in "ptejuc":
            i = _AFTER.match(tags, i, stop).end()  # type: ignore[union-attr]
            if tags[i] not in "(h-,":
                return i
        if tags[i] == "(":
            close = tags.find(")", i, min(stop, i + _LEFT_LIMIT))
            if close < 0:
                return i
            i = close + 1
        elif tags[i : i + 2] == "hh" or tags[i] == "-":  # "three others -- two men and a boy -- were hurt"
            dash = tags[i] if tags[i] == "-" else "hh"
            close = tags.find(dash, i + len(dash), min(stop, i + _LEFT_LIMIT))
            if close < 0 or tags[close + len(dash) : close + len(dash) + 1] not in ("b", "v"):
                return i
            i = close + len(dash)
        elif tags[i] == ",":
            closed = _insertion_end(tags, i, stop)
            if closed is None:
                return i
            i = closed
        else:
            return i
    return i


def _insertion_end(tags: str, comma: int, stop: int) -> int | None:
    """The token after the comma that closes an insertion and is followed by a verb group."""
    at = comma
    for _ in range(8):
        at = tags.find(",", at + 1, min(stop, comma + _LEFT_LIMIT))
        if at < 0:
            return None
        if _FINITE.search(tags, comma + 1, at) and tags[comma + 1 : comma + 2] not in ("r", "v", "g"):
            return None
        if tags[at + 1 : at + 2] in ("b", "v"):
            return at + 1
    return None

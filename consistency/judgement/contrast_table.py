"""The words of `rules/judgement/contrasts.yaml`, by which numbers are told apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from consistency.errors import RuleError
from consistency.judgement.near import split

FILE = "judgement/contrasts.yaml"

Phrase = tuple[str, ...]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    apart: list[list[list[str]]] = []
    far: list[list[list[str]]] = []
    bases: list[list[str]] = []
    comparing: list[str] = []
    parts: list[str] = []
    opposed: list[tuple[str, str]] = []
    idle: list[str] = []


class Contrasts(NamedTuple):
    """answers: first word -> (phrase, question, answer); close: how many questions, the first, are answered close to a
    number; bases: the question of what a change is told against; comparing: words that say so in some other way; parts:
    first word -> phrases that bound a number; opposed: small word -> those that say the opposite; idle: words that may
    stand for each other."""

    answers: dict[str, list[tuple[Phrase, int, int]]]
    close: int
    bases: int
    comparing: frozenset[str]
    parts: dict[str, list[Phrase]]
    opposed: dict[str, frozenset[str]]
    idle: frozenset[str]


def read(data: dict[str, Any]) -> Contrasts:
    """The table of the file. Raises RuleError where it is none."""
    try:
        file = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise RuleError(f"is no table of contrasts: {error}", FILE) from error
    answers: dict[str, list[tuple[Phrase, int, int]]] = {}
    for question, groups in enumerate((*file.apart, *file.far, file.bases)):
        for answer, phrases in enumerate(groups):
            for words in _split(phrases):
                answers.setdefault(words[0], []).append((words, question, answer))
    parts: dict[str, list[Phrase]] = {}
    for words in _split(file.parts):
        parts.setdefault(words[0], []).append(words)
    opposed: dict[str, frozenset[str]] = {}
    for x, y in ((x.casefold(), y.casefold()) for x, y in file.opposed):
        opposed[x] = opposed.get(x, frozenset()) | {y}
        opposed[y] = opposed.get(y, frozenset()) | {x}
    return Contrasts(
        answers,
        len(file.apart),
        len(file.apart) + len(file.far),
        frozenset(file.comparing),
        parts,
        opposed,
        frozenset(map(str.casefold, file.idle)),
    )


def _split(phrases: Iterable[str]) -> Iterable[Phrase]:
    for phrase in phrases:
        words = split(phrase)
        if not words:
            raise RuleError(f"{phrase!r} has no word", FILE)
        yield words

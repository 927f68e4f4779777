"""The words of `rules/judgement/contrasts.yaml`, by which numbers are told apart."""

from __future__ import annotations

from typing import Any, NamedTuple

from consistency.judgement.near import split

Phrase = tuple[str, ...]


class Contrasts(NamedTuple):
    """answers: first word -> (phrase, question, answer); parts: first word -> phrases that bound a number."""

    answers: dict[str, list[tuple[Phrase, int, int]]]
    parts: dict[str, list[Phrase]]


def read(data: dict[str, Any]) -> Contrasts:
    """The table of `rules/judgement/contrasts.yaml`."""
    answers: dict[str, list[tuple[Phrase, int, int]]] = {}
    parts: dict[str, list[Phrase]] = {}
    for question, groups in enumerate(data["apart"]):
        for answer, phrases in enumerate(groups):
            for phrase in phrases:
                words = split(phrase)
                answers.setdefault(words[0], []).append((words, question, answer))
    for phrase in data["parts"]:
        words = split(phrase)
        parts.setdefault(words[0], []).append(words)
    return Contrasts(answers, parts)

"""Which of many phrases a stretch of text begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from sys import maxsize

_WORD = re.compile(r"\w*")


class Opening:
    """A pattern that begins with one of many phrases, whose first words end where a word of the text does.

    To compile them all takes milliseconds, and most texts have none: so those that share a first word are compiled for
    the first text that has it.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]], rest: str = "", flags: int = 0) -> None:
        """phrases: each with its pattern, in the order they are tried; rest: what follows; flags: as in `re`."""
        self._rest, self._flags = rest, flags
        self._every: list[str] = []
        self._by_word: dict[str, list[str]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for phrase, pattern in phrases:
            self._every.append(pattern)
            self._by_word.setdefault(_first_word(phrase, 0).casefold(), []).append(pattern)

    def match(self, text: str, at: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """As of a pattern."""
        word = _first_word(text, at, end).casefold()
        if not word.isascii():  # letters that are one to a pattern, whatever their case, may be two here
            word = "*"
        elif word not in self._by_word:
            return None
        found = self._compiled.get(word)
        if found is None:
            some = "|".join(self._by_word.get(word, self._every))
            found = self._compiled[word] = re.compile(f"(?:{some}){self._rest}", self._flags)
        return found.match(text, at, end)


def _first_word(text: str, at: int, end: int = maxsize) -> str:
    """The letters and digits that stand at a place; none where a sign does."""
    found = _WORD.match(text, at, end)
    return found[0] if found else ""

"""Which of many phrases a stretch of text begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from sys import maxsize

_WORD = re.compile(r"\w*")


class Opening:
    """A pattern that begins with one of many phrases, whose first words end where a word of the text does.

    To compile it takes milliseconds, and most texts have none of the phrases: so it is done for the first that has the
    first word of one.
    """

    def __init__(self, phrases: Iterable[str], pattern: str, flags: int = 0) -> None:
        """pattern: of all the phrases, and what follows; flags: as of `re.compile`."""
        self._pattern, self._flags = pattern, flags
        self._words = frozenset(_first_word(phrase, 0).casefold() for phrase in phrases)

    def match(self, text: str, at: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """As of a pattern."""
        word = _first_word(text, at, end)
        if word.isascii() and word.casefold() not in self._words:
            return None
        return self._compiled.match(text, at, end)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)


def _first_word(text: str, at: int, end: int = maxsize) -> str:
    """The letters and digits that stand at a place; none where a sign does."""
    found = _WORD.match(text, at, end)
    return found[0] if found else ""

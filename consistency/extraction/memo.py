"""What a pure function says of words, remembered: words come back, in a text and from text to text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
_MOST = 20_000


class Memo(dict[str, V]):
    """The values of a function by word, asked for as `memo[word]`: several times faster than `lru_cache`.

    Bounded: beyond `most` words a value is worked out each time it is asked for.
    """

    __slots__ = ("_most", "_rule")

    def __init__(self, rule: Callable[[str], V], most: int = _MOST) -> None:
        super().__init__()
        self._rule = rule
        self._most = most

    def __missing__(self, word: str) -> V:
        value = self._rule(word)
        if len(self) < self._most:
            self[word] = value
        return value

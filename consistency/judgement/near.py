"""The words of a sentence, and how far each is from the number that a claim of it gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from consistency.model import Claim

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*(?:[-'’.][^\W_]+)*|;")

_BREAK = re.compile(r"\s*[,:()–—]|\s+-\s")


def split(text: str) -> tuple[str, ...]:
    """The words of a text, as they are compared."""
    return tuple(_plain(m[0]) for m in _WORD.finditer(text))


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """A word without accents, capitals and the sign of whose it is."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.replace("’", "'")) if not unicodedata.combining(c))
    return bare.casefold().removesuffix("'s").removesuffix("'")


class Near:
    """The words of a claim's sentence. first, last: places of its own words, which are `own`; named: whether each is of
    a name of several words; breaks: places of words behind which a clause or an insertion ends."""

    def __init__(self, claim: Claim) -> None:
        text = claim.sentence.text if claim.sentence else claim.text or ""
        shift = claim.sentence.start if claim.sentence else claim.start or 0
        low, high = (claim.start or 0) - shift, (claim.end or 0) - shift
        found = list(_WORD.finditer(text))
        self.words = [_plain(m[0]) for m in found]
        own = [n for n, m in enumerate(found) if m.start() < high and m.end() > low] or [0]
        self.first, self.last = own[0], own[-1]
        self.own = tuple(self.words[self.first : self.last + 1])
        self.breaks = [n for n, m in enumerate(found) if _BREAK.match(text, m.end())]
        self.named = [_named(found, n) for n in range(len(found))]
        self.answers: dict[int, tuple[int, tuple[str, ...]]] | None = None  # as `contrast` finds them

    def far(self, start: int, size: int) -> int:
        """Words between the number and a phrase; 0 within it, or beside it."""
        return max(0, start - self.last - 1, self.first - (start + size))

    def apart(self, start: int, size: int) -> bool:
        """Whether a comma or the like stands between the number and a phrase."""
        low, high = (self.last, start) if start > self.last else (start + size - 1, self.first)
        return any(low <= n < high for n in self.breaks)

    def beside(self, phrase: tuple[str, ...], most: int) -> bool:
        """Whether a phrase stands within so many words of the number, in its clause."""
        size = len(phrase)
        places = (n for n in range(len(self.words)) if tuple(self.words[n : n + size]) == phrase)
        return any(self.far(n, size) <= most and not self.apart(n, size) for n in places)

    def has(self, phrase: tuple[str, ...]) -> bool:
        """Whether the sentence has a phrase anywhere."""
        return any(tuple(self.words[n : n + len(phrase)]) == phrase for n in range(len(self.words)))


def _named(found: Sequence[re.Match[str]], n: int) -> bool:
    """Whether a word is one of several with capitals: of a name."""
    return found[n][0][:1].isupper() and any(
        0 <= m < len(found) and m != 0 and found[m][0][:1].isupper() and n != 0 for m in (n - 1, n + 1)
    )

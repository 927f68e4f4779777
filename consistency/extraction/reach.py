"""How far a modal or a negation reaches: the clause around it, read from the class string."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from consistency.extraction.cues import Cue
from consistency.extraction.spans import Timex
from consistency.extraction.speakers import Reader
from consistency.extraction.tokens import Tokens
from consistency.extraction.words import verbs

_LIMIT = 60  # tokens to either side
_HARD = ';:()"-\n'
_RESTART = frozenset({"why", "how", "what", "which", "who", "whose", "whom", "where", "because", "after", "since"})
_COMPARED = frozenset({"compared", "versus", "against", "vs"})
_BACK = frozenset({"up", "down"})
_DEFINITE = frozenset({"the", "these", "those", "his", "her", "their", "its", "both"})
_CONTRAST = frozenset({"but", "however", "later", "while", "although", "though", "not", "now"})
_MONTH_BEFORE = frozenset({"in", "last", "since", "until", "by", "of", "early", "late", "mid", "this", "next", "from"})


class Reach:
    """A document as the clause reader sees it."""

    def __init__(self, reader: Reader, times: Sequence[Timex]) -> None:
        self.tokens: Tokens = reader.tokens
        self.tags = reader.tags
        self._spans = sorted((t.first, t.last) for t in times)

    def dated(self, index: int) -> bool:
        """Whether a token is part of a date: "may" that is a month."""
        k = bisect_right(self._spans, (index, 1 << 60)) - 1
        if k >= 0 and self._spans[k][0] <= index < self._spans[k][1]:
            return True
        words, lower = self.tokens.words, self.tokens.lower
        if lower[index] != "may":
            return False
        if words[index] == "May" and index and words[index - 1] not in ("", '"', "“"):
            return True
        after = words[index + 1 : index + 2]
        return bool(after and after[0][:1].isdigit()) or (index > 0 and lower[index - 1] in _MONTH_BEFORE)

    def numeric(self, first: int, high: int, reach: int) -> int | None:
        """End of the noun phrase of a number that follows within `reach` tokens, None if none does."""
        for i in range(first, min(high, first + reach)):
            if self.tags[i] == "q":
                end = i
                while end < high and self.tags[end] in "qnwWMh":
                    end += 1
                return end
        return None

    def until(self, first: int, last: int, words: frozenset[str]) -> bool:
        """Whether one of `words` stands there before a time or a number ("by 2035", "until next year")."""
        lower, tags = self.tokens.lower, self.tags
        return any(lower[i] in words and (tags[i + 1] in "qe" or lower[i + 1] == "the") for i in range(first, last - 1))

    def spoken(self, low: int, at: int) -> bool:
        """Whether a report opens before token `at` of the sentence ("she said trade would …")."""
        return "said" in self.tokens.lower[low:at]


def clause(
    reach: Reach, cue: Cue, low: int, high: int, back: bool = True, presupposed: bool = False
) -> tuple[int, int]:
    """Token span of the clause a cue governs.

    back: take the subject in, unless it is definite (what a definite subject says of itself is taken for granted).
    presupposed: stop before what the clause takes for granted (a definite number, an embedded question).
    """
    first = _back(reach, cue, low) if back else cue.first
    return first, forward(reach, cue, high, presupposed=presupposed)


def _back(reach: Reach, cue: Cue, low: int) -> int:
    tags, lower = reach.tags, reach.tokens.lower
    i = cue.first
    stop = max(low, i - _LIMIT)
    while i > stop:
        tag = tags[i - 1]
        if tag == "." and len(lower[i - 2]) > 3:
            break
        if tag in _HARD or tag in "rsvb" or tag in ",c" or lower[i - 1] in ("that", "if"):
            break
        i -= 1
    while i < cue.first and tags[i] in "jc":
        i += 1
    if i < cue.first and lower[i] in _DEFINITE:
        return cue.first
    return i


def forward(reach: Reach, cue: Cue, high: int, presupposed: bool = False, contrast: bool = False) -> int:
    """Where the reach of a cue ends: at the end of its clause."""
    tags, lower = reach.tags, reach.tokens.lower
    i = cue.last
    stop = min(high, i + _LIMIT)
    inside = _relative(reach, cue.first)
    served = False
    while i < stop:
        tag, word = tags[i], lower[i]
        if (
            tag in ";()\n"
            or (tag == ":" and not reach.tokens.glued(i + 1))
            or (tag == "-" and not reach.tokens.glued(i))
        ):
            break
        if tag == '"' and reach.tokens.glued(i):
            break
        if word in ("but", "while", "although", "though", "whereas", "unless") or word in _COMPARED:
            break
        if contrast and word in _CONTRAST and i > cue.last:
            break
        if word in _BACK and lower[i + 1 : i + 2] == ["from"]:
            break
        if tag == "," and (inside or presupposed or _new_clause(tags, lower, i, stop)):
            break
        if inside and tag in "vb" and i > cue.last + 1 and served:
            break
        served = served or tag in "nwMq"
        if word in ("and", "or") and _new_clause(tags, lower, i - 1, stop):
            break
        if presupposed and (
            tag == "r" or word in _RESTART or word == "that" or (tag in "qp" and _definite(tags, lower, i))
        ):
            break
        i += 1
    return max(i, cue.last)


def _definite(tags: str, lower: list[str], i: int) -> bool:
    """Whether something known begins: "those five", "in the shooting of …"."""
    return lower[i - 1 if tags[i] == "q" else i + 1] in _DEFINITE


def _relative(reach: Reach, at: int) -> bool:
    """Whether a cue stands in a relative clause: "…, which will close", "imports that now will be taxed"."""
    tags, lower = reach.tags, reach.tokens.lower
    i = at - 1
    while i > 0 and tags[i] == "j":
        i -= 1
    return i > 0 and (tags[i] == "r" or (lower[i] == "that" and tags[i - 1] in "nwM"))


def _new_clause(tags: str, lower: list[str], comma: int, stop: int) -> bool:
    """Whether a clause of its own follows: a conjunction or relative, then a verb of its own."""
    i = comma + 1
    if i >= stop:
        return True
    if tags[i] in "ro" or lower[i] in ("but", "as", "with", "according"):
        return True
    if tags[i] == "c":
        i += 1
        if i < stop and tags[i] == "v" and verbs().form.get(lower[i], lower[i]) != lower[i]:
            return True  # "will sell the unit, and took a loss"
        while i < stop and i - comma < 14 and tags[i] not in ",;:\n":
            if tags[i] in "b" or (tags[i] == "v" and i > comma + 2):
                return True
            if tags[i] in "rsc":
                return False
            i += 1
    return False

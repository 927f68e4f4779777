"""How far a modal or a negation reaches: the clause around it, read from the class string."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import msgspec

from consistency.extraction.cues import Cue
from consistency.extraction.reader import Reader
from consistency.extraction.tokens import Tokens
from consistency.extraction.words import verbs
from consistency.rulebook import default_rulebook

_LIMIT = 60  # tokens to either side
_ENDS = ';()\n:-",r'  # classes at which a reach may end
_HARD = ';:()"-\n'
_ENDING = frozenset({"up", "down", "and", "or", "that"})


class _Words(msgspec.Struct, frozen=True):
    restart: frozenset[str]
    known: frozenset[str]
    compared: frozenset[str]
    contrast: frozenset[str]
    definite: frozenset[str]
    quantifiers: frozenset[str]
    spoken: frozenset[str]
    month_before: frozenset[str]
    ends: frozenset[str]  # words at which a reach may end


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = default_rulebook().load("lexicon/modality.yaml")["reach"]
    sets = {key: frozenset(words) for key, words in data.items()}
    ends = sets["compared"] | sets["contrast"] | sets["restart"] | sets["known"] | _ENDING
    return _Words(**sets, ends=ends)


class Reach:
    """A document as the clause reader sees it."""

    def __init__(self, reader: Reader) -> None:
        self.tokens: Tokens = reader.tokens
        self.tags = reader.tags
        self._spans = sorted((t.first, t.last) for t in reader.times)

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
        return bool(after and after[0][:1].isdigit()) or (index > 0 and lower[index - 1] in _words().month_before)

    def numeric(self, first: int, high: int, reach: int) -> int | None:
        """End of the noun phrase of a number that follows within `reach` tokens, None if none does."""
        for i in range(first, min(high, first + reach)):
            if self.tags[i] == "q":
                end = i
                while end < high and self.tags[end] in "qnwWMh":
                    end += 1
                return end
        return None

    def stated(self, first: int, high: int) -> bool:
        """Whether a number that is news stands at `first`, behind "at least" and the like; not "the five"."""
        while first < high and self.tokens.lower[first] in _words().quantifiers:
            first += 1
        return self.tags[first : first + 1] == "q"

    def until(self, first: int, last: int, words: frozenset[str]) -> bool:
        """Whether one of `words` stands there before a time or a number ("by 2035", "until next year")."""
        lower, tags = self.tokens.lower, self.tags
        return any(lower[i] in words and (tags[i + 1] in "qe" or lower[i + 1] == "the") for i in range(first, last - 1))

    def spoken(self, low: int, at: int) -> bool:
        """Whether a report opens before token `at` of the sentence ("she said trade would …")."""
        return not _words().spoken.isdisjoint(self.tokens.lower[low:at])


def subject_start(reach: Reach, cue: Cue, low: int) -> int:
    """First token of the subject, if it states a number that the cue makes uncertain ("ten states will join").

    What is said of known things takes their number for granted ("the ten victims are expected to survive", "Ann Roe,
    23, may return"): then the cue itself is where its reach begins.
    """
    tags, lower = reach.tags, reach.tokens.lower
    i = cue.first
    stop = max(low, i - _LIMIT)
    while i > stop:
        tag = tags[i - 1]
        if tag in _HARD or tag in "rsvb,c" or lower[i - 1] == "that" or (tag == "." and len(lower[i - 2]) > 3):
            break
        i -= 1
    at = i
    while at < cue.first and (tags[at] in "jc" or lower[at] in _words().quantifiers):
        at += 1
    if at == cue.first or tags[at] != "q" or tags[at + 1] == "h":
        return cue.first
    if lower[at + 1] == "of" and lower[at + 2] in _words().definite:
        return cue.first
    return i


def forward(reach: Reach, cue: Cue, high: int, strict: bool = False, contrast: bool = False) -> int:
    """Where the reach of a cue ends: at the end of its clause, or before what the clause takes for granted.

    strict (denials, hypotheses): definite things and insertions are taken for granted too. contrast: the statement that
    is called out of date ends where the better one begins.
    """
    tags, lower = reach.tags, reach.tokens.lower
    words = _words()
    i = cue.last
    stop = min(high, i + _LIMIT)
    inside = _relative(reach, cue.first)
    ends = _ENDS + ("qp" if strict else "") + ("vb" if inside else "")
    served = False
    while i < stop:
        tag, word = tags[i], lower[i]
        if tag in ends or word in words.ends:
            if _hard_end(reach, i) or word in words.compared or (word in ("up", "down") and lower[i + 1] == "from"):
                break
            if contrast and word in words.contrast and i > cue.last:
                break
            if tag == "," and (inside or strict or _new_clause(tags, lower, i, stop)):
                break
            if word in ("and", "or") and _new_clause(tags, lower, i - 1, stop):
                break
            if _granted(tags, lower, i, cue.last) or (strict and i > cue.last and _definite(tags, lower, i)):
                break
            if inside and served and tag in "vb":
                break
        served = served or tag in "nwMq"
        i += 1
    return max(i, cue.last)


def _hard_end(reach: Reach, i: int) -> bool:
    tag = reach.tags[i]
    if tag in ";()\n":
        return True
    if tag == ":":
        return not reach.tokens.glued(i + 1)
    return (tag == "-" and not reach.tokens.glued(i)) or (tag == '"' and reach.tokens.glued(i))


def _granted(tags: str, lower: list[str], i: int, start: int) -> bool:
    """Whether something begins that happened anyway: a relative clause, a cause, the event a charge is about."""
    word = lower[i]
    if i == start:
        return False
    words = _words()
    return tags[i] == "r" or word in words.restart or word in words.known or (word == "that" and tags[i - 1] in "nwM")


def _definite(tags: str, lower: list[str], i: int) -> bool:
    """Whether something known begins: "those five", "in the shooting of …"."""
    definite = _words().definite
    return (tags[i] == "q" and lower[i - 1] in definite) or (tags[i] == "p" and lower[i + 1] in definite)


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
    if tags[i] != "c":
        return False
    i += 1
    if i < stop and tags[i] == "v" and verbs().form.get(lower[i], lower[i]) != lower[i]:
        return True  # "will sell the unit, and took a loss"
    while i < stop and i - comma < 14 and tags[i] not in ",;:\n":
        if tags[i] == "b" or (tags[i] == "v" and i > comma + 2):
            return True
        if tags[i] in "rsc":
            return False
        i += 1
    return False

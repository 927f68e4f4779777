"""Whether two ordinals that differ ("the third", "the second") are said of one thing, or name two of a series."""

from __future__ import annotations

import re

from consistency.judgement import times
from consistency.judgement.knowledge import Knowledge
from consistency.judgement.pair import Pair
from consistency.judgement.times import FIRM
from consistency.model import Claim

_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"(?:[^\W\d_a-z][\w.-]*\s)*[^\W\d_a-z][\w.-]*['’]s?\s*$")
_MARKS = re.compile(r"^[\s,(“‘\"']+")


def two_of_a_series(pair: Pair) -> bool:
    """Whether two ordinals are those of two things, as far as the words go ("her second film", "her third")."""
    a, b, words = pair.a, pair.b, pair.around.words
    if _two_years(pair):
        return True
    if a.value is None or b.value is None or a.value.point == b.value.point:
        return False
    if any(noun and words.is_kind(noun, "person") for noun in (words.noun(c.measure.noun) for c in (a, b))):
        return True  # the second victim of one text may be the third of another
    if a.basis.get("order", "stated") == b.basis.get("order", "stated") == "stated":
        if any(_of_something(c, words) for c in (a, b)):
            return True  # "it was the third fire": which one that was is told elsewhere
        one, two = (_numbered(c, words) for c in (a, b))
        return bool(one and two) and not any(_one_name(x, y) for x in one for y in two)
    if not words.happen.isdisjoint((a.measure.noun, b.measure.noun)):
        return True  # a year has room for a third fire and a fourth
    return times.compare(*pair.periods) not in {"same", "within", "overlapping"}


def _two_years(pair: Pair) -> bool:
    """Whether two numbered things are told for two years: the sixth summit of one year and the seventh of the next."""
    a, b = pair.periods
    if a is None or b is None or {a.basis, b.basis} - FIRM:
        return False
    return a.last < b.first or b.last < a.first


def _of_something(claim: Claim, words: Knowledge) -> bool:
    """Whether an ordinal is said of what only a pronoun names; not of an event that is held, which it names itself."""
    opens = _WORD.search(claim.sentence.text.casefold()) if claim.sentence is not None else None
    return opens is not None and opens[0] in words.something and claim.measure.noun not in words.held


def _numbered(claim: Claim, words: Knowledge) -> frozenset[str]:
    """The names that an ordinal is said of: one right behind it ("their third album, Salt Road"), or else those before
    it, but for the one whose it is ("Salt Road is Lind's third album"); where there are none, the word that opens the
    sentence. Nothing where that stands for somebody."""
    if claim.sentence is None or claim.start is None or claim.end is None:
        return frozenset()
    text, start, end = claim.sentence.text, claim.start - claim.sentence.start, claim.end - claim.sentence.start
    names = [name.casefold() for name in claim.measure.entities]
    behind = _MARKS.sub("", text[end:]).casefold()
    if found := frozenset(n for n in names if behind.startswith(n)):
        return found
    before = [w for w in _WORD.findall(_OWNER.sub(" ", text[:start]).casefold()) if w not in words.small]
    if not before or before[0] in words.somebody:
        return frozenset()
    return frozenset(n for n in names if not set(n.split()).isdisjoint(before)) or frozenset(before[:1])


def _one_name(x: str, y: str) -> bool:
    """Whether two names may be of one thing: the words of one are among the other's, or they begin alike and share an
    end ("R. B. Hayes", "Rutherford Hayes"), or share the beginning."""
    one, two = x.split(), y.split()
    if set(one) <= set(two) or set(two) <= set(one) or one[0] == two[0]:
        return True
    return one[-1] == two[-1] and one[0][0] == two[0][0]

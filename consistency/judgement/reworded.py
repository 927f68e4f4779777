"""Two sentences that are alike but for a word near the number: a form filled in for two things, more often than not.

"Airlines cancelled 412 flights on Monday" and "airlines delayed 1,130 flights on Monday" count two things. Who only
copies a sentence and gets its number wrong leaves its words as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from consistency.extraction.words import class_table
from consistency.judgement.knowledge import Knowledge
from consistency.judgement.near import Near, split
from consistency.judgement.pair import Pair

_ALIKE = 0.6  # of the words of both sentences
_REACH = 8  # words between the number and the one that differs
_BEHIND = 4  # words behind a number of another kind
_STEM = 5  # letters: "delay", "delayed", "delays"
_NUMBER = "#"


def reworded(pair: Pair) -> tuple[str, str] | None:
    """The words that stand for each other near two numbers in sentences that are otherwise alike, or in two quotations;
    or that only one number has before its noun ("29 underground stations"). None if there are none."""
    a, b, words = pair.a, pair.b, pair.around.words
    if a.sentence is None or b.sentence is None or (a.source, a.sentence.start) == (b.source, b.sentence.start):
        return None
    if a.quote is not None and b.quote is not None:
        eye = _Eye(words, words.idle)
        return eye.replaced(split(a.quote.words), split(b.quote.words), lambda start, end: True, alike=0)
    x, y = a.measure.relation, b.measure.relation
    one_verb = x is not None and (x == y or y in words.near.get(x, ()))
    noun = words.noun(a.measure.noun)
    own = noun.split() if noun is not None and noun == words.noun(b.measure.noun) else ()
    eye = _Eye(words, words.idle.union(own, _verb_forms() if one_verb else ()))
    one, two = pair.around.near(a), pair.around.near(b)
    if a.kind != b.kind and (found := eye.behind(one, two)):
        return found
    found = eye.replaced(_masked(one), _masked(two), lambda start, end: one.far(start, end - start) <= _REACH)
    return found or eye.before_noun(one, two) or eye.before_measure(one, two, a.measure.noun, b.measure.noun)


@lru_cache(maxsize=1)
def _verb_forms() -> frozenset[str]:
    """The words that are nothing but forms of a verb."""
    return frozenset(word for word, letter in class_table().items() if letter == "v")


class _Eye:
    """Sees which words say something. idle: those that do not."""

    def __init__(self, words: Knowledge, idle: frozenset[str]) -> None:
        self.words, self.idle = words, idle

    def replaced(
        self, left: Sequence[str], right: Sequence[str], near: Callable[[int, int], bool], alike: float = _ALIKE
    ) -> tuple[str, str] | None:
        """What stands for what in two sentences that are alike. near: whether a stretch of the left words matters;
        alike: how much must be the same."""
        from rapidfuzz.distance import Indel, Levenshtein

        left, right = ([_NUMBER if self._number(w) else w for w in side] for side in (left, right))
        if float(Indel.normalized_similarity(left, right)) < alike:
            return None
        for op in Levenshtein.opcodes(left, right):
            x, y = left[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
            if op.tag == "equal" or not near(op.src_start, op.src_end):
                continue
            if found := self._opposed(x, y) or _letters(x, y):
                return found
            x, y = self._telling(x, right), self._telling(y, left)
            if (x and y) or _named(x, y):
                return " ".join(x), " ".join(y)
        return None

    def _opposed(self, x: Sequence[str], y: Sequence[str]) -> tuple[str, str] | None:
        """Small words that stand for each other and say the opposite: "before tax", "after tax"."""
        opposed = self.words.opposed
        return next(((w, v) for w in x for v in y if v in opposed.get(w, ())), None)

    def before_noun(self, one: Near, two: Near) -> tuple[str, str] | None:
        """What stands between one number and its noun and nowhere in the other sentence."""
        x, y = (self._telling(self._between(near), other.words) for near, other in ((one, two), (two, one)))
        return _named(x, y)

    def before_measure(self, one: Near, two: Near, x: str | None, y: str | None) -> tuple[str, str] | None:
        """The word before what is measured, where it stands apart from its number, that the other sentence has not: a
        "focal height", and a height."""
        if x is None or x != y:
            return None
        left, right = (self._telling(_before(near, x), other.words) for near, other in ((one, two), (two, one)))
        return _named(left, right)

    def behind(self, one: Near, two: Near) -> tuple[str, str] | None:
        """The words right behind two numbers of different kinds that the other sentence has not ("worth of")."""
        x, y = (
            self._telling(near.words[near.last + 1 : near.last + 1 + _BEHIND], other.words)
            for near, other in ((one, two), (two, one))
        )
        return (" ".join(x), " ".join(y)) if x or y else None

    def _between(self, near: Near) -> Sequence[str]:
        numbers = [n for n, w in enumerate(near.own) if self._number(w)]
        return near.own[numbers[-1] + 1 : -1] if numbers else ()

    def _number(self, word: str) -> bool:
        return word[:1].isdigit() or word in self.words.numerals

    def _telling(self, found: Sequence[str], other: Sequence[str]) -> list[str]:
        """The words that say something, and are no form of a word of the other side."""
        own = [w for w in found if len(w) > 2 and w[0].isalpha() and w not in self.idle and not self._number(w)]
        return [w for w in own if not any(self._one_word(w, v) for v in other)]

    def _one_word(self, x: str, y: str) -> bool:
        noun = self.words.noun
        return x[:_STEM] == y[:_STEM] or noun(x) == noun(y) or noun(x.rstrip("s")) == noun(y.rstrip("s"))


def _letters(x: Sequence[str], y: Sequence[str]) -> tuple[str, str] | None:
    """Two letters that name two of a series: "class A", "class B"."""
    if len(x) == len(y) == 1 and len(x[0]) == len(y[0]) == 1 and x[0].isalpha() and y[0].isalpha():
        return x[0].upper(), y[0].upper()
    return None


def _names_something(word: str) -> bool:
    """Whether a word is no form of a verb: a noun, a name or an adjective."""
    return class_table().get(word, "n") in "nwWk" and not word.endswith(("ing", "ed"))


def _named(x: Sequence[str], y: Sequence[str]) -> tuple[str, str] | None:
    """The words, if one of them names something."""
    return (" ".join(x), " ".join(y)) if any(map(_names_something, (*x, *y))) else None


def _before(near: Near, noun: str) -> Sequence[str]:
    """The word before the nearest mention of a noun."""
    last = noun.rsplit(" ", 1)[-1]
    found = [n for n, w in enumerate(near.words) if last in (w, w.rstrip("s")) and not near.first <= n <= near.last]
    at = min(found, key=lambda n: near.far(n, 1), default=0) - noun.count(" ")
    return near.words[at - 1 : at] if at > 0 and not near.first <= at - 1 <= near.last else ()


def _masked(near: Near) -> list[str]:
    """The words of a sentence, the claim's own as one number."""
    return [*near.words[: near.first], _NUMBER, *near.words[near.last + 1 :]]

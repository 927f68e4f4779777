"""Two sentences that are alike but for a word near the number: a form filled in for two things, more often than not.

"Airlines cancelled 412 flights on Monday" and "airlines delayed 1,130 flights on Monday" count two things. Who only
copies a sentence and gets its number wrong leaves its words as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from consistency.extraction.introductions import called_alike, sort_of
from consistency.extraction.words import class_table, verbs
from consistency.judgement.knowledge import Knowledge
from consistency.judgement.near import Near, split
from consistency.judgement.pair import Pair
from consistency.model import Claim

_ALIKE = 0.6  # of the words of both sentences
_REACH = 8  # words between the number and the one that differs
_BEHIND = 4  # words behind a number of another kind
_SHORT = 3  # letters
_HELD = frozenset({"hold"})  # beside relations that say nothing of a role
_SPELLED = 0.82  # of the letters of both words
_STEM = 5  # letters: "delay", "delayed", "delays"
_NUMBER = "#"


def reworded(pair: Pair) -> tuple[str, str] | None:
    """The words that stand for each other near two numbers in sentences that are otherwise alike, or in two quotations;
    or that only one number has before its noun ("29 underground stations"). None if there are none."""
    a, b, words = pair.a, pair.b, pair.around.words
    if a.sentence is None or b.sentence is None or (a.source, a.sentence.start) == (b.source, b.sentence.start):
        return None
    if a.quote is not None and b.quote is not None:
        return _Eye(words, words.idle).quotations(split(a.quote.words), split(b.quote.words))
    x, y = a.measure.relation, b.measure.relation
    idle = words.idle
    if x is not None and y is not None and (x == y or y in words.near.get(x, ()) or {x, y} <= words.light | _HELD):
        idle |= _verb_forms()
    noun = words.noun(a.measure.noun)
    if noun is not None and noun == words.noun(b.measure.noun):
        idle |= {*noun.split(), *(word for word, extent in words.extents.items() if extent == noun)}
    eye = _Eye(words, idle)
    one, two = pair.around.near(a), pair.around.near(b)
    if two.words < one.words:  # the same answer whichever comes first
        found = _found(eye, two, one, b, a)
        return None if found is None else (found[1], found[0])
    return _found(eye, one, two, a, b)


def _found(eye: _Eye, one: Near, two: Near, a: Claim, b: Claim) -> tuple[str, str] | None:
    if a.kind != b.kind and (found := eye.behind(one, two)):
        return found
    found = eye.sentences(one, two)
    return found or eye.before_noun(one, two) or eye.before_measure(one, two, a.measure.noun, b.measure.noun)


@lru_cache(maxsize=1)
def _verb_forms() -> frozenset[str]:
    """The words that are nothing but forms of a verb."""
    return frozenset(word for word, letter in class_table().items() if letter == "v")


class _Eye:
    """Sees which words say something. idle: those that do not."""

    def __init__(self, words: Knowledge, idle: frozenset[str]) -> None:
        self.words, self.idle = words, idle

    def quotations(self, left: Sequence[str], right: Sequence[str]) -> tuple[str, str] | None:
        """What stands for what in two quotations, or is only in one."""
        for _, x, _, y in self._differences(self._numbered(left), self._numbered(right)):
            if found := self._opposed(x, y) or _both(self._telling(x, right), self._telling(y, left)):
                return found
        return None

    def sentences(self, one: Near, two: Near) -> tuple[str, str] | None:
        """What stands for what near two numbers, or is only near one, in sentences that are alike."""
        from rapidfuzz.distance import Indel

        left, right = self._masked(one), self._masked(two)
        if float(Indel.normalized_similarity(left, right)) < _ALIKE:
            return None
        for start, x, begin, y in self._differences(left, right):
            at, other = _place(one, start), _place(two, begin)
            if min(one.far(at, len(x)), two.far(other, len(y))) > _REACH or _behind(one, at, two, other):
                continue
            if found := self._opposed(x, y):
                return found
            told, said = self._telling(x, right), self._telling(y, left)
            if not (told and said):  # what a comma parts from the number is said beside it
                told = [] if one.apart(at, len(x)) else told
                said = [] if two.apart(other, len(y)) else said
            if found := _both(told, said):
                return found
        return None

    def _differences(
        self, left: Sequence[str], right: Sequence[str]
    ) -> Iterator[tuple[int, Sequence[str], int, Sequence[str]]]:
        """Each stretch of the left with its place, and what the right has for it."""
        from rapidfuzz.distance import Levenshtein

        for equal, ops in groupby(Levenshtein.opcodes(left, right), key=lambda op: op.tag == "equal"):
            if not equal:
                run = list(ops)
                first, last = run[0], run[-1]
                x, y = left[first.src_start : last.src_end], right[first.dest_start : last.dest_end]
                yield first.src_start, x, first.dest_start, y

    def _numbered(self, found: Sequence[str]) -> list[str]:
        return [_NUMBER if self._number(w) else w for w in found]

    def _masked(self, near: Near) -> list[str]:
        """The words of a sentence, the claim's own as one number."""
        before, after = near.words[: near.first], near.words[near.last + 1 :]
        return [*self._numbered(before), _NUMBER, *self._numbered(after)]

    def _opposed(self, x: Sequence[str], y: Sequence[str]) -> tuple[str, str] | None:
        """Small words that stand for each other and say the opposite ("before tax", "after tax"), or two letters that
        name two of a series ("class A", "class B")."""
        if len(x) == len(y) == 1 and len(x[0]) == len(y[0]) == 1 and x[0].isalpha() and y[0].isalpha():
            return x[0].upper(), y[0].upper()
        opposed = self.words.contrasts.opposed
        return next(((w, v) for w in x for v in y if v in opposed.get(w, ())), None)

    def before_noun(self, one: Near, two: Near) -> tuple[str, str] | None:
        """What stands between one number and its noun and nowhere in the other sentence."""
        x, y = (self._telling(self._between(near), other.words) for near, other in ((one, two), (two, one)))
        return (" ".join(x), " ".join(y)) if x or y else None

    def before_measure(self, one: Near, two: Near, x: str | None, y: str | None) -> tuple[str, str] | None:
        """The word before what is measured, where it stands apart from its number, that the other sentence has not: a
        "focal height", and a height."""
        if x is None or x != y:
            return None
        left, right = (self._telling(_before(near, x), other.words) for near, other in ((one, two), (two, one)))
        return _both(left, right)

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
        return [w for w in _but_phrases(found) if self._tells(w) and not any(self._one_word(w, v) for v in other)]

    def _tells(self, word: str) -> bool:
        """Who somebody is ("the composer Ilse Brandt") tells no two things apart."""
        if len(word) < _SHORT or not word[0].isalpha() or word in self.idle or self._number(word):
            return False
        return sort_of(word) != "person"

    def _one_word(self, x: str, y: str) -> bool:
        if x[:_STEM] == y[:_STEM] or (x[0] == y[0] and _spelled_alike(x, y)):
            return True
        noun, one, other = self.words.noun, x.rstrip("s"), y.rstrip("s")
        return noun(x) == noun(y) or noun(one) == noun(other) or called_alike(one, other)


def _names_something(word: str) -> bool:
    """Whether a word is no form of a verb: a noun, a name or an adjective."""
    return class_table().get(word, "n") in "nwWk" and not word.endswith(("ing", "ed"))


def _both(x: Sequence[str], y: Sequence[str]) -> tuple[str, str] | None:
    """The words, if both sides have some or one of them names something."""
    return (" ".join(x), " ".join(y)) if (x and y) or any(map(_names_something, (*x, *y))) else None


def _before(near: Near, noun: str) -> Sequence[str]:
    """The word before the nearest mention of a noun."""
    last = noun.rsplit(" ", 1)[-1]
    found = [n for n, w in enumerate(near.words) if last in (w, w.rstrip("s")) and not near.first <= n <= near.last]
    at = min(found, key=lambda n: near.far(n, 1), default=0) - noun.count(" ")
    return near.words[at - 1 : at] if at > 0 and not near.first <= at - 1 <= near.last else ()


def _spelled_alike(x: str, y: str) -> bool:
    """Whether one word may be the other misspelt, or spelled as elsewhere ("center")."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(x, y)) >= _SPELLED


def _behind(one: Near, at: int, two: Near, other: int) -> bool:
    """Whether what differs stands behind both numbers, and a comma or who says so before it."""
    return at > one.last and other > two.last and _over(one, at) and _over(two, other)


def _over(near: Near, at: int) -> bool:
    return near.apart(at, 1) or "according" in near.words[near.last : at]


def _place(near: Near, n: int) -> int:
    """The place in a sentence of a word of it masked."""
    return n if n <= near.first else n + near.last - near.first


def _but_phrases(found: Sequence[str]) -> Iterator[str]:
    """The words but those that a verb takes with it: the "place" that is taken by what is held."""
    known, skip = verbs(), 0
    for n, word in enumerate(found):
        if skip:
            skip -= 1
            continue
        yield word
        phrases = known.phrases.get(known.form.get(word, ""), ())
        skip = next((len(rest) for rest, _ in phrases if tuple(found[n + 1 : n + 1 + len(rest)]) == rest), 0)

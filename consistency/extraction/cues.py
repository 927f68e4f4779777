"""Fixed phrases ("is expected to", "according to", "no evidence that") found over a whole document at once.

Each word gets a letter that stands for the set of classes it belongs to, so a phrase becomes a short regular expression
over letters. Several sets of phrases share the letters, so that a document is turned into letters once for all of them.
Only places where a phrase can begin are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from consistency.errors import RuleError
from consistency.extraction.tokens import END, ClassTable

_ELEMENT = re.compile(r"(?P<names>[^\s?{}]+)(?P<times>\?|\{\d,\d\})?$")
_FIRST_LETTER = 0xE000  # private use area: no clash with letters that mean something in a regular expression
_Element = tuple[list[str], str]  # the names that may stand there, how often


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A phrase found at tokens first..last-1. label: what the phrase stands for."""

    label: str
    first: int
    last: int


class Phrases(msgspec.Struct, frozen=True):
    """Phrases by label, as a file of rules gives them.

    classes: class name (capitals) -> words. by_label: label -> patterns. A pattern is a row of elements: a word, a
    class, alternatives ("be|get"), ANY (any one token of the sentence); each may be followed by "?" or "{0,3}".
    where: the file, for what is wrong with it.
    """

    classes: Mapping[str, Sequence[str]]
    by_label: Mapping[str, Sequence[str]]
    where: str


class _Body(msgspec.Struct, frozen=True):
    """One phrase over letters. seconds: the letters that may stand second in it; None if any may, or none."""

    label: str
    pattern: str
    seconds: frozenset[str] | None
    single: bool  # one letter is all of it


class _Opening:
    """The phrases that can begin with the same letters; compiled when the first text has them."""

    def __init__(self, bodies: tuple[_Body, ...]) -> None:
        self._bodies = bodies
        self.alone = bodies[0].label if len(bodies) == 1 and bodies[0].single else None  # no need to look further

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Whether any of them begins at a place: at most places none does."""
        return re.compile("|".join(body.pattern for body in self._bodies))

    @cached_property
    def each(self) -> list[tuple[str, re.Pattern[str]]]:
        """Label and pattern of each, in order."""
        return [(body.label, re.compile(body.pattern)) for body in self._bodies]


class _Openings(dict[str, _Opening | None]):
    """What can begin at two letters in a row, worked out when they are first met; letters are not many."""

    def __init__(self, bodies: Mapping[str, tuple[_Body, ...]]) -> None:
        super().__init__()
        self._bodies = bodies
        self._made: dict[tuple[_Body, ...], _Opening] = {}

    def __missing__(self, pair: str) -> _Opening | None:
        fits = tuple(b for b in self._bodies[pair[0]] if b.seconds is None or pair[1:] in b.seconds)
        opening = self._made.setdefault(fits, _Opening(fits)) if fits else None
        self[pair] = opening
        return opening


class CueSet:
    """One set of phrases, ready to search.

    Where patterns of several labels match at one place, the longest wins, then the first.
    """

    def __init__(self, parsed: Iterable[tuple[str, list[_Element]]], holding: Mapping[str, list[str]]) -> None:
        """holding: the letters that each name of an element stands for."""
        bodies: dict[str, tuple[_Body, ...]] = {}
        always: set[str] = set()  # letters that may be a phrase by themselves, or before any word
        seconds: set[str] = set()  # letters that stand second in a phrase
        for label, elements in parsed:
            pattern = "".join(_regex(names, times, holding) for names, times in elements)
            body = _Body(label, pattern, _second(elements, holding), len(elements) == 1)
            for letter in _letters(elements[0][0], holding):
                bodies[letter] = (*bodies.get(letter, ()), body)
                if body.seconds is None:
                    always.add(letter)
            seconds.update(body.seconds or ())
        self._openings = _Openings(bodies)
        checks = [f"({way}[{''.join(sorted(found))}])" for way, found in (("?<=", always), ("?=", seconds)) if found]
        self._finder = re.compile(f"[{''.join(sorted(bodies))}](?:{'|'.join(checks)})")

    def find(self, letters: str) -> list[Cue]:
        """All phrases of a document in order; none overlaps the one before it. letters: its words by the table."""
        cues: list[Cue] = []
        done = 0
        openings = self._openings
        for m in self._finder.finditer(letters):
            at = m.start()
            if at < done:
                continue
            opening = openings[letters[at : at + 2]]
            if opening is None:
                continue
            if opening.alone is not None:
                done = at + 1
                cues.append(Cue(opening.alone, at, done))
                continue
            if opening.any.match(letters, at) is None:
                continue
            best, end = "", at
            for label, pattern in opening.each:
                found = pattern.match(letters, at)
                if found and found.end() > end:
                    best, end = label, found.end()
            cues.append(Cue(best, at, end))
            done = end
        return cues


def compile_cues(books: Sequence[Phrases], signs: Iterable[str] = ()) -> tuple[ClassTable, list[CueSet]]:
    """The table that turns words into letters, and a set of phrases for each of `books`; `signs` stay what they are.

    Raises RuleError on a pattern that cannot be read or names an unknown class.
    """
    parsed = [
        [(label, _parse(p, book)) for label, patterns in book.by_label.items() for p in patterns] for book in books
    ]
    member: dict[str, set[tuple[int, str]]] = {}
    for k, book in enumerate(books):
        for name, words in book.classes.items():
            for word in words:
                member.setdefault(word, set()).add((k, name))
        names = {name for _, elements in parsed[k] for several, _ in elements for name in several}
        for name in names - {"ANY", *book.classes}:
            member.setdefault(name, set()).add((k, name))
    letters: dict[tuple[tuple[int, str], ...], str] = {}
    table: dict[str, str] = {END: END}
    for word in sorted(member):
        letter = letters.setdefault(tuple(sorted(member[word])), chr(_FIRST_LETTER + len(letters)))
        table[word] = letter
        table.setdefault(word.replace("'", "’"), letter)
    holding: list[dict[str, list[str]]] = [{} for _ in books]
    for signature, letter in letters.items():
        for k, name in signature:
            holding[k].setdefault(name, []).append(letter)
    table.update({sign: sign for sign in signs})
    return ClassTable(table), [CueSet(p, h) for p, h in zip(parsed, holding, strict=True)]


def _parse(pattern: str, book: Phrases) -> list[_Element]:
    elements: list[_Element] = []
    for part in pattern.split():
        m = _ELEMENT.match(part)
        if m is None:
            raise RuleError(f"the phrase {pattern!r} has a part that cannot be read: {part!r}", book.where)
        names = m["names"].split("|")
        for name in names:
            if name.isupper() and name.isalpha() and len(name) > 1 and name != "ANY" and name not in book.classes:
                raise RuleError(f"the phrase {pattern!r} names the class {name}, which does not exist", book.where)
        elements.append((names, m["times"] or ""))
    if not elements or elements[0][1] or "ANY" in elements[0][0]:
        raise RuleError(f"the phrase {pattern!r} must begin with a word or a class", book.where)
    return elements


def _letters(names: list[str], holding: Mapping[str, list[str]]) -> list[str]:
    """The letters of the words that one of `names` stands for."""
    return sorted({letter for name in names for letter in holding.get(name, ())})


def _second(elements: list[_Element], holding: Mapping[str, list[str]]) -> frozenset[str] | None:
    """The letters that may stand second in a phrase; None if every letter may, or the phrase may end before."""
    found: set[str] = set()
    for names, times in elements[1:]:
        if "ANY" in names:
            return None
        found.update(_letters(names, holding))
        if times != "?" and not times.startswith("{0"):
            return frozenset(found)
    return None


def _regex(names: list[str], times: str, holding: Mapping[str, list[str]]) -> str:
    one = "[^\n]" if "ANY" in names else f"[{''.join(_letters(names, holding))}]"
    return one + (times + "?" if "{" in times else times)

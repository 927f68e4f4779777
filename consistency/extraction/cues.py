"""Fixed phrases ("is expected to", "according to", "no evidence that") found over a whole document at once.

Each word gets a letter that stands for the set of classes it belongs to, so a phrase becomes a short regular expression
over letters. Only places where a phrase can begin are tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from consistency.errors import RuleError
from consistency.extraction.tokens import END, ClassTable, Tokens

_ELEMENT = re.compile(r"(?P<names>[^\s?{}]+)(?P<times>\?|\{\d,\d\})?$")
_FIRST_LETTER = 0xE000  # private use area: no clash with letters that mean something in a regular expression


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A phrase found at tokens first..last-1. label: what the phrase stands for."""

    label: str
    first: int
    last: int


class _Opening:
    """The phrases that can begin with one letter; compiled when the first text has one."""

    def __init__(self, bodies: list[tuple[str, str]]) -> None:
        self._bodies = bodies

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Whether any of them begins at a place: at most places none does."""
        return re.compile("|".join(body for _, body in self._bodies))

    @cached_property
    def each(self) -> list[tuple[str, re.Pattern[str]]]:
        """Label and pattern of each, in order."""
        return [(label, re.compile(body)) for label, body in self._bodies]


class CueSet:
    """Phrases by label, ready to search.

    classes: class name (capitals) -> words. phrases: label -> patterns. A pattern is a row of elements: a word, a
    class, alternatives ("be|get"), ANY (any one token of the sentence); each may be followed by "?" or "{0,3}".
    Where patterns of several labels match at one place, the longest wins, then the first.
    Raises RuleError on a pattern that cannot be read or names an unknown class.
    """

    def __init__(self, classes: Mapping[str, Sequence[str]], phrases: Mapping[str, Sequence[str]], where: str) -> None:
        member: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                member.setdefault(word, set()).add(name)
        parsed = [(label, _parse(p, classes, where)) for label, patterns in phrases.items() for p in patterns]
        for name in sorted({n for _, elements in parsed for names, _ in elements for n in names} - {"ANY", *classes}):
            member.setdefault(name, set()).add(f"={name}")
        letters: dict[tuple[str, ...], str] = {}
        table: dict[str, str] = {END: END}
        for word in sorted(member):
            letter = letters.setdefault(tuple(sorted(member[word])), chr(_FIRST_LETTER + len(letters)))
            table[word] = letter
            table.setdefault(word.replace("'", "’"), letter)
        self.table = ClassTable(table)
        holding: dict[str, list[str]] = {}
        for signature, letter in letters.items():
            for name in signature:
                holding.setdefault(name, []).append(letter)
        bodies: dict[str, list[tuple[str, str]]] = {}
        for label, elements in parsed:
            body = "".join(_regex(names, times, holding, classes) for names, times in elements)
            for letter in _letters(elements[0][0], holding, classes):
                bodies.setdefault(letter, []).append((label, body))
        self._opening = {letter: _Opening(found) for letter, found in bodies.items()}
        self._finder = re.compile(f"[{''.join(sorted(bodies))}]")

    def find(self, tokens: Tokens) -> list[Cue]:
        """All phrases of a document in order; none overlaps the one before it."""
        letters = tokens.classes(self.table)
        cues: list[Cue] = []
        done = 0
        for m in self._finder.finditer(letters):
            at = m.start()
            if at < done:
                continue
            opening = self._opening[m[0]]
            if opening.any.match(letters, at) is None:
                continue
            best, end = "", at
            for label, pattern in opening.each:
                found = pattern.match(letters, at)
                if found and found.end() > end:
                    best, end = label, found.end()
            if best:
                cues.append(Cue(best, at, end))
                done = end
        return cues


def _parse(pattern: str, classes: Mapping[str, Sequence[str]], where: str) -> list[tuple[list[str], str]]:
    elements: list[tuple[list[str], str]] = []
    for part in pattern.split():
        m = _ELEMENT.match(part)
        if m is None:
            raise RuleError(f"the phrase {pattern!r} has a part that cannot be read: {part!r}", where)
        names = m["names"].split("|")
        for name in names:
            if name.isupper() and name.isalpha() and len(name) > 1 and name != "ANY" and name not in classes:
                raise RuleError(f"the phrase {pattern!r} names the class {name}, which does not exist", where)
        elements.append((names, m["times"] or ""))
    if not elements or elements[0][1] or "ANY" in elements[0][0]:
        raise RuleError(f"the phrase {pattern!r} must begin with a word or a class", where)
    return elements


def _letters(names: list[str], holding: Mapping[str, list[str]], classes: Mapping[str, Sequence[str]]) -> list[str]:
    """The letters of the words that one of `names` stands for; holding: name -> letters."""
    wanted = {letter for name in names for letter in holding.get(name if name in classes else f"={name}", ())}
    return sorted(wanted)


def _regex(names: list[str], times: str, holding: Mapping[str, list[str]], classes: Mapping[str, Sequence[str]]) -> str:
    one = "[^\n]" if "ANY" in names else f"[{''.join(_letters(names, holding, classes))}]"
    return one + (times + "?" if "{" in times else times)

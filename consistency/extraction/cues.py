"""Fixed phrases ("is expected to", "according to", "no evidence that") found over a whole document at once.

Each word gets a letter that stands for the set of classes it belongs to, so a phrase becomes a short regular expression
over letters. Only places where a phrase can begin are tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
        self._by_letter: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        bodies: dict[str, list[str]] = {}
        for label, elements in parsed:
            body = "".join(_regex(names, times, letters, classes) for names, times in elements)
            pattern = re.compile(body)
            for letter in _letters(elements[0][0], letters, classes):
                self._by_letter.setdefault(letter, []).append((label, pattern))
                bodies.setdefault(letter, []).append(body)
        # One look at a place tells whether any phrase begins there; most places have none.
        self._any = {letter: re.compile("|".join(found)) for letter, found in bodies.items()}
        self._finder = re.compile(f"[{''.join(sorted(self._by_letter))}]")

    def find(self, tokens: Tokens) -> list[Cue]:
        """All phrases of a document in order; none overlaps the one before it."""
        letters = tokens.classes(self.table)
        cues: list[Cue] = []
        done = 0
        for m in self._finder.finditer(letters):
            at = m.start()
            if at < done or self._any[m[0]].match(letters, at) is None:
                continue
            best, end = "", at
            for label, pattern in self._by_letter[m[0]]:
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


def _letters(
    names: list[str], letters: Mapping[tuple[str, ...], str], classes: Mapping[str, Sequence[str]]
) -> list[str]:
    wanted = {name if name in classes else f"={name}" for name in names}
    return [letter for signature, letter in letters.items() if wanted & set(signature)]


def _regex(
    names: list[str], times: str, letters: Mapping[tuple[str, ...], str], classes: Mapping[str, Sequence[str]]
) -> str:
    one = "[^\n]" if "ANY" in names else f"[{''.join(_letters(names, letters, classes))}]"
    return one + (times + "?" if "{" in times else times)

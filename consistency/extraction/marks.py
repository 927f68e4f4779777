"""Pairs of quotation marks: straight, typographic, newswire (``…''), single, nested, unclosed.

Reads one paragraph at a time, so that a forgotten mark spoils one paragraph at most. A paragraph that ends inside a
quotation closes it, as newspapers leave the mark out where a speaker goes on in the next paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from consistency.extraction.tokens import Tokens

SIGNS = "\"“”„‟«»‘’‚'`"
_FIND = re.compile(f"``|''|[{re.escape(SIGNS)}]")
_ANY = re.compile(f"[{re.escape(SIGNS)}]")
_CLOSING = re.compile("['’]")
_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "«", "»", "``", "''"})
_LEFT = frozenset({"“", "„", "«", "``", "‟"})  # marks that only open
_RIGHT = frozenset({"”", "»", "''"})  # marks that close, if one is open
_ELIDED = frozenset({"em", "til", "cause", "tis", "twas", "n", "bout", "round"})
_LIMIT = 8  # depth of nesting; deeper marks are noise


class Pair(msgspec.Struct, frozen=True, gc=False):
    """Tokens first..last-1 stand between two marks; closed: whether the second was printed. depth: 0 is outermost."""

    first: int
    last: int
    closed: bool
    depth: int


class _Mark(msgspec.Struct, gc=False):
    kind: str
    at: int
    width: int
    double: bool


def has_marks(letters: str) -> bool:
    """Whether any quotation mark stands in a document."""
    return _ANY.search(letters) is not None


def find_pairs(tokens: Tokens, letters: str, paragraphs: list[tuple[int, int]]) -> list[Pair]:
    """All pairs of a document in order of their first token.

    letters: one a token, quotation marks as they are; paragraphs: token spans.
    """
    pairs: list[Pair] = []
    marks: list[re.Match[str]] = []
    first = last = 0
    for m in _FIND.finditer(letters):
        if m.start() >= last:
            pairs.extend(_pairs(tokens, letters, marks, first, last))
            marks = []
            first, last = paragraphs[bisect_right(paragraphs, (m.start(), len(letters))) - 1]
        marks.append(m)
    pairs.extend(_pairs(tokens, letters, marks, first, last))
    pairs.sort(key=_place)
    return pairs


def _place(pair: Pair) -> tuple[int, int]:
    return pair.first, -pair.last


def _pairs(tokens: Tokens, letters: str, marks: list[re.Match[str]], first: int, last: int) -> Iterator[Pair]:
    """The pairs of one paragraph, tokens first..last-1, from its marks."""
    stack: list[_Mark] = []
    closers: frozenset[int] | None = None
    for m in marks:
        kind = m[0]
        mark = _Mark(kind, m.start(), len(kind), kind in _DOUBLE)
        if mark.width == 2 and not tokens.glued(mark.at + 1):
            mark = _Mark(kind[0], m.start(), 1, False)
        if mark.double:
            side = _double_side(tokens, letters, mark, stack)
        else:
            if closers is None:
                closers = _single_closers(tokens, letters, first, last)
            side = _single_side(tokens, letters, mark, stack, closers) if closers else "none"
        if side == "open" and len(stack) < _LIMIT:
            if mark.double:
                yield from _forgotten(tokens, stack, mark)
            stack.append(mark)
        elif side == "close":
            while stack:
                opened = stack.pop()
                if opened.double == mark.double:
                    if mark.at > opened.at + opened.width:
                        yield Pair(opened.at + opened.width, mark.at, True, len(stack))
                    break
    for depth, opened in enumerate(stack):
        if opened.double and last > opened.at + opened.width:
            yield Pair(opened.at + opened.width, last, False, depth)
            return


def _free_left(tokens: Tokens, letters: str, at: int) -> bool:
    """Whether no word stands right before token `at`."""
    return not tokens.glued(at) or letters[at - 1] == "\n"


def _free_right(tokens: Tokens, after: int) -> bool:
    """Whether no word stands right before token `after`, which follows a mark."""
    return after >= len(tokens.words) or not tokens.glued(after) or tokens.words[after] == ""


def _double_side(tokens: Tokens, letters: str, mark: _Mark, stack: list[_Mark]) -> str:
    """ "open", "close" or "none"."""
    kind, at = mark.kind, mark.at
    if kind in _LEFT:
        return "open"
    inside = any(m.double for m in stack)
    if inside and kind in _RIGHT:
        return "close"
    left = _free_left(tokens, letters, at)
    if kind == '"' and not inside and not left and tokens.words[at - 1][-1:].isdigit():
        return "none"  # inches
    right = _free_right(tokens, at + mark.width)
    if left and not right:
        return "open"
    if kind in _RIGHT:
        return "none"
    return "close" if inside else "open" if left or not right else "none"


def _single_side(tokens: Tokens, letters: str, mark: _Mark, stack: list[_Mark], closers: frozenset[int]) -> str:
    """ "open", "close" or "none"."""
    at, after = mark.at, mark.at + mark.width
    inside = any(not m.double for m in stack)
    if mark.kind != "’" and _free_left(tokens, letters, at) and not _free_right(tokens, after):
        word = tokens.lower[after]
        if not word[:1].isdigit() and word not in _ELIDED:
            return "open" if not inside and max(closers) > at else "none"
    return "close" if inside and at in closers else "none"


def _single_closers(tokens: Tokens, letters: str, first: int, last: int) -> frozenset[int]:
    """Single marks that can end a quotation: glued to what is before, not to a word after, no plural genitive."""
    found: list[int] = []
    for m in _CLOSING.finditer(letters, first, last):
        at = m.start()
        free = at + 1 >= last or not tokens.glued(at + 1) or not tokens.words[at + 1][:1].isalnum()
        genitive = tokens.lower[at - 1].endswith("s") and at + 1 < last and tokens.words[at + 1][:1].isalpha()
        if free and not genitive and not _free_left(tokens, letters, at):
            found.append(at)
    return frozenset(found)


def _forgotten(tokens: Tokens, stack: list[_Mark], mark: _Mark) -> Iterator[Pair]:
    """A mark opens inside an open one of its kind: the first was never closed, and ends with its sentence."""
    for i in range(len(stack) - 1, -1, -1):
        if stack[i].kind != mark.kind:
            continue
        opened = stack[i]
        del stack[i:]
        end = tokens.sentences[tokens.sentence_of(opened.at)][1]
        if opened.at + opened.width < min(end, mark.at):
            yield Pair(opened.at + opened.width, min(end, mark.at), False, i)
        return

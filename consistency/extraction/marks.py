"""Pairs of quotation marks: straight, typographic, newswire (``…''), single, nested, unclosed.

Reads one paragraph at a time, so that a forgotten mark spoils one paragraph at most. A paragraph that ends inside a
quotation closes it, as newspapers leave the mark out where a speaker goes on in the next paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from consistency.extraction.tokens import Tokens

SIGNS = "\"“”„‟«»‘’‚'`"
_FIND = re.compile(f"``|''|[{re.escape(SIGNS)}]")
_ANY = re.compile(f"[{re.escape(SIGNS)}]")
_DOUBLE = {'"', "“", "”", "„", "‟", "«", "»", "``", "''"}
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


def has_marks(letters: str) -> bool:
    """Whether any quotation mark stands in a document."""
    return _ANY.search(letters) is not None


def find_pairs(tokens: Tokens, letters: str, paragraphs: list[tuple[int, int]]) -> list[Pair]:
    """All pairs of a document in order of their first token.

    letters: one a token, quotation marks as they are; paragraphs: token spans.
    """
    pairs: list[Pair] = []
    for first, last in paragraphs:
        if _ANY.search(letters, first, last):
            pairs.extend(_pairs(tokens, letters, first, last))
    pairs.sort(key=lambda p: (p.first, -p.last))
    return pairs


def _pairs(tokens: Tokens, letters: str, first: int, last: int) -> Iterator[Pair]:
    stack: list[_Mark] = []
    closers = _single_closers(tokens, letters, first, last)
    for m in _FIND.finditer(letters, first, last):
        mark = _Mark(m[0], m.start(), m.end() - m.start())
        if mark.width == 2 and not tokens.glued(mark.at + 1):
            mark = _Mark(m[0][0], m.start(), 1)
        side = _side(tokens, letters, mark, stack, closers)
        if side == "open" and len(stack) < _LIMIT:
            if mark.kind in _DOUBLE:
                yield from _forgotten(tokens, stack, mark)
            stack.append(mark)
        elif side == "close":
            while stack:
                opened = stack.pop()
                if _fits(opened.kind, mark.kind):
                    if mark.at > opened.at + opened.width:
                        yield Pair(opened.at + opened.width, mark.at, True, len(stack))
                    break
    for depth, opened in enumerate(stack):
        if opened.kind in _DOUBLE and last > opened.at + opened.width:
            yield Pair(opened.at + opened.width, last, False, depth)
            return


def _fits(opened: str, closing: str) -> bool:
    return (opened in _DOUBLE) == (closing in _DOUBLE)


def _side(tokens: Tokens, letters: str, mark: _Mark, stack: list[_Mark], closers: frozenset[int]) -> str:
    """ "open", "close" or "none"."""
    at, after = mark.at, mark.at + mark.width
    left = tokens.glued(at) and letters[at - 1] != "\n"
    right = after < len(letters) and tokens.glued(after) and tokens.words[after] != ""
    if mark.kind in ("“", "„", "«", "``", "‟"):
        return "open"
    double = any(m.kind in _DOUBLE for m in stack)
    if mark.kind in ("”", "»", "''"):
        if double:
            return "close"
        return "open" if right and not left else "none"
    if mark.kind == '"':
        if left and tokens.words[at - 1][-1:].isdigit() and not double:
            return "none"  # inches
        if double:
            return "open" if right and not left else "close"
        return "open" if right or not left else "none"
    if mark.kind in ("‘", "'", "`", "‚", "’"):
        word = tokens.lower[after] if after < len(letters) else ""
        if right and not left and mark.kind != "’" and not word[:1].isdigit() and word not in _ELIDED:
            single = any(m.kind not in _DOUBLE for m in stack)
            return "open" if not single and closers and max(closers) > at else "none"
        return "close" if at in closers and any(m.kind not in _DOUBLE for m in stack) else "none"
    return "none"


def _single_closers(tokens: Tokens, letters: str, first: int, last: int) -> frozenset[int]:
    """Single marks that can end a quotation: glued to what is before, not to a word after, no plural genitive."""
    found: list[int] = []
    for m in re.finditer("['’]", letters[first:last]):
        at = first + m.start()
        glued = tokens.glued(at) and letters[at - 1] != "\n"
        free = at + 1 >= last or not tokens.glued(at + 1) or not tokens.words[at + 1][:1].isalnum()
        genitive = tokens.lower[at - 1].endswith("s") and at + 1 < last and tokens.words[at + 1][:1].isalpha()
        if glued and free and not genitive:
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

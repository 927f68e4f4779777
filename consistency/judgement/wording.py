"""Two wordings of what may be one speech: equal, a variant, or different in a number or a negation.

Words are aligned by edit distance (Levenshtein, on normalised words); marks, case, spelling and the form of a number do
not count. Pure functions of two strings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.judgement.spelling import NUMBER, lexicon, normalised

SAME = 0.5  # `same_speech` at or above this: two renderings of one statement
_NEAR = 3  # words from a common passage that still belong to it
_GAP = re.compile(r"\[?(?:\.\s?){3,}\]?|\[?…\]?")


class Wording(msgspec.Struct, frozen=True):
    """relation: equal | variant | number-differs | negation-differs | different.

    only_a, only_b: the words that stand on one side alone, in order. score: `same_speech` of the two.
    """

    relation: str
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    score: float


def compare(words_a: str, words_b: str) -> Wording:
    """How two wordings relate. A wording that is a passage of the other ("…" may leave words out) is equal to it."""
    a, b = normalised(words_a), normalised(words_b)
    if not a.norm or not b.norm:
        return Wording("different", a.print, b.print, 0.0)
    score = _score(a.norm, b.norm)
    flipped = a.norm > b.norm  # one order for both directions
    stretches = _stretches(b.norm, a.norm) if flipped else _stretches(a.norm, b.norm)
    stretches = [(x, y) for y, x in stretches] if flipped else stretches
    only_a = tuple(a.print[k] for (x, y), _ in stretches for k in range(x, y))
    only_b = tuple(b.print[k] for _, (x, y) in stretches for k in range(x, y))

    def found(relation: str) -> Wording:
        return Wording(relation, only_a, only_b, 1.0 if a.norm == b.norm else score)

    if not only_a and not only_b:
        return found("equal")
    if _passage(words_a, a.norm, b.norm) or _passage(words_b, b.norm, a.norm):
        return found("equal")
    if score < SAME:
        return found("different")
    inner = _inner([(a.norm[slice(*x)], b.norm[slice(*y)]) for x, y in stretches])
    if any(_numbers_differ(x, y) for x, y in inner):
        return found("number-differs")
    if sum(_negations(x) for x, _ in inner) % 2 != sum(_negations(y) for _, y in inner) % 2:
        return found("negation-differs")
    return found("variant")


def words_of(text: str) -> tuple[str, ...]:
    """Normalised words of a text."""
    return normalised(text).norm


def same_speech(a: str, b: str) -> float:
    """How likely two wordings render one statement, 0 to 1: shared content words in one order and close together.

    The measure is the share of the shorter one's content words, lessened where they lie scattered in the longer one,
    and where they are fewer than three.
    """
    return _score(words_of(a), words_of(b))


def _score(a: Sequence[str], b: Sequence[str]) -> float:
    left, right = _content(a), _content(b)
    if (len(left), left) > (len(right), right):  # one order for both directions
        left, right = right, left
    if not left:
        return 0.0
    shared = sum((Counter(left) & Counter(right)).values())
    if not shared:
        return 0.0
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.opcodes(left, right)
    ordered = sum(op.src_end - op.src_start for op in blocks if op.tag == "equal")
    equal = [op for op in blocks if op.tag == "equal"]
    span = equal[-1].dest_end - equal[0].dest_start if equal else len(right)
    coverage = (shared + ordered) / 2 / len(left)
    density = min(1.0, ordered / max(1, span))
    return round(coverage * (0.5 + 0.5 * density) * min(1.0, shared / 3), 4)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ingly", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _content(words: Sequence[str]) -> list[str]:
    """Stems of the words that carry content; numbers apart, since a changed number does not make another statement."""
    empty = lexicon().empty
    return [_stem(w) for w in words if w not in empty and w[0] != NUMBER]


def _stretches(a: Sequence[str], b: Sequence[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """What differs, stretch by stretch, as spans of both; an empty pair stands for each common stretch."""
    out: list[tuple[tuple[int, int], tuple[int, int]]] = []
    common = True
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(list(a), list(b)):
        x, y = (op.src_start, op.src_end), (op.dest_start, op.dest_end)
        if op.tag == "equal":
            out.append(((0, 0), (0, 0)))
            common = True
        elif common:
            out.append((x, y))
            common = False
        else:
            out[-1] = ((out[-1][0][0], x[1]), (out[-1][1][0], y[1]))
    return out


def _inner(blocks: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The differing stretches, those at the two ends cut down to the words next to what is common."""
    common = [k for k, (x, y) in enumerate(blocks) if not x and not y]
    if not common:
        return blocks
    out = []
    for k, (x, y) in enumerate(blocks):
        if k < common[0]:
            x, y = (x[-_NEAR:], y[-_NEAR:]) if x and y else ((), ())
        elif k > common[-1]:
            x, y = (x[:_NEAR], y[:_NEAR]) if x and y else ((), ())
        out.append((x, y))
    return out


def _passage(text: str, part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` is a passage of `whole`, or several in order where it marks what it leaves out."""
    pieces = [p for p in (words_of(piece) for piece in _GAP.split(text)) if p]
    if not pieces or len(part) > len(whole):
        return False
    at = 0
    for piece in pieces:
        at = _find(piece, whole, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _find(piece: Sequence[str], whole: Sequence[str], start: int) -> int:
    """Where `piece` stands in `whole` from `start` on, or -1."""
    joined = " " + " ".join(whole[start:]) + " "
    at = joined.find(" " + " ".join(piece) + " ")
    return -1 if at < 0 else start + joined.count(" ", 0, at + 1) - 1


def _numbers_differ(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether both sides state numbers here and they are not the same ones."""
    left = {w for w in x if w[0] == NUMBER}
    right = {w for w in y if w[0] == NUMBER}
    if left:
        right |= {f"{NUMBER}1" for w in y if w == "one"}
    if right:
        left |= {f"{NUMBER}1" for w in x if w == "one"}
    return bool(left) and bool(right) and not (left <= right or right <= left)


def _negations(words: Sequence[str]) -> int:
    known = lexicon()
    return sum(
        1
        for k, w in enumerate(words)
        if w in known.negations and not (w == "not" and set(words[k + 1 : k + 2]) & known.harmless)
    )

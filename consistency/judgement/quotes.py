"""Two quotations of one speaker: the same words, a variant, or a different number or negation."""

from __future__ import annotations

from functools import lru_cache

from consistency.judgement.wording import Wording
from consistency.judgement.wording import compare as compare_words
from consistency.model import Claim

_UNLIKE = "unit-mismatch"
"""Quotations that have nothing to do with one another are as little comparable as tonnes and dollars."""


_INDIRECT = "indirect quote"


@lru_cache(maxsize=8192)
def _wording(a: str, b: str) -> Wording:
    return compare_words(a, b)


def compare(a: Claim, b: Claim, copied: bool = False) -> str:
    """equal | variant | number-differs | negation-differs | unit-mismatch.

    Reported speech is the reporter's words: two reports that give other numbers tell of other things, and the numbers
    are claims of their own; only where one report is copied from the other does a number that differs stand out.
    """
    if a.quote is None or b.quote is None:
        return _UNLIKE
    relation = _wording(a.quote.words, b.quote.words).relation
    if relation == "number-differs" and not copied and _INDIRECT in (a.measure.noun, b.measure.noun):
        return _UNLIKE
    return _UNLIKE if relation == "different" else relation


def difference(a: Claim, b: Claim) -> str:
    """The words that differ, for people."""
    if a.quote is None or b.quote is None:
        return "other words"
    wording = _wording(a.quote.words, b.quote.words)
    sides = [f"“{' '.join(w[:12])}{' …' if len(w) > 12 else ''}”" for w in (wording.only_a, wording.only_b) if w]
    return " against ".join(sides) if sides else "no word that counts"

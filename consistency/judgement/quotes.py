"""Two quotations of one speaker: the same words, a variant, or a different number or negation."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from consistency.model import Claim


def _module() -> Any:
    try:
        return import_module("consistency.judgement.wording")
    except ImportError:
        return None


def compare(a: Claim, b: Claim) -> str:
    """equal | variant | number-differs | negation-differs."""
    if a.quote is None or b.quote is None:
        return "unit-mismatch"
    wording = _module()
    if wording is None or " ".join(a.quote.words.split()).casefold() == " ".join(b.quote.words.split()).casefold():
        same = " ".join(a.quote.words.split()).casefold() == " ".join(b.quote.words.split()).casefold()
        return "equal" if same else "variant"
    return str(wording.compare(a.quote, b.quote).relation)


def difference(a: Claim, b: Claim) -> str:
    """The words that differ, for people."""
    wording = _module()
    if wording is None or a.quote is None or b.quote is None:
        return "other words"
    told = getattr(wording.compare(a.quote, b.quote), "words", None)
    return str(told) if told else "other words"

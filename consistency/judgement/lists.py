"""Two lists of one relation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from consistency.model import Claim


class ListDifference(NamedTuple):
    """relation: equal | subset | replaced; conflict: whether the lists rule each other out."""

    relation: str
    conflict: bool
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def _fold(item: str) -> str:
    return " ".join(item.casefold().split())


def _named_in(item: str, others: Iterable[str]) -> bool:
    """Whether a list names the item, be it with a word more or less ("Ana Maria Lind" and "Ana Lind").

    Of names, two words must be shared ("Guinea" is not "Equatorial Guinea"); of what is no name, one ("murder").
    """
    words = _words(item)
    for other in others:
        theirs = _words(other)
        least = 1 if item.islower() or other.islower() else 2
        if _fold(item) == _fold(other) or (len(words & theirs) >= least and (words <= theirs or words >= theirs)):
            return True
    return False


def _words(item: str) -> set[str]:
    return {w.removesuffix("s") for w in item.casefold().split()}


def compare(a: Claim, b: Claim) -> ListDifference:
    """How the items of two list claims relate. An item missing from a list that says "including" is no conflict."""
    left = {_fold(i): i for i in a.items or ()}
    right = {_fold(i): i for i in b.items or ()}
    only_a = tuple(item for item in left.values() if not _named_in(item, right.values()))
    only_b = tuple(item for item in right.values() if not _named_in(item, left.values()))
    if not only_a and not only_b:
        return ListDifference("equal", False, (), ())
    conflict = (bool(only_a) and b.complete is not False) or (bool(only_b) and a.complete is not False)
    return ListDifference("replaced" if only_a and only_b else "subset", conflict, only_a, only_b)

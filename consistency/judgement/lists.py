"""Two lists of one relation."""

from __future__ import annotations

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


def compare(a: Claim, b: Claim) -> ListDifference:
    """How the items of two list claims relate. An item missing from a list that says "including" is no conflict."""
    left = {_fold(i): i for i in a.items or ()}
    right = {_fold(i): i for i in b.items or ()}
    only_a = tuple(left[k] for k in left if k not in right)
    only_b = tuple(right[k] for k in right if k not in left)
    if not only_a and not only_b:
        return ListDifference("equal", False, (), ())
    conflict = (bool(only_a) and b.complete is not False) or (bool(only_b) and a.complete is not False)
    return ListDifference("replaced" if only_a and only_b else "subset", conflict, only_a, only_b)

"""What is counted in: places, groups and inclusions of two claims against each other.

A scope is a list of names ("Latin America", "men", "goods") and of inclusions: `+investment` takes something in,
`-gunman` leaves something out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

from consistency.judgement.knowledge import Knowledge
from consistency.model import Claim, Context

FLIP = {"narrower": "wider", "wider": "narrower"}


class Scope:
    """A scope taken apart: places and other plain names, what is taken in and what is left out (all folded)."""

    def __init__(self, items: Iterable[str], words: Knowledge) -> None:
        self.names: set[str] = set()
        self.plus: set[str] = set()
        self.minus: set[str] = set()
        self.proper: set[str] = set()
        for item in items:
            name = " ".join(item.casefold().split())
            if name.startswith("+"):
                self.plus.add(name[1:].strip())
            elif name.startswith("-"):
                self.minus.add(name[1:].strip())
            elif name not in words.whole:
                known = words.scope_name.get(name, name)
                self.names.add(known)
                if item[:1].isupper():
                    self.proper.add(known)

    def key(self) -> tuple[str, ...]:
        """A form that is equal for scopes that mean the same."""
        return (*sorted(self.names), *sorted("+" + p for p in self.plus), *sorted("-" + m for m in self.minus))


@lru_cache(maxsize=1)
def _regions() -> tuple[Callable[[str, str], bool], Callable[[str, str], bool], Callable[[str], bool]]:
    """contains(a, b), overlap(a, b) and known(name) of the regions table; never true where there is no such table."""
    try:
        module: Any = import_module("consistency.extraction.regions")
    except ImportError:
        return (lambda a, b: False), (lambda a, b: False), (lambda n: False)
    known = getattr(module, "known", None) or getattr(module, "is_place", None) or (lambda n: False)
    return module.contains, module.overlap, known


def _plain(name: str) -> str:
    """A folded name in the writing of the regions table."""
    small = {"and", "the", "of", "de", "da"}
    return " ".join(w if w in small else "-".join(p[:1].upper() + p[1:] for p in w.split("-")) for w in name.split())


def name_relation(a: str, b: str, words: Knowledge) -> str:
    """same | narrower | wider | overlapping | different | unknown for two single names, a against b."""
    if a == b:
        return "same"
    if b in words.part_of.get(a, ()):
        return "narrower"
    if a in words.part_of.get(b, ()):
        return "wider"
    if any(a in group and b in group for group in words.disjoint):
        return "different"
    contains, overlap, known = _regions()
    left, right = _plain(a), _plain(b)
    if contains(right, left):
        return "narrower"
    if contains(left, right):
        return "wider"
    if known(left) and known(right):
        return "overlapping" if overlap(left, right) else "different"
    return "unknown"


def _names_relation(a: set[str], b: set[str], words: Knowledge) -> str:
    """Two sets of names: what they share is set aside; each of the rest must find its counterpart."""
    left, right = a - b, b - a
    if not left and not right:
        return "same"
    if not left:
        return "wider"
    if not right:
        return "narrower"
    best = []
    for x in sorted(left):
        found = {name_relation(x, y, words) for y in right}
        best.append(next(r for r in ("narrower", "wider", "overlapping", "unknown", "different") if r in found))
    return joined(best)


def joined(relations: Iterable[str]) -> str:
    """Several relations of one pair of scopes as one."""
    seen = {r for r in relations if r != "same"}
    if not seen:
        return "same"
    for strong in ("different", "unknown", "overlapping"):
        if strong in seen:
            return strong
    return seen.pop() if len(seen) == 1 else "overlapping"


def _inclusions(a: Scope, b: Scope) -> list[str]:
    """Relations that follow from what is taken in and left out."""
    out = []
    if a.plus - b.plus or b.minus - a.minus:
        out.append("wider")
    if b.plus - a.plus or a.minus - b.minus:
        out.append("narrower")
    return out


def _background(names: set[str], claim: Claim, context: Context | None, words: Knowledge) -> set[str]:
    """Those of `names` that the document or the sentence of `claim` is about anyway."""
    if context is None:
        known: tuple[str, ...] = claim.measure.entities
    else:
        known = (*context.places, *context.organisations, *context.others, *claim.measure.entities)
    folded = {words.scope_name.get(k, k) for k in (" ".join(n.casefold().split()) for n in known)}
    return names & folded


def compare(
    a: Claim, b: Claim, contexts: tuple[Context | None, Context | None], words: Knowledge, copied: bool = False
) -> str:
    """same | narrower | wider | overlapping | different | unknown: the scope of a against that of b.

    A name that one side leaves unsaid and its document is about counts as said. In copies, only what is stated counts.
    """
    left, right = Scope(a.scope, words), Scope(b.scope, words)
    if copied and "stated" not in {a.basis.get("scope", "stated"), b.basis.get("scope", "stated")}:
        return "same"
    if copied and a.basis.get("scope", "stated") != b.basis.get("scope", "stated"):
        left.names, right.names = left.names & right.names, left.names & right.names
    left.names |= _background(right.names - left.names, a, contexts[0], words)
    right.names |= _background(left.names - right.names, b, contexts[1], words)
    names = _names_relation(left.names, right.names, words)
    if names in {"narrower", "wider"} and (not left.names or not right.names):
        extra = left.names or right.names
        if any(n in left.proper or n in right.proper or _is_place(n) for n in extra):
            names = "unknown"  # a place that only one side names may be meant by the other too
    return joined([names, *_inclusions(left, right)])


def _is_place(name: str) -> bool:
    return _regions()[2](_plain(name))

"""What is counted in: places, groups and inclusions of two claims against each other.

A scope is a list of names ("Latin America", "men", "goods") and of inclusions: `+investment` takes something in,
`-gunman` leaves something out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from consistency.extraction import regions
from consistency.judgement.knowledge import Knowledge
from consistency.model import Claim, Context

if TYPE_CHECKING:
    from consistency.judgement.pair import Pair


class Scope:
    """A scope taken apart: plain names, what is taken in (+) and what is left out (-)."""

    def __init__(self, items: Iterable[str], words: Knowledge) -> None:
        self.names: set[str] = set()
        self.plus: set[str] = set()
        self.minus: set[str] = set()
        for item in items:
            name = " ".join(item.split())
            if name.startswith("+"):
                self.plus.add(name[1:].strip().casefold())
            elif name.startswith("-"):
                self.minus.add(name[1:].strip().casefold())
            elif name.casefold() not in words.whole:
                self.names.add(words.scope(name))

    def key(self) -> tuple[str, ...]:
        """A form that is equal for scopes that mean the same."""
        return (*sorted(self.names), *sorted("+" + p for p in self.plus), *sorted("-" + m for m in self.minus))


def name_relation(a: str, b: str, words: Knowledge) -> str:
    """same | narrower | wider | overlapping | different | unknown for two single names, a against b."""
    left, right = a.casefold(), b.casefold()
    if left == right or regions.near_same(a, b):
        return "same"
    if right in words.part_of.get(left, ()):
        return "narrower"
    if left in words.part_of.get(right, ()):
        return "wider"
    if any(left in group and right in group for group in words.disjoint):
        return "different"
    return _PLACES[regions.overlap(a, b)]


_PLACES = {
    "same": "same",
    "within": "narrower",
    "contains": "wider",
    "overlapping": "overlapping",
    "different": "different",
    "unknown": "unknown",
}


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
    if not names:
        return names
    if context is None:
        known: tuple[str, ...] = claim.measure.entities
    else:
        known = (*context.places, *context.organisations, *context.others, *claim.measure.entities)
    return names & {words.scope(n) for n in known}


def compare(
    a: Claim, b: Claim, contexts: tuple[Context | None, Context | None], words: Knowledge, copied: bool = False
) -> str:
    """same | narrower | wider | overlapping | different | unknown: the scope of a against that of b.

    A name that one side leaves unsaid and its document is about counts as said. In copies, only what is stated counts.
    """
    if not a.scope and not b.scope:
        return "same"
    left, right = Scope(a.scope, words), Scope(b.scope, words)
    if not copied and left.names & right.names & words.some:
        return "overlapping"  # some of the victims, and some of the victims
    if copied and "stated" not in {a.basis.get("scope", "stated"), b.basis.get("scope", "stated")}:
        return "same"
    if copied and a.basis.get("scope", "stated") != b.basis.get("scope", "stated"):
        shared, some = left.names & right.names, words.some
        left.names, right.names = shared | (left.names & some), shared | (right.names & some)
    left.names |= _background(right.names - left.names, a, contexts[0], words)
    right.names |= _background(left.names - right.names, b, contexts[1], words)
    names = _names_relation(left.names, right.names, words)
    if names in {"narrower", "wider"} and (not left.names or not right.names):
        extra = left.names or right.names
        if any(_is_place(n) for n in extra):
            names = "unknown"  # a place that only one side names may be meant by the other too
    return joined([names, *_inclusions(left, right)])


def described(pair: Pair) -> bool:
    """Whether the scopes of two counts differ only in words that tell who the counted are ("men", "two others")."""
    if pair.a.kind != "count" or pair.b.kind != "count":
        return False
    words = pair.around.words
    left, right = Scope(pair.a.scope, words), Scope(pair.b.scope, words)
    if left.plus & right.minus or right.plus & left.minus:
        return False  # with the gunman, and without him
    if pair.a.measure.relation not in words.incident and (left.plus != right.plus or left.minus != right.minus):
        return False
    return all(name in words.some or name in words.part_of for name in left.names ^ right.names)


def totalled(pair: Pair) -> bool:
    """Whether the scopes of two numbers differ only in what a number for the whole takes in ("in both attacks")."""
    words = pair.around.words
    left, right = Scope(pair.a.scope, words), Scope(pair.b.scope, words)
    if left.names != right.names or left.minus != right.minus:
        return False
    return left.plus != right.plus and left.plus ^ right.plus <= words.slight


def two_bounds(pair: Pair) -> bool:
    """Whether both numbers are bounded by words of which at most one names a place ("charged", "in the car")."""
    left, right = Scope(pair.a.scope, pair.around.words).names, Scope(pair.b.scope, pair.around.words).names
    return bool(left and right) and not (any(map(_is_place, left)) and any(map(_is_place, right)))


def _is_place(name: str) -> bool:
    return name[:1].isupper() or regions.kind(name) is not None

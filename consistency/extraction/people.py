"""Bare numbers that count people ("killing five", "three others were hurt") and ages told one after another."""

from __future__ import annotations

from itertools import pairwise

from consistency.extraction.atoms import Atom
from consistency.extraction.nouns import words
from consistency.extraction.tokens import Tokens
from consistency.extraction.wordsets import word_sets

_JOINS = (["and"], [","], [",", "and"], ["or"], ["to"], ["-"], ["-", "and"])
_LOOK = 5


class People:
    """Tells whether a number without a noun counts people."""

    def __init__(self, tokens: Tokens) -> None:
        self.lower = tokens.lower

    def counted(self, first: int, last: int) -> bool:
        """By the verb before the quantity at tokens first..last-1, or by the state the words behind it tell."""
        table, lower, after = words(), self.lower, word_sets("nouns")["before_state"]
        if lower[first - 1] == ":" and lower[first - 2] in table.people_states:
            return True  # "Injured: 74"
        if not table.people_verbs.isdisjoint(lower[max(0, first - 3) : first]):
            return True
        for j in range(last, last + _LOOK):
            word = lower[j]
            if word in table.people_states or word in ("died", "die"):
                return True
            if word not in after:
                return False
        return False


def ages(atoms: list[Atom], lower: list[str]) -> None:
    """Spreads an age over bare numbers tied to it: "ages 18, 19 and 27"."""
    for before, atom in pairwise(atoms):
        if not before.age or atom.kind != "count" or atom.unit is not None or atom.number.form != "digits":
            continue
        if lower[before.last : atom.first] in _JOINS and 0 < atom.number.value < 125 and lower[before.first - 1] != ",":
            atom.kind, atom.unit, atom.dimension, atom.age = "measure", "year", "time", True

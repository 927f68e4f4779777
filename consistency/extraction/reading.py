"""What was understood of a quantity, and the ways to it that several constructions share."""

from __future__ import annotations

import re

import msgspec

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.phrases import head, noun_of, skip_phrases
from consistency.extraction.spans import Quantity
from consistency.extraction.vocabulary import vocabulary

_OBJECT_REACH = 12
_BREAK = re.compile("[,;:.rs]")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a quantity. subject: token span of the phrase it is said of; group: its verb group."""

    noun: str | None = None
    relation: str | None = None
    subject: tuple[int, int] | None = None
    group: VerbGroup | None = None
    how: str = "none"


def start_of(clauses: Clauses, q: Quantity) -> int:
    """Where the amount begins: after a verb that the quantity took in as its hedge ("exceeded 450 million")."""
    first, number = q.first, q.number[0]
    if first == number:
        return first
    verb = max(clauses.tags.rfind("v", first, number), clauses.tags.rfind("b", first, number))
    return verb + 1 if verb >= 0 else first


def object_of(clauses: Clauses, q: Quantity, first: int) -> tuple[VerbGroup, int] | None:
    """The verb group whose object the quantity may be, and how many nouns stand between."""
    at = start_of(clauses, q)
    group = clauses.before(at, first)
    if group is None or at - group.last > _OBJECT_REACH:
        return None
    if _BREAK.search(clauses.tags, group.last, at):
        return None
    return group, clauses.tags.count("n", group.last, at)


def subject_of(clauses: Clauses, after: int, stop: int) -> VerbGroup | None:
    """The verb group whose subject the quantity may be."""
    at = skip_phrases(clauses, after, stop)
    if clauses.tags[at] == "r" or clauses.tokens.lower[at] == "that":
        at += 1
    group = clauses.after(at, stop)
    return group if group is not None and group.first == at else None


def read_level(clauses: Clauses, of: tuple[int, int], group: VerbGroup, limit: int) -> Reading:
    """The reading of an amount told of a subject by a verb of level ("trade exceeded …"); `limit`: where it ends."""
    inner = head(clauses, of)
    noun = noun_of(clauses, inner, of[1]) if inner else None
    named = vocabulary().as_relation.get(noun or "")
    if named:
        return Reading(noun=named[1], relation=named[0], subject=of, group=group, how="level")
    return Reading(noun=noun, relation="level", subject=of, group=group, how="level")

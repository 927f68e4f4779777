"""Evidence from two numbers themselves: one that few things have, the only ones of their sort, two that differ."""

from __future__ import annotations

from consistency.model import Claim
from consistency.topics.names import overlap
from consistency.topics.signature import Signature
from consistency.topics.stories import one_story
from consistency.topics.telling import AMOUNTS, VALUED

Weighed = tuple[str, float, str | frozenset[str]]
"""A weight's name, a factor, and what is shown with it: words, or those the first of which are shown."""


def same_value(a: Signature, b: Signature) -> bool:
    """Whether two numbers are one that few things have: then other words are no more than other words."""
    return a.value is not None and a.value == b.value


def reworded(a: Signature, b: Signature) -> bool:
    """Whether an exact amount or share may be told by two nouns: the sentences share a word, or a noun. So many beds
    and so many patients are two counts all the same."""
    if a.group not in AMOUNTS or not a.telling:
        return False
    return not a.terms.isdisjoint(b.terms) or a.noun in b.terms or b.noun in a.terms


def crossed(a: Signature, b: Signature) -> bool:
    """Whether two nouns may be of one amount: either sentence has the other's noun too, and no other such number
    ("forests cover 31 percent of the territory", "46 percent of the territory is covered by forest")."""
    return may_cross(a, b) and a.noun in b.terms and b.noun in a.terms


def may_cross(a: Signature, b: Signature) -> bool:
    """Whether two numbers can be `crossed`, whatever their sentences say."""
    return a.group in AMOUNTS and a.alone and b.alone


def number_evidence(a: Signature, b: Signature, out: list[Weighed], same: bool) -> None:
    """The same number, if few have it; or the only number of its sort on either side."""
    if same:
        out.append(("value-telling" if a.telling else "value-same", 1.0, a.claim.text or ""))
    if a.alone and b.alone and _together(a, b) and (a.noun == b.noun is not None or _alike(a, b)):
        out.append(("alone", 1.0, ""))
    if (
        (a.noun is None or b.noun is None)
        and a.group in VALUED
        and not (a.people or b.people)
        and a.terms.isdisjoint(b.terms)
        and (a.relation != b.relation or a.light)
        and not _may_be_one(a.claim, b.claim)
    ):
        out.append(("number-other", 1.0, f"{a.claim.text} / {b.claim.text}"))


def _alike(a: Signature, b: Signature) -> bool:
    """Whether two sentences share a quarter of their telling words."""
    shared = len(a.terms & b.terms)
    return 4 * shared >= len(a.terms) + len(b.terms) - shared > 0


def _together(a: Signature, b: Signature) -> bool:
    """Whether the texts, or the two sentences, are about one thing: else either has its own such number."""
    one, two = a.doc, b.doc
    if a.places and b.places and a.places.isdisjoint(b.places):
        return False
    if one.subject is not None and one.subject == two.subject:
        return True
    return one_story(one, two) or not a.names.keys().isdisjoint(b.names) or not one.names.isdisjoint(two.names)


def _may_be_one(a: Claim, b: Claim) -> bool:
    """Whether two numbers of one unit may be one number."""
    return a.unit == b.unit and a.value is not None and b.value is not None and overlap(a.value, b.value)

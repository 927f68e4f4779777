"""Numbers that tell: which value two texts are unlikely to share by chance, and which claim is the only one of its kind
in its text."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.model import Claim
from consistency.topics.vocabulary import Vocabulary

GROUPS = {"percent": "share", "fraction": "share", "count": "count", "ordinal": "order", "rank": "order"}
"""Kinds of claims that can be one measure."""

VALUED = frozenset({"count", "money", "measure", "share"})
"""The groups whose values are numbers of something."""
AMOUNTS = VALUED - {"count"}
"""Those of them that are no counts of a noun."""
_TELLING, _SOME = 3, 2  # digits before the zeros at the end
_ROUND = 1_000  # a number of two digits tells from here on, as does one with a point


def group_of(claim: Claim) -> str:
    """The group of a claim's kind."""
    return GROUPS.get(claim.kind, claim.kind)


def value_key(claim: Claim) -> tuple[str, bool] | None:
    """What a number has in common with another only if it is the same, and whether it is one of three digits or more;
    None for a number that many things have (3, 20, 1,000) and for no single number."""
    group = group_of(claim)
    value = claim.value
    number = None if value is None else value.point
    if group not in VALUED or not isinstance(number, int | float) or number <= 0:
        return None
    digits = len(f"{number:.11e}".partition("e")[0].replace(".", "").rstrip("0"))
    if digits < _SOME or (digits < _TELLING and number < _ROUND and number == int(number)):
        return None
    unit = "" if group == "count" else claim.unit or "%"
    return f"{group}:{unit}:{number:.12g}", digits >= _TELLING


def sort_of(claim: Claim, known: Vocabulary) -> str | None:
    """What a text may have one number of: a count of its noun, a length, an amount of its currency, a share."""
    group = group_of(claim)
    if group not in VALUED or claim.value is None:
        return None
    if group == "count":
        what = known.noun(claim.measure.noun)
    else:
        what = claim.dimension if group == "measure" else claim.unit if group == "money" else group
    return f"{group}:{what}:{claim.aspect}" if what else None


def lone_sorts(claims: Iterable[Claim], known: Vocabulary) -> frozenset[str]:
    """The sorts a text has one number of, however often it tells it."""
    found: dict[str, object] = {}
    several = set()
    for claim in claims:
        sort = sort_of(claim, known)
        if sort is None or claim.value is None:
            continue
        told = (claim.value.point, claim.value.low, claim.value.high, claim.unit)
        if found.setdefault(sort, told) != told:
            several.add(sort)
    return frozenset(found.keys() - several)

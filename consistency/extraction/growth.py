"""What a percentage of growth is of: "sales growth of 5%", "growth in sales reached 5%", "the economy's growth was 4.1
percent" tell the change of sales and of GDP, as in "sales rose 5%".
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from consistency.extraction.changes import way_of_noun
from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import complement, head, noun_of
from consistency.extraction.reading import Reading
from consistency.extraction.spans import Quantity
from consistency.extraction.vocabulary import vocabulary

_REACH = 8  # tokens from a percentage back to the growth it is of
_WHOLE = "gdp"


def growth_of(clauses: Clauses, q: Quantity, read: Reading, first: int, stop: int) -> tuple[Quantity, Reading]:
    """The quantity and its reading, made those of a change where the noun is a word for one."""
    if q.kind != "percent" or q.per is not None or q.aspect not in ("level", "change"):
        return q, read
    lower = clauses.tokens.lower
    if (rate := vocabulary().yearly_rates.get(read.noun or "")) and q.trend == "up" and _yearly(lower, first, stop):
        read = msgspec.structs.replace(read, noun=rate, relation="level", how="growth")
        return msgspec.structs.replace(q, aspect="level", trend=None), read
    if q.aspect == "change" and (inner := _head(clauses, read)) is not None and lower[inner] == "economy":
        return q, msgspec.structs.replace(read, noun=_WHOLE, relation="change", how="growth")
    at = _before(clauses, q, first)
    if at is None and q.aspect == "level":
        at = _said_of(clauses, read)
        if at is not None and lower[q.first - 1] == "to" and lower[at] != "growth":
            at = None  # "the increase is to 21 percent"
        elif read.relation != "level" and lower[q.first - 1] != "to":
            at = None
    if at is None:
        return q, read
    noun = _of_what(clauses, at, first, min(stop, q.first) if at < q.first else stop)
    if noun is None:
        return q, read
    way = way_of_noun(lower[at])
    read = msgspec.structs.replace(read, noun=noun, relation="change", how="growth")
    return msgspec.structs.replace(q, aspect="change", trend=q.trend or way), read


def _yearly(lower: Sequence[str], first: int, stop: int) -> bool:
    """Whether a sentence holds a change against the year before ("from a year earlier", "year-on-year")."""
    told = " ".join(lower[first:stop]).replace(" - ", "-")
    return any(f" {phrase} " in f" {told} " for phrase in vocabulary().yearly)


def _said_of(clauses: Clauses, read: Reading) -> int | None:
    """The word for a change that a level is said of ("growth reached")."""
    at = _head(clauses, read)
    return at if at is not None and way_of_noun(clauses.tokens.lower[at]) else None


def _head(clauses: Clauses, read: Reading) -> int | None:
    """The last word of what a quantity is said of."""
    inner = head(clauses, read.subject) if read.subject is not None else None
    return None if inner is None else inner[1] - 1


def _before(clauses: Clauses, q: Quantity, first: int) -> int | None:
    """The word for a change that a percentage is of: "growth of 5%", "an increase in deliveries of 5%"."""
    lower, tags = clauses.tokens.lower, clauses.tags
    if lower[q.first - 1] != "of":
        return None
    for k in range(q.first - 2, max(first - 1, q.first - 2 - _REACH), -1):
        if tags[k] in ",;:.rsvb":
            return None
        if way_of_noun(lower[k]):
            return k
    return None


def _of_what(clauses: Clauses, at: int, first: int, stop: int) -> str | None:
    """What has changed: the noun behind the "in" or "of" of the word for it, else the one before it; None where neither
    says."""
    lower, tags = clauses.tokens.lower, clauses.tags
    if behind := complement(clauses, at + 1, stop, ("in", "of")):
        inner = head(clauses, behind)
        if inner is None:
            return None
        if lower[at] == "growth" and clauses.tokens.words[inner[1] - 1][0].isupper():
            return _WHOLE  # "growth in Ghana"
        return noun_of(clauses, inner, behind[1])
    k = at - 1
    while k >= first and lower[k] in ("'s", "’s"):
        k -= 1
    if k >= first and tags[k] == "n" and lower[k].isalpha() and lower[k] not in vocabulary().plain_growth:
        word = vocabulary().noun(lemma(lower[k]))
        return _WHOLE if word in vocabulary().whole_growth else word
    return None

"""Date claims: when something happened, was founded, was held, is to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.happenings import happening_beside
from consistency.extraction.incidents import HAPPEN, has_hour, of_incident
from consistency.extraction.introductions import sort_of
from consistency.extraction.phrases import head, noun_of, subject
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import stop_terms
from consistency.model import Value

_GRAINS = frozenset({"day", "month", "quarter", "year"})
_REACH = 16
_NAMED = frozenset({"person", "place", "organisation", "product", "other"})
_BREAK = re.compile("[;:]")
_BACK = frozenset({"that", "same", "those"})
RELEASE = "release"
_IS = frozenset({"is", "was", "are", "were"})
_PHRASE = 6  # words between a year and the noun it stands before


class Dated(msgspec.Struct, frozen=True):
    """What a date dates: noun and relation; named: what stands there is a name, which is no noun; past: an incident,
    which has happened."""

    noun: str | None
    relation: str | None
    named: bool
    past: bool = False


def datable(t: Timex) -> bool:
    """Whether a time can be the date of something: grounded, not just an hour, and not pointing back into the text."""
    if t.granularity not in _GRAINS or t.type not in ("DATE", "TIME") or t.role == "as-of":
        return False
    if t.from_ is None and not t.value.startswith("XXXX-"):
        return False
    return _is_date(t.text, t.type == "TIME" and t.anchored)


@lru_cache(maxsize=16_384)
def _is_date(text: str, hour: bool) -> bool:
    words = [w.strip(".,") for w in text.lower().split()]
    return words[0] not in _BACK and not (hour and stop_terms().isdisjoint(words))


def date_value(t: Timex) -> Value:
    """The days of a date as the value of its claim."""
    if t.from_ is None:  # "May 13" in a text whose year nobody knows: the same unknown year for all its dates
        return Value(low=t.value, high=t.value, point=t.value)
    return Value(low=t.from_, high=t.to, point=t.from_ if t.from_ == t.to else None)


def _far(clauses: Clauses, t: Timex, group: VerbGroup) -> bool:
    """Whether the verb before a date is not that of the date."""
    if t.first - group.last > _REACH or _BREAK.search(clauses.tags, group.last, t.first):
        return True
    return group.relation == "say" and not group.passive and has_hour(t)  # news gives no hour for what is said


def read_date(clauses: Clauses, t: Timex, first: int, stop: int, mentions: Sequence[Mention]) -> Dated:
    """What a date dates in the sentence of tokens first..stop-1, whose names are `mentions`."""
    group = clauses.before(t.first, first)
    if group is None or _far(clauses, t, group):
        group = clauses.after(t.last, stop) or group
    later = group is not None and group.relation in vocabulary().afterwards
    if (happening := happening_beside(clauses, t, first, stop, ambiguous=later)) is not None:
        return Dated(*happening, False)
    if (work := of_work(clauses, t)) is not None:
        return Dated(work, RELEASE, False)
    if group is None:
        return Dated(None, None, False)
    if of_incident(clauses, t, group, first, stop):
        return Dated(None, HAPPEN, False, past=True)
    noun = None
    named = False
    of = subject(clauses, group, first)
    if of and of[1] - of[0] <= 30 and (inner := head(clauses, of)) and not (inner[0] <= t.first < inner[1]):
        noun = noun_of(clauses, inner, of[1])
    told = (group.last, t.first if t.first > group.last else stop)
    if not group.passive and group.relation in vocabulary().of_object and (inner := head(clauses, told)):
        noun = noun_of(clauses, inner, told[1]) or noun
        of = told
    if noun is not None and of and (inner := head(clauses, of)):
        last = inner[1] - 1
        if any(m.first <= last < m.last and m.kind in _NAMED and not m.anaphor for m in mentions):
            noun = None  # "Harlo Foods was founded": what was founded is its name, not foods
            named = True
    if group.relation in ("level", "change"):
        noun = None  # when a figure held is no event of its own
    past = group.relation in vocabulary().incident and group.relation != HAPPEN and not group.future
    return Dated(noun, group.relation, named, past)


def of_work(clauses: Clauses, t: Timex) -> str | None:
    """The work that a year tells the release of, by standing before its noun: "is a 1963 comedy film"."""
    lower, tags = clauses.tokens.lower, clauses.tags
    if t.granularity != "year" or t.last - t.first != 1 or t.first == 0 or lower[t.first - 1] not in ("a", "an"):
        return None
    if t.first < 2 or (lower[t.first - 2] not in _IS and tags[t.first - 2] != ","):
        return None  # "a remake of a 1963 film", "starred in a 1963 film"
    end = next((i for i in range(t.last, t.last + _PHRASE) if tags[i] not in "nhqoW"), t.last + _PHRASE)
    return next((lower[i] for i in range(end - 1, t.last - 1, -1) if sort_of(lower[i]) == "work"), None)

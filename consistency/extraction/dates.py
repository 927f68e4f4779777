"""Date claims: when something happened, was founded, was held, is to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from consistency.extraction.attach import period_of, times_for
from consistency.extraction.document import Document
from consistency.extraction.phrases import head, noun_of, subject
from consistency.extraction.spans import Timex
from consistency.extraction.terms import Terms, near_terms
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import stop_terms
from consistency.model import Measure, Value

_GRAINS = frozenset({"day", "month", "quarter", "year"})
_REACH = 16
_NAMED = frozenset({"person", "place", "organisation"})
_BREAK = re.compile("[;:]")
_BACK = frozenset({"that", "same", "those"})


def _datable(t: Timex) -> bool:
    """Whether a time can be the date of something: grounded, not just an hour, and not pointing back into the text."""
    if t.type not in ("DATE", "TIME") or t.granularity not in _GRAINS:
        return False
    if t.from_ is None and not t.value.startswith("XXXX-"):
        return False
    words = [w.strip(".,") for w in t.text.lower().split()]
    return words[0] not in _BACK and not (t.type == "TIME" and t.anchored and stop_terms().isdisjoint(words))


def _value(t: Timex) -> Value:
    if t.from_ is None:  # "May 13" in a text whose year nobody knows: the same unknown year for all its dates
        return Value(low=t.value, high=t.value, point=t.value)
    return Value(low=t.from_, high=t.to, point=t.from_ if t.from_ == t.to else None)


def date_claims(
    doc: Document, terms_in: Callable[[int], Terms], furniture: Callable[[int], bool], taken: Set[int] = frozenset()
) -> Iterator[tuple[Timex, dict[str, Any]]]:
    """The dates of a document, with their facets (entities are the caller's business).

    terms_in(number): the content words of a sentence. furniture(offset) says whether a place is page furniture: the
    date in a header line is no claim. taken: first tokens of times that are the period of a figure, which is no event.
    """
    clauses, tokens = doc.clauses, doc.tokens
    _, as_of = times_for(None, doc.source.published, doc.source.published_basis)
    named = {i for m in doc.mentions if m.kind in _NAMED and not m.anaphor for i in range(m.first, m.last)}
    for t in doc.times:
        if t.first in taken or not _datable(t):
            continue
        number = tokens.sentence_of(t.first)
        if furniture(t.start) or t.role == "as-of":
            continue
        first, stop, _, _ = tokens.sentences[number]
        group = clauses.before(t.first, first)
        if group is None or t.first - group.last > _REACH or _BREAK.search(clauses.tags, group.last, t.first):
            following = clauses.after(t.last, stop)
            group = following or group
        noun = relation = None
        called = False
        if group is not None:
            relation = group.relation
            of = subject(clauses, group, first)
            if of and of[1] - of[0] <= 30 and (inner := head(clauses, of)) and not (inner[0] <= t.first < inner[1]):
                noun = noun_of(clauses, inner, of[1])
            told = (group.last, t.first if t.first > group.last else stop)
            if not group.passive and group.relation in vocabulary().of_object and (inner := head(clauses, told)):
                noun = noun_of(clauses, inner, told[1]) or noun
                of = told
            if noun is not None and of and (inner := head(clauses, of)) and inner[1] - 1 in named:
                noun = None  # "Harlo Foods was founded": what was founded is its name, not foods
                called = True
        if relation in ("level", "change"):
            noun = None  # when a figure held is no event of its own
        terms = near_terms(terms_in(number), t.first, t.last, noun)
        if t.role in ("by", "since", "until", "before", "after"):
            terms = tuple(sorted({*terms, t.role}))
        yield (
            t,
            {
                "value": _value(t),
                "unit": t.granularity,
                "dimension": "date",
                "period": period_of(t),
                "as_of": as_of,
                "measure": Measure(noun=noun, relation=relation, terms=terms),
                "basis": {
                    "measure": "stated" if (noun or called) and relation else "missing",
                    "period": t.basis,
                    "as_of": as_of.basis,
                },
                "confidence": 0.9 if (noun or called) and relation else 0.5,
            },
        )

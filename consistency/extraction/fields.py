"""Labelled figures ("Population: 63,726", "Exports: $30 million; partners--Peru 40%, Chile 8%"): tables told in lines.

The label names the measure; the words that share a figure's stretch between two separators name its part.
"""

from __future__ import annotations

import re

from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Quantity
from consistency.extraction.vocabulary import vocabulary

_LABEL_WORDS = frozenset("nhcpdyq()WwtkT,")
_LABEL_REACH = 9
_CLAUSE = re.compile(r"[nko][jb]*[vb]|[bo]")  # a noun and its verb
_SEPARATORS = frozenset(",;:-")


def label_of(clauses: Clauses, first: int, stop: int) -> int | None:
    """The token index of the colon that closes a label at the start of a sentence; None where there is no label."""
    tags = clauses.tags
    colon = tags.find(":", first, min(stop, first + _LABEL_REACH))
    if colon <= first or not clauses.tokens.words[first][:1].isalpha():
        return None
    return colon if all(t in _LABEL_WORDS for t in tags[first:colon]) else None


def read_field(clauses: Clauses, q: Quantity, first: int, stop: int) -> tuple[str, tuple[int, int]] | None:
    """Measure and label span of a labelled figure: "imports", or "imports/machinery" for a part; None if it is none.

    A stretch with a verb is a sentence after a colon, and read as one.
    """
    colon = label_of(clauses, first, min(stop, q.first))
    tags = clauses.tags
    if colon is None or _CLAUSE.search(tags, colon + 1, q.first) or tags[q.last : q.last + 2] in ("bv", "bj", "nb"):
        return None
    known = vocabulary()
    lower = clauses.tokens.lower
    label = " ".join(lemma(lower[i]) for i in range(first, colon) if lower[i][0].isalnum())
    if not label or not vocabulary().no_labels.isdisjoint(label.split()):
        return None
    low = q.first
    while low > colon + 1 and tags[low - 1] not in _SEPARATORS and tags[low - 2 : low] != "hh":
        low -= 1
    high = q.last
    while high < stop and tags[high] not in _SEPARATORS and tags[high : high + 2] != "hh":
        high += 1
    part = [
        lemma(lower[i])
        for i in _outside_brackets(tags, low, high)
        if not q.first <= i < q.last and tags[i] in "nkwvg" and lower[i].isalpha()
    ]
    named = _sublabel(clauses, colon, low - 1) if low - 1 > colon and tags[low - 1] == ":" else []
    if named:  # "Population: total: 90 male: 44 female: 46"
        part = [w for w in named if w != "total"]
        if not part:
            return known.noun(label), (first, colon)
    if not part and q.unit and q.dimension == "count":
        part = [q.unit]
    whole = known.noun(label)
    words = [w for w in part if w not in label.split()]
    return (f"{whole}/{' '.join(words[:4])}" if words else whole), (first, colon)


def _sublabel(clauses: Clauses, colon: int, close: int) -> list[str]:
    """The words of the label inside a labelled line that the colon at token `close` ends."""
    tags, lower = clauses.tags, clauses.tokens.lower
    at = close
    while at > colon + 1 and tags[at - 1] not in ":;,q.y)":
        at -= 1
    return [lemma(lower[i]) for i in range(at, close) if lower[i].isalpha()]


def _outside_brackets(tags: str, low: int, high: int) -> list[int]:
    """The tokens of a stretch that stand in no brackets ("12 (est. 2010)": the note says nothing of the measure)."""
    out, depth = [], 0
    for i in range(low, high):
        if tags[i] == "(":
            depth += 1
        elif tags[i] == ")":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(i)
    return out

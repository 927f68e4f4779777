"""The days of a life in brackets behind a name: "Ada Lund (3 August 1878 – 17 January 1934)"."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.extraction.clauses import Clauses
from consistency.extraction.introductions import Head
from consistency.extraction.spans import Mention, Timex

_DASH = frozenset("-h")
_REACH = 14  # tokens of a bracket
_LIFE = range(12, 116)  # years of a life that is worth telling
_BORN, DIED = "bear", "die"
LIFE = frozenset({_BORN, DIED, "kill", "marry"})
"""What is told of one person alone."""


def life_event(clauses: Clauses, t: Timex, mentions: Sequence[Mention], lead: Head | None) -> tuple[str, str] | None:
    """The person and the relation of a date that begins or ends a life told in brackets; None for any other date.

    mentions: those of its sentence; lead: what the text introduces, by which an unknown name is a person's.
    """
    tags = clauses.tags
    if tags[t.first - 1] == "(" and tags[t.last] in _DASH:
        opened, relation = t.first - 1, _BORN
    elif tags[t.last] == ")" and tags[t.first - 1] in _DASH:
        opened, relation = tags.rfind("(", max(0, t.first - _REACH), t.first), DIED
        if opened < 0 or tags[opened + 1] != "e":
            return None
    else:
        return None
    for m in mentions:
        if m.last == opened:
            known = m.kind == "person" or (lead is not None and lead.name == m.name and lead.sort == "person")
            known = known or (m.kind == "other" and " " in m.name and _is_life(clauses, opened))
            return (m.name, relation) if known else None
    return None


def _is_life(clauses: Clauses, opened: int) -> bool:
    """Whether the two years of a bracket are a life apart."""
    stop = clauses.tags.find(")", opened, opened + _REACH)
    years = [int(w) for w in clauses.tokens.lower[opened:stop] if len(w) == 4 and w.isdigit()]
    return stop > 0 and len(years) == 2 and years[1] - years[0] in _LIFE

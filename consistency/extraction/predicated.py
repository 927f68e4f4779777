"""Whether an ordinal says what number something has ("Salt Road is the third album"), or only picks one of a series.

"The first season", "in its second weekend", "for the fifth time" and "the second battle of Orr" take the number for
granted: two texts that tell of two of a series do not differ. An event that is held ("the seventh summit") is numbered
by whoever tells when or where it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.spans import Mention, Quantity, Timex
from consistency.extraction.vocabulary import vocabulary

_BETWEEN = frozenset("dj")
_HELD = "hold"
_GENITIVE = frozenset({"'s", "’s"})
_DEFINITE = frozenset({"the", "its", "his", "her", "their", "our", "my", "your"}) | _GENITIVE


def is_predicated(
    clauses: Clauses, q: Quantity, noun: str | None, first: int, mentions: Sequence[Mention], times: Sequence[Timex]
) -> bool:
    """Whether the ordinal `q`, of the sentence that begins at token `first`, is said of something.

    mentions, times: those of its sentence.
    """
    if vocabulary().events.get(noun or "") == _HELD and (times or any(m.kind == "place" for m in mentions)):
        return True
    return _of_subject(clauses, q, first, mentions) or _beside_name(clauses, q, mentions)


def _start(clauses: Clauses, q: Quantity, mentions: Sequence[Mention]) -> int:
    """The first token of the phrase of an ordinal: its determiner, or the name whose it is ("Lind's third film")."""
    at = q.first
    while at > 0 and clauses.tags[at - 1] == "d":
        at -= 1
    if clauses.tokens.lower[at] in _GENITIVE:
        return next((m.first for m in mentions if m.last == at), at)
    return at


def _of_subject(clauses: Clauses, q: Quantity, first: int, mentions: Sequence[Mention]) -> bool:
    """ "Is the third album", "is Lind's third film", "marked the seventh summit", "was elected as the 45th president",
    "finished eighth"."""
    lower, at = clauses.tokens.lower, _start(clauses, q, mentions)
    if at < q.first and lower[q.first - 1] not in _DEFINITE:
        return False  # "there was a second blast"
    known = vocabulary()
    if lower[at - 1] == "as":  # but not "fled as the second blast hit"
        group = clauses.before(at - 1, first)
        return group is not None and (group.passive or group.base in known.placing) and clauses.tags[q.last] not in "vb"
    group = clauses.before(q.first, first)
    if group is None:
        return False
    if lower[at - 1] == "and" and at < q.first:
        return _beside_another(clauses, q, group, mentions)
    if not _BETWEEN.issuperset(clauses.tags[group.last : at]):
        return False
    return group.base in (known.numbering if at < q.first else known.placing)


def _beside_another(clauses: Clauses, q: Quantity, group: VerbGroup, mentions: Sequence[Mention]) -> bool:
    """ "Lind was a general of the army and the 35th president": the second thing that is said of a person."""
    tags = clauses.tags
    person = any(m.kind == "person" and m.last == group.first for m in mentions)
    rest = tags[q.last :]
    end = next((n for n, tag in enumerate(rest) if tag in ".,;("), len(rest))
    return person and group.base == "be" and tags[group.last] == "d" and {"v", "b"}.isdisjoint(rest[:end])


def _beside_name(clauses: Clauses, q: Quantity, mentions: Sequence[Mention]) -> bool:
    """ "Their third album, Salt Road", "Salt Road, the third album of the Larks,", "Ana Lind, the fifth head of the
    league,"."""
    at, end = _start(clauses, q, mentions), max(q.last, q.noun[1] if q.noun else 0)
    tags = clauses.tags
    if at == q.first or clauses.tokens.lower[q.first - 1] not in _DEFINITE:
        return False
    for m in mentions:
        if m.anaphor or m.demonym:
            continue
        behind = m.first == end or (tags[end] in ",(" and m.first == end + 1)
        before = tags[m.last] == "," and m.last + 1 == at
        if m.kind == "person":  # "the second victim, Ana Lind," is told in the order of the text
            if before and clauses.tokens.lower[end] == "of":
                return True
        elif before or (behind and not (m.kind == "place" and m.known)):
            return True
    return False

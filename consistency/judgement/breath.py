"""Counts that one sentence tells side by side: "eleven were hurt in the leg and one in the face" is twelve hurt.

Each of them is a part of what was counted, unless the sentence says that one holds the other ("including").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from consistency.judgement.knowledge import Knowledge
from consistency.model import Claim

Place = tuple[str, int, str | None]


def parts_of(claims: Iterable[Claim], words: Knowledge) -> frozenset[str]:
    """The ids of the counts of people that stand beside another count of the same role."""
    groups: dict[Place, list[Claim]] = {}
    for c in claims:
        if c.kind == "count" and c.sentence and c.start is not None and c.measure.relation in words.incident:
            groups.setdefault((c.source, c.sentence.start, c.measure.relation), []).append(c)
    return frozenset(c.id for group in groups.values() if len(group) > 1 for c in _side_by_side(group, words))


def with_one(claims: Iterable[Claim], words: Knowledge) -> frozenset[float]:
    """The counts that are told to take somebody in whom others leave out ("two dead, including the gunman")."""
    counts = (c for c in claims if c.kind == "count" and c.measure.relation in words.incident and c.value)
    taken = (c for c in counts if any(s[:1] == "+" and s[1:] not in words.slight for s in c.scope))
    return frozenset(float(c.value.point) for c in taken if c.value and isinstance(c.value.point, int | float))


def _side_by_side(group: Sequence[Claim], words: Knowledge) -> Iterable[Claim]:
    ordered = sorted(group, key=lambda c: (c.start or 0, c.id))
    for before, after in pairwise(ordered):
        between = _between(before, after)
        if between & words.beside and not between & words.inside:
            yield from (before, after)


def _between(before: Claim, after: Claim) -> set[str]:
    """The words between two claims of a sentence."""
    sentence, end, start = before.sentence, before.end, after.start
    if sentence is None or end is None or start is None:
        return set()
    text = sentence.text[end - sentence.start : start - sentence.start]
    return {w.strip(",;:.()–—-").casefold() for w in text.split()}

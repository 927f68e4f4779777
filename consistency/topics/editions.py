"""Two editions of one report are no copy with an error: where most numbers of a text are new, the text was brought up
to date, or filled in for another day or thing; in a copy one or two are wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consistency.model import Claim
from consistency.topics.alignment import matched_claims
from consistency.topics.passages import CopyRules, Passage

Pair = tuple[Claim, Claim]
Places = tuple[int, int]


def copies_and_editions(
    copies: Sequence[Places],
    alike: Sequence[Sequence[Places]],
    passages: Sequence[Passage],
    rules: CopyRules,
    published: Mapping[str, str | None],
) -> tuple[list[Pair], list[tuple[str, str]]]:
    """The pairs of claims at one place of two copied passages, and the pairs of sources that are two editions of one
    text: of those only the passages that stand in both word for word are copies.

    copies: pairs of passages, by index; alike: for two sources that are alike in much, all their passages that are;
    published: the day of each source. Two texts of one day with one date in them are told as editions nowhere: what
    differs in them is compared like any other two numbers."""
    matched: dict[Places, list[Pair]] = {}

    def claims(a: int, b: int) -> list[Pair]:
        if (a, b) not in matched:
            matched[a, b] = matched_claims(passages[a], passages[b])
        return matched[a, b]

    editions, told = set(), []
    for found in alike:
        changed = _changed([pair for a, b in found for pair in claims(a, b)], rules)
        if changed:
            sources = passages[found[0][0]].source, passages[found[0][1]].source
            editions.add(sources)
            days = {published.get(source) for source in sources}
            if len(days) > 1 or None in days or any(a.kind == "date" for a, _ in changed):
                told.append(sources)
    out: list[Pair] = []
    for a, b in copies:
        one, two = passages[a], passages[b]
        if one.plain == two.plain or (one.source, two.source) not in editions:
            out.extend(claims(a, b))
    return out, told


def _changed(pairs: Sequence[Pair], rules: CopyRules) -> list[Pair]:
    """The numbers and dates that differ, if they are so many, and differ in so many ways, that somebody wrote them
    anew; else none. One number that is changed wherever it stands counts once.
    """
    places = [(a, b) for a, b in pairs if a.value is not None and b.value is not None]
    changed = [(a, b) for a, b in places if a.text != b.text and _printed(a) != _printed(b)]
    ways = {(_printed(a), _printed(b)) for a, b in changed}
    if len(ways) < 2:
        return []
    return changed if len(changed) > (rules.edition if len(ways) > 2 else 2 * rules.edition) * len(places) else []


def _printed(claim: Claim) -> tuple[object, ...]:
    """What a claim says, so that words and digits for one number are the same."""
    value = claim.value
    if value is None:
        return (claim.text,)
    return (value.point if value.point is not None else (value.low, value.high), value.hedge, claim.unit)

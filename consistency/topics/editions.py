"""Two editions of one report are no copy with an error: where most numbers of a text are new, the text was brought up
to date, or filled in for another day or thing; in a copy one or two are wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from consistency.model import Claim
from consistency.topics.alignment import matched_claims
from consistency.topics.passages import CopyRules, Passage

Pair = tuple[Claim, Claim]


def without_editions(
    copies: Sequence[tuple[int, int]], passages: Sequence[Passage], rules: CopyRules
) -> Iterator[Pair]:
    """The pairs of claims at one place of two copied passages (given by index), without those of passages that an
    edition of the text has changed; passages that stand there word for word remain copies."""
    by_sources: dict[tuple[str, str], list[tuple[bool, list[Pair]]]] = defaultdict(list)
    for a, b in copies:
        one, two = passages[a], passages[b]
        by_sources[one.source, two.source].append((one.plain == two.plain, matched_claims(one, two)))
    for found in by_sources.values():
        edition = _is_edition([pair for _, pairs in found for pair in pairs], rules)
        for same, pairs in found:
            if same or not edition:
                yield from pairs


def _is_edition(pairs: Sequence[Pair], rules: CopyRules) -> bool:
    """Whether so many numbers and dates differ, and in so many ways, that somebody wrote them anew.

    One number that is changed wherever it stands counts once.
    """
    places = [(a, b) for a, b in pairs if a.value is not None and b.value is not None]
    changed = [(a, b) for a, b in places if a.text != b.text and _printed(a) != _printed(b)]
    ways = {(_printed(a), _printed(b)) for a, b in changed}
    if len(ways) < 2:
        return False
    return len(changed) > (rules.edition if len(ways) > 2 else 2 * rules.edition) * len(places)


def _printed(claim: Claim) -> tuple[object, ...]:
    """What a claim says, so that words and digits for one number are the same."""
    value = claim.value
    if value is None:
        return (claim.text,)
    return (value.point if value.point is not None else (value.low, value.high), value.hedge, claim.unit)

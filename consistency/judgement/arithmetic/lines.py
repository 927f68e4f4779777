"""Sentences with the claims in them, and the words between two claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from consistency.judgement.intervals import Interval, interval_of
from consistency.model import Claim, Period, Sentence

AMOUNTS = frozenset({"count", "money", "measure"})
MOST = 60
"""A sentence with more claims than this is a table or a trick: nothing is counted in it."""
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SAID = frozenset({"asserted", "reported"})


class Line(NamedTuple):
    """A sentence and its claims, in the order of the text.

    amounts: the levels told in it: counts, money and measures, but no lengths of time."""

    source: str
    sentence: Sentence
    claims: tuple[Claim, ...]
    amounts: tuple[Claim, ...]

    def text(self, start: int, end: int) -> str:
        """The text between two offsets of the source, as far as the sentence reaches."""
        first = self.sentence.start
        return self.sentence.text[max(0, start - first) : max(0, end - first)]

    def between(self, a: Claim, b: Claim) -> str:
        """The text from the end of one claim to the start of the next."""
        return self.text(a.end or 0, b.start or 0)

    def before(self, claim: Claim, reach: int = 60) -> str:
        """The text right before a claim."""
        start = claim.start or 0
        return self.text(max(self.sentence.start, start - reach), start)

    def after(self, claim: Claim, reach: int = 60) -> str:
        """The text right after a claim."""
        end = claim.end or 0
        return self.text(end, end + reach)


def lines_of(claims: Iterable[Claim]) -> Iterator[Line]:
    """The sentences of all sources that hold claims, in order of source and place; no endless rows of numbers."""
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if claim.sentence is not None and claim.start is not None and claim.end is not None:
            found.setdefault((claim.source, claim.sentence.start), []).append(claim)
    for source, start in sorted(found):
        held = sorted(found[source, start], key=lambda c: (c.start or 0, c.end or 0, c.kind, c.id))
        sentence = held[0].sentence
        if sentence is not None and len(held) <= MOST:
            yield Line(source, sentence, tuple(held), tuple(c for c in held if is_amount(c)))


def words(text: str) -> list[str]:
    """The words of a stretch, in lower case."""
    return [m.group().casefold() for m in _WORD.finditer(text)]


def plain(claim: Claim) -> bool:
    """Whether a claim is said to be so by its own source, now."""
    return claim.modality in _SAID and not claim.superseded and claim.standing is None


def is_amount(claim: Claim) -> bool:
    """Whether a claim gives a level as a number that one can count with."""
    return (
        claim.kind in AMOUNTS
        and claim.aspect in {"level", "cumulative"}
        and claim.dimension != "time"
        and claim.derived is None
        and numbered(claim)
        and plain(claim)
    )


def numbered(claim: Claim) -> bool:
    """Whether a claim tells a number, not a date, a vague word ("dozens") or none."""
    value = claim.value
    if value is None or isinstance(value.low, str) or isinstance(value.high, str) or value.hedge == "order":
        return False
    return value.low is not None or value.high is not None


def number(claim: Claim) -> Interval | None:
    """The interval of a claim's number, if it tells one."""
    return interval_of(claim.value) if numbered(claim) else None


def year_of(period: Period) -> int | None:
    """The year, where the period is one calendar year."""
    if not period.from_ or not period.to or period.from_[:4] != period.to[:4]:
        return None
    return int(period.from_[:4]) if (period.from_[5:], period.to[5:]) == ("01-01", "12-31") else None

"""What the facts of a pair are read from: the two claims in order, and all that is known around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from consistency.judgement.intervals import Interval, interval_of
from consistency.judgement.knowledge import Knowledge, knowledge
from consistency.judgement.near import Near
from consistency.judgement.profiles import Profile
from consistency.judgement.rates import Rates, rates
from consistency.judgement.settings import JudgeSettings
from consistency.judgement.times import Span, held_at, span_of, unfinished
from consistency.model import Claim, Context, Link, Origins


class Side(NamedTuple):
    """What a claim brings to each pair: its value as printed (a fall lies below zero), the days of its period,
    when its value held, and what puts it before another."""

    claim: Claim
    interval: Interval | None
    period: Span | None
    held: Span | None
    rank: tuple[int, int, str, str, str]


class Surroundings(msgspec.Struct, frozen=True):
    """What all pairs of a topic share.

    spread: origin to the sources that have a claim of it; same: claim id to the claim whose amount it tells again in
    another unit; numbers: (source, kind) to the printed numbers of that source; parts: ids of counts that one sentence
    tells side by side; anew: pairs of sources that are two editions of one text; with_one: the counts of the topic that
    are told to take somebody in ("including the suspect").
    """

    profile: Profile
    contexts: Mapping[str, Context] = {}
    origins: Origins = msgspec.field(default_factory=Origins)
    settings: JudgeSettings = msgspec.field(default_factory=JudgeSettings)
    words: Knowledge = msgspec.field(default_factory=knowledge)
    trusted: tuple[str, ...] = ()
    links: Mapping[tuple[str, str], Link] = {}
    copied: frozenset[tuple[str, str]] = frozenset()
    anew: frozenset[tuple[str, str]] = frozenset()
    same: Mapping[str, str] = {}
    spread: Mapping[str, frozenset[str]] = {}
    rates: Rates = msgspec.field(default_factory=rates)
    numbers: Mapping[tuple[str, str], Sequence[Claim]] = {}
    parts: frozenset[str] = frozenset()
    with_one: frozenset[float] = frozenset()
    _sides: dict[str, Side] = {}
    _near: dict[str, Near] = {}

    @property
    def level(self) -> bool:
        """Whether the value is one of an instant, ordered by as_of."""
        return self.profile.kind in {"stock", "cumulative", "clock", "unknown"}

    def context(self, claim: Claim) -> Context | None:
        return self.contexts.get(claim.source)

    def published(self, claim: Claim) -> str | None:
        context = self.context(claim)
        return context.published if context else None

    def held(self, claim: Claim) -> Span | None:
        return self.side(claim).held

    def side(self, claim: Claim) -> Side:
        """Worked out once a claim."""
        found = self._sides.get(claim.id)
        if found is None or found.claim is not claim:
            context = self.context(claim)
            running = self._so_far(claim, context)
            period = running or span_of(claim.period)
            held = held_at(claim, context, self.level, self.profile.kind == "cumulative", running)
            by = period if self.profile.kind == "flow" else held
            first, last = (by.first, by.last) if by else (10**9, 10**9)
            rank = (first, last, self.published(claim) or "9999", claim.fingerprint, claim.id)
            found = self._sides[claim.id] = Side(claim, interval_of(claim.value, _falls(claim)), period, held, rank)
        return found

    def _so_far(self, claim: Claim, context: Context | None) -> Span | None:
        """The days of a period that is not over ("this year", "so far in 2024")."""
        running = unfinished(claim, context)
        if running is None or any(map(self.near(claim).has, self.words.so_far)):
            return running
        if claim.period.basis != "relative" or claim.sentence is None or not claim.period.text:
            return None
        owned = f"{claim.period.text}'s" in claim.sentence.text.replace("’", "'")  # "this year's census" is over
        return None if owned else running

    def near(self, claim: Claim) -> Near:
        """The words of its sentence; worked out once a claim."""
        found = self._near.get(claim.id)
        if found is None:
            found = self._near[claim.id] = Near(claim)
        return found

    def origin(self, claim: Claim) -> str:
        return self.origins.of.get(claim.id, claim.id)

    def are_copied(self, a: Claim, b: Claim) -> bool:
        """Whether two claims of different sources stand at one place of a passage that one took from the other."""
        if a.source == b.source:
            return False
        if (a.id, b.id) in self.copied or (b.id, a.id) in self.copied:
            return True
        return a.id in self.origins.of and b.id in self.origins.of and self.origin(a) == self.origin(b)

    def answered(self, a: Claim, b: Claim) -> bool:
        """Whether one of two claims has its copy in the other's source: that copy is the answer to it, not the other.

        (a, b) then differ as two claims of one source do, and are compared there.
        """
        if a.source == b.source or self.are_copied(a, b):
            return False
        if (a.zone in self.words.weak_zones) != (b.zone in self.words.weak_zones):
            return False  # a caption printed again beside another text
        return b.source in self.spread.get(self.origin(a), ()) or a.source in self.spread.get(self.origin(b), ())

    def editions(self, a: Claim, b: Claim) -> bool:
        """Whether two sources are one text, filled in anew: what differs was meant to."""
        return (min(a.source, b.source), max(a.source, b.source)) in self.anew

    def order(self, a: Claim, b: Claim) -> tuple[Claim, Claim]:
        """The two claims, earlier first: by the date the value held, then by publication, then by fingerprint."""
        return (a, b) if self.side(a).rank <= self.side(b).rank else (b, a)


class Pair:
    """Two claims, earlier first, with what several facts need of them worked out once."""

    __slots__ = ("a", "around", "b", "copied", "held", "intervals", "periods", "same_source")

    def __init__(self, a: Claim, b: Claim, around: Surroundings) -> None:
        one, two = around.side(a), around.side(b)
        self.a, self.b, self.around = a, b, around
        self.copied = around.are_copied(a, b)
        self.same_source = a.source == b.source
        self.intervals = one.interval, two.interval
        self.periods = one.period, two.period
        self.held = one.held, two.held

    @property
    def profile(self) -> Profile:
        return self.around.profile


def _falls(claim: Claim) -> bool:
    return claim.aspect == "change" and claim.trend == "down"

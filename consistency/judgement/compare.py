"""Two positions of a topic against each other, and the agreement inside one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import product

from consistency.judgement import saying
from consistency.judgement.apart import of_one_role, of_two_things, one_time, told_apart
from consistency.judgement.confidence import confidence
from consistency.judgement.conversion import same_unit
from consistency.judgement.curated import Event, between
from consistency.judgement.facts import Facts, facts_in_full, in_other_words
from consistency.judgement.messages import message, notes, why
from consistency.judgement.pair import Surroundings
from consistency.judgement.positions import Position, sources_of
from consistency.judgement.ranking import telling
from consistency.judgement.reconcile import reconcile
from consistency.judgement.rows import Row
from consistency.judgement.table import Places, Table
from consistency.judgement.times import Span, span_of
from consistency.model import Claim, Finding, Topic

SCHEME = "1"
ALONE = frozenset({"contradiction", "possible-contradiction"})
"""Outcomes that are worth telling of one source alone."""


class Bench:
    """What comparing within one topic needs: the table, the topic and its surroundings."""

    def __init__(
        self, topic: Topic, around: Surroundings, table: Table, events: tuple[Event, ...] = (), many: bool = False
    ) -> None:
        """many: whether the topic has so many positions that one claim must stand for each."""
        self.topic, self.around, self.table, self.events = topic, around, table, events
        self.editions = 0  # pairs that seemed to differ, of two editions of one text
        self.apart = 0  # pairs that seemed to differ, of which one side tells the other's value, too
        self.size = 1 if many else around.settings.sample

    # ---------------------------------------------------------------------------------------------------- one finding
    def across(self, p: Position, q: Position) -> tuple[Row, Facts] | None:
        """The row that speaks for two positions, and the pair of claims that stands for them.

        None where every claim of one side has its copy beside the other (those copies are compared), or where the two
        are told apart by a text that has both.
        """
        pairs = [(a, b) for a, b in self._pairs(p, q) if not self.around.answered(a, b)]
        if not pairs:
            return None
        every = sorted((facts_in_full(a, b, self.around) for a, b in pairs), key=telling)
        every = [f for f in every if not (f.pair.same_source and of_two_things(f))] or every
        row, full = self.row(every[0]), every[0]
        if row.outcome == "none" and full.facts["values"] == "equal":  # one text's own two dates, but others agree
            row, full = next(((r, f) for f in every if (r := self.row(f)).outcome == "agreement"), (row, full))
        if row.outcome in ALONE or row.outcome == "time-explained":
            row, full = next((x for x in self._scoped(every, full)), (row, full))
        if row.outcome not in ALONE:
            return row, full
        if self.around.editions(full.pair.a, full.pair.b) and row.reason != "impossible-change" and not one_time(full):
            self.editions += 1
            return None
        apart = told_apart(full, self.around.numbers)
        if apart and of_one_role(full) and not of_two_things(full):
            full.facts["told"] = "both"
            return self.row(full), full
        if apart or of_two_things(full):
            self.apart += 1
            return None
        full = in_other_words(full)
        return self.row(full), full

    def _scoped(self, every: Sequence[Facts], full: Facts) -> Iterator[tuple[Row, Facts]]:
        """The same two texts' other sentences with these numbers, where one of them says what its number leaves out."""
        texts = {full.pair.a.source, full.pair.b.source}
        for other in every:
            if {other.pair.a.source, other.pair.b.source} == texts and not other.pair.copied:
                row = self.row(other)
                if row.outcome == "scope-explained":
                    yield row, other

    def inside(self, p: Position) -> Finding | None:
        """The agreement inside a position that two or more sources share; copies of one passage agree only once."""
        if len(sources_of(p.claims)) < 2:
            return None
        a, b = self._two(p)
        full = facts_in_full(a, b, self.around)
        row = self.row(full)
        return None if row.outcome == "none" else self.finding(row, full, [p.claims])

    def finding(self, row: Row, full: Facts, sides: Sequence[Sequence[Claim]]) -> Finding:
        """The finding that a row makes of a pair that stands for its sides."""
        claims = tuple(c.id for side in sides for c in side)
        origins = {self.around.origin(c) for side in sides for c in side}
        said = between(self.events, *self._when(full)) if row.outcome == "time-explained" else ()
        told = tuple(f"Between them: {e.text} ({saying.day(e.date)})." for e in said)
        return Finding(
            id=finding_id(sides, row.id if len(sides) == 1 else ""),
            topic=self.topic.id,
            outcome=row.outcome,
            reason=row.reason,
            rule=row.id,
            severity=row.severity,
            claims=claims,
            sides=tuple(tuple(c.id for c in side) for side in sides),
            facts=full.facts,
            message=message(row, full, self.topic.title),
            why=why(row, full),
            notes=(*told, *notes(full)),
            reconcile=reconcile(row.outcome, full),
            confidence=confidence(full, row.outcome),
            same_origin=len(origins) == 1 and len(claims) > 1,
        )

    def row(self, full: Facts) -> Row:
        """The row of the table for a pair."""
        return self.table.look_up(full.facts, lambda: self._places(full))

    # ------------------------------------------------------------------------------------------------------- which pair
    def _pairs(self, p: Position, q: Position) -> list[tuple[Claim, Claim]]:
        """The claim pairs that may stand for two positions: a few of each side, and every copied pair between them."""
        size = self.size
        pairs = list(product(_sample(p, size), _sample(q, size)))
        if p.also or q.also:  # compare dollars with dollars where one side tells its amount in both currencies
            pairs = [(a, b) for a, b in product(p.everything, q.everything) if same_unit(a, b)][:64] or pairs
        if len(p.claims) > size or len(q.claims) > size:
            pairs += self._copied_pairs(p, q)
        return pairs

    def _copied_pairs(self, p: Position, q: Position) -> list[tuple[Claim, Claim]]:
        """The first copied pair of each origin that stands on both sides."""
        origin_of = self.around.origin
        first: dict[str, Claim] = {}
        for c in p.claims:
            first.setdefault(origin_of(c), c)
        return [
            (first[o], c) for c in q.claims if (o := origin_of(c)) in first and self.around.are_copied(first[o], c)
        ][:64]

    def _two(self, p: Position) -> tuple[Claim, Claim]:
        """Two claims of different sources that stand for an agreement: of different origins where there are such."""
        first = p.claims[0]
        others = [c for c in p.claims if c.source != first.source]
        apart = [c for c in others if not self.around.are_copied(first, c)]
        return first, (apart or others)[0]

    def worth_telling(self, row: Row, *sides: Sequence[Claim]) -> bool:
        """One source alone is told of only where it contradicts itself."""
        return row.outcome in ALONE or len(sources_of(c for side in sides for c in side)) > 1

    def _when(self, full: Facts) -> tuple[Span | None, Span | None]:
        if self.around.profile.kind == "flow":
            return span_of(full.pair.a.period), span_of(full.pair.b.period)
        return full.pair.held

    def _places(self, full: Facts) -> Places:
        """What a user's row may be bound to."""
        pair = (full.pair.a, full.pair.b)
        contexts = [self.around.context(c) for c in pair]
        return {
            "topic": [t for t in (self.topic.id, self.topic.title, self.topic.curated) if t],
            "entity": sorted({e for c in pair for e in c.measure.entities}),
            "source": [c.source for c in pair],
            "publisher": [c.publisher for c in contexts if c and c.publisher],
        }


def _sample(p: Position, size: int) -> list[Claim]:
    """Claims that may stand for a position: the earliest, the surest ones and the latest."""
    if len(p.claims) <= size:
        return list(p.claims)
    if size == 1:
        return [min(p.claims, key=lambda c: (-c.confidence, c.standing is not None, c.fingerprint))]
    sure = sorted(p.claims[1:-1], key=lambda c: (-c.confidence, c.standing is not None, c.fingerprint))
    return [p.claims[0], *sure[: size - 2], p.claims[-1]]


def finding_id(sides: Sequence[Sequence[Claim]], extra: str = "") -> str:
    """Stable: a hash of the scheme version and the earliest claim's fingerprint of each side, sorted."""
    firsts = sorted(side[0].fingerprint for side in sides)
    return f"f{SCHEME}-" + hashlib.sha256("\0".join([SCHEME, *firsts, extra]).encode()).hexdigest()[:12]

"""Equal parts of claims made one object. Records that came from another process or a file have each their own copy of
every word, and take more than twice the memory of those that were read here."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from consistency.model import Claim, Extraction, Measure, Period, Value
from consistency.topics.about import one_set

S = TypeVar("S", bound=Struct)


class Sharing:
    """Remembers what it was given: words of all sources, records of one at a time. Numbers are left alone: 1 and 1.0
    are equal, and printed differently."""

    def __init__(self) -> None:
        self._words: dict[str | None, str | None] = {}
        self._bases: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
        self._known: dict[Any, Any] = {}

    def __call__(self, extraction: Extraction) -> Extraction:
        """An equal extraction."""
        self._known = {}
        source = self._words.setdefault(extraction.source, extraction.source)
        context = replace(extraction.context, source=source, terms=self._all(extraction.context.terms))
        claims = tuple(self._claim(claim, source) for claim in extraction.claims)
        return replace(extraction, source=source, context=context, claims=claims)

    def _claim(self, c: Claim, source: Any) -> Claim:
        """Field by field: a loop over their names would take twice the time, and this is half of what the first process
        has to do while others read."""
        word, known = self._words.setdefault, self._known
        return replace(
            c,
            source=source,
            kind=word(c.kind, c.kind),
            sentence=known.setdefault(c.sentence, c.sentence),
            zone=word(c.zone, c.zone),
            value=c.value and self._value(c.value),
            aspect=word(c.aspect, c.aspect),
            trend=word(c.trend, c.trend),
            unit=word(c.unit, c.unit),
            per=word(c.per, c.per),
            dimension=word(c.dimension, c.dimension),
            period=known.get(c.period) or self._period(c.period),
            as_of=known.get(c.as_of) or self._period(c.as_of),
            measure=known.get(c.measure) or self._measure(c.measure),
            scope=c.scope and self._all(c.scope),
            modality=word(c.modality, c.modality),
            speaker=word(c.speaker, c.speaker),
            standing=word(c.standing, c.standing),
            basis=self._bases.setdefault(tuple(c.basis.items()), c.basis),
        )

    def _value(self, value: Value) -> Value:
        return replace(value, hedge=self._words.setdefault(value.hedge, value.hedge))

    def _period(self, p: Period) -> Period:
        word = self._words.setdefault
        same = self._known[p] = replace(
            p,
            from_=word(p.from_, p.from_),
            to=word(p.to, p.to),
            granularity=word(p.granularity, p.granularity),
            basis=word(p.basis, p.basis),
        )
        return same

    def _measure(self, m: Measure) -> Measure:
        word = self._words.setdefault
        same = self._known[m] = replace(
            m,
            noun=word(m.noun, m.noun),
            relation=word(m.relation, m.relation),
            terms=self._all(m.terms),
            entities=self._all(m.entities),
        )
        return same

    def _all(self, words: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(map(self._words.setdefault, words, words))


def with_shared_sets(record: S) -> S:
    """An equal document or signature: its sets are those that others have too, as most are empty."""
    values = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return replace(record, **{name: one_set(value) for name, value in values if type(value) is frozenset})

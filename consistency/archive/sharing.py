"""Equal parts of claims made one object. Records that came from another process or a file have each their own copy of
every word, and take more than twice the memory of those that were read here."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec.structs import replace

from consistency.model import Claim, Extraction, Measure, Period, Value

_WORDS = ("kind", "zone", "aspect", "trend", "unit", "per", "dimension", "modality", "speaker", "standing")
"""Fields of a claim that are words, and of few kinds."""
_FIELDS = {Period: ("from_", "to", "granularity", "basis"), Measure: ("noun", "relation", "terms", "entities")}
R = TypeVar("R", Period, Measure)


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
        source = self._word(extraction.source)
        context = replace(extraction.context, source=source, terms=self._all(extraction.context.terms))
        claims = tuple(self._claim(claim, source) for claim in extraction.claims)
        return replace(extraction, source=source, context=context, claims=claims)

    def _claim(self, claim: Claim, source: Any) -> Claim:
        word, known = self._word, self._known
        return replace(
            claim,
            source=source,
            sentence=known.setdefault(claim.sentence, claim.sentence),
            value=None if claim.value is None else self._value(claim.value),
            period=self._record(claim.period),
            as_of=self._record(claim.as_of),
            measure=self._record(claim.measure),
            scope=self._all(claim.scope),
            basis=self._bases.setdefault(tuple(claim.basis.items()), claim.basis),
            **{name: word(getattr(claim, name)) for name in _WORDS},
        )

    def _value(self, value: Value) -> Value:
        return replace(value, hedge=self._word(value.hedge))

    def _record(self, record: R) -> R:
        same: R | None = self._known.get(record)
        if same is None:
            told = {name: getattr(record, name) for name in _FIELDS[type(record)]}
            words = {name: self._all(v) if isinstance(v, tuple) else self._word(v) for name, v in told.items()}
            same = self._known[record] = replace(record, **words)
        return same

    def _word(self, word: Any) -> Any:
        return self._words.setdefault(word, word)

    def _all(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._word, words)) if words else ()

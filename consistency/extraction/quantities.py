"""Quantities: numbers with hedge, unit, rate, counted noun and direction. The top of the number part of the cascade.

Levels, each in a file of its own: numbers · atoms (number and unit) · filters (what is no amount) · ranges (two numbers
that make one) · hedges, intervals and changes (what the words around make of it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consistency.extraction.atoms import Atom, AtomReader
from consistency.extraction.changes import is_level_hedge, is_motion, multiple_trend, trend_after, trend_before
from consistency.extraction.filters import Filter, counts_days
from consistency.extraction.hedges import hedge_after, hedge_before, stronger
from consistency.extraction.intervals import value_of
from consistency.extraction.numbers import START, number_classes
from consistency.extraction.ordinals import Ordinals
from consistency.extraction.people import People, ages
from consistency.extraction.ranges import Pair, Pairing
from consistency.extraction.spans import Quantity, Timex
from consistency.extraction.tokens import END, Tokens
from consistency.extraction.units import unit_at
from consistency.model import Value

_PAD = 12
_NEAR = 6  # tokens between two numbers that may make one quantity
_NO_DATE = frozenset(("DURATION",))


def find_quantities(tokens: Tokens, times: Sequence[Timex] = ()) -> list[Quantity]:
    """All quantities of a text, in text order. `times`: the time expressions found in it; a date holds no quantity,
    except a length of time ("three years ago")."""
    classes = number_classes(tokens)
    if START.search(classes) is None:
        return []
    return _Finder(_padded(tokens), classes + END * _PAD, times).run()


def _padded(tokens: Tokens) -> Tokens:
    """The tokens with closing words behind them, so that a look ahead needs no check for the end of the text. Nothing
    asks for the place or the print of a word further than the last closing token."""
    lower = tokens.lower + [END] * _PAD
    return Tokens(tokens.text, tokens.words, lower, tokens.starts, tokens.ends, tokens.sentences, tokens.closes)


class _Finder:
    def __init__(self, tokens: Tokens, classes: str, times: Sequence[Timex]) -> None:
        self.tokens = tokens
        self.lower = tokens.lower
        self.c = classes
        self.atoms = AtomReader(tokens, self.c)
        self.filter = Filter(tokens, self.c)
        self.pairing = Pairing(tokens, self.c)
        self.ordinals = Ordinals(tokens, self.c)
        self.dates = sorted((t.first, t.last) for t in times if t.type not in _NO_DATE)
        self.people = People(tokens)
        self.out: list[Quantity] = []

    def run(self) -> list[Quantity]:
        self._assemble(self._atoms())
        return self.out

    def _atoms(self) -> list[Atom]:
        atoms: list[Atom] = []
        pos = floor = 0
        c, size = self.c, len(self.c)
        dates = iter((*self.dates, (size, size)))
        begin, end = next(dates)
        for m in START.finditer(c):
            i = m.start()
            if i < pos:
                continue
            while end <= i:
                begin, end = next(dates)
            if begin <= i and not self._counts_days(i, end):
                continue
            atom = self.atoms.read(i, floor)
            if atom is None:
                continue
            pos = atom.nlast
            if atom.kind == "ordinal":
                if self.ordinals.complete(atom):
                    atoms.append(atom)
            elif not self.filter.drops(atom):
                atoms.append(atom)
                floor = pos = max(pos, atom.nlast if atom.noun is not None and atom.per is None else atom.last)
        return atoms

    def _counts_days(self, i: int, end: int) -> bool:
        return counts_days(self.tokens, self.c, i, end, self._dimension_at)

    def _dimension_at(self, i: int) -> str | None:
        unit, _ = unit_at(self.tokens, i)
        return None if unit is None else unit.dimension

    def _assemble(self, atoms: list[Atom]) -> None:
        ages(atoms, self.lower)
        i, n = 0, len(atoms)
        while i < n:
            atom = atoms[i]
            i += 1
            if i < n and atoms[i].first - atom.last <= _NEAR and atom.kind not in ("ordinal", "rank", "multiple"):
                joined = self.pairing.pair(atom, atoms[i])
                if joined is not None:
                    i += 1
                    if isinstance(joined, Atom):
                        self._single(joined)
                    elif joined.value is not None:
                        self._range(joined, joined.value)
                    continue
            self._single(atom)

    def _range(self, pair: Pair, value: Value) -> None:
        self._emit(pair.atom, value, pair.first, pair.last, pair.number)

    def _single(self, atom: Atom) -> None:
        hedge, first, last = "exact", atom.first, atom.last
        if atom.kind not in ("ordinal", "rank"):
            span_of_time = atom.dimension == "time" and not atom.age and self.lower[atom.last] not in ("ago", "old")
            hedge, first = hedge_before(self.lower, atom.first, span_of_time)
            later, end = hedge_after(self.lower, atom.last)
            if later == "exact" and atom.last > atom.nlast:
                later, end = hedge_after(self.lower, atom.nlast)
            if later != "exact":
                hedge, last = stronger(hedge, later), max(last, end)
        value = value_of(atom.number, hedge, atom.kind, atom.age)
        self._emit(atom, value, first, last, (atom.nfirst, atom.nlast))

    def _emit(self, atom: Atom, value: Value, first: int, last: int, number: tuple[int, int]) -> None:
        trend, aspect = None, "level"
        if atom.unit is None and atom.kind == "count" and self.people.counted(first, last):
            atom.unit = "person"
        if atom.kind == "multiple":
            trend, aspect = multiple_trend(self.lower[atom.nfirst]) or trend_before(self.lower, first), "multiple"
        elif atom.dimension != "time" and atom.kind not in ("ordinal", "rank"):
            gone = atom.dimension == "length" and is_motion(self.lower, first, last)
            trend = None if gone or is_level_hedge(self.lower[first]) else self._trend(atom, first, last)
            if trend is not None:
                aspect = "change"
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        self.out.append(
            Quantity(
                first=first,
                last=last,
                start=start,
                end=end,
                text=self.tokens.text[start:end],
                kind=atom.kind,
                value=value,
                trend=trend,
                unit=atom.unit,
                per=atom.per,
                dimension=atom.dimension,
                aspect=aspect,
                noun=atom.noun,
                number=number,
                rank=atom.rank,
            )
        )

    def _trend(self, atom: Atom, first: int, last: int) -> str | None:
        way = trend_before(
            self.lower, first, atom.kind == "money", atom.noun is not None and atom.unit != "point"
        ) or self._same_change(first)
        counted = atom.kind == "count" and (atom.noun is not None or atom.number.form != "digits")
        if way is not None or (counted and atom.unit != "point"):
            return way
        if atom.dimension in ("length", "area"):
            return None  # "two miles up"
        return trend_after(self.lower, last, atom.kind == "money")

    def _same_change(self, first: int) -> str | None:
        """ "fell 5.39, or 1.2 percent": the same change told again."""
        if not self.out or self.lower[first - 1] not in ("or", "by"):
            return None
        before = self.out[-1]
        gap = self.lower[before.last : first]
        if gap in (["or"], [",", "or"]):
            return before.trend
        again = gap[-1:] == ["by"] and "and" in gap and len(gap) < 8 and END not in gap
        return before.trend if again else None


def layer_row(source_id: str, quantity: Quantity) -> dict[str, Any]:
    """A quantity as a row of the layer "quantities" (docs/records.md)."""
    value = quantity.value
    return {
        "source": source_id,
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
        "kind": quantity.kind,
        "low": value.low,
        "high": value.high,
        "low_open": value.low_open,
        "high_open": value.high_open,
        "point": value.point,
        "hedge": value.hedge,
        "trend": quantity.trend,
        "unit": quantity.unit,
        "per": quantity.per,
        "dimension": quantity.dimension,
        "aspect": quantity.aspect,
        "rank": quantity.rank,
    }

"""Two numbers that make one quantity: "10 to 20", "between 80 and 90 %", "one in five", "3-2" (a score: none)."""

from __future__ import annotations

import msgspec

from consistency.extraction import dates_scores
from consistency.extraction.atoms import Atom
from consistency.extraction.changes import trend_before, way_near
from consistency.extraction.hedges import hedge_after, hedge_before, stronger
from consistency.extraction.intervals import range_of
from consistency.extraction.numbers import DIGITS, Number, plain
from consistency.extraction.tokens import Tokens
from consistency.model import Value

_DASHES = frozenset("-–‑−—~")
_LOWER = frozenset(("more-than", "at-least"))
_UPPER = frozenset(("less-than", "at-most"))

_MINUTES = (5, 10, 20, 25)
_HOURS = 12


class Pair(msgspec.Struct):
    """What two neighbours make together. atom: the one that holds the unit; value None: neither is an amount."""

    atom: Atom
    value: Value | None = None
    first: int = 0
    last: int = 0
    number: tuple[int, int] = (0, 0)


class Pairing:
    """Joins neighbouring atoms of one token list."""

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens, self.lower, self.c = tokens, tokens.lower, classes

    def pair(self, a: Atom, b: Atom) -> Pair | Atom | None:
        """A range (Pair), a ratio or measured value (Atom), or None where the two are quantities of their own."""
        if b.kind in ("ordinal", "rank") or b.number.form == "multiple":
            return None
        gap = self.lower[a.last : b.first]
        if not gap:
            return self._minus_is_dash(a, b)
        if len(gap) == 1:
            if gap[0] == "±":
                return self._uncertain(a, b)
            return self._joined(a, b, gap[0])
        if gap == ["-", "to", "-"] and a.unit is None and b.kind == "count" and a.number.value > b.number.value:
            return self._ratio(a, b, "ratio")
        if gap in (["-", "to"], ["-", "to", "-"]):
            return self._joined(a, b, "to")
        if gap in (["-", "and"], ["-", "or"]) or (gap == ["and"] and b.age and b.joined):
            self._share_unit(a, b)
            a.age = b.age
            return None
        if gap == ["+", "/", "-"]:
            return self._uncertain(a, b)
        if len(gap) == 2 and gap[1] == "in" and self.lower[a.nfirst] == "one" and a.kind == b.kind == "count":
            return self._one_in(a, b)  # "one case in five"
        if gap == ["out", "of"] and a.number.value <= b.number.value and a.unit is None:
            return self._ratio(a, b)
        return self._bounds(a, b)

    def _minus_is_dash(self, a: Atom, b: Atom) -> Pair | None:
        """ "75 -300 mm": what was read as a sign is the dash of a range."""
        if b.number.value >= 0 or self.lower[b.first] not in _DASHES or a.unit not in (None, b.unit):
            return None
        if self.c[a.last - 1] not in DIGITS or b.unit is None:
            return None
        n = b.number
        mantissa = None if n.mantissa is None else -n.mantissa
        b.number = Number(n.first, n.last, -n.value, n.form, mantissa, n.exp, scaled=n.scaled)
        return self._range(a, b)

    def _uncertain(self, a: Atom, b: Atom) -> Atom:
        """ "2,000 ± 5 pounds": the first number with the unit of the second."""
        b.number, b.first, b.nfirst = a.number, a.first, a.nfirst
        return b

    def _joined(self, a: Atom, b: Atom, link: str) -> Pair | Atom | None:
        if (
            link == "of"
            and a.kind == b.kind == "count"
            and a.unit is None
            and b.unit is None
            and a.number.form == "digits"
        ):
            return Pair(a)  # "1 of 12": a caption's number
        if link == "in":
            return self._one_in(a, b)
        if (a.kind == "fraction") != (b.kind == "fraction") or (a.number.form == "order") != (b.number.form == "order"):
            return None
        bare_tail = b.unit is None and (a.kind == "money" or a.unit is None)
        if not (a.unit == b.unit or a.unit is None or bare_tail):
            return None
        if link in _DASHES:
            return self._dash(a, b)
        if link in ("to", "through", "till", "until"):
            return self._to(a, b)
        if link in ("and", "&"):
            start = hedge_before(self.lower, a.first)[1]
            between = self._between(start)
            return self._range(a, b, between) if between is not None else self._bounds(a, b)
        if link == "or" and a.unit is None and a.kind == "count" and not a.number.scaled:
            step = b.number.value - a.number.value
            return self._range(a, b) if 0 < step <= max(2, a.number.value // 2) else None
        return self._bounds(a, b) if link == "," else None

    def _between(self, start: int) -> int | None:
        """Token of the "between" that opens a range whose first number begins at `start`, if there is one."""
        for words in (["between"], ["between", "the", "ages", "of"], ["between", "ages"], ["between", "the"]):
            if self.lower[max(0, start - len(words)) : start] == words:
                return start - len(words)
        return None

    def _one_in(self, a: Atom, b: Atom) -> Atom | None:
        """ "one in five", "3 in 10 voters"."""
        x, y = a.number.value, b.number.value
        counts = a.kind == b.kind == "count" and (a.unit is None or (x == 1 and b.unit is None))
        if not counts or not isinstance(y, int) or not 0 < x < y <= 1_000_000 or b.number.form == "order":
            return None
        if self.c[b.nfirst] == "d" and dates_scores.is_year(self.tokens, b.nfirst, b.nlast):
            return None
        return self._ratio(a, b)

    def _ratio(self, a: Atom, b: Atom, dimension: str | None = None) -> Atom | None:
        if not b.number.value:
            return None
        value = a.number.value / b.number.value
        number = Number(a.nfirst, b.nlast, int(value) if value.is_integer() else value, "fraction")
        return Atom(a.first, b.last, a.nfirst, b.nlast, number, "fraction", None, None, dimension, b.noun)

    def _dash(self, a: Atom, b: Atom) -> Pair | None:
        x, y = a.number.value, b.number.value
        loose = a.unit is None and (b.unit is None or (b.noun is not None and not b.joined))
        if a.unit is None and b.unit is None:
            word = self.lower[b.nfirst]
            if len(word) == 4 and word.isdecimal() and len(self.lower[a.nfirst]) == 3:
                return Pair(a)  # a telephone number
            if x >= y or (y <= 200 and dates_scores.is_score(self.tokens, a.first, b.last)):
                return Pair(a)
        elif loose and x >= y and not b.number.scaled and dates_scores.is_score(self.tokens, a.first, b.last):
            return Pair(a)
        elif x > y and a.kind == b.kind == "money" and a.first < a.nfirst and b.first < b.nfirst:
            return None  # "$415,000 - $20,000 over the price"
        return self._range(a, b)

    def _to(self, a: Atom, b: Atom) -> Pair | Atom | None:
        lower = self.lower
        start = hedge_before(lower, a.first)[1]
        if lower[start - 1] == "from":
            descending = a.number.value > b.number.value > 0 and not b.number.scaled
            if descending or way_near(lower, a.first) is not None:
                self._share_unit(a, b)
                return None  # two levels of a change
            return self._range(a, b, start - 1)
        change = trend_before(lower, start)
        if change is not None and start == a.first and (a.unit is not None or b.unit is None):
            return None  # "rose 3 percent to 5.40"
        x, y = a.number.value, b.number.value
        if x > y and not (b.number.scaled and not a.number.scaled):
            if lower[start - 1] == "at" and x in _MINUTES and y <= _HOURS and not lower[a.nfirst].isdecimal():
                return Pair(a)  # "at twenty to two"
            if a.unit is None and b.unit is None and y > 0 and isinstance(x, int) and x < 1000:
                return Pair(a) if dates_scores.is_score(self.tokens, a.first, b.last) else self._ratio(a, b, "ratio")
            return None
        return self._range(a, b)

    def _share_unit(self, a: Atom, b: Atom) -> None:
        """ "from 12 to 18 billion dollars": the first number has the unit and the magnitude of the second."""
        if a.unit is not None or b.unit is None:
            return
        if b.number.scaled and not a.number.scaled:
            a.number = self._scaled_like(a.number, b) or a.number
        a.kind, a.unit, a.dimension, a.per, a.noun = b.kind, b.unit, b.dimension, b.per, b.noun

    def _scaled_like(self, x: Number, b: Atom) -> Number | None:
        """`x` times the magnitude word of `b`, if it stays below (or near) it as a printed number would."""
        y = b.number
        if x.mantissa is None or y.mantissa is None:
            return None
        shift = y.exp + len(str(abs(y.mantissa))) - _whole_digits(self.lower[b.nfirst])
        if shift <= 0:
            return None
        exp = x.exp + shift
        return Number(x.first, x.last, plain(x.mantissa, exp), x.form, x.mantissa, exp, scaled=True)

    def _range(self, a: Atom, b: Atom, start: int | None = None) -> Pair:
        low, high = a.number.value, b.number.value
        if b.number.scaled and not a.number.scaled and (a.unit in (None, b.unit) or b.unit is None):
            scaled = self._scaled_like(a.number, b)
            if scaled is not None and scaled.value < high:
                low = scaled.value
        holder = b if b.unit is not None else a
        inner, first = hedge_before(self.lower, a.first)
        if start is not None:
            outer, first = hedge_before(self.lower, start)
            inner = stronger(inner, outer)
        later, end = hedge_after(self.lower, b.last)
        hedge = stronger(inner, later)
        return Pair(holder, range_of(low, high, hedge), first, max(b.last, end), (a.nfirst, b.nlast))

    def _bounds(self, a: Atom, b: Atom) -> Pair | None:
        """ "more than 20 and less than 30": two bounds of one thing."""
        if a.unit is not None and a.unit != b.unit:
            return None
        one, first = hedge_before(self.lower, a.first)
        two, start = hedge_before(self.lower, b.first)
        if not (one in _LOWER and two in _UPPER) and not (one in _UPPER and two in _LOWER):
            return None
        if self.lower[a.last : start] not in (["and"], [","], [",", "and"], ["but"], [",", "but"]):
            return None
        x, y, low_hedge, high_hedge = a.number.value, b.number.value, one, two
        if one in _UPPER:
            x, y, low_hedge, high_hedge = y, x, two, one
        if x >= y:
            return None
        value = Value(
            low=x, high=y, low_open=low_hedge == "more-than", high_open=high_hedge == "less-than", hedge="between"
        )
        return Pair(b if b.unit is not None else a, value, first, b.last, (a.nfirst, b.nlast))


def _whole_digits(word: str) -> int:
    return len(word.replace(",", "").split(".")[0]) if word[0].isdecimal() else 1

"""Quantities: numbers with hedge, unit, rate, counted noun and direction. The top of the number part of the cascade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from consistency.extraction import exclusions
from consistency.extraction.atoms import Atom, AtomReader
from consistency.extraction.changes import trend_after, trend_before, trend_verb_near
from consistency.extraction.hedges import hedge_after, hedge_before, stronger
from consistency.extraction.intervals import range_of, value_of
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS, START, number_classes
from consistency.extraction.ordinals import Ordinals
from consistency.extraction.spans import Quantity, Timex
from consistency.extraction.tokens import END, Tokens
from consistency.extraction.units import unit_at
from consistency.model import Value

_PAD = 12


def find_quantities(tokens: Tokens, times: Sequence[Timex] = ()) -> list[Quantity]:
    """All quantities of a text, in text order. `times`: the time expressions found in it; dates hold no quantity."""
    if not tokens.lower:
        return []
    return _Finder(_padded(tokens), times).run()


def _padded(tokens: Tokens) -> Tokens:
    """The tokens with closing ones behind them, so that a look ahead needs no check for the end of the text."""
    size = len(tokens.text)
    return Tokens(
        tokens.text,
        tokens.words + [""] * _PAD,
        tokens.lower + [END] * _PAD,
        tokens.starts + [size] * _PAD,
        tokens.ends + [size] * _PAD,
        tokens.sentences,
    )


class _Finder:
    def __init__(self, tokens: Tokens, times: Sequence[Timex]) -> None:
        self.tokens = tokens
        self.lower = tokens.lower
        self.c = number_classes(tokens)
        self.atoms = AtomReader(tokens, self.c)
        self.ordinals = Ordinals(tokens, self.c)
        self.dates = sorted((t.first, t.last) for t in times if t.type in ("DATE", "TIME", "SET"))
        self.out: list[Quantity] = []

    def run(self) -> list[Quantity]:
        atoms: list[Atom] = []
        pos, floor, date = 0, 0, 0
        search, c, dates = START.search, self.c, self.dates
        while True:
            m = search(c, pos)
            if m is None:
                break
            i = m.start()
            while date < len(dates) and dates[date][1] <= i:
                date += 1
            if date < len(dates) and dates[date][0] <= i and not self._span_of_time(i, dates[date][1]):
                pos = i + 1
                continue
            atom = self.atoms.read(i, floor)
            if atom is None:
                pos = i + 1
                continue
            pos = atom.nlast
            if atom.kind == "ordinal":
                found = self.ordinals.quantity(atom)
                if found is not None:
                    atoms.append(found)
                continue
            if self._counts_nothing(atom):
                continue
            atoms.append(atom)
            floor = pos = max(pos, atom.last if atom.noun is None else atom.nlast)
        self._assemble(atoms)
        return self.out

    def _span_of_time(self, i: int, end: int) -> bool:
        """Whether a number inside a date counts days or years ("three years ago")."""
        if self.c[i] not in "oOtTui1vhH":
            return False
        for j in range(i + 1, min(i + 4, end)):
            unit, _ = unit_at(self.tokens, j)
            if unit is not None:
                return unit.dimension == "time" and (self.lower[j].endswith("s") or self.c[i] == "O")
            if self.c[j] not in "-oMH&":
                return False
        return False

    # ------------------------------------------------------------------------------------------------- what is no amount
    def _counts_nothing(self, atom: Atom) -> bool:
        form, tokens = atom.number.form, self.tokens
        if form == "multiple":
            return self._no_multiple(atom)
        if self.c[atom.nfirst] == "O" and atom.nlast - atom.nfirst == 1 and form == "words":
            return self._pronoun(atom)
        if form == "fraction" and self.c[atom.nfirst] == "h" and atom.nlast - atom.nfirst == 1:
            return self._no_half(atom)
        if form == "order" or form == "fraction" and not self.c[atom.nfirst] in DIGITS:
            return False
        if form != "digits":
            return self._word_label(atom)
        if atom.kind == "money" and atom.first < atom.nfirst:
            return False
        first, last = atom.first, atom.nlast
        named = atom.unit is not None
        if exclusions.is_label(tokens, self.c, first, last, named):
            return True
        if atom.kind != "count":
            return False
        if exclusions.is_date_part(tokens, self.c, first, last):
            return True
        if exclusions.is_year(tokens, self.c, first, last):
            hedge, _ = hedge_before(self.lower, first)
            round_count = named and atom.number.value % 100 == 0
            if not round_count and not (
                hedge in ("more-than", "less-than", "at-least", "at-most", "nearly")
                and self.lower[first - 1] != "around"
            ):
                return True
        if atom.unit is not None and self.c[last] != "-" and exclusions.is_address(tokens, first, last):
            return True
        return self._zip(atom)

    def _zip(self, atom: Atom) -> bool:
        """A state's two capitals before five bare digits; long identifiers with letters behind them."""
        word = self.tokens.words[atom.nfirst]
        if len(word) != 5 or not word.isdecimal():
            return False
        before = self.tokens.words[atom.nfirst - 1] if atom.nfirst else ""
        after = self.tokens.words[atom.nlast] if atom.nlast < len(self.lower) else ""
        return (
            (len(before) == 2 and before.isupper())
            or (after.isalnum() and any(ch.isdecimal() for ch in after) and not after.isdecimal())
            or (len(after) == 1 and after.isupper())
        )

    def _word_label(self, atom: Atom) -> bool:
        """ "Chapter Eleven", "Phase Two", "World War Two"; "ten" in "number ten"."""
        if atom.unit is not None or not atom.first:
            return False
        before = self.lower[atom.first - 1]
        return before in _WORD_LABELS and self.lower[atom.nlast] not in ("of",)

    def _pronoun(self, atom: Atom) -> bool:
        """Whether "one" stands for a thing rather than counting it."""
        lower, i = self.lower, atom.nfirst
        before = lower[i - 1] if i else "\n"
        after = lower[atom.nlast]
        if before in _ONE_AFTER:
            return True
        if atom.unit is not None:
            return after in _ONE_BEFORE
        if after == "of":
            return False
        return not (before in _ONE_FIRM)

    def _no_half(self, atom: Atom) -> bool:
        lower = self.lower
        before, after = lower[atom.first - 1] if atom.first else "\n", lower[atom.last]
        if before in _HALF_AFTER or lower[atom.nfirst] == "halves":
            return True
        if after in ("-", "past", "time") and atom.unit is None:
            return True
        if atom.kind == "measure" or atom.unit is not None:
            return False
        return not (
            after in _HALF_BEFORE or before in _HALF_HEDGE or lower[atom.nfirst - 1] == "a" or self.c[atom.last] == "\n"
        )

    def _no_multiple(self, atom: Atom) -> bool:
        lower, i = self.lower, atom.nfirst
        word, after = lower[i], lower[i + 1]
        if word in ("double", "triple", "treble", "quadruple"):
            before = lower[i - 1] if i else "\n"
            return after not in (
                "the",
                "that",
                "what",
                "its",
                "their",
                "in",
                "from",
                "this",
                "his",
                "last",
            ) and before not in ("than", "to", "nearly", "almost", "will", "would", "could", "about")
        if word == "twice":
            return after not in ("as", "the", "that", "its", "what", "their", "his", "this")
        return False

    # -------------------------------------------------------------------------------------------------------- assembly
    def _assemble(self, atoms: list[Atom]) -> None:
        i, n = 0, len(atoms)
        while i < n:
            atom = atoms[i]
            if i + 1 < n and atoms[i + 1].first - atom.last <= 4 and atom.kind not in ("ordinal", "rank", "multiple"):
                used = self._pair(atom, atoms[i + 1])
                if used:
                    i += 2
                    continue
            self._single(atom)
            i += 1

    def _pair(self, a: Atom, b: Atom) -> bool:
        """Makes one quantity of two atoms ("10 to 20", "one in five", "3-2" which is none); False if they are two."""
        if b.kind in ("ordinal", "rank", "multiple"):
            return False
        gap = self.lower[a.last : b.first]
        if (
            len(gap) == 0
            and b.number.value < 0
            and self.lower[b.first] in "-–"
            and a.unit in (None, b.unit)
            and self.c[a.last - 1] in DIGITS
        ):
            b.number = _absolute(b)
            return self._range(a, b, "-")
        if len(gap) == 1:
            return self._joined(a, b, gap[0])
        if gap == ["out", "of"] and a.number.value <= b.number.value and a.unit is None:
            return self._ratio(a, b)
        return False

    def _joined(self, a: Atom, b: Atom, link: str) -> bool:
        if (
            link == "in"
            and a.unit is None
            and isinstance(b.number.value, int)
            and a.number.value < b.number.value <= 1_000_000
            and b.kind == "count"
            and a.kind == "count"
        ):
            if self.c[b.nfirst] == "d" and exclusions.is_year(self.tokens, self.c, b.nfirst, b.nlast):
                return False
            return self._ratio(a, b)
        if a.kind == "fraction" and b.kind != "fraction" or a.number.form == "order" and b.number.form != "order":
            return False
        same = (
            a.unit == b.unit
            or a.unit is None
            or (b.unit is None and a.kind == "money")
            or (b.noun is None and b.unit is None)
        )
        if not same:
            return False
        before = self.lower[a.first - 1] if a.first else "\n"
        if link in ("-", "–", "‑", "−", "—", "~", "/"):
            return link != "/" and self._dash(a, b)
        if link in ("to", "through", "till", "until"):
            return self._to(a, b, before)
        if link in ("and", "&"):
            hedge, start = hedge_before(self.lower, a.first)
            near = self.lower[start - 1] if start else "\n"
            return near == "between" and self._range(a, b, "between", start - 1)
        if link == "or" and isinstance(a.number.value, int) and a.unit is None and a.kind == "count":
            return (
                0 < b.number.value - a.number.value <= max(2, a.number.value // 2)
                and not a.number.scaled
                and self._range(a, b, "or")
            )
        return False

    def _dash(self, a: Atom, b: Atom) -> bool:
        bare = a.unit is None and (b.unit is None or b.noun is not None and not b.joined)
        x, y = a.number.value, b.number.value
        if a.unit is None and b.unit is None:
            if len(self.lower[b.nfirst]) == 4 and len(self.lower[a.nfirst]) == 3 and self.lower[b.nfirst].isdecimal():
                return True  # a telephone number
            if x >= y or (y <= 200 and exclusions.is_score(self.tokens, self.c, a.first, b.last)):
                return True  # a score: neither is a quantity
        elif bare and x >= y and not b.number.scaled and exclusions.is_score(self.tokens, self.c, a.first, b.last):
            return True
        return self._range(a, b, "-")

    def _to(self, a: Atom, b: Atom, before: str) -> bool:
        x, y = a.number.value, b.number.value
        changing = trend_verb_near(self.lower, a.first)
        if before == "from" or self.lower[a.first - 2 : a.first] == ["from", "about"]:
            if changing and not (a.unit is None and b.unit is None and False):
                return False
            return self._range(a, b, "from", a.first - 1)
        hedge, start = hedge_before(self.lower, a.first)
        change = trend_before(self.lower, start)
        if change is not None and (a.unit is not None or b.unit is None):
            return False
        if x > y and not (b.number.scaled and not a.number.scaled):
            if a.unit is None and b.unit is None and b.number.value > 0 and isinstance(x, int) and x < 1000:
                if exclusions.is_score(self.tokens, self.c, a.first, b.last):
                    return True
                return self._ratio(a, b, ratio=True)
            return False
        return self._range(a, b, "to")

    def _ratio(self, a: Atom, b: Atom, ratio: bool = False) -> bool:
        if not b.number.value:
            return False
        a.number = type(a.number)(a.number.first, b.number.last, a.number.value / b.number.value, "fraction")
        a.kind, a.dimension = "fraction", "ratio" if ratio else None
        a.nlast, a.last, a.noun = b.nlast, b.last, b.noun
        a.unit = None
        self._single(a)
        return True

    def _range(self, a: Atom, b: Atom, how: str, start: int | None = None) -> bool:
        x, y = a.number, b.number
        low, high = x.value, y.value
        if y.scaled and not x.scaled and a.unit in (None, b.unit) and x.mantissa is not None and y.mantissa is not None:
            shift = y.exp + len(str(abs(y.mantissa))) - _printed_digits(self.lower[b.nfirst])
            if shift > 0 and (scaled := x.value * 10**shift) < high:
                low = int(scaled) if float(scaled).is_integer() else scaled
        first = a.first if start is None else start
        hedge, hedge_first = hedge_before(self.lower, first, (b.unit or a.unit) is not None and b.dimension == "time")
        if how == "between" and first < a.first:
            inner, _ = hedge_before(self.lower, a.first)
            hedge = stronger(hedge, inner)
        unit_from = b if b.unit is not None else a
        later, end = hedge_after(self.lower, b.last)
        value = range_of(low, high, stronger(hedge, later) if later == "about" or later == "at-least" else hedge)
        self._emit(unit_from, value, hedge_first, max(b.last, end), (a.nfirst, b.nlast))
        return True

    def _single(self, atom: Atom) -> None:
        span_of_time = atom.dimension == "time" and not atom.age and not self._ago(atom)
        hedge, first = hedge_before(self.lower, atom.first, span_of_time)
        if atom.kind in ("ordinal", "rank"):
            first, hedge = atom.first, "exact"
        if atom.noun is not None:
            later, end = hedge_after(self.lower, atom.nlast)
            if later == "exact":
                later, end = hedge_after(self.lower, atom.last)
        else:
            later, end = hedge_after(self.lower, atom.last)
        if later != "exact":
            hedge = stronger(hedge, later)
        value = value_of(atom.number, hedge, atom.kind, atom.age)
        self._emit(atom, value, first, max(atom.last, end if later != "exact" else 0), (atom.nfirst, atom.nlast))

    def _ago(self, atom: Atom) -> bool:
        return self.lower[atom.last] in ("ago", "old")

    def _emit(self, atom: Atom, value: Value, first: int, last: int, number: tuple[int, int]) -> None:
        kind, trend, aspect = atom.kind, None, "level"
        if kind == "multiple":
            trend, aspect = self._multiple(atom), "multiple"
        elif kind not in ("ordinal", "rank"):
            trend = self._trend(atom, first, last)
            if trend is not None:
                aspect = "change"
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        self.out.append(
            Quantity(
                first=first, last=last, start=start, end=end, text=self.tokens.text[start:end], kind=kind, value=value, trend=trend, unit=atom.unit,
                per=atom.per, dimension=atom.dimension, aspect=aspect, noun=atom.noun, number=number, rank=atom.rank,
            )
        )  # fmt: skip

    def _trend(self, atom: Atom, first: int, last: int) -> str | None:
        if atom.age or atom.kind == "fraction":
            return None
        way = trend_before(self.lower, first)
        timed = atom.dimension == "time"
        if way is not None:
            return None if timed else way
        if atom.kind == "count" and atom.noun is not None:
            return None
        return None if timed else trend_after(self.lower, last, atom.kind == "money")

    def _multiple(self, atom: Atom) -> str | None:
        word = self.lower[atom.nfirst]
        if word.endswith(("ed", "ing")) or word.endswith("s"):
            return "down" if word.startswith("halv") else "up"
        return None


def _absolute(atom: Atom) -> Any:
    n = atom.number
    return type(n)(
        n.first, n.last, -n.value, n.form, None if n.mantissa is None else -n.mantissa, n.exp, scaled=n.scaled
    )


def _printed_digits(word: str) -> int:
    return len(word.replace(",", "").split(".")[0]) if word[0].isdecimal() else 1


_ONE_AFTER = frozenset(
    "no this that which any every each the another some such only little good bad big new old first last next latest easy someone anyone".split()
) - {"only"}
_ONE_BEFORE = frozenset("another who that which is was can could may would will has had should must".split())
_ONE_FIRM = frozenset("killing killed wounding wounded injuring injured least than only just".split())
_WORD_LABELS = frozenset(
    "chapter phase act war number day group stage level part class type formula page channel round game book volume section article title tier category grade plan step".split()
)
_HALF_AFTER = frozenset("first second latter other better bottom top final third fourth time each".split())
_HALF_BEFORE = frozenset("of the its their all his her our those these a an people what that".split())
_HALF_HEDGE = frozenset("than about nearly almost roughly around least over only by approximately some just to".split())


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


_ = noun_words

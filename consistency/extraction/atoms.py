"""A number with what stands glued to it in meaning: currency, unit, rate, counted noun. No hedge, no direction yet."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction import money, units
from consistency.extraction.nouns import NounPhrase, lemma, noun_phrase
from consistency.extraction.nouns import words as noun_words
from consistency.extraction.numbers import DIGITS, Number, Reader
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_DETERMINERS = frozenset("the this that all these those its his her their our my your them".split())
_PHYSICAL = frozenset("length area volume mass time energy power temperature angle speed".split())


class Atom(msgspec.Struct):
    """What was read around one number. first/last: tokens of number, currency and unit; nfirst/nlast: of the number."""

    first: int
    last: int
    nfirst: int
    nlast: int
    number: Number
    kind: str = "count"
    unit: str | None = None
    per: str | None = None
    dimension: str | None = "count"
    noun: tuple[int, int] | None = None
    age: bool = False
    rank: str | None = None
    joined: bool = False  # a hyphen ties it to the noun: "a 5-member forum"


class Rates(msgspec.Struct, frozen=True):
    """The denominators of rates."""

    nouns: frozenset[str]
    adverbs: dict[str, str]


@lru_cache(maxsize=1)
def _rates() -> Rates:
    data = default_rulebook().load("lexicon/nouns.yaml")
    return Rates(frozenset(data["rates"]), data["rate_adverbs"])


class AtomReader:
    """Makes atoms of one token list."""

    def __init__(self, tokens: Tokens, classes: str) -> None:
        self.tokens = tokens
        self.lower = tokens.lower
        self.c = classes
        self.reader = Reader(tokens, classes)

    def read(self, i: int, floor: int) -> Atom | None:
        """The atom whose number starts at token `i`; nothing before token `floor` is touched."""
        coin, first = money.coin_before(self.tokens, i)
        if first < floor:
            coin, first = None, i
        join = not (first and self.lower[first - 1] == "between")
        number = self.reader.read(i, coin is not None, join)
        if number is None:
            return None
        number, first = self._leading(number, first, floor)
        if coin is not None and self.lower[i - 1] in ("dollar", "euro") and not (number.scaled or number.exp < 0):
            coin, first = None, i
        atom = Atom(first, number.last, i, number.last, number)
        if number.form == "ordinal":
            atom.kind, atom.dimension = "ordinal", "ordinal"
            return atom
        if number.form == "multiple":
            atom.kind, atom.dimension = "multiple", None
            return atom
        if coin is not None:
            self._money(atom, coin)
            return atom
        if not self._unit(atom):
            self._noun(atom)
            if atom.unit is None:
                self._bare_age(atom)
        return atom

    # ----------------------------------------------------------------------------------------------- before a number
    def _leading(self, number: Number, first: int, floor: int) -> tuple[Number, int]:
        """Takes in an article ("a hundred"), a sign, and the point of ".5"."""
        i, c, tokens = number.first, self.c, self.tokens
        before = self.lower[first - 1] if first > floor else "\n"
        if before == "." and number.form == "digits" and first == i and tokens.glued(i) and not tokens.glued(i - 1):
            digits = self.lower[i]
            if digits.isdecimal() and number.mantissa is not None:
                exp = number.exp - len(digits)
                value = number.mantissa / 10**-exp if exp < 0 else number.mantissa * 10**exp
                return msgspec.structs.replace(number, value=value, exp=exp), first - 1
        if before in ("a", "an") and (c[i] in "HMzhqfu" or c[i] == "i") and first == i:
            return number, first - 1
        negative = before in ("minus", "negative")
        if before in ("-", "−") and c[i] in DIGITS:
            touching = tokens.ends[first - 1] == tokens.starts[first]
            free = (
                first - 1 == 0
                or (not tokens.glued(first - 1) and c[first - 2] not in DIGITS)
                or self.lower[first - 2] in ("(", "[")
            )
            negative = free and (touching or (c[first - 2] == "x" and self._degrees(number.last)))
        if not negative:
            return number, first
        return (
            msgspec.structs.replace(
                number, value=-number.value, mantissa=None if number.mantissa is None else -number.mantissa
            ),
            first - 1,
        )

    def _degrees(self, i: int) -> bool:
        unit, _ = units.unit_at(self.tokens, i)
        return unit is not None and unit.dimension in ("temperature", "angle")

    # --------------------------------------------------------------------------------------------------------- money
    def _money(self, atom: Atom, coin: money.Coin) -> None:
        atom.kind, atom.dimension, atom.unit = "money", "money", coin.code
        shift, last = (0, atom.last) if atom.number.scaled else self.reader._magnitudes(atom.last, True)
        self._scale(atom, shift + coin.exp, coin.parts)
        atom.last = last
        again, end = money.coin_after(self.tokens, atom.last)
        fits = again is not None and (again.code == coin.code or coin.code == "USD") and again.parts == 1
        if again is not None and fits and self.c[end] not in DIGITS:
            atom.unit, atom.last = again.code, end
        self._fraction_of_money(atom)
        self._rate(atom)

    def _scale(self, atom: Atom, shift: int, parts: int = 1) -> None:
        if parts > 1:
            shift -= len(str(parts)) - 1
        if shift:
            n = atom.number
            if n.mantissa is None:
                atom.number = msgspec.structs.replace(
                    n, value=n.value * 10**shift if shift > 0 else n.value / 10**-shift
                )
                if n.low is not None and n.high is not None and shift > 0:
                    atom.number = msgspec.structs.replace(atom.number, low=n.low * 10**shift, high=n.high * 10**shift)
            else:
                exp = n.exp + shift
                value = n.mantissa * 10**exp if exp >= 0 else n.mantissa / 10**-exp
                if isinstance(value, float) and value.is_integer():
                    value = int(value)
                atom.number = msgspec.structs.replace(n, value=value, exp=exp, scaled=n.scaled or shift > 0)

    def _opens_next(self, i: int) -> bool:
        """Whether the sign before token `i` belongs to a number that follows it ("3 USD50 cards")."""
        return self.c[i] in DIGITS and self.tokens.glued(i)

    def _coin_tail(self, atom: Atom, k: int, coin: money.Coin, end: int) -> None:
        """A currency after the number: "5 million dollars", "75 USD million", "3 dollars 50 cents", "15 dollars 50"."""
        atom.kind, atom.dimension, atom.unit = "money", "money", coin.code
        shift, last = (0, end) if atom.number.scaled else self.reader._magnitudes(end, False)
        self._scale(atom, shift + coin.exp, coin.parts)
        atom.last = last
        if k > atom.nlast:
            atom.joined = True
        if coin.parts == 1 and not shift:
            self._fraction_of_money(atom)
        self._rate(atom)

    def _fraction_of_money(self, atom: Atom) -> None:
        """Coins told after the amount."""
        j = atom.last
        if self.c[j] == "&":
            j += 1
        if self.c[j] not in "1oOtT" or not isinstance(atom.number.value, int) or atom.number.mantissa is None:
            return
        part = self.reader.read(j, join=False)
        if part is None or not isinstance(part.value, int) or not 0 < part.value < 100 or part.scaled:
            return
        coin, end = money.coin_after(self.tokens, part.last)
        if coin is None or coin.parts == 1:
            bare = (
                atom.last > atom.nlast
                and self.c[part.last] in "x\n"
                and self.lower[part.last] in ("\n", ".", ",", ";", "more", "!", "?")
            )
            if not bare or coin is not None or j - atom.last > 1:
                return
            end = part.last
        cents = atom.number.value * 100 + part.value
        atom.number = msgspec.structs.replace(atom.number, value=cents / 100, mantissa=cents, exp=-2)
        atom.last = end

    # --------------------------------------------------------------------------------------------------------- units
    def _unit(self, atom: Atom) -> bool:
        """A currency or unit after the number; False if there is none."""
        k = atom.last
        k0 = k
        if self.c[k] == "-" and (self.c[k + 1] not in DIGITS):
            k += 1
        elif self.lower[k] in _BRACKETS:
            unit, end = units.unit_at(self.tokens, k + 1)
            if unit is not None and self.lower[end] == _BRACKETS[self.lower[k]]:
                self._measure(atom, unit, end + 1)
                return True
            return False
        if atom.number.form == "fraction" or atom.number.scaled:
            k = self._over_article(atom, k)
        coin, end = money.coin_after(self.tokens, k)
        if coin is not None and not self._opens_next(end) and not self._is_weight(atom, coin, k, end):
            if coin.code != "KRW" or self.lower[end - 1] != "won" or end - k > 1 or atom.number.value >= 100:
                self._coin_tail(atom, k, coin, end)
                return True
        unit, end = units.unit_at(self.tokens, k)
        if unit is None or (
            end - k == 1 and self.lower[k] in ("second", "quarter") and k == k0 and atom.number.value != 1
        ):
            return False
        if k > k0 and self.c[k0] != "-" and unit.dimension not in _PHYSICAL and "_point" not in unit.name:
            return False
        atom.joined = k > k0 and self.c[k0] == "-"
        self._measure(atom, unit, end)
        return True

    def _over_article(self, atom: Atom, k: int) -> int:
        """ "half an hour", "two thirds of a mile": the unit stands behind "(of) a"."""
        j = k + 1 if self.c[k] == "e" else k
        if self.c[j] == "-":
            j += 1
        if self.c[j] == "a" and atom.number.form == "fraction":
            j += 1
            if self.c[j] == "-":
                j += 1
            unit, _ = units.unit_at(self.tokens, j)
            coin, _ = money.coin_after(self.tokens, j)
            if unit is not None or coin is not None:
                return j
        elif j > k and atom.number.form != "fraction":  # "millions of dollars", "tens of millions of tonnes"
            unit, _ = units.unit_at(self.tokens, j)
            coin, _ = money.coin_after(self.tokens, j)
            if unit is not None or coin is not None:
                return j
        return k

    def _is_weight(self, atom: Atom, coin: money.Coin, k: int, end: int) -> bool:
        """Whether "pounds" are a weight: tied by a hyphen, "of" something, or beside a word of weighing."""
        if coin.code != "GBP" or self.lower[end - 1] not in ("pound", "pounds"):
            return False
        if k > atom.nlast and self.c[atom.nlast] == "-" or self.lower[end] == "of":
            return True
        if atom.number.scaled:
            return False
        if self.lower[end - 1] == "pound" and self.lower[end].isalpha() and self.lower[end] not in noun_words().stops:
            return True  # "a twenty pound bag"
        low = max(0, atom.first - 20)
        around = set(self.lower[low : end + 8])
        return not around & _PRICE_WORDS

    def _measure(self, atom: Atom, unit: units.Unit, end: int) -> None:
        atom.unit, atom.dimension, atom.last = unit.name, unit.dimension, end
        atom.kind = {"percent": "percent", "count": "count"}.get(unit.dimension, "measure")
        if unit.scale > 1:
            self._scale(atom, len(str(unit.scale)) - 1)
        if unit.dimension == "time":
            self._age(atom)
        elif unit.name == "foot":
            self._foot_inch(atom)
        if not atom.age:
            self._rate(atom)

    def _age(self, atom: Atom) -> None:
        j, lower = atom.last, self.lower
        k = j + 1 if self.c[j] == "-" else j
        if lower[k] in ("old", "olds"):
            atom.age, atom.last = True, k + 1
        elif lower[j] == "of" and lower[j + 1] == "age":
            atom.age, atom.last = True, j + 2
        elif atom.first and lower[atom.first - 1] in ("aged", "age", "ages"):
            atom.age = True

    def _bare_age(self, atom: Atom) -> None:
        """ "aged 62", "at age 87", and "Jane Smith, 62," where a name stands before it."""
        lower, i = self.lower, atom.first
        value = atom.number.value
        if not isinstance(value, int) or not 0 < value < 125 or i == 0:
            return
        named = (
            lower[i - 1] == ","
            and lower[atom.last] in (",", ".", ";", "\n", ")")
            and atom.number.form == "digits"
            and value >= 1
            and i > 2
            and self._name(i - 2)
        )
        of_age = lower[i - 1] in ("aged", "age", "ages") or (lower[i - 1] == "of" and lower[i - 2] in ("age", "ages"))
        if of_age or named:
            atom.kind, atom.unit, atom.dimension, atom.age = "measure", "year", "time", True

    def _name(self, i: int) -> bool:
        """Whether a person's name may end at token `i`: two capitalised words, no month and no unit."""
        a, b = self.tokens.words[i - 1], self.tokens.words[i]
        if b in ("Jr", "Sr") or (b == "." and self.lower[i - 1] in ("jr", "sr")):
            return True
        return a[:1].isupper() and b[:1].isupper() and a.isalpha() and b.isalpha() and not b.isupper()

    def _foot_inch(self, atom: Atom) -> None:
        """ "5 ft 2 in", "5 feet and 2 inches", "6-foot-2"."""
        j = atom.last
        if self.c[j] == "&" or self.c[j] == "-" or self.lower[j] == ",":
            j += 1
        if self.c[j] not in "1ot" or not isinstance(atom.number.value, int):
            return
        part = self.reader.read(j, join=False)
        if part is None or not 0 < part.value < 12:
            return
        k = part.last + 1 if self.c[part.last] == "-" else part.last
        unit, end = units.unit_at(self.tokens, k)
        if unit is None or unit.name != "inch":
            inch = self.lower[k] == "in" and self.c[k] == "I"
            if not inch and not (atom.joined and self.c[atom.last] == "-"):
                return
            end = k + 1 if inch else part.last
        feet = atom.number.value + part.value / 12
        atom.number = msgspec.structs.replace(atom.number, value=feet, mantissa=None, exp=0)
        atom.last = end

    # --------------------------------------------------------------------------------------------------------- rates
    def _rate(self, atom: Atom) -> None:
        """A denominator right behind: "per share", "a barrel", "/ hour", "-a-share", "annually", "apiece"."""
        found = self._denominator(atom.last)
        if found is not None and (second := self._denominator(found[1])) is not None:  # "20 J / m^2 per year"
            atom.unit, found = f"{atom.unit} / {found[0]}", second
        if found is None and self.c[atom.last] == "e" and atom.kind == "measure":
            for j in range(atom.last + 1, min(atom.last + 6, len(self.lower))):  # "tons of copper cathode a year"
                if self.c[j] in "ap" and self.c[j - 1] != "e":
                    found = self._denominator(j)
                    break
                if not self.lower[j][0].isalpha():
                    break
            if found is not None:
                atom.per = found[0]
            return
        if found is not None:
            atom.per, atom.last = found

    def _denominator(self, j: int) -> tuple[str, int] | None:
        c, lower = self.c, self.lower
        adverb = _rates().adverbs.get(lower[j])
        if adverb is not None:
            return adverb, j + 1
        hyphen = c[j] == "-"
        if hyphen:
            j += 1
        k = c[j]
        if k == "p" or k == "/":
            j += 2 if c[j + 1] == "-" else 1
            if c[j] in DIGITS or c[j] in "H":
                return self._per_number(j)
            if lower[j] == "capita":
                return "person", j + 1
            return self._per_unit(j) or (self._per_noun(j) if k == "p" else None)
        if k == "a" or lower[j] in ("each", "every"):
            if lower[j] == "each" and c[j + 1] == "\n":
                return None
            j += 2 if hyphen and c[j + 1] == "-" else 1
            name = lower[j]
            if lower[j + 1] in _PAST:
                return None
            if name in _rates().nouns or f"{name} {lower[j + 1]}" in _rates().nouns:
                return self._per_unit(j) or (lemma(name), j + 1)
        return None

    def _per_unit(self, j: int) -> tuple[str, int] | None:
        if self.lower[j] == "$":
            return None
        if self.lower[j] == "dozen":
            return "dozen", j + 1
        unit, end = units.unit_at(self.tokens, j)
        return None if unit is None or unit.dimension == "percent" else (unit.name, end)

    def _per_noun(self, j: int) -> tuple[str, int] | None:
        word = self.lower[j]
        if not word[0].isalpha() or word in noun_words().stops:
            return None
        return lemma(word), j + 1

    def _per_number(self, j: int) -> tuple[str, int] | None:
        """ "per 100,000 people", "per thousand"."""
        part = self.reader.read(j)
        if part is None or part.value <= 0:
            return None
        unit, end = units.unit_at(self.tokens, part.last)
        if unit is not None:
            return f"{part.value} {unit.name}", end
        phrase = noun_phrase(self.tokens, part.last, 3)
        return (f"{part.value} {phrase.head}", phrase.last) if phrase else (f"{part.value}", part.last)

    # --------------------------------------------------------------------------------------------------------- nouns
    def _noun(self, atom: Atom) -> None:
        lower, c, j, number = self.lower, self.c, atom.last, atom.number
        if number.form == "fraction":
            atom.kind, atom.dimension = "fraction", None
        if c[j] == "-" and lower[j + 1][0].isalpha():
            atom.joined = True
            phrase = noun_phrase(self.tokens, j + 1, 1, True)
            self._counted(atom, phrase)
            return
        state = j
        while lower[state] in ("more", "other", "others"):
            state += 1
        if lower[state] in noun_words().people_states and number.form != "fraction":
            phrase = self._adjective(state + 1)
            atom.unit = phrase.head if phrase else "person"
            atom.noun = (state, phrase.last if phrase else state + 1)
            atom.last = atom.noun[1]
            return
        if (
            c[j] in DIGITS
            and c[j + 1] == "-"
            and lower[j + 2] in ("year", "month", "week")
            and lower[j + 4] in ("old", "olds")
        ):
            phrase = noun_phrase(self.tokens, j + 5, 3) if lower[j + 4] == "old" else None
            atom.unit = phrase.head if phrase else "person"  # "two 13-year-old boys", "two 13-year-olds"
            return
        if c[j] == "e":
            self._partitive(atom, j + 1)
            return
        one = number.value == 1 or (number.form == "fraction" and c[j] in "xP")
        phrase = noun_phrase(self.tokens, j, 2 if number.form == "fraction" else 7, singular=one)
        if phrase is not None and lower[phrase.first] in ("times", "fold") and phrase.first == j:
            phrase = NounPhrase(j, j + 1, "time", j)
        if phrase is None:
            self._rate(atom)
        self._counted(atom, phrase)

    def _adjectives(self, j: int) -> NounPhrase | None:
        """ "thousands of small, friendly deals": adjectives with commas between them."""
        if self.lower[j + 1] != "," or self.lower[j] in noun_words().stops:
            return None
        return noun_phrase(self.tokens, j + 2, 3)

    def _adjective(self, state: int) -> NounPhrase | None:
        """ "five wounded soldiers": the participle belongs to the noun right behind it."""
        phrase = noun_phrase(self.tokens, state, 2)
        return phrase if phrase is not None and phrase.first == state else None

    def _counted(self, atom: Atom, phrase: NounPhrase | None) -> None:
        if phrase is None:
            return
        atom.unit, atom.noun = phrase.head, (phrase.first, phrase.last)
        if phrase.first <= atom.last + 2:
            atom.last = phrase.last
        self._rate(atom)

    def _partitive(self, atom: Atom, j: int) -> None:
        """ "five of the ships", "millions of doses", "two-thirds of voters"."""
        lower, start = self.lower, j
        while lower[j] in _DETERMINERS:
            j += 1
        if j > start and lower[j - 1] == "them":
            return
        if self.c[j] in "1oOtTd3" and j > start:
            if self.c[j + 1] != "-":
                return
            j += 2  # "five of the three-ton satellites"
        phrase = noun_phrase(self.tokens, j, 7) or self._adjectives(j)
        if phrase is None:
            return
        atom.noun = (phrase.first, phrase.last)
        if atom.number.form != "fraction":
            atom.unit = phrase.head
            atom.last = phrase.last


_PAST = frozenset(("ago", "earlier", "before", "later", "after", "prior", "end"))
_PRICE_WORDS = frozenset(
    """cost costs costing paid pay pays price priced prices worth spend spent spending profit profits fine fined fee fees wage wages salary
    earn earned earns sterling £ tax taxes bank bill budget charge charged revenue sales fund funds loan debt compensation damages
    sum invest invested british uk london pension income grant prize bid sold sell bought buy""".split()
)

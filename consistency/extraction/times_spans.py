"""Readers of durations, sets and vague references: "five years", "the past two decades", "every Monday", "now"."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found, int_of
from consistency.extraction.times_ended import days_ended
from consistency.extraction.times_grammar import compiled
from consistency.extraction.times_nth import first_units

SEASON = {1: "SP", 2: "SU", 3: "FA", 4: "WI"}
_HALF = {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}


def stretch_days(anchor: date | None, n: float, unit: str, step: int) -> tuple[str | None, str | None, str | None]:
    """(from, to, granularity) of the n units before (step < 0) or after publication."""
    if anchor is None or step == 0:
        return None, None, None
    if unit[0] == "T":
        hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit]
        n, unit = -(-n * hours // 24), "D"
    if n != int(n):
        return None, None, None
    other = cal.shift(anchor, int(n) * step, unit)
    if other is None:
        return None, None, None
    return min(anchor, other).isoformat(), max(anchor, other).isoformat(), "range"


def amount(n: float | None, unit: str, factor: int) -> str:
    """TIMEX3 value of n units: P3Y, PT72H, P2Y6M; X where the number is not told."""
    clock = "T" if unit[0] == "T" else ""
    sign = unit[-1]
    if n is None:
        return f"P{clock}X{sign}"
    n *= factor
    if n == int(n):
        return f"P{clock}{int(n)}{sign}"
    if n % 1 == 0.5 and unit in _HALF:
        whole = f"{int(n)}{sign}" if n >= 1 else ""
        return f"P{clock}{whole}{_HALF[unit]}"
    return f"P{clock}{n:g}{sign}"


def number_and_unit(doc: Doc, first: int, last: int) -> tuple[float | None, str, int] | None:
    """(number, unit, factor) of "two and a half years", "2 1/2 years", "half an hour"; "a few days" has number None."""
    cls, letter = doc.cls, doc.letter
    u = next((k for k in range(last - 1, first - 1, -1) if doc.lower[k] in doc.units), None)
    if u is None:
        return None
    unit, factor = doc.units[doc.lower[u]]
    head = cls[first:u]
    if letter["few"] in head or (letter["dozen"] in head and doc.lower[u - 1] != "dozen"):
        return None, unit, factor
    more = 0.5 if letter["half"] in cls[u:last] else 0.0
    m = compiled("(<dnum>|<num>)?<hyphen>?(<dnum>)<slash>(<dnum>)").search(cls, first, u) if u - first > 2 else None
    if m is not None and int(doc.num[doc.lower[m.end() - 1]]):
        whole = float(doc.num[doc.lower[m.start()]]) if m[1] else 0.0
        return whole + doc.num[doc.lower[m.start(2)]] / doc.num[doc.lower[m.start(3)]], unit, factor
    if cls[first] == letter["half"]:
        return 0.5, unit, factor
    if cls[u - 1] == letter["half"] and letter["and"] not in head:
        return 0.5, unit, factor
    if letter["half"] in head:
        more = 0.5
        u = cls.find(letter["half"], first, u)
    stop = next((k for k in range(first + 1, u) if cls[k] in (letter["to"], letter["or"])), u)
    n = int_of(doc, first, stop)
    if letter["couple"] in head:
        n = 2
    if n is None:
        n = 1 if cls[first] == letter["a"] or letter["a"] in head or more or letter["other"] in head else None
    return (n if n is None else n + more), unit, factor


def duration(doc: Doc, first: int, last: int) -> list[Found] | None:
    """ "five years", "two-week", "a couple of years", "three years in a row"; an age is passed over."""
    cls, letter = doc.cls, doc.letter
    if cls[last - 1] == letter["old"]:
        return None
    read = number_and_unit(doc, first, last)
    if read is None:
        return []
    n, unit, factor = read
    if unit in {"SU", "WI", "WE"} or is_second(doc, first, last):
        return []
    if (
        unit == "Q"
        and (cls[last - 2] == letter["hyphen"] or doc.lower[last] in {"of", "'s"})
        and n is not None
        and n <= 3
    ):
        return None  # a fraction: "three-quarters of"
    if cls[last - 1] == letter["in_row"] or letter["consecutive"] in cls[first:last]:
        return [row(doc, first, last, n, unit, factor)]
    days = days_ended(doc, last, n, unit, factor) if doc.lower[max(0, first - 1)] == "the" else None
    return [Found(first, last, "DURATION", amount(n, unit, factor), *(days or ()))]


def is_second(doc: Doc, first: int, last: int) -> bool:
    """Whether the unit is "second" in its sense of an ordinal ("one second-half goal")."""
    return doc.lower[last - 1] == "second" and (first + 1 == last or doc.cls[first] == doc.letter["a"])


def row(doc: Doc, first: int, last: int, n: float | None, unit: str, factor: int) -> Found:
    """ "three years in a row": the last n finished units before publication, each of them."""
    value = amount(n, unit, factor)
    if doc.anchor is None or n is None or unit not in {"D", "W", "M", "Q", "Y"} or n != int(n) or not 0 < n < 1000:
        return Found(first, last, "DURATION", value, role="each")
    end = cal.shift(doc.anchor, -1, unit)
    start = cal.shift(doc.anchor, -int(n) * factor, unit)
    if start is None or end is None:
        return Found(first, last, "DURATION", value, role="each")
    from_, to = cal.span(cal.value_at(start, unit)), cal.span(cal.value_at(end, unit))
    if from_ is None or to is None:
        return Found(first, last, "DURATION", value, role="each")
    return Found(first, last, "DURATION", value, from_[0], to[1], to[2], role="each")


def in_row(doc: Doc, first: int, last: int) -> list[Found]:
    """ "third consecutive year", "third year in a row"."""
    head = last - 4 if doc.cls[last - 1] == doc.letter["in_row"] else last - 1
    n = int_of(doc, first, first + 1)
    unit, factor = doc.units[doc.lower[head]]
    return [row(doc, first, last, n, unit, factor)]


def stretch(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the last twenty four hours", "the next few weeks", "recent years", "the first nine months", "these days"."""
    cls, letter = doc.cls, doc.letter
    head = first + 1 + (cls[first + 1] == letter["hyphen"])
    if cls[first] == letter["these"]:
        return (
            [Found(first, last, "DATE", "PRESENT_REF")]
            if doc.lower[first] == "these" and doc.lower[head] == "days"
            else []
        )
    read = number_and_unit(doc, head, last)
    if read is None:
        return []
    n, unit, factor = read
    if unit in {"SU", "WI", "WE"}:
        return []
    value = amount(n, unit, factor)
    if letter["consecutive"] in cls[head:last]:
        return [row(doc, first, last, n, unit, factor)]
    if n is None and last - head == 1:
        c = cls[first]
        if c not in (letter["last"], letter["next"]):
            return []
    step = {letter["last"]: -1, letter["latest"]: -1, letter["next"]: 1}.get(cls[first], 0)
    if n is None or n != int(n):
        return [Found(first, last, "DURATION", value)]
    counted = doc.lower[first] == "first" or (step < 0 and doc.lower[last] == "of")
    if counted:
        days = first_units(doc, last, int(n) * factor, unit, end=step < 0)
        return [Found(first, last, "DURATION", value, *(days or ()))]
    return [Found(first, last, "DURATION", value, *stretch_days(doc.anchor, n * factor, unit, step))]


def each(doc: Doc, first: int, last: int) -> list[Found]:
    """ "every year", "daily", "each Tuesday", "every other day", "Mondays", "once a week"."""
    cls, letter = doc.cls, doc.letter
    c = cls[last - 1]
    word = doc.lower[last - 1]
    if c == letter["freq"]:
        if word == "quarterly" and doc.lower[last][:1].isalnum() and doc.lower[last] not in doc.context["after_past"]:
            return []  # "quarterly results"
        if doc.words[first][0].isupper() and doc.words[last][:1].isupper():
            return []  # the name of a newspaper
        return [Found(first, last, "SET", str(doc.num[word]))]
    if c in (letter["weekdays"], letter["weekday"]):
        return [Found(first, last, "SET", f"XXXX-WXX-{doc.num[word]}")]
    if c in (letter["month"], letter["month_weak"]):
        return [Found(first, last, "SET", f"XXXX-{doc.num[word]:02d}")]
    if c == letter["weekend"]:
        return [Found(first, last, "SET", "XXXX-WXX-WE")]
    if c == letter["season"]:
        return [Found(first, last, "SET", f"XXXX-{SEASON[int(doc.num[word])]}")]
    if c in (letter["part"], letter["parts"]):
        day = f"WXX-{doc.num[doc.lower[first]]}" if cls[first] == letter["weekday"] else "XX-XX"
        return [Found(first, last, "SET", f"XXXX-{day}T{doc.num[word]}")]
    if word not in doc.units:
        return []
    unit, factor = doc.units[word]
    if unit == "Q":
        unit, factor = "M", 3
    n = int_of(doc, first, last - 1) if c != letter["second"] else None
    if letter["other"] in cls[first:last]:
        n = 2
    return [Found(first, last, "SET", amount(n or 1, unit, factor))]


def a_unit(doc: Doc, first: int, last: int) -> list[Found]:
    """ "a year": a rate behind a quantity ("$3 a year"), else a duration."""
    read = number_and_unit(doc, first, last)
    if read is None:
        return []
    n, unit, factor = read
    if last - first == 2 and doc.cls[first] == doc.letter["a"] and _is_rate(doc, first):
        return [Found(first, last, "SET", amount(1, unit, factor))]
    return [Found(first, last, "DURATION", amount(n, unit, factor))]


def _is_rate(doc: Doc, first: int) -> bool:
    """Whether a quantity stands so near in front of "a year" that it is told per year."""
    before = doc.lower[first - 1] if first else "\n"
    if before[0].isdigit() or before in doc.context["rate_before"]:
        return True
    if not before[0].isalpha() or before in doc.context["no_rate_before"]:
        return False
    return any(w[0].isdigit() or w in doc.num for w in doc.lower[max(0, first - 4) : first - 1] if w != "\n")


def all_unit(doc: Doc, first: int, last: int) -> list[Found]:
    """ "all week"."""
    unit, factor = doc.units[doc.lower[last - 1]]
    return [Found(first, last, "DURATION", amount(1, unit, factor))]


def long(doc: Doc, first: int, last: int) -> list[Found]:
    """ "week-long", "yearlong"."""
    if doc.cls[first] == doc.letter["unit_long"]:
        return [Found(first, last, "DURATION", str(doc.num[doc.lower[first]]))]
    return [Found(first, last, "DURATION", amount(1, *doc.units[doc.lower[first]]))]


def bare(doc: Doc, first: int, last: int) -> list[Found] | None:
    """ "for years", "within weeks", "hundreds of years": a stretch of untold length."""
    k = next(k for k in range(first, last) if doc.lower[k] in doc.units)
    unit, factor = doc.units[doc.lower[k]]
    if doc.cls[last - 1] == doc.letter["old"]:
        return None
    before = doc.lower[first - 1] if first else "\n"
    if doc.letter["long"] in doc.cls[first:last]:
        return [Found(first, last, "DURATION", amount(None, unit, factor))]
    if unit == "TS" or (before not in doc.context["before_bare"] and doc.lower[last] not in doc.context["after_bare"]):
        return []
    return [Found(first, last, "DURATION", amount(None, unit, factor))]


def vague(doc: Doc, first: int, last: int) -> list[Found]:
    """ "now", "currently", "recently", "the future", "recent weeks", "in the past"."""
    c, letter, lower = doc.cls[first], doc.letter, doc.lower
    if c in (letter["now"], letter["current"]):
        return [Found(first, last, "DATE", "PRESENT_REF")]
    before = lower[first - 1] if first else "\n"
    if c == letter["present"]:
        return _present(doc, first, last, before)
    if c == letter["future"]:
        told = (
            before in {"the", "in", "near", "foreseeable", "distant", "immediate"} and doc.cls[last] != letter["units"]
        )
        return [Found(first, last, "DATE", "FUTURE_REF")] if told else []
    if c == letter["last"]:
        told = lower[first] == "past" and before == "the" and lower[max(0, first - 2)] in {"in", "of", "from", "as"}
        bare = not lower[last][:1].isalnum() or lower[last] in doc.context["after_past"]
        return [Found(first, last, "DATE", "PAST_REF")] if told and bare else []
    if last > first + 1:
        unit, factor = doc.units[lower[last - 1]]
        if unit == "Y":
            return [Found(first, last, "DATE", "PAST_REF")]
        return [Found(first, last, "DURATION", amount(None, unit, factor))]
    return [Found(first, last, "DATE", "PAST_REF")]


def _present(doc: Doc, first: int, last: int, before: str) -> list[Found]:
    """ "at present", "at the moment"."""
    lower = doc.lower
    if lower[first] == "present":
        told = before == "at"
    else:
        told = before == "the" and lower[max(0, first - 2)] == "at" and lower[last] not in doc.context["no_moment"]
        first -= told
    return [Found(first, last, "DATE", "PRESENT_REF")] if told else []

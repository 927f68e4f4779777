"""Days with a name: Christmas, Labor Day, Good Friday."""

from __future__ import annotations

from datetime import date

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_words import words

_NEAR = 31  # a feast this near to publication is meant, whatever the tense


_NEAR = 31  # a feast this near to publication is meant, whatever the tense


def feast_of(name: str, year: int) -> date | None:
    """The day of a feast in a year; None if the name is not in the lexicon."""
    rule = words().holidays.get(name)
    if rule is None:
        return None
    if "day" in rule:
        month, day = rule["day"].split("-")
        return cal.make_day(year, int(month), int(day))
    found = cal.nth_weekday(year, *rule["nth"]) if "nth" in rule else cal.easter(year)
    return None if found is None else cal.plus_days(found, rule.get("plus", rule.get("easter", 0)))


def feast_day(doc: Doc, first: int, last: int, step: int | None, start: int) -> list[Found]:
    """The feast named by tokens first..last; step: -1 for "last", +1 for "next"; start: where it begins."""
    known = words().holidays
    if last == first + 1 and doc.lower[first] not in known:
        return []
    name = " ".join(w for k, w in enumerate(doc.lower[first:last], first) if doc.cls[k] != doc.letter["gen"])
    if name not in known:
        return []
    if (
        doc.words[first][0].islower()
        and len(name.split()) == 1
        and name not in {"christmas", "thanksgiving", "easter", "halloween"}
    ):
        return []
    if last < len(doc.cls) and doc.cls[last] == doc.letter["calyear"]:
        day = feast_of(name, int(doc.num[doc.lower[last]]))
        return [] if day is None else [Found(start, last + 1, "DATE", day.isoformat(), firm=True)]
    anchor = doc.anchor
    if anchor is None:
        rule = known[name]
        return [Found(start, last, "DATE", f"XXXX-{rule['day']}" if "day" in rule else "XXXX-XX-XX")]
    days = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := feast_of(name, y)) is not None]
    if not days:
        return []
    nearest = min(days, key=lambda d: abs((d - anchor).days))
    way = step or (0 if abs((nearest - anchor).days) <= _NEAR else doc.tense(first, last))
    if way < 0:
        days = [d for d in days if d <= anchor] or days
    elif way > 0:
        days = [d for d in days if d >= anchor] or days
    day = min(days, key=lambda d: abs((d - anchor).days))
    return [Found(start, last, "DATE", day.isoformat())]


def feast(doc: Doc, first: int, last: int) -> list[Found]:
    """A day with a name, with or without its year."""
    return feast_day(doc, first, last, None, first)

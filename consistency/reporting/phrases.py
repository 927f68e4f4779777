"""A claim's value in words: what was printed (`headline`) and the interval it stands for (`interval`)."""

from __future__ import annotations

from consistency.judgement.plurals import plural
from consistency.model import Claim, Value
from consistency.reporting import days, numbers
from consistency.reporting.clean import line
from consistency.reporting.wording import unit_words

_HEDGES = {
    "about": "about ",
    "nearly": "nearly ",
    "more-than": "over ",
    "at-least": "at least ",
    "less-than": "under ",
    "at-most": "at most ",
}
_CHANGES = {"up": "a rise of ", "down": "a fall of "}
_ITEMS = 12


def interval(claim: Claim) -> str:
    """The values the claim allows: "between 518.35 and 518.45 billion US dollars", "over 20 countries"."""
    value = claim.value
    if claim.kind == "list":
        return items(claim)
    if value is None:
        return ""
    if claim.kind == "date":
        return days.stretch(value.low, value.high)
    if claim.kind in ("ordinal", "rank"):
        return _ranked(claim, value)
    return _ends(claim, value)


def _ends(claim: Claim, value: Value) -> str:
    low, high = value.low, value.high
    if low is None and high is None:
        return "no bounds known"
    if high is None:
        return ("over " if value.low_open else "at least ") + with_unit(claim, low)
    if low is None:
        return ("under " if value.high_open else "at most ") + with_unit(claim, high)
    if low == high:
        return with_unit(claim, low)
    power = min(numbers.scale_of(low), numbers.scale_of(high)) or max(numbers.scale_of(low), numbers.scale_of(high))
    ends = numbers.scaled(low, power), numbers.scaled(high, power)
    if None in ends:
        return f"between {numbers.number(low)} and {with_unit(claim, high)}"
    left = f"{ends[0]}%" if claim.unit == "percent" else ends[0]
    return f"between {left} and {with_unit(claim, high, power)}"


def headline(claim: Claim) -> str:
    """The value as one would say it: "518.4 billion US dollars", "over 20 countries", "2nd largest trading partner"."""
    value = claim.value
    if claim.kind == "list":
        return items(claim)
    if claim.kind == "quote":
        return f"“{line(claim.quote.words, 160)}”" if claim.quote else ""
    if value is None:
        return line(claim.text, 120)
    if claim.kind in ("ordinal", "rank"):
        return _ranked(claim, value)
    if claim.kind == "date" or value.point is None or isinstance(value.point, str):
        return interval(claim)
    change = _CHANGES.get(claim.trend or "", "a change of ") if claim.aspect == "change" else ""
    about = "about " if claim.derived is not None and value.hedge == "between" else ""
    return change + about + _HEDGES.get(value.hedge, "") + with_unit(claim, value.point)


def _ranked(claim: Claim, value: Value) -> str:
    point = value.point if value.point is not None else value.low
    place = "" if point is None else numbers.ordinal(point)
    if claim.rank is None:
        return f"{place} {line(claim.unit, 40)}".strip() if claim.unit else place
    order = line(claim.rank.order, 40)
    of = f" {line(claim.rank.of, 80)}" if claim.rank.of else ""
    return (order if place in ("", "1st") else f"{place} {order}") + of


def with_unit(claim: Claim, value: int | float | str | None, power: int | None = None) -> str:
    """One number with the claim's unit and rate: "6%", "0.50 US dollars per share", "19 countries"."""
    if isinstance(value, str):
        return line(value, 80)
    text = numbers.number(value, power)
    if claim.unit == "percent" or (claim.kind == "percent" and claim.unit is None):
        out = f"{text}%"
    elif claim.kind == "multiple" or claim.aspect == "multiple":
        out = f"{text} times"
    elif claim.unit:
        out = f"{text} {unit_words(line(claim.unit, 60), claim.dimension, value not in (1, -1))}"
    else:
        out = text
    return f"{out} per {unit_words(line(claim.per, 60), None, False)}" if claim.per else out


def items(claim: Claim) -> str:
    """The items of a list claim: "Brazil, Chile and Peru", "6 items, among them …", shortened after a dozen."""
    names = [line(item, 80) for item in claim.items or ()]
    if not names:
        return line(claim.text, 120)
    shown, left = names[:_ITEMS], len(names) - _ITEMS
    if left > 0:
        text = f"{', '.join(shown)} and {left} more"
    else:
        text = " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
    return f"{text}, among others" if claim.complete is False else text


def counted_noun(claim: Claim) -> str:
    """What the claim counts, in the plural, for an axis or a title: "countries", "US dollars", "%"."""
    if claim.unit == "percent" or (claim.kind == "percent" and claim.unit is None):
        return "%"
    if claim.kind == "multiple":
        return "times"
    unit = unit_words(line(claim.unit, 60), claim.dimension, True) if claim.unit else ""
    if not unit and claim.measure.noun:
        unit = plural(line(claim.measure.noun, 60))
    return f"{unit} per {unit_words(line(claim.per, 60), None, False)}" if claim.per and unit else unit

"""The facts of a pair of claims, in the closed vocabulary of `vocabulary.FACTS`: what the decision table decides on."""

from __future__ import annotations

from typing import NamedTuple

from consistency.judgement import basis, change, contrast, intervals, roles, scopes, standing, times, values
from consistency.judgement.basis import Weakness
from consistency.judgement.contrast import Contrast
from consistency.judgement.intervals import day
from consistency.judgement.pair import Pair, Surroundings
from consistency.judgement.reworded import reworded
from consistency.judgement.rivals import rivals
from consistency.judgement.times import Span
from consistency.judgement.values import Compared
from consistency.judgement.vocabulary import AGREEING
from consistency.model import Claim

CHANGED_VALUES = frozenset({"disjoint", "unit-mismatch", "subset", "replaced", "number-differs", "negation-differs"})
_LONG = 120  # words of a sentence: a longer one is a list or a table
_ODD = frozenset({"disjoint", "unit-mismatch", "number-differs"})
_NUMBERS_DIFFER = frozenset({"disjoint", "unit-mismatch"})
_ONE_NUMBER = frozenset({"equal", "rounding"})
_UNDATED = frozenset({"published", "none"})


class Facts(NamedTuple):
    """A pair in order, its facts, and what is needed to explain them. contrast: words that tell the two apart."""

    pair: Pair
    facts: dict[str, str]
    compared: Compared
    weak: list[Weakness]
    contrast: Contrast | None = None


def facts_in_full(a: Claim, b: Claim, around: Surroundings) -> Facts:
    """The facts of two claims with the intervals compared and what keeps the comparison from being firm."""
    pair = Pair(*around.order(a, b), around)
    compared = values.compare(pair)
    contexts = (around.context(pair.a), around.context(pair.b))
    facts = {
        "measure": roles.measure(pair),
        "aspect": aspect(pair),
        "values": compared.relation,
        "difference": change.difference(pair, compared),
        "periods": periods(pair),
        "gap": gap(pair),
        "profile": around.profile.kind,
        "direction": change.direction(pair, compared),
        "scopes": scopes.compare(pair.a, pair.b, contexts, around.words, pair.copied),
        "modality": standing.modality(pair, compared.relation in AGREEING),
        "standing": standing.standing(pair),
        "origin": "copied" if pair.copied else "same-source" if pair.same_source else "independent",
        "superseded": "yes" if pair.a.superseded or pair.b.superseded else "no",
        "vintage": vintage(pair),
        "told": "once",
    }
    if compared.relation == "bound" and facts["measure"] in {"narrower", "wider"} and _one_point(pair):
        facts["measure"] = "same"  # "at least 116 inmates", and 116 people: no word is the narrower of the two
    if facts["scopes"] not in {"same", "unknown"} and _no_difference(pair, compared, facts["scopes"]):
        facts["scopes"] = "same"
    elif compared.relation == "disjoint" and not pair.copied:
        if facts["scopes"] == "unknown" and scopes.two_bounds(pair):
            facts["scopes"] = "overlapping"
        elif facts["scopes"] == "same":
            facts["scopes"] = _of_a_part(pair, compared)
    facts["rate"] = change.rate(pair, compared, facts["direction"])
    facts["changed"] = changed(pair, compared, facts["periods"])
    facts["part"] = change.part(pair, compared, facts["measure"], facts["scopes"], facts["periods"], facts["gap"])
    weak = basis.weaknesses(pair, facts)
    facts["basis"] = basis.basis(weak)
    return Facts(pair, facts, compared, weak)


def in_other_words(full: Facts) -> Facts:
    """The facts of a pair that seems to be at odds, where words near the numbers tell them apart or may do so."""
    pair, facts = full.pair, full.facts
    if full.compared.relation not in _ODD or any(len(pair.around.near(c).words) > _LONG for c in (pair.a, pair.b)):
        return full
    if full.compared.relation in _NUMBERS_DIFFER and facts["scopes"] in {"same", "unknown"}:
        apart = contrast.between(pair, (full.compared.a, full.compared.b)) or rivals(pair)
        if apart is not None:
            return full._replace(facts={**facts, "scopes": apart.scopes, "part": "none"}, contrast=apart)
    if odd := reworded(pair):
        weak = basis.in_order([*full.weak, basis.wording(*odd)])
        return full._replace(facts={**facts, "basis": basis.basis(weak)}, weak=weak)
    return full


def _no_difference(pair: Pair, compared: Compared, found: str) -> bool:
    """Whether two scopes need no telling apart: as many of a kind as of all means that all are of that kind."""
    if compared.relation in _ONE_NUMBER and pair.a.scope == pair.b.scope:
        return True  # 31 of 44, and 31 of 44
    if found not in {"narrower", "wider"}:
        return False
    if compared.relation in _ONE_NUMBER:
        return scopes.described(pair)
    return compared.relation in AGREEING and scopes.totalled(pair)


def _one_point(pair: Pair) -> bool:
    """Whether two counts print one number, however exactly."""
    a, b = pair.a.value, pair.b.value
    return pair.a.kind == pair.b.kind == "count" and a is not None and b is not None and None is not a.point == b.point


def _of_a_part(pair: Pair, compared: Compared) -> str:
    """narrower or wider where the smaller count stands beside another one in its sentence, or is short of just the one
    whom the topic is known to count in the larger; else same."""
    if compared.a is None or compared.b is None or compared.a.dates:
        return "same"
    going = intervals.sign(compared.a, compared.b)
    small, large = (compared.a, compared.b) if going > 0 else (compared.b, compared.a)
    part = (pair.a if going > 0 else pair.b).id in pair.around.parts
    if not part and (small.point is None or large.point not in pair.around.with_one or large.point - small.point != 1):
        return "same"
    return {1: "narrower", -1: "wider"}.get(going, "same")


def aspect(pair: Pair) -> str:
    """level-vs-change where one side says how much there is and the other how it moved."""
    moves = [c.aspect in {"change", "multiple"} for c in (pair.a, pair.b)]
    return "same" if moves[0] == moves[1] else "level-vs-change"


def periods(pair: Pair) -> str:
    """The fact `periods`. In a copy, the same words ("last year") mean the same time, whenever printed again."""
    a, b = pair.periods
    if pair.copied and _same_words(pair) and not _weeks_between(pair):
        return "same"
    if _every_earlier(pair.a, b) or _every_earlier(pair.b, a):
        return "same"
    if pair.a.kind == pair.b.kind == "date":
        return "same"  # a date claim's period is its value, and the values are compared already
    found = times.compare(a, b)
    incident = pair.a.measure.relation in pair.around.words.incident and vintage(pair) == "same"
    if found == "apart" and incident and times.one_night(a, b):
        return "overlapping"  # reports of one day: the night between two days is dated by either
    return found


_LENGTHS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366, "decade": 3660}


def _every_earlier(bound: Claim, other: Span | None) -> bool:
    """Whether a claim is a bound on every earlier year (or month), and the other's period is one of those."""
    period = bound.period
    if bound.derived is None or period.from_ is not None or period.to is None or other is None:
        return False
    length = other.last - other.first + 1
    return other.last <= day(period.to) and length <= _LENGTHS.get(period.granularity or "", 0)


def _same_words(pair: Pair) -> bool:
    a, b = pair.a.period, pair.b.period
    if a.text is None or b.text is None:
        return (a.text is None) == (b.text is None) and {a.basis, b.basis} <= _UNDATED
    return a.text.casefold() == b.text.casefold()


def _weeks_between(pair: Pair) -> bool:
    """Whether both passages name a weekday, and were printed so far apart that each means its own."""
    a, b = pair.a.period, pair.b.period
    days = [pair.around.published(c) for c in (pair.a, pair.b)]
    if None in days or {a.granularity, b.granularity} != {"day"} or {a.basis, b.basis} != {"relative"}:
        return False
    return abs(day(days[0] or "") - day(days[1] or "")) >= _LENGTHS["week"]


def gap(pair: Pair) -> str:
    """The fact `gap`: between the dates the values held, by the profile's limits; none to speak of between copies."""
    a, b = pair.held
    profile = pair.profile
    undated = [h is None or h.basis in _UNDATED for h in (a, b)]
    if all(undated) and (pair.copied or pair.same_source):
        return "negligible"
    return times.gap(times.distance(a, b), profile.negligible_gap_days, profile.short_gap_days)


def changed(pair: Pair, compared: Compared, period_fact: str) -> str:
    """none | value | period: what a copy changed. Where both differ, the passage was brought up to date: none."""
    if not pair.copied or (pair.a.text == pair.b.text and pair.a.period == pair.b.period):
        return "none"
    value = compared.relation in CHANGED_VALUES
    period = period_fact == "apart"
    if value == period:
        return "none"
    return "value" if value else "period"


def vintage(pair: Pair) -> str:
    """same | later | unknown: whether the two were published on different days."""
    if pair.same_source:
        return "same"
    a, b = pair.around.published(pair.a), pair.around.published(pair.b)
    if a is None or b is None:
        return "unknown"
    return "same" if a == b else "later"

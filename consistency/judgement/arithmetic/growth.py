"""The level before a change: "doubled in the past decade, reaching 50 billion" tells what it was a decade earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consistency.judgement.arithmetic.amounts import Factor, over, read_as, round3, shown, worked_out, years_back
from consistency.judgement.arithmetic.lines import AMOUNTS, Line, number, plain, words
from consistency.judgement.arithmetic.rules import Arithmetic, Rule
from consistency.judgement.arithmetic.steps import Step, step_back, time_of
from consistency.judgement.saying import amount, period
from consistency.model import Claim, Period

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SHARE_WORDS = ("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MOVES = frozenset({"change", "multiple"})


def before_change(line: Line, rules: Arithmetic) -> Iterator[Claim]:
    """The levels from which the changes of a sentence set out, from the change and the level reached."""
    multiplied, grown = rules["multiplied"], rules["growth"]
    for change in line.claims:
        rule = multiplied if change.kind == "multiple" else grown
        factor = None if rule is None else _by_a_fifth(rule, change, line) or factor_of(change)
        if rule is None or factor is None:
            continue
        level = _level_of(change, line, rule)
        if level is not None and (claim := _base(rule, line, change, level, factor)):
            yield claim


def factor_of(change: Claim) -> Factor | None:
    """By what a change multiplies the level before it: ×[1.8, 2.2] for "doubled", ×[1.055, 1.065] for "up 6 %"."""
    read = number(change)
    if change.aspect not in _MOVES or read is None or change.trend not in {"up", "down"} or not plain(change):
        return None
    low, high, size = read.low, read.high, read.point
    if size is None or size <= 0 or (low is not None and low < 0):
        return None
    if change.kind == "multiple":
        if change.trend == "down" and size > 1:
            return (1 / high if high else None, 1 / low if low else None, 1 / size)
        return (low, high, size)
    if change.kind == "percent" and low is not None and high is not None and float(size).is_integer():
        low, high = min(low, size - 0.5), max(high, size + 0.5)  # "8 percent" is what rounds to it, not 8.0
    scale = {"percent": 100.0, "fraction": 1.0}.get(change.kind)
    return None if scale is None else _grown(low, high, size, scale, change.trend)


def _grown(low: float | None, high: float | None, size: float, scale: float, trend: str | None) -> Factor | None:
    ends = [None if e is None else e / scale for e in (low, high, size)]
    if trend == "up":
        up = [None if e is None else 1 + e for e in ends]
        return (up[0], up[1], 1 + size / scale)
    if ends[1] is None or ends[1] >= 1:
        return None
    return (1 - ends[1], None if ends[0] is None else 1 - ends[0], 1 - size / scale)


def _by_a_fifth(rule: Rule, change: Claim, line: Line) -> Factor | None:
    """ "fell by a fifth", whose fraction looks like an ordinal."""
    told = words(change.text or "")
    if change.kind != "ordinal" or len(told) != 2 or told[0] not in {"a", "one"} or told[1] not in _SHARE_WORDS:
        return None
    lead = words(line.before(change, 30))
    if lead[-1:] != ["by"] or len(lead) < 2:
        return None
    share = 1 / (_SHARE_WORDS.index(told[1]) + 3)
    falls, rises = rule.has("falls", lead[-2]), rule.has("rises", lead[-2])
    if not falls and not rises:
        return None
    return _grown(share * 0.95, share * 1.05, share, 1.0, "up" if rises else "down")


# ------------------------------------------------------------------------------------------- which level is reached
def _level_of(change: Claim, line: Line, rule: Rule) -> Claim | None:
    """The level a change leads to, right after it ("rose 6 % to 50 billion") or before it ("50 billion, up 6 %")."""
    levels = line.amounts
    after = next((c for c in levels if (c.start or 0) >= (change.end or 0)), None)
    if after is not None and _only(rule, line, change, after, "bridge"):
        return after
    before = [c for c in levels if (c.end or 0) <= (change.start or 0)]
    return before[-1] if before and _only(rule, line, before[-1], change, "from_level") else None


def _only(rule: Rule, line: Line, a: Claim, b: Claim, table: str) -> bool:
    """Whether only words of time and of the rule stand between two claims, one of the rule's table among them."""
    between = line.between(a, b)
    if any(mark in between for mark in ";:().") or len(between) > 120:
        return False
    lead = re.split(r"[\d$€£¥]", b.text or "")[0] if table == "bridge" else ""
    told = words(between) + (words(lead) if table == "bridge" else [])
    if not any(rule.has(table, w) for w in told):
        return False
    return all(rule.has(table, w) or rule.has("between", w) or _YEAR.fullmatch(w) for w in words(between))


def _base(rule: Rule, line: Line, change: Claim, level: Claim, factor: Factor) -> Claim | None:
    step = step_back(rule, line, change, level)
    read = number(level)
    if step is None or read is None or (read.low or 0) < 0:
        return None
    loose = _loosened(factor, step)
    value = over(read, loose)
    when = _when(level, change, step)
    if value is None or when is None:
        return None
    steps = [
        f"“{change.text}” multiplies the level before by {_factor(factor)}.",
        read_as(level),
        f"How long it took: {step.why}." + (_slack(factor, loose) if step.slack else ""),
        f"{amount(read.point) if read.point is not None else 'the level'} ÷ {round3(factor[2]):g} = "
        f"{shown(value, level.unit)}, {_dated(when)}.",
    ]
    sure = rule.numbers.get("confidence", 0.8)
    return worked_out(level, rule.id, value, (level, change), steps, sure, **when)


def _when(level: Claim, change: Claim, step: Step) -> dict[str, Period] | None:
    """Period and date of the level before the change; None where the level has no time to count back from."""
    told = time_of(level, change)
    if told.from_ and told.to:
        period_before = years_back(told, step.years)
        return {"period": period_before, "as_of": period_before}
    if level.as_of.from_ and level.as_of.to:
        return {"period": Period(), "as_of": years_back(level.as_of, step.years)}
    return None


def _dated(when: dict[str, Period]) -> str:
    return f"for {period(when['period'])}" if when["period"].from_ else f"on {period(when['as_of'])}"


def _loosened(factor: Factor, step: Step) -> Factor:
    """A factor widened by what an even pace makes in the years by which the length may be off."""
    low, high, size = factor
    if not step.slack:
        return factor
    pace = max(size, 1 / size) ** (step.slack / step.years)
    return (None if low is None else low / pace, None if high is None else high * pace, size)


def _slack(factor: Factor, loose: Factor) -> str:
    ends = [(a, b) for a, b in zip(factor[:2], loose[:2], strict=True) if a and b]
    if not ends:
        return ""
    a, b = ends[0]
    return f" A year more or less, at an even pace, is a factor of {max(a, b) / min(a, b):.3g}."


def _factor(factor: Factor) -> str:
    low, high, size = factor
    ends = f"[{low:.4g}, {high:.4g}]" if low is not None and high is not None else ""
    if not ends:
        ends = f"at least {low:.4g}" if low is not None else f"at most {high:.4g}"
    return f"{size:.4g} ({ends})"


def is_level(claim: Claim) -> bool:
    """Whether a claim may start a chain of growth: an amount that is plainly said or worked out."""
    return claim.kind in AMOUNTS and claim.aspect == "level" and number(claim) is not None and plain(claim)

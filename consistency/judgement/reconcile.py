"""What would make two claims agree: the smallest change of one facet that resolves the difference."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.judgement import saying
from consistency.judgement.facts import Facts
from consistency.judgement.intervals import Interval, middle
from consistency.model import Claim

_NEEDED = frozenset({"contradiction", "possible-contradiction"})
_MISSING = {
    "scope": "Find out what each number covers; they agree if the scopes differ.",
    "period": "Find out which period each number is about; they agree if the periods differ.",
    "date": "Find out when each number held; they agree if it changed in between.",
    "zone": "Look at the article itself: a caption or link may be older or newer than the text.",
    "derived": "Look for the printed figure: one side is worked out from other numbers.",
    "profile": "Find out whether the number may change within that time.",
    "speaker": "Find out who is quoted.",
    "occasion": "Find out whether both quotations come from one occasion.",
    "list": "Find out whether both lists are complete.",
    "reading": "Look at the sentence: its words may be meant in another way.",
    "subject": "Look at the passages: one sentence does not name what it is about.",
    "part": "Look at both passages: the text may count two different things.",
    "measure": "Look at the passages: what one number counts is not plain.",
}


def reconcile(outcome: str, full: Facts) -> tuple[str, ...]:
    """What would settle or dissolve the finding, most telling first; nothing where nothing needs it."""
    if outcome not in _NEEDED:
        return ()
    out: list[str] = [_MISSING[w.facet] for w in full.weak if w.facet in _MISSING]
    out.extend(_numbers(full))
    out.extend(_facets(full))
    return tuple(dict.fromkeys(out))


def _numbers(full: Facts) -> Iterator[str]:
    a, b = full.pair.a, full.pair.b
    left, right = full.compared.a, full.compared.b
    if left is None or right is None or left.dates:
        return
    x, y = middle(left), middle(right)
    if x is None or y is None:
        return
    if x and y and (scale := _scale(x, y)):
        yield f"They agree if one of them is off by a factor of {scale} (a slip of thousand, million or billion)."
    elif _swapped(x, y):
        yield "They agree if two digits were swapped in one of them."
    elif a.kind == b.kind == "money" and a.unit != b.unit and abs(x - y) <= 0:
        yield "They agree if one currency sign is wrong."
    if a.value and b.value and _hedge_helps(left, right):
        yield "They agree if “about” was meant."
    yield from _units(a, b)


def _units(a: Claim, b: Claim) -> Iterator[str]:
    if a.unit != b.unit and a.value and b.value and a.value.point == b.value.point and a.value.point is not None:
        yield f"They agree if one unit is wrong ({a.unit} or {b.unit})."


def _scale(x: float, y: float) -> str | None:
    ratio = max(abs(x), abs(y)) / min(abs(x), abs(y))
    for power, word in ((10.0, "ten"), (100.0, "a hundred"), (1e3, "a thousand"), (1e6, "a million")):
        if abs(ratio - power) <= 1e-6 * power:
            return word
    return None


def _swapped(x: float, y: float) -> bool:
    """Whether two digits next to each other are swapped."""
    s, t = (f"{abs(n):.10g}" for n in (x, y))
    differ = [i for i in range(len(s)) if s[i] != t[i]] if len(s) == len(t) else []
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and s[differ[0]] == t[differ[1]]
        and s[differ[1]] == t[differ[0]]
    )


def _hedge_helps(a: Interval, b: Interval) -> bool:
    """Whether "about" (5 %) on both sides would let them meet."""
    x, y = middle(a), middle(b)
    return x is not None and y is not None and 0 < abs(x - y) <= 0.05 * (abs(x) + abs(y))


def _facets(full: Facts) -> Iterator[str]:
    facts, a, b = full.facts, full.pair.a, full.pair.b
    if facts["part"] == "exceeds":
        yield f"They agree if {saying.scope(a)} and {saying.scope(b)} are counted apart."
    elif facts["profile"] == "flow" and facts["periods"] == "same":
        yield f"They agree if one is not about {saying.period(a.period)}, or one includes what the other leaves out."
    elif facts["profile"] in {"stock", "cumulative"} and facts["gap"] == "negligible":
        yield "They agree if one repeats an older number, or one includes what the other leaves out."
    elif facts["rate"] == "implausible" and facts["profile"] == "cumulative":
        yield "They agree if the earlier count was revised, or the later one leaves something out."
    elif facts["rate"] == "implausible" and facts["profile"] == "clock":
        yield "They agree if they are of two persons of one name."
    elif facts["profile"] == "constant" and a.kind == "date":
        yield "They agree if they speak of two events."

"""How the desk is doing: open by age, time to decide, agreement between reviewers; each as a chart and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from starlette.responses import Response

from consistency.ledger import agreement, decisions, queue
from consistency.ledger.records import KINDS, Decision
from consistency.ledger.runs import now
from consistency.reporting.clean import line
from consistency.reporting.wording import counted
from consistency.review import bars, words
from consistency.review.ask import Ask

_STEPS = (("an hour", 3600), ("a day", 86_400), ("a week", 604_800), ("a month", 2_592_000))
_LONGER = "longer"
_MOST = 25
Rows = list[tuple[str, ...]]


def show(ask: Ask) -> Response:
    """`/statistics`"""
    book = list(decisions.every(ask.engine))
    standing = [(words.status(name), count) for name, count in sorted(queue.counts(ask.engine).items())]
    age = agreement.open_by_age(queue.since(ask.engine, undecided=True).values(), now())
    age = age if any(count for _, count in age) else []
    taken = agreement.seconds_to_decide(book, queue.since(ask.engine))
    time = _steps(taken.values())
    pairs = agreement.kappas(book)[:_MOST]
    people = _people(book)
    judged = sum(d.kind in KINDS for d in book)
    charts = {
        "standing": bars.draw("Findings by standing", _counts(standing)),
        "age": bars.draw("Open findings by age", _counts([(_within(name), n) for name, n in age])),
        "time": bars.draw("Time to decide", _counts([(_within(name), n) for name, n in time])),
        "kappa": bars.draw(
            "Cohen's kappa", [(_pair(k), k.kappa, f"{k.kappa:.2f}") for k in pairs if k.kappa is not None]
        ),
        "people": bars.draw("Decisions by person", _counts([(line(name, 18), n) for name, n in people])),
    }
    return ask.show(
        "statistics.html.j2",
        here="statistics",
        summary=f"{counted(judged, 'decision')} on {counted(len(taken), 'finding')}.",
        charts=charts,
        standing=_table(standing),
        age=_table([(_within(name), n) for name, n in age]),
        time=_table([(_within(name), n) for name, n in time]),
        time_lead=_lead(taken.values()),
        kappa=[
            (f"{line(k.one, 60)} and {line(k.two, 60)}", f"{k.both}", f"{k.agreed}", _kappa(k.kappa)) for k in pairs
        ],
        people=_table([(line(name, 60), n) for name, n in people]),
    )


def _steps(seconds: Iterable[float]) -> list[tuple[str, int]]:
    """How many were decided within each step and not within the one before; [] for none."""
    found = Counter(next((name for name, most in _STEPS if s <= most), _LONGER) for s in seconds)
    return [(name, found[name]) for name in (*(name for name, _ in _STEPS), _LONGER)] if found else []


def _people(book: Iterable[Decision]) -> list[tuple[str, int]]:
    """Who made how many judgements that were not taken back, most first."""
    every = list(book)
    undone = {d.undoes for d in every}
    found = Counter(d.author for d in every if d.kind in KINDS and d.id not in undone)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST]


def _lead(seconds: Iterable[float]) -> str:
    typical = agreement.typical(seconds)
    told = "From when a finding was there to the first decision on it."
    return told if typical is None else f"{told} Half of them took no more than {duration(typical)}."


def duration(seconds: float) -> str:
    """ "3 minutes", "5 hours", "12 days"."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(round(seconds / size), name)
    return counted(round(seconds), "second")


def _within(name: str) -> str:
    return name if name in (_LONGER, "older") else f"up to {name}"


def _pair(k: agreement.Kappa) -> str:
    return f"{line(k.one, 9)}, {line(k.two, 9)}"


def _kappa(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"


def _counts(rows: Iterable[tuple[str, int]]) -> list[tuple[str, float, str]]:
    return [(label, float(count), f"{count:,}") for label, count in rows]


def _table(rows: Iterable[tuple[str, int]]) -> Rows:
    return [(label, f"{count:,}") for label, count in rows]

"""Why two claims are of one topic: the weights of a link as a waterfall, from no evidence to the score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from consistency.model import Link
from consistency.reporting.clean import line
from consistency.reporting.index import Index
from consistency.reporting.wording import plain

WIDTH = 300
_STEPS = 40


class Bar(msgspec.Struct, frozen=True):
    """One weight. x, width: of its bar in a picture WIDTH wide; sum: the score with it."""

    name: str
    detail: str
    weight: str
    sum: str
    x: str
    width: str
    against: bool


class Fall(msgspec.Struct, frozen=True):
    """The evidence of one link. a, b: the two statements in words; score: the sum; zero: where no evidence stands."""

    a: str
    b: str
    score: str
    zero: str
    bars: tuple[Bar, ...]


def fall(groups: Sequence[set[str]], links: Iterable[Link], index: Index) -> tuple[Fall, ...]:
    """The strongest link between the sides; where none joins them directly, the chain of links that does.

    groups: the ids of the printed claims of each side; a finding of one side is told by its first link.
    """
    known = sorted(links, key=lambda link: (-link.score, link.a, link.b))
    if len(groups) == 1:
        inside = [link for link in known if link.a in groups[0] and link.b in groups[0]]
        return tuple(_fall(link, index) for link in inside[:1])
    if len(groups) < 2:
        return ()
    first, second = groups[0], groups[1]
    for link in known:
        if (link.a in first and link.b in second) or (link.b in first and link.a in second):
            return (_fall(link, index),)
    return tuple(_fall(link, index) for link in _chain(first, second, known))


def _chain(first: set[str], second: set[str], links: Sequence[Link]) -> list[Link]:
    """The shortest chain of links from one side to the other, [] where there is none."""
    beside: dict[str, list[tuple[str, Link]]] = {}
    for link in links:
        beside.setdefault(link.a, []).append((link.b, link))
        beside.setdefault(link.b, []).append((link.a, link))
    came: dict[str, tuple[str, Link] | None] = dict.fromkeys(sorted(first))
    row = list(came)
    while row:
        following: list[str] = []
        for at in row:
            for to, link in beside.get(at, ()):
                if to not in came:
                    came[to] = (at, link)
                    following.append(to)
                    if to in second:
                        return _back(to, came)
        row = following
    return []


def _back(end: str, came: dict[str, tuple[str, Link] | None]) -> list[Link]:
    out: list[Link] = []
    step = came[end]
    while step is not None:
        out.append(step[1])
        step = came[step[0]]
    return out[::-1]


def _fall(link: Link, index: Index) -> Fall:
    evidence = sorted(link.evidence, key=lambda e: (e.name != "prior", -e.weight, e.name))[:_STEPS]
    sums = [0.0]
    for entry in evidence:
        sums.append(sums[-1] + entry.weight)
    low, high = min(sums), max(sums)
    scale = WIDTH / ((high - low) or 1.0)
    bars = tuple(
        Bar(
            name=plain(line(entry.name, 80)),
            detail=line(entry.detail, 200),
            weight=f"{entry.weight:+.1f}",
            sum=f"{end:.1f}",
            x=f"{(min(start, end) - low) * scale:.1f}",
            width=f"{max(abs(end - start) * scale, 1.0):.1f}",
            against=entry.weight < 0,
        )
        for entry, start, end in zip(evidence, sums, sums[1:], strict=False)
    )
    return Fall(_said(link.a, index), _said(link.b, index), f"{link.score:.1f}", f"{-low * scale:.1f}", bars)


def _said(id_: str, index: Index) -> str:
    claim = index.claims.get(id_)
    if claim is None:
        return "a statement that is no longer there"
    source = index.source(claim)
    return f"“{line(claim.text, 100)}” ({source.name if source else line(claim.source, 80)})"

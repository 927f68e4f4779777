"""One fault, one finding: a finding that only repeats another's fault from further off becomes a note of it.

A changed number in a quotation shows as a changed quote and as a changed count; a dropped name shows between the two
copies of a list and, in the copy, between the list and the number that announces it; a figure moved to another year
moves every number of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from consistency.model import Claim, Finding

_POSSIBLE = "possible-contradiction"
_SAID = frozenset({"contradiction", _POSSIBLE})
_NUMBERS = frozenset({"disjoint", "rounding", "converted", "bound", "uninformative"})


def folded(findings: Sequence[Finding], claims: Mapping[str, Claim]) -> list[Finding]:
    """The findings without those that another one holds already; each of those adds its message as a note."""
    beside = _by_source(findings, claims)
    notes: dict[int, list[str]] = {}
    gone: set[int] = set()
    for f in findings:
        if f.outcome not in _SAID:
            continue
        for g in beside.get((_source(f, claims), _answers(f)), ()):
            if g is not f and id(g) not in gone and _repeats(f, g, claims):
                gone.add(id(f))
                notes.setdefault(id(g), []).append(f.message)
                break
    return [_noted(f, notes[id(f)]) if id(f) in notes else f for f in findings if id(f) not in gone]


def _answers(f: Finding) -> str:
    """The sort of finding that may hold f already."""
    if f.rule == "recycled-figure":
        return "period"
    if f.rule == "list-length":
        return "list"
    return "number" if f.facts.get("values") == "number-differs" else "quote"


def _sorts(g: Finding, claims: Mapping[str, Claim]) -> Iterator[str]:
    """What a finding can answer to."""
    if g.rule == "recycled-figure" or _dates(g, claims):
        yield "period"
    if g.rule == "copied-list-changed":
        yield "list"
    if g.facts.get("values") == "number-differs":
        yield "quote"
    elif g.facts.get("values") in _NUMBERS:
        yield "number"


def _source(f: Finding, claims: Mapping[str, Claim]) -> str:
    return next((claims[i].source for i in f.claims if i in claims), "")


def _by_source(findings: Sequence[Finding], claims: Mapping[str, Claim]) -> dict[tuple[str, str], list[Finding]]:
    """Findings by each source they rest on and by what they can answer to."""
    out: dict[tuple[str, str], list[Finding]] = {}
    for g in findings:
        sources = {claims[i].source for i in g.claims if i in claims}
        for sort in _sorts(g, claims):
            for source in sources:
                out.setdefault((source, sort), []).append(g)
    return out


def _noted(finding: Finding, more: list[str]) -> Finding:
    return msgspec.structs.replace(finding, notes=(*finding.notes, *(f"Also seen: {m}." for m in more)))


def _repeats(f: Finding, g: Finding, claims: Mapping[str, Claim]) -> bool:
    """Whether f is g's fault seen from further off.

    A quotation with another number is told by the number's own finding, which knows whether time or scope explains it;
    unless that one is only possible, and what is quoted is firm.
    """
    if f.rule == "list-length" and g.rule == "copied-list-changed":
        return bool(set(f.claims) & set(g.claims))
    if f.rule == "recycled-figure":
        return _places(f, claims) == _places(g, claims) and (g.rule == f.rule or _dates(g, claims))
    if f.facts.get("values") == "number-differs" and g.facts.get("values") in _NUMBERS and g.outcome != _POSSIBLE:
        return _all_inside(g, f, claims)
    if f.outcome == _POSSIBLE and g.facts.get("values") == "number-differs":
        return f.facts.get("values") == "disjoint" and _all_inside(f, g, claims)
    return False


def _places(f: Finding, claims: Mapping[str, Claim]) -> set[tuple[str, int]]:
    """The sentences a finding rests on."""
    held = [claims[i] for i in f.claims if i in claims]
    return {(c.source, c.sentence.start) for c in held if c.sentence is not None}


def _dates(f: Finding, claims: Mapping[str, Claim]) -> bool:
    """Whether a finding is about a changed date."""
    return f.outcome == "contradiction" and all(i in claims and claims[i].kind == "date" for i in f.claims)


def _all_inside(counts: Finding, quotes: Finding, claims: Mapping[str, Claim]) -> bool:
    """Whether every count stands within one of the quotations."""
    return all(any(_inside(claims.get(i), claims.get(q)) for q in quotes.claims) for i in counts.claims)


def _inside(inner: Claim | None, outer: Claim | None) -> bool:
    """Whether one claim's words stand within another's."""
    if inner is None or outer is None or inner.source != outer.source or inner.start is None or outer.start is None:
        return False
    return inner.end is not None and outer.end is not None and outer.start <= inner.start and inner.end <= outer.end

"""How likely two documents tell of one event: evidence from their places, persons, names, days and words."""

from __future__ import annotations

from consistency.topics.about import Document

Weighed = tuple[str, str]
"""A weight's name and the words shown with it."""

_NEAR, _FAR = 2, 60
_TERMS = 3
_TOP = 3


def event_evidence(a: Document, b: Document) -> list[Weighed]:
    """Evidence that the documents are about one event, or about two."""
    if a.many or b.many:
        return []
    if a.source == b.source:
        return [("same-document", a.source)]
    out = [*_places(a, b), *_persons(a, b)]
    names = sorted((a.names & b.names) | _unplaced(a, b))
    if names:
        out.append(("event-name", names[0]))
        out.extend(("event-name-next", n) for n in names[1:2])
    out.extend(("event-institution", n) for n in sorted(a.institutions & b.institutions)[:1])
    numbers = sorted(a.numbers & b.numbers)
    if numbers:
        out.append(("event-number", numbers[0]))
        out.extend(("event-number-next", n) for n in numbers[1:3])
    if a.kinds and b.kinds and not out:
        out.append(("event-nothing", ""))
    return [*out, *_days(a, b), *_terms(a, b)]


def _unplaced(a: Document, b: Document) -> set[str]:
    """Names that are of another kind in either document, as nobody lists them; and those that one of them shortens."""
    shared = {n for n in a.kinds.keys() & b.kinds.keys() if a.kinds[n] != b.kinds[n] and " " not in n}
    if a.firsts or b.firsts:
        shared |= (a.firsts & b.kinds.keys()) | (b.firsts & a.kinds.keys())
    return shared


def level_evidence(a: Document, b: Document) -> list[Weighed]:
    """Evidence for a level that no name beside it pins down: documents about one country, or about one event."""
    if a.many or b.many:
        return []
    if a.source == b.source:
        return [("same-document", a.source)]
    if a.table and b.table and a.subject and b.subject:
        return [("subject-place" if a.subject == b.subject else "subject-table", f"{a.subject} / {b.subject}")]
    if not (a.broad and b.broad):  # a level is told of again and again, however long after
        return [found for found in event_evidence(a, b) if found[0] != "event-published-far"]
    if a.subject == b.subject:
        return [("subject-place", a.subject or "")]
    told = (a.subject in b.places[:_TOP]) + (b.subject in a.places[:_TOP])
    if told == 2:
        return []
    return [("subject-other" if told else "subject-different", f"{a.subject} / {b.subject}")]


def _places(a: Document, b: Document) -> list[Weighed]:
    towns = sorted(a.towns & b.towns) or sorted(a.streets & b.streets)
    cities = sorted(a.cities & b.cities)
    out: list[Weighed] = []
    if towns:
        out.append(("event-place", towns[0]))
    if cities:
        out.append(("event-city", cities[0]))
    if out:
        return out
    if (a.towns or a.cities) and (b.towns or b.cities):
        return [("event-place-different", f"{_first(a)} / {_first(b)}")]
    wide = sorted(a.wide & b.wide)
    return [("event-wide", wide[0])] if wide else []


def _first(doc: Document) -> str:
    return next((p for p in doc.places if p in doc.towns or p in doc.cities), "")


def _persons(a: Document, b: Document) -> list[Weighed]:
    shared = sorted(a.persons & b.persons)
    if shared:
        return [("event-person", shared[0]), *(("event-person-next", p) for p in shared[1:2])]
    if a.surnames.isdisjoint(b.surnames):
        return [("event-person-different", f"{min(a.persons)} / {min(b.persons)}")] if a.persons and b.persons else []
    last_a = {p.rsplit(" ", 1)[-1] for p in a.persons}
    last_b = {p.rsplit(" ", 1)[-1] for p in b.persons}
    shared = sorted((last_a & b.surnames) | (last_b & a.surnames))
    if shared:
        return [("event-surname", shared[0]), *(("event-surname-next", p) for p in shared[1:2])]
    if a.persons and b.persons:
        return [("event-person-different", f"{min(a.persons)} / {min(b.persons)}")]
    return []


def _days(a: Document, b: Document) -> list[Weighed]:
    out: list[Weighed] = []
    if a.days and b.days:
        gap = min(abs(x - y) for x in a.days for y in b.days)
        name = "event-day-same" if gap == 0 else "event-day-next" if gap == 1 else ""
        name = name or ("event-days-week" if gap <= 14 else "event-days-far")
        out.append((name, f"{gap} days apart"))
    if a.published and b.published:
        gap = abs(a.published - b.published)
        if gap <= _NEAR:
            out.append(("event-published-near", f"{gap} days apart"))
        elif gap > _FAR and not out:  # days that are told of say more than the day of printing
            out.append(("event-published-far", f"{gap} days apart"))
    return out


def _terms(a: Document, b: Document) -> list[Weighed]:
    if not a.terms or not b.terms:
        return []
    shared = sorted(a.terms & b.terms)
    if not shared:
        return [("event-terms-none", "")]
    return [("event-terms", t) for t in shared[:_TERMS]]

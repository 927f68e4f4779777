"""Evidence from the names beside two numbers, and from those a claim takes from its document."""

from __future__ import annotations

from consistency.topics.signature import Signature
from consistency.topics.vocabulary import Vocabulary

_WEIGHT = {
    "strong": "name-strong",
    "person": "name-person",
    "surname": "name-word",
    "institution": "name-institution",
    "word": "name-word",
    "place": "name-place",
    "city": "name-city",
    "state": "name-state",
    "country": "name-country",
    "region": "name-region",
}
_ORDER = ("strong", "person", "place", "city", "word", "surname", "institution", "state", "country", "region")
_INHERITED, _NEXT = 0.6, 0.5
_SORT = {
    **dict.fromkeys(("person", "surname"), "person"),
    **dict.fromkeys(("strong", "word", "institution"), "strong"),
    **dict.fromkeys(("place", "city", "state", "country", "region"), "place"),
}
_PLACES = frozenset(("place", "city", "country"))
_PERSONS = frozenset(("person", "surname"))


def name_evidence(a: Signature, b: Signature, known: Vocabulary, out: list[tuple[str, float, str]]) -> None:
    """Adds (weight name, factor, name) for names that agree, are missing or differ.

    Names come together (a treaty and its parties), so each further one counts half of the one before."""
    both = a.names.keys() & b.names.keys()
    firm = 1.0 if a.stated and b.stated else _INHERITED
    shared = [(_ORDER.index(a.names[n]), n, firm) for n in both]
    shared += [(_ORDER.index(a.names[n]), n, _INHERITED) for n in _lent(a, b)]
    shared += [(_ORDER.index(b.names[n]), n, _INHERITED) for n in _lent(b, a)]
    shared.sort(key=lambda t: (-t[2], t[0], t[1]))
    factor = 1.0
    for order, name, inherited in shared:
        out.append((_WEIGHT[_ORDER[order]], factor * inherited, name))
        factor *= _NEXT
    if len(both) >= 2 and both == a.names.keys() == b.names.keys():
        out.append(("names-equal", 1.0, ", ".join(sorted(both)[:3])))
    _apart(a, b, known, {n for _, n, _ in shared}, out)


def _lent(one: Signature, other: Signature) -> list[str]:
    """Names beside one number that the other takes from its document, having none of that sort itself."""
    own = {_SORT[kind] for kind in other.names.values()}
    return [
        n for n, kind in one.names.items() if n in other.doc.kinds and n not in other.names and _SORT[kind] not in own
    ]


def _apart(a: Signature, b: Signature, known: Vocabulary, shared: set[str], out: list[tuple[str, float, str]]) -> None:
    """Names that only one side has."""
    places_a, places_b = _of(a, _PLACES), _of(b, _PLACES)
    lone_a, lone_b = places_a - shared, places_b - shared
    home = a.event and b.event and not (a.away or b.away) and (a.doc.towns & b.doc.towns or a.doc.cities & b.doc.cities)
    if lone_a and lone_b and not home and not any(_related(x, y, known) for x in lone_a for y in lone_b):
        out.append(("place-different", 1.0, f"{min(lone_a)} / {min(lone_b)}"))
    persons_a, persons_b = _of(a, _PERSONS), _of(b, _PERSONS)
    same = bool(persons_a & persons_b)
    if persons_a and persons_b and not same:
        same = any(alike_persons(x, y) for x in persons_a for y in persons_b)
        out.append(("name-alike" if same else "person-different", 1.0, f"{min(persons_a)} / {min(persons_b)}"))
    if a.noun in known.needs_name and not (same and a.stated and b.stated):
        out.append(("name-needed", 1.0, a.noun or ""))
    for one, other in ((a, b), (b, a)):
        missing = sorted(
            n for n, kind in one.names.items() if kind == "strong" and n not in shared and n not in other.doc.kinds
        )
        if missing:
            out.append(("name-missing", 1.0, missing[0]))


def _of(s: Signature, kinds: frozenset[str]) -> set[str]:
    return {n for n, kind in s.names.items() if kind in kinds}


def _related(x: str, y: str, known: Vocabulary) -> bool:
    return known.inside(x, y) or known.inside(y, x) or x in y or y in x


def alike_persons(x: str, y: str) -> bool:
    """Whether two name keys can be one person: one surname, and first names that agree, abbreviate or nearly agree."""
    from rapidfuzz.distance import JaroWinkler

    one, two = x.split(), y.split()
    if one[-1] != two[-1] and JaroWinkler.similarity(one[-1], two[-1]) < 0.93:
        return False
    if len(one) == 1 or len(two) == 1:
        return True
    a, b = one[0], two[0]
    return a.startswith(b) or b.startswith(a) or JaroWinkler.similarity(a, b) >= 0.88

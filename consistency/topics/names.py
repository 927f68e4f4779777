"""Evidence from the names beside two numbers, and from those a claim takes from its document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from math import inf

from consistency.model import Value
from consistency.topics.signature import SORT, Signature
from consistency.topics.stories import one_story
from consistency.topics.vocabulary import Vocabulary

_WEIGHT = {
    "strong": "name-strong",
    "person": "name-person",
    "surname": "name-word",
    "institution": "name-institution",
    "word": "name-word",
    "place": "name-place",
    "street": "name-place",
    "city": "name-city",
    "state": "name-state",
    "country": "name-country",
    "region": "name-region",
}
_UNLISTED = ("word", "place", "surname")
_ORDER = ("strong", "person", "place", "street", "city", "word", "surname", "institution", "state", "country", "region")
_RANK = {kind: n for n, kind in enumerate(_ORDER)}


def name_evidence(
    a: Signature, b: Signature, known: Vocabulary, of: Mapping[str, float]
) -> list[tuple[str, float, str]]:
    """(weight name, factor, name) for names that agree, are missing or differ: of which thing the claims are told.

    Names come together (a treaty and its parties), so each further one counts half of the one before."""
    out: list[tuple[str, float, str]] = []
    if a.group == "quote":
        return out
    many = a.doc.many or b.doc.many
    if not a.names and not b.names and a.noun not in known.needs_name:
        if many:
            out.append(("names-apart", 1.0, ""))
        elif not (a.doc.kinds or b.doc.kinds or a.doc.source == b.doc.source or one_story(a.doc, b.doc)):
            out.append(("name-none", 1.0, ""))
        return out
    both = a.names.keys() & b.names.keys()
    inherited = of["name-inherited"]
    firm = 1.0 if a.stated and b.stated else inherited
    shared = [(_RANK[a.names[n]], n, firm) for n in both]
    shared += [(_RANK[a.names[n]], n, inherited) for n in _lent(a, b)]
    shared += [(_RANK[b.names[n]], n, inherited) for n in _lent(b, a)]
    if a.firsts or b.firsts:
        shared += [(_RANK["word"], n, firm) for n in _short(a, b)]
    shared += [(_RANK["region"], n, inherited) for n in _wider(a, b, known)]
    shared.sort(key=lambda t: (-t[2], t[0], t[1]))
    if many and not shared:
        out.append(("names-apart", 1.0, f"{min(a.names, default='')} / {min(b.names, default='')}"))
    factor = 1.0
    for order, name, sure in shared:
        out.append((_WEIGHT[_ORDER[order]], factor * sure, name))
        factor *= of["name-next"]
    if len(both) >= 2 and both == a.names.keys() == b.names.keys():
        out.append(("names-equal", 1.0, ", ".join(sorted(both)[:3])))
    _apart(a, b, known, {n for _, n, _ in shared}, out)
    return out


def _lent(one: Signature, other: Signature) -> list[str]:
    """Names beside one number that the other takes from its document, having none of that sort itself."""
    if one.sorts <= other.sorts or other.doc.many:
        return []
    kinds = other.doc.kinds
    return [n for n, kind in one.names.items() if n in kinds and n not in other.names and SORT[kind] not in other.sorts]


def _short(a: Signature, b: Signature) -> list[str]:
    """Names of one word beside one number that names beside the other begin with, and that no list knows."""
    return [
        n for one, other in ((a, b), (b, a)) for n in one.firsts & other.names.keys() if other.names[n] in _UNLISTED
    ]


def _wider(a: Signature, b: Signature, known: Vocabulary) -> list[str]:
    """The region of one side, when the other names a region it lies in instead (Latin America, with the Caribbean)."""
    if not a.regions or not b.regions or not set(a.regions).isdisjoint(b.regions):
        return []
    return [x for x in a.regions for y in b.regions if known.inside(x, y) or known.inside(y, x)][:1]


def _apart(a: Signature, b: Signature, known: Vocabulary, shared: set[str], out: list[tuple[str, float, str]]) -> None:
    """Names that only one side has."""
    if (
        a.places
        and b.places
        and not (known.happens_once(a.group, a.relation, b.relation) and shared & (a.bodies | a.persons))
    ):
        lone_a, lone_b = a.places - shared, b.places - shared
        if lone_a and lone_b and not _home(a, b) and not any(_related(x, y, known) for x in lone_a for y in lone_b):
            out.append(("place-different", 1.0, f"{min(lone_a)} / {min(lone_b)}"))
            if _of_one(a, known):
                out.append(("subject-rival", 1.0, f"{min(lone_a)} / {min(lone_b)}"))
    same = False
    if a.persons and b.persons:
        same = not a.persons.isdisjoint(b.persons)
        if not same and not (a.noun in known.needs_name and _first_names(a.persons, b.persons)):
            same = any(alike_persons(x, y) for x in a.persons for y in b.persons)
            out.append(("name-alike" if same else "person-different", 1.0, f"{min(a.persons)} / {min(b.persons)}"))
    if not (a.people and a.event) and _two_heads(a, b, known):
        out.append(("subject-rival", 1.0, f"{' '.join(a.head)} / {' '.join(b.head)}"))
    if a.noun in known.needs_name and not (same and a.stated and b.stated):
        named = a.persons and b.persons and a.stated and b.stated and not _first_names(a.persons, b.persons)
        out.append(("name-needed" if named else _unnamed(a, b, known), 1.0, a.noun or ""))
    if (a.event and b.event) or not (a.bodies or b.bodies):  # reports of one event name different bodies
        return
    missing = [
        [n for n in one.bodies if n not in shared and n not in other.doc.kinds] for one, other in ((a, b), (b, a))
    ]
    out.extend(("name-missing", 1.0, min(names)) for names in missing if names)
    if all(missing) and _of_one(a, known):
        out.append(("subject-rival", 1.0, f"{min(missing[0])} / {min(missing[1])}"))


def _two_heads(a: Signature, b: Signature, known: Vocabulary) -> bool:
    """Whether two names open the sentences that differ in words neither text has of the other's; a place, and a name
    spelled in two ways, are seen to elsewhere."""
    if not a.head or not b.head:
        return False
    one, two = " ".join(a.head), " ".join(b.head)
    left, right = set(a.head) - set(b.head), set(b.head) - set(a.head)
    if not (left and right) or _is_place(one, known) or _is_place(two, known) or alike_persons(one, two):
        return False
    return _unknown_to(left, b) and _unknown_to(right, a)


def _is_place(name: str, known: Vocabulary) -> bool:
    return known.class_of(name, "other") in ("region", "country", "state", "city")


def _unknown_to(words: set[str], s: Signature) -> bool:
    return words.isdisjoint(s.terms) and not any(words & set(name.split()) for name in (*s.doc.kinds, *s.names))


def _of_one(s: Signature, known: Vocabulary) -> bool:
    """Whether the number is that of one thing or place (its length, its population), so that two names are two."""
    return s.group == "measure" or s.noun in known.of_one


def _first_names(one: Iterable[str], two: Collection[str]) -> bool:
    """Whether one side gives a first name alone, and it is the other's: "Oscar" and "Oscar Lind"."""
    return any(_first_name(x, y) for x in one for y in two)


def _first_name(x: str, y: str) -> bool:
    return x != y and (x == _words(y)[0] or y == _words(x)[0])


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def strangers(one: Iterable[str], two: Collection[str]) -> bool:
    """Whether no two of the persons of two sides can be one."""
    for x in one:
        for y in two:
            if x == y or alike_persons(x, y) or _first_name(x, y):
                return False
    return True


def _unnamed(a: Signature, b: Signature, known: Vocabulary) -> str:
    """The weight of two ages of which one or both are nobody's by name."""
    one, two = a.claim, b.claim
    if one.unit != two.unit or one.value is None or two.value is None or not overlap(one.value, two.value):
        return "age-other"
    sexes = [{known.sex[w] for w in s.beside if w in known.sex} for s in (a, b)]
    return "name-needed" if sexes[0] and sexes[1] and not sexes[0] & sexes[1] else "age-same"


def overlap(a: Value, b: Value) -> bool:
    """Whether two numbers may be one."""
    if a.point is not None and a.point == b.point:
        return True
    low, first = (-inf if e is None else e for e in (a.low, b.low))
    high, last = (inf if e is None else e for e in (a.high, b.high))
    if isinstance(low, str) or isinstance(high, str) or isinstance(first, str) or isinstance(last, str):
        return False
    return low <= last and first <= high


def _home(a: Signature, b: Signature) -> bool:
    """Whether two happenings have a town in common already: streets and districts of it then say nothing against."""
    if not (a.event and b.event) or a.away or b.away:
        return False
    one, two = a.doc, b.doc
    if one_story(one, two):
        return True
    return not (
        one.towns.isdisjoint(two.towns)
        and one.cities.isdisjoint(two.cities)
        and one.streets.isdisjoint(two.streets)
        and one.persons.isdisjoint(two.persons)
    )


def _related(x: str, y: str, known: Vocabulary) -> bool:
    return x in y or y in x or known.inside(x, y) or known.inside(y, x)


@lru_cache(maxsize=1)
def _similarity() -> Callable[[str, str], float]:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity


def alike_persons(x: str, y: str) -> bool:
    """Whether two name keys can be one person: one surname, and first names that agree, abbreviate or nearly agree; or
    one is the other with a further surname ("Ana Ruiz", "Ana Ruiz Soto")."""
    similarity = _similarity()
    one, two = _words(x), _words(y)
    first = min(len(one), len(two)) > 1 and one[0] == two[0]
    if first and (set(one) <= set(two) or set(two) <= set(one)):
        return True
    if one[-1] != two[-1] and similarity(one[-1], two[-1]) < (0.88 if first else 0.93):
        return False
    if len(one) == 1 or len(two) == 1:
        return True
    a, b = one[0], two[0]
    if a.startswith(b) or b.startswith(a) or similarity(a, b) >= 0.88:
        return True
    short, long = sorted((one[:-1], two[:-1]), key=len)  # "Brad Pitt", "William Bradley Pitt": called by a later name
    return len(short) == 1 and any(given.startswith(short[0]) for given in long[1:])

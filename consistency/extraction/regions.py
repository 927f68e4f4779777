"""Which place lies in which: regions, states, cities and dated groups of states.

Answers are three-valued: None where the tables do not know. A place is compared as the set of states and territories it
covers; below a state the path of parents decides.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.geography import geography
from consistency.rulebook import default_rulebook

FILES = tuple(f"lexicon/{name}.yaml" for name in ("countries", "regions", "states", "cities", "groups", "ambiguous"))
"""The files that the answers rest on, for the version a report prints."""
_STATES = ("country", "territory")
_WIDE = ("region", "continent", "group")


class Membership(msgspec.Struct, frozen=True, gc=False):
    """A state's time in a group; ISO days, both inclusive, to is None while it lasts."""

    state: str
    from_: str
    to: str | None


@lru_cache(maxsize=1)
def memberships() -> dict[str, tuple[Membership, ...]]:
    """The dated members of every group, in the order of the file; an empty tuple where the members are not listed."""
    out: dict[str, tuple[Membership, ...]] = {}
    for group, entry in default_rulebook().load("lexicon/groups.yaml").items():
        rows = []
        for words in entry.get("members") or ():
            state, _, dates = str(words).partition(" @")
            since, _, until = dates.partition("..")
            rows.append(Membership(state, since or str(entry["founded"]), until or None))
        out[group] = tuple(rows)
    return out


def kind(name: str) -> str | None:
    """country | territory | region | continent | group | state | area | city | former; None for an unknown name."""
    place = geography().places.get(name)
    return place.sort if place else None


def parent(name: str) -> str | None:
    """What a place lies in: a city's state, a state's country, a country's sub-region."""
    place = geography().places.get(name)
    return place.parent if place else None


def country_of(name: str) -> str | None:
    """The country or territory a place lies in (itself, if it is one); None for regions and unknown names."""
    seen = 0
    place = geography().places.get(name)
    while place and seen < 8:
        if place.sort in _STATES:
            return place.name
        place = geography().places.get(place.parent) if place.parent else None
        seen += 1
    return None


@lru_cache(maxsize=4096)
def members(name: str, date: str | None = None) -> tuple[str, ...]:
    """The states and territories of a region or group, by name.

    date: ISO day a group is asked about; without one, its last known members. Empty where nothing is listed.
    """
    if name in memberships():
        rows = memberships()[name]
        if date is None:
            return tuple(sorted({r.state for r in rows if r.to is None}))
        return tuple(sorted({r.state for r in rows if r.from_ <= date and (r.to is None or date <= r.to)}))
    out: set[str] = set()
    todo, done = [name], set()
    while todo:
        part = todo.pop()
        if part in done:
            continue
        done.add(part)
        if kind(part) in _STATES:
            out.add(part)
        else:
            todo.extend(geography().parts.get(part, ()))
    out.discard(name)
    return tuple(sorted(out))


def _path(name: str) -> list[str]:
    """The place and all it lies in, up to its country (a territory's owner included)."""
    path = [name]
    while (above := parent(path[-1])) and kind(path[-1]) not in _STATES and len(path) < 8:
        path.append(above)
    owner = geography().owners.get(path[-1])
    return [*path, owner] if owner else path


def _area_states(whole: str, part: str) -> bool:
    """Whether an area such as "Midwest" lists a state on the path of `part`."""
    listed = geography().parts.get(whole, ())
    return any(step in listed for step in _path(part))


def _in_group(group: str, state: str, date: str | None) -> bool | None:
    rows = [r for r in memberships()[group] if r.state == state]
    if not memberships()[group]:
        return None
    if not rows:
        return False
    if date is None:
        return True if all(r.to is None for r in rows) else None
    return any(r.from_ <= date and (r.to is None or date <= r.to) for r in rows)


@lru_cache(maxsize=16384)
def contains(whole: str, part: str, date: str | None = None) -> bool | None:
    """Whether `part` lies in `whole` (or is the same), for groups as of `date` (ISO). None where that is not known."""
    if whole == part:
        return True
    above, below = kind(whole), kind(part)
    if above is None or below is None:
        return None
    if "former" in (above, below) or whole in geography().open_regions or part in geography().open_regions:
        return None
    if above in _WIDE:
        if below not in _WIDE:
            state = country_of(part)
            if state is None:
                return None
            return _in_group(whole, state, date) if above == "group" else state in members(whole)
        inner, outer = set(members(part, date)), set(members(whole, date))
        return inner <= outer if inner and outer else None
    if below in _WIDE:
        return False if members(part, date) else None
    return whole in _path(part) or (above == "area" and _area_states(whole, part))


@lru_cache(maxsize=16384)
def overlap(a: str, b: str, date: str | None = None) -> str:
    """How places lie to each other: "same", "within" (a in b), "contains", "overlapping", "different" or "unknown"."""
    if a == b:
        return "same"
    down, up = contains(b, a, date), contains(a, b, date)
    if down and up:
        return "same"
    if down:
        return "within"
    if up:
        return "contains"
    if down is None or up is None:
        return "unknown"
    if kind(a) in _WIDE and kind(b) in _WIDE and set(members(a, date)) & set(members(b, date)):
        return "overlapping"
    return "different"


@lru_cache(maxsize=1)
def _near() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for pair in default_rulebook().load("lexicon/regions.yaml")["near_same"]:
        for name in pair:
            out[name] = out.get(name, frozenset()) | (frozenset(pair) - {name})
    return out


def near(name: str) -> frozenset[str]:
    """The other names the press uses for a place ("Latin America" for "Latin America and the Caribbean")."""
    return _near().get(name, frozenset())


def near_same(a: str, b: str) -> bool:
    """Whether the press uses one name for the other."""
    return a == b or b in near(a)

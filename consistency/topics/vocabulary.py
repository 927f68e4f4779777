"""What the topic stage knows about words and names: classes of nouns and relations, how telling a name is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from consistency.rulebook import Rulebook, default_rulebook

_SIGNS = re.compile(r"[^\w\s&'-]+")


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name as it is compared: no case, no signs, no leading article."""
    key = " ".join(_SIGNS.sub(" ", name.replace("’", "'")).casefold().split())
    return key.removeprefix("the ")


class Vocabulary(msgspec.Struct, frozen=True):
    """Tables of `rules/topics/vocabulary.yaml`, `rules/lexicon/measures.yaml`, countries and regions."""

    light: frozenset[str]
    events: frozenset[str]
    near: Mapping[str, frozenset[str]]
    roles: frozenset[str]
    life: frozenset[str]
    incident: frozenset[str]
    once: frozenset[str]
    held: frozenset[str]
    generic: frozenset[str]
    common: frozenset[str]
    people: frozenset[str]
    apart: frozenset[str]
    needs_name: frozenset[str]
    of_one: frozenset[str]
    openers: frozenset[str]
    sex: Mapping[str, str]
    common_terms: frozenset[str]
    institutions: frozenset[str]
    streets: frozenset[str]
    name_class: Mapping[str, str]
    synonym: Mapping[str, str]
    is_a: Mapping[str, str]
    part_of: Mapping[str, frozenset[str]]
    round_up: int

    def happens_once(self, group: str, a: str | None, b: str | None) -> bool:
        """Whether two dates of relations a and b can only be of one happening, if they are of one person or body."""
        return group == "date" and a == b and a in self.once

    def noun(self, noun: str | None) -> str | None:
        """The canonical noun of a synonym set; for a phrase nobody lists, the phrase itself."""
        if not noun:
            return None
        low = noun.lower()
        return self.synonym.get(low, low)

    def kinds(self, noun: str) -> tuple[str, ...]:
        """A noun and all it is a kind of, nearest first. An unlisted phrase is a kind of its last word."""
        out = [noun]
        while len(out) < 8:
            above = self.is_a.get(out[-1])
            if above is None and " " in out[-1]:
                above = self.noun(out[-1].rsplit(" ", 1)[1])
            if above is None or above in out:
                break
            out.append(above)
        return tuple(out)

    def class_of(self, key: str, kind: str) -> str:
        """How telling a shared name is: everywhere | region | country | state | city | place | street | person |
        surname | institution | word | strong.

        kind: what the source takes it for (place | person | organisation | other)."""
        known = self.name_class.get(key)
        if known:
            return known
        many = " " in key
        if kind == "person":
            return "person" if many else "surname"
        if kind == "place":
            last = key.rsplit(" ", 1)[-1]
            return "city" if last == "county" else "street" if many and last in self.streets else "place"
        if many and not self.institutions.isdisjoint(key.split()):
            return "institution"
        return "strong" if many or kind == "organisation" else "word"

    def inside(self, part: str, whole: str) -> bool:
        """Whether one place or region lies in another, as far as the tables know."""
        return whole in self.part_of.get(part, frozenset())


@lru_cache(maxsize=8)
def vocabulary(rules: Rulebook | None = None) -> Vocabulary:
    """The vocabulary of a rulebook. Raises RuleError if a file is missing or broken."""
    book = rules or default_rulebook()
    own: dict[str, Any] = book.load("topics/vocabulary.yaml")
    measures: dict[str, Any] = book.load("lexicon/measures.yaml")
    countries: dict[str, Any] = book.load("lexicon/countries.yaml")["countries"]
    regions: dict[str, Any] = book.load("lexicon/regions.yaml")["regions"]
    relations, nouns = own["relations"], own["nouns"]
    return Vocabulary(
        light=frozenset(relations["light"]),
        events=frozenset(relations["events"]),
        near=_near(relations["near"]),
        roles=frozenset(relations["roles"]),
        life=frozenset(relations.get("life", ())),
        held=frozenset(relations["held"]),
        incident=frozenset(relations["incident"]),
        once=frozenset(relations["once"]),
        generic=frozenset(nouns["generic"]),
        common=frozenset(nouns["common"]),
        apart=frozenset(nouns["apart"]),
        people=frozenset(nouns["people"]),
        needs_name=frozenset(nouns["needs_name"]),
        of_one=frozenset(nouns["of_one"]),
        openers=frozenset(own["names"]["openers"]),
        sex={word: sex for sex, words in nouns["sexes"].items() for word in words},
        common_terms=frozenset(own["terms"]["common"]),
        streets=frozenset(own["names"]["streets"]),
        institutions=frozenset(own["names"]["institutions"]),
        name_class=_name_classes(own["names"], countries, regions),
        synonym=_synonyms(measures["synonyms"], own["synonyms"]),
        is_a={str(k): str(v) for table in (own["is_a"], measures["is_a"]) for k, v in table.items()},
        part_of=_part_of(countries, regions),
        round_up=int(own["round_up"]),
    )


def _synonyms(*tables: Mapping[str, list[str]]) -> dict[str, str]:
    return {str(o).lower(): str(k) for table in tables for k, others in table.items() for o in (*others, k)}


def _near(groups: list[list[str]]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            out.setdefault(word, set()).update(g for g in group if g != word)
    return {k: frozenset(v) for k, v in out.items()}


def _names(name: str, entry: Mapping[str, Any]) -> list[str]:
    return [name_key(n) for n in (name, *(entry.get("also") or ()))]


def _name_classes(own: Mapping[str, Any], countries: Mapping[str, Any], regions: Mapping[str, Any]) -> dict[str, str]:
    out: dict[str, str] = {}
    for entry in countries.values():
        if entry.get("capital"):
            out[name_key(entry["capital"])] = "city"
    for kind, group in (("city", "cities"), ("state", "states"), ("region", "regions")):
        out.update({name_key(n): kind for n in own[group]})
    for name, entry in regions.items():
        out.update(dict.fromkeys(_names(name, entry or {}), "region"))
    for name, entry in countries.items():
        out.update(dict.fromkeys(_names(name, entry), "country"))
    out.update({name_key(n): "everywhere" for n in own["everywhere"]})
    return out


def _part_of(countries: Mapping[str, Any], regions: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    above: dict[str, set[str]] = {}
    for name, entry in regions.items():
        for part in [*((entry or {}).get("parts") or ()), *((entry or {}).get("states") or ())]:
            above.setdefault(name_key(part), set()).add(name_key(name))
    for name, entry in countries.items():
        if entry.get("in"):
            above.setdefault(name_key(name), set()).add(name_key(entry["in"]))
    out: dict[str, frozenset[str]] = {}
    for name in above:
        seen: set[str] = set()
        todo = [name]
        while todo:
            for up in above.get(todo.pop(), ()):
                if up not in seen:
                    seen.add(up)
                    todo.append(up)
        out[name] = frozenset(seen)
    return out

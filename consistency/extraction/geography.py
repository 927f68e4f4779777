"""The places of the world as one table: what each is, what it lies in, and the words that mean it.

Read from `rules/lexicon/{countries,regions,states,cities,groups}.yaml`; the sub-regions are those of the UN M49
standard. A name that several cities share belongs plainly to the one that `ambiguous.yaml` prefers; the others are
called "City, State".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from consistency.extraction.tokens import tokenise, words_of
from consistency.rulebook import default_rulebook, remembered

_UNFOLDED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ı": "i", "ʻ": "'"})


class Place(msgspec.Struct, frozen=True, gc=False):
    """sort: country | territory | region | continent | group | state | area | city | former.
    parent: the place it lies in, if stated."""

    name: str
    sort: str
    parent: str | None = None


class Alias(msgspec.Struct, frozen=True, gc=False):
    """One way to write a place. form: "name" | "people" (adjective or inhabitants) | "abbr" (only behind "City, ")."""

    words: str
    place: str
    form: str = "name"


class Geography(msgspec.Struct, frozen=True):
    """places: by canonical name; aliases: in reading order; parts: what a region is made of; capitals: capital -> its
    state; owners: territory -> the state it belongs to."""

    places: dict[str, Place]
    aliases: tuple[Alias, ...]
    parts: dict[str, tuple[str, ...]]
    open_regions: frozenset[str]
    capitals: dict[str, str]
    owners: dict[str, str]


def fold(text: str) -> str:
    """The text without accents ("São Paulo" -> "Sao Paulo")."""
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.translate(_UNFOLDED)


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """The look-up key of a name: its lower-case tokens, one space between. "U.S. Navy" -> "u.s. navy"."""
    if text.isascii():
        return " ".join(words_of(text))
    tokens = tokenise(text, [(0, len(text))])
    return " ".join(w for w in tokens.lower if w != "\n")


def spellings(text: str) -> Iterator[str]:
    """The names in "A | B | C", leading "the" dropped."""
    for part in str(text).split(" | "):
        part = part.strip()
        yield part[4:] if part.startswith("the ") else part


def short_parent(parent: str) -> str:
    """How a parent is written behind a city: "Georgia (US)" -> "Georgia", "New York State" -> "New York"."""
    return parent.removesuffix(" State").split(" (")[0]


class _Builder:
    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.aliases: list[Alias] = []
        self.parts: dict[str, list[str]] = {}
        self.open_regions: set[str] = set()
        self.capitals: dict[str, str] = {}
        self.owners: dict[str, str] = {}

    def add(self, name: str, sort: str, parent: str | None, entry: dict[str, Any]) -> None:
        self.places[name] = Place(name, sort, parent)
        called = str(entry["same"]) if "same" in entry else name
        if not entry.get("silent"):
            self.aliases.append(Alias(called, name))
        for form, field in (("name", "also"), ("people", "people"), ("abbr", "abbr")):
            for words in entry.get(field) or ():
                self.aliases.extend(Alias(w, name, form) for w in spellings(words))

    def countries(self, data: dict[str, Any]) -> None:
        for sort, key in (("country", "countries"), ("territory", "territories")):
            for name, entry in data[key].items():
                self.add(name, sort, entry["in"], entry)
                self.parts.setdefault(entry["in"], []).append(name)
                if "of" in entry:
                    self.owners[name] = entry["of"]
                if "capital" in entry:
                    names = list(spellings(entry["capital"]))
                    self.capitals[names[0]] = name
                    self.places[names[0]] = Place(names[0], "city", name)
                    self.aliases.extend(Alias(words, names[0]) for words in names)

        for name, entry in data["former"].items():
            self.add(name, "former", None, entry)

    def regions(self, data: dict[str, Any]) -> None:
        for name, entry in data["regions"].items():
            self.add(name, "continent" if entry.get("continent") else "region", None, entry)
            self.parts.setdefault(name, []).extend([*(entry.get("parts") or ()), *(entry.get("states") or ())])
            if entry.get("open"):
                self.open_regions.add(name)
        for name, entry in data["areas"].items():
            self.add(name, "area", entry.get("of"), entry)
            if "states" in entry:
                self.parts[name] = list(entry["states"])

    def all_cities(self, data: dict[str, list[str]], prefer: dict[str, str]) -> None:
        count: dict[str, int] = {}
        listed = [(list(spellings(words)), parent) for parent, names in data.items() for words in names]
        for names, _ in listed:
            count[key_of(fold(names[0]))] = count.get(key_of(fold(names[0])), 0) + 1
        taken = {key_of(fold(name)) for name in self.places}
        taken |= {key_of(fold(a.words)) for a in self.aliases if a.form == "name"}
        for names, parent in listed:
            key = key_of(fold(names[0]))
            shared = count[key] > 1 or key in taken
            mine = not shared or (prefer.get(key) == parent and names[0] not in self.places)
            name = names[0] if mine else f"{names[0]}, {short_parent(parent)}"
            self.places[name] = Place(name, "city", parent)
            self.aliases.extend(Alias(words, name) for words in names)


@lru_cache(maxsize=1)
def preferences() -> dict[str, str]:
    """Which place a bare ambiguous name means: look-up key -> the parent of the preferred one."""
    stated = default_rulebook().load("lexicon/ambiguous.yaml")["prefer"]
    return {key_of(str(name)): str(parent) for name, parent in stated.items()}


_FILES = tuple(f"lexicon/{name}.yaml" for name in ("ambiguous", "cities", "countries", "groups", "regions", "states"))
_MAKERS = tuple(Path(__file__).with_name(f"{name}.py") for name in ("gazetteer", "geography", "tokens"))


def seed(files: tuple[str, ...] = ()) -> bytes:
    """What a table of places and names rests on: the rules, those of more files too, and the code that reads them."""
    told = default_rulebook().version((*_FILES, *files)).encode()
    return b"\0".join((told, *(path.read_bytes() for path in _MAKERS)))


@lru_cache(maxsize=1)
def geography() -> Geography:
    """The whole table, built once and kept between runs."""
    return remembered("places", seed(), Geography, _built)


def _built() -> Geography:
    load = default_rulebook().load
    build = _Builder()
    build.countries(load("lexicon/countries.yaml"))
    build.regions(load("lexicon/regions.yaml"))
    for parent, states in load("lexicon/states.yaml").items():
        for name, entry in states.items():
            build.add(name, "state", parent, entry)
    for name, entry in load("lexicon/groups.yaml").items():
        build.add(name, "group", None, entry)
    build.all_cities(load("lexicon/cities.yaml"), preferences())
    return Geography(
        places=build.places,
        aliases=tuple(build.aliases),
        parts={name: tuple(parts) for name, parts in build.parts.items()},
        open_regions=frozenset(build.open_regions),
        capitals=build.capitals,
        owners=build.owners,
    )

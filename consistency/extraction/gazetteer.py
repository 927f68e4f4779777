"""Names that are known: places, groups, organisations, initiatives, events and persons, with every way to write them.

A name is looked up as the lower-case tokens it is made of, so a match can only begin and end at a word. Data:
`rules/lexicon/` (see `geography` for the places).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.geography import fold, geography, key_of, preferences, seed, spellings
from consistency.rulebook import default_rulebook, remembered

_WIDE = {"group": "group"}
NONE = "none"
"""The kind of a phrase that holds a name and is no mention of it ("Chinese New Year")."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What a name stands for. kind as in `spans.Mention`, or NONE; sort: see `geography.Place`, "media" for outlets."""

    name: str
    kind: str
    demonym: bool = False
    sort: str = ""
    parent: str | None = None


class Names(msgspec.Struct, frozen=True):
    """The table of names.

    entries: key -> readings, the preferred first. lengths: first word -> numbers of words of the names that begin so,
    longest first. pairs: their first two words; seconds: the second of them. upper: keys that in cased text are
    written in capitals throughout ("US", not "us"). low: keys whose last word may be written small. small: keys and
    first words of names that begin with a small letter ("euro zone"). abbr: words that mean a state behind "City, ".
    """

    entries: dict[str, tuple[Entry, ...]]
    lengths: dict[str, tuple[int, ...]]
    pairs: frozenset[str]
    seconds: frozenset[str]
    upper: frozenset[str]
    low: frozenset[str]
    small: frozenset[str]
    abbr: dict[str, Entry]


class _Builder:
    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self.upper: set[str] = set()
        self.low: set[str] = set()
        self.small: set[str] = set()
        self.abbr: dict[str, Entry] = {}

    def add(self, words: str, entry: Entry) -> None:
        for form in {words: None, fold(words): None, words.replace("'", "’"): None}:
            key = key_of(form)
            readings = self.entries.setdefault(key, [])
            if entry not in readings:
                readings.append(entry)
            if form.isupper() and len(form.replace(".", "")) <= 3:
                self.upper.add(key)
            if entry.kind in {"initiative", "event"} or form.split(" ")[-1].islower():
                self.low.add(key)
            if form[0].islower():
                self.small |= {key, key.split(" ")[0]}

    def places(self) -> None:
        table = geography()
        for alias in table.aliases:
            place = table.places[alias.place]
            entry = Entry(place.name, _WIDE.get(place.sort, "place"), alias.form == "people", place.sort, place.parent)
            if alias.form != "abbr":
                self.add(alias.words, entry)
            elif alias.words.isupper() and len(alias.words) == 2:
                self.abbr[alias.words] = entry  # "OR", "IN": only in capitals
            else:
                self.abbr[alias.words] = self.abbr[alias.words.upper()] = entry

    def organisations(self) -> None:
        for group, names in default_rulebook().load("lexicon/organisations.yaml").items():
            sort = "media" if group == "media" else "dull" if group.startswith("not_") else ""
            for line in names:
                forms = [f.strip() for f in str(line).split(" | ")]
                for words in forms:
                    stripped = words.removeprefix("the ")
                    self.add(stripped, Entry(forms[0].removeprefix("the "), "organisation", sort=sort))

    def others(self) -> None:
        load = default_rulebook().load
        for kind, table in load("lexicon/initiatives.yaml").items():
            for name, also in table.items():
                for words in (name, *also):
                    self.add(words, Entry(name, kind))
        for name, also in load("lexicon/persons.yaml").items():
            for words in (name, *also):
                for form in spellings(words):
                    self.add(form, Entry(name, "person"))
        for words in load("lexicon/entity_words.yaml")["no_entity"]:
            self.add(str(words), Entry(str(words), NONE))


def _ordered(key: str, readings: list[Entry]) -> tuple[Entry, ...]:
    """The readings of a name, the preferred first: what blocks, then the stated preference, then file order."""
    wanted = preferences().get(fold(key))

    def rank(entry: Entry) -> tuple[int, int]:
        if entry.kind == NONE:
            return (0, 0)
        return (1, 0 if wanted is not None and entry.parent == wanted else 1)

    return tuple(sorted(readings, key=rank))


_FILES = tuple(f"lexicon/{name}.yaml" for name in ("entity_words", "initiatives", "organisations", "persons"))


@lru_cache(maxsize=1)
def names() -> Names:
    """The table of all known names, built once and kept between runs."""
    return remembered("names", seed(_FILES), Names, _built)


def _built() -> Names:
    build = _Builder()
    build.places()
    build.organisations()
    build.others()
    lengths: dict[str, set[int]] = {}
    for key in build.entries:
        words = key.split(" ")
        lengths.setdefault(words[0], set()).add(len(words))
    pairs = {" ".join(words[:2]) for words in (key.split(" ") for key in build.entries) if len(words) > 1}
    return Names(
        pairs=frozenset(pairs),
        seconds=frozenset(pair.split(" ")[1] for pair in pairs),
        entries={key: _ordered(key, readings) for key, readings in build.entries.items()},
        lengths={word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()},
        upper=frozenset(build.upper),
        low=frozenset(build.low),
        small=frozenset(build.small),
        abbr=build.abbr,
    )


def resolve(text: str) -> Entry | None:
    """What a name means without context ("BRI" -> Belt and Road Initiative); None for an unknown one."""
    readings = names().entries.get(key_of(text.removeprefix("the ")))
    return readings[0] if readings and readings[0].kind != NONE else None


def canonical(text: str) -> str:
    """The canonical name of what a known name stands for; an unknown one unchanged."""
    entry = resolve(text)
    return entry.name if entry else text


@lru_cache(maxsize=1)
def _metonyms() -> dict[str, str]:
    stated = default_rulebook().load("lexicon/entity_words.yaml")["metonyms"]
    return {**geography().capitals, **{str(k): str(v) for k, v in stated.items()}}


def metonym(name: str) -> str | None:
    """The state (or union) a capital or seat of government speaks for: "Beijing" -> "China"; None for anything else."""
    return _metonyms().get(name)

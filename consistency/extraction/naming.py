"""One name for each thing throughout a document: "Ms. Harlow" is the "Nora Harlow" introduced before.

Raw mentions become `Mention` records here: persons are matched by family name, acronyms by the name they were introduced
with, places that share a name by the states and countries the document speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.gazetteer import Entry, names
from consistency.extraction.geography import geography, key_of, short_parent
from consistency.extraction.regions import country_of, parent
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import Tokens
from consistency.model import Zone
from consistency.rulebook import default_rulebook


class Raw(msgspec.Struct):
    """A mention in the making. readings: what a known name may stand for; stated: the state named behind a city;
    prior: letter before it; shape: its own first letter; form: kind of segment; weak: needs another mention to count."""

    first: int
    last: int
    kind: str
    name: str
    known: bool
    demonym: bool = False
    readings: tuple[Entry, ...] = ()
    stated: Entry | None = None
    prior: str = "n"
    shape: str = ""
    form: str = "known"
    weak: bool = False


@lru_cache(maxsize=1)
def _streets() -> tuple[dict[str, str], dict[str, str], frozenset[str], frozenset[str]]:
    load = default_rulebook().load
    cap = load("lexicon/capitalised.yaml")
    people = load("lexicon/names.yaml")
    return dict(cap["street"]), dict(cap["direction"]), frozenset(people["lineage"]), frozenset(cap["days"])


def _plain(tokens: Tokens, raw: Raw) -> str:
    """The words of a mention as the text has them, one space between, shouting lowered."""
    text = " ".join(tokens.text[tokens.starts[raw.first] : tokens.ends[raw.last - 1]].split())
    if text.isupper() and len(text) > 5 and "." not in text:
        return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in text.split(" "))
    return text


def _person(tokens: Tokens, raw: Raw) -> str:
    """A person's name without initials and "Jr."."""
    lineage = _streets()[2]
    words = [w for w in tokens.words[raw.first : raw.last] if w[0].isalpha() and w not in lineage]
    if any(tokens.words[i] == "-" for i in range(raw.first, raw.last)):
        return _plain(tokens, raw)
    kept = [w for i, w in enumerate(words) if i == 0 or len(w.replace(".", "")) > 1] or words
    if all(w.isupper() for w in kept) and len("".join(kept)) > 3:
        kept = [w.capitalize() for w in kept]
    return " ".join(kept)


def _street(tokens: Tokens, raw: Raw) -> str:
    """A street's name spelled out, without the direction before it: "N. Harbor Ave." -> "Harbor Avenue"."""
    suffixes, directions, _, _ = _streets()
    text = tokens.text
    words = []
    for i in range(raw.first, raw.last):
        word = tokens.words[i]
        if not word[0].isalnum():
            continue
        if words and tokens.lower[i] in {"st", "nd", "rd", "th"} and words[-1].isdigit() and tokens.glued(i):
            words[-1] += word.lower()
        else:
            words.append(word)
    if len(words) > 2 and words[0] in directions:
        words = words[1:]
    if len(words) > 2 and words[-1] in directions:
        words = words[:-1]
    if len(words) > 1 and words[-1].capitalize() in suffixes:
        words[-1] = suffixes[words[-1].capitalize()]
    return " ".join(words) or text[tokens.starts[raw.first] : tokens.ends[raw.last - 1]]


def _organisation(tokens: Tokens, raw: Raw) -> str:
    name = _plain(tokens, raw).rstrip(".,")
    if raw.form == "police":
        if name.endswith(" PD"):
            name = name[:-3] + " Police"
        if name.endswith("Police"):
            name += " Department"
    return name.replace("’", "'")


def _first_names(tokens: Tokens, raws: list[Raw]) -> None:
    """Gives every unknown mention the name its own words make."""
    for raw in raws:
        if raw.known:
            continue
        if raw.kind == "person":
            raw.name = _person(tokens, raw)
        elif raw.form == "street":
            raw.name = _street(tokens, raw)
        elif raw.kind == "organisation":
            raw.name = _organisation(tokens, raw)
        else:
            raw.name = _plain(tokens, raw)


class _People:
    """The persons a document introduces by full name, by family name and by first name."""

    def __init__(self, raws: list[Raw], outside: set[int]) -> None:
        self.by_last: dict[str, list[tuple[int, str]]] = {}
        self.by_given: dict[str, list[str]] = {}
        for raw in raws:
            if raw.kind != "person" or raw.weak or raw.first in outside or " " not in raw.name:
                continue
            words = raw.name.split(" ")
            last = words[0] if raw.known and raw.name in _family_first() else words[-1]
            self.by_last.setdefault(last.lower(), []).append((raw.first, raw.name))
            given = self.by_given.setdefault(words[0].lower(), [])
            if raw.name not in given:
                given.append(raw.name)

    def full(self, word: str, at: int) -> str | None:
        """The last person of this family name introduced before token `at`, else the first one at all."""
        found = self.by_last.get(word.lower())
        if found:
            before = [name for first, name in found if first < at]
            return before[-1] if before else found[0][1]
        given = self.by_given.get(word.lower(), [])
        return given[0] if len(given) == 1 else None


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    """Known persons whose family name stands first: those whose short form is their first word."""
    table = default_rulebook().load("lexicon/persons.yaml")
    return frozenset(name for name, also in table.items() if also and str(also[0]) == str(name).split(" ")[0])


def _link_people(raws: list[Raw], people: _People) -> None:
    """Gives single names the full name they were introduced with."""
    for raw in raws:
        if raw.last - raw.first != 1 and " " in raw.name:
            continue
        if raw.known and raw.kind != "person":
            if raw.shape not in "XG" or raw.demonym or raw.prior == "i" or raw.stated is not None:
                continue
            if raw.name.lower() in people.by_last and (full := people.full(raw.name, raw.first)):
                raw.kind, raw.name, raw.readings = "person", full, ()
            continue
        if raw.known and raw.kind == "person":
            word = raw.name.split(" ")[-1]
            others = [name for _, name in people.by_last.get(word.lower(), ()) if name != raw.name]
            if others and not any(name == raw.name for _, name in people.by_last[word.lower()]):
                raw.name = others[0]
            continue
        if raw.kind in {"person", "other"} and raw.form != "acronym" and (full := people.full(raw.name, raw.first)):
            raw.kind, raw.name, raw.weak = "person", full, False


def _votes(raws: list[Raw]) -> tuple[Counter[str], Counter[str]]:
    """How often a document names each place or something in it, and each country by something in it."""
    above: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for raw in raws:
        entries = (raw.stated,) if raw.stated else raw.readings[:1] if len(raw.readings) == 1 else ()
        for entry in entries:
            if entry is None:
                continue
            step: str | None = entry.name
            while step:
                above[step] += 1
                step = parent(step)
            country = country_of(entry.name)
            if country and country != entry.name:
                inside[country] += 1
    return above, inside


def _choose(raw: Raw, above: Counter[str], inside: Counter[str]) -> Entry:
    """The reading of a shared place name that the rest of the document speaks for; the preferred one on a tie."""

    def score(entry: Entry) -> int:
        if entry.parent is None:
            return 0
        return inside[entry.parent] if entry.sort == "state" else above[entry.parent]

    best = max(score(entry) for entry in raw.readings)
    return next(entry for entry in raw.readings if score(entry) == best)


def _settle_places(raws: list[Raw]) -> None:
    """Decides which place a shared name means, and names places by the state stated behind them."""
    above, inside = _votes(raws)
    stated: dict[str, str] = {}
    for raw in raws:
        if raw.stated is None or raw.kind != "place":
            continue
        known = raw.readings or names().entries.get(key_of(raw.name), ())
        fitting = [e for e in known if e.parent == raw.stated.name or country_of(e.name) == raw.stated.name]
        plain = raw.name
        if fitting:
            raw.name = fitting[0].name
        elif known and geography().places.get(raw.name) is not None:
            raw.name = f"{known[0].name.split(', ')[0]}, {short_parent(raw.stated.name)}"
        stated.setdefault(plain, raw.name)
    for raw in raws:
        if raw.kind != "place" or raw.stated is not None:
            continue
        if raw.name in stated:
            raw.name = stated[raw.name]
        elif len(raw.readings) > 1:
            raw.name = _choose(raw, above, inside).name


def _acronyms(tokens: Tokens, raws: list[Raw]) -> None:
    """Gives an acronym the name it was introduced with: "Port Harlow Transit Authority (PHTA)"."""
    meant: dict[str, tuple[str, str]] = {}
    for before, raw in zip(raws, raws[1:], strict=False):
        if raw.form == "acronym" and raw.first - before.last == 1 and tokens.words[before.last] in {"(", "/"}:
            initials = "".join(w[0] for w in before.name.split() if w[0].isupper())
            if len(initials) > 1 and initials == tokens.words[raw.first].upper():
                meant[raw.name] = (before.name, before.kind)
    for raw in raws:
        if raw.form == "acronym" and raw.name in meant:
            raw.name, raw.kind = meant[raw.name]


def _known_inside(tokens: Tokens, raw: Raw, kinds: dict[str, str], people: _People) -> Raw | None:
    """The longest part of a headline's run of capitals that is a name elsewhere in the document."""
    for size in range(min(raw.last - raw.first, 5), 0, -1):
        for first in range(raw.first, raw.last - size + 1):
            name = " ".join(tokens.words[first : first + size])
            kind = kinds.get(name)
            if kind is None and size == 1 and (full := people.full(name, first)):
                name, kind = full, "person"
            if kind is not None:
                return Raw(first, first + size, kind, name, False)
    return None


def _supported(tokens: Tokens, raws: list[Raw], people: _People) -> list[Raw]:
    """Drops what only a capital at the head of a sentence or a headline speaks for."""
    kinds: dict[str, str] = {}
    for raw in raws:
        if not raw.weak and (kinds.get(raw.name) in {None, "other"}):
            kinds[raw.name] = raw.kind
    days = _streets()[3]
    out = []
    for raw in raws:
        kept: Raw | None = raw
        if raw.weak and raw.name in kinds:
            raw.kind = kinds[raw.name]
        elif raw.weak:
            kept = _known_inside(tokens, raw, kinds, people)
        elif raw.kind == "other" and not raw.known:
            raw.kind = kinds[raw.name]
        if kept is not None and kept.name and not (kept.last - kept.first == 1 and kept.name in days):
            out.append(kept)
    return out


def settle(tokens: Tokens, raws: list[Raw], zones: Sequence[Zone]) -> list[Mention]:
    """The raw mentions of a document as records, each with the name its thing has throughout the document."""
    aside = [(z.start, z.end) for z in zones if z.kind in {"related", "boilerplate"}]
    outside = (
        {r.first for r in raws if any(low <= tokens.starts[r.first] < high for low, high in aside)} if aside else set()
    )
    _first_names(tokens, raws)
    people = _People(raws, outside)
    _link_people(raws, people)
    _acronyms(tokens, raws)
    _settle_places(raws)
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    return [
        Mention(
            first=raw.first,
            last=raw.last,
            start=starts[raw.first],
            end=ends[raw.last - 1],
            text=text[starts[raw.first] : ends[raw.last - 1]],
            name=raw.name,
            kind=raw.kind,
            demonym=raw.demonym,
            known=raw.known,
        )
        for raw in _supported(tokens, raws, people)
    ]

"""One name for each thing throughout a document: "Ms. Harlow" is the "Nora Harlow" introduced before.

Raw mentions become `Mention` records here. Persons are matched by family name, acronyms by the name they were
introduced with; a capital at the head of a sentence or in a headline counts only if the name stands elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from consistency.extraction.placing import settle_places
from consistency.extraction.rawnames import Raw, name_words, spell
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import Tokens
from consistency.model import Zone
from consistency.rulebook import default_rulebook

_LISTING = frozenset((",", "and"))


class _People:
    """The persons a document introduces by full name, by family name and by first name."""

    def __init__(self, tokens: Tokens, raws: list[Raw], aside: list[tuple[int, int]]) -> None:
        """aside: character spans whose names are not lent to the rest."""
        self.by_last: dict[str, list[tuple[int, str]]] = {}
        self.by_given: dict[str, list[str]] = {}
        self.known: dict[str, str] = {}
        for raw in raws:
            if raw.kind != "person" or raw.weak or " " not in raw.name:
                continue
            if aside and any(low <= tokens.starts[raw.first] < high for low, high in aside):
                continue
            words = raw.name.lower().split(" ")
            last = words[0] if raw.known and raw.name in _family_first() else words[-1]
            self.by_last.setdefault(last, []).append((raw.first, raw.name))
            given = self.by_given.setdefault(words[0], [])
            if raw.name not in given[:2]:  # two are as good as many
                given.append(raw.name)

    def full(self, word: str, at: int) -> str | None:
        """The last person of this family name introduced before token `at`, else the first one at all."""
        found = self.by_last.get(word.lower())
        if found:
            return found[max(0, bisect_left(found, at, key=_FIRST) - 1)][1]
        given = self.by_given.get(word.lower(), ())
        return given[0] if len(given) == 1 else None

    def instead(self, name: str) -> str:
        """The person that the family name of a known one means here: another one of that name, if introduced."""
        if name not in self.known:
            found = self.by_last.get(name.split(" ")[-1].lower(), [])
            self.known[name] = found[0][1] if found and all(other != name for _, other in found) else name
        return self.known[name]


_FIRST = itemgetter(0)


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    """Known persons whose family name stands first: those whose short form is their first word."""
    table = default_rulebook().load("lexicon/persons.yaml")
    return frozenset(name for name, also in table.items() if also and str(also[0]) == str(name).split(" ")[0])


def _link_people(raws: list[Raw], people: _People) -> None:
    """Gives single names the full name they were introduced with."""
    if not people.by_last:
        return
    for raw in raws:
        if raw.known:
            _link_known(raw, people)
            continue
        if " " in raw.name or raw.form == "acronym" or raw.kind not in {"person", "other"}:
            continue
        if full := people.full(raw.name, raw.first):
            raw.kind, raw.name, raw.weak = "person", full, False


def _link_known(raw: Raw, people: _People) -> None:
    if raw.kind == "person":
        if raw.shape == "W":
            raw.name = people.instead(raw.name)
    elif raw.shape and raw.shape in "XGZ" and not raw.demonym and raw.prior != "i" and raw.stated is None:
        if raw.shape == "Z" and raw.name.lower() not in people.by_last:
            return
        if full := people.full(raw.name, raw.first):
            raw.kind, raw.name, raw.readings = "person", full, ()


def _listed_people(tokens: Tokens, raws: list[Raw], loose: list[int]) -> None:
    """A name of two words beside a person in a list is a person's: "Ada Lund, Kofee Brandt and Ilse Marr"."""
    for k in loose:
        raw, before = raws[k], raws[k - 1]
        if k and before.kind == "person":
            between = tokens.lower[before.last : raw.first]
            if between and _LISTING.issuperset(between):
                raw.kind = "person"
                raw.name = spell(tokens, raw)


def _link_bodies(raws: list[Raw]) -> None:
    """Gives the first words of an organisation's name the whole name: "Lund Paper" for "Lund Paper Mills Inc"."""
    whole: dict[str, str] = {}
    for raw in raws:
        if raw.form == "organisation" and raw.kind == "organisation":
            size = raw.name.find(" ")
            while size > 0:
                whole.setdefault(raw.name[:size], raw.name)
                size = raw.name.find(" ", size + 1)
    if not whole:
        return
    for raw in raws:
        if raw.name in whole and not raw.known and raw.form in {"name", "acronym"} and raw.kind != "place":
            raw.kind, raw.name, raw.weak = "organisation", whole[raw.name], False


def _shortened(raws: list[Raw], loose: list[int]) -> None:
    """A name of two or three words that the text goes on to call by its last word alone is a person's."""
    if not loose:
        return
    single = {
        raw.name for raw in raws if raw.last - raw.first == 1 and not raw.known and raw.kind in {"person", "other"}
    }
    for k in loose:
        raw = raws[k]
        if raw.kind == "other" and raw.last - raw.first <= 4:
            words = raw.name.split(" ")
            if len(words) > 1 and words[-1] in single and words[0] not in single:
                raw.kind = "person"


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())


def _acronyms(tokens: Tokens, raws: list[Raw]) -> None:
    """Gives an acronym the name it was introduced with: "Port Harlow Transit Authority (PHTA)"."""
    found = [k for k, raw in enumerate(raws) if raw.form == "acronym"]
    if not found:
        return
    meant: dict[str, tuple[str, str]] = {}
    for raw in raws:  # "Harlow Police Department … HPD": brought in without brackets
        if raw.kind == "organisation" and not raw.known and raw.form != "acronym":
            meant.setdefault(_initials(raw.name), (raw.name, raw.kind))
    for k in found:
        raw, before = raws[k], raws[k - 1]
        if k and raw.first - before.last == 1 and tokens.words[before.last] in {"(", "/"}:
            initials = _initials(before.name)
            if len(initials) > 1 and initials == tokens.words[raw.first].upper():
                meant[raw.name] = (before.name, before.kind)
    for k in found:
        raw = raws[k]
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
    """Drops what only a capital at the head of a sentence or a headline speaks for; gives a name one kind."""
    kinds: dict[str, str] = {}
    for raw in raws:
        if not raw.weak and kinds.get(raw.name, "other") == "other":
            kinds[raw.name] = raw.kind
    days = name_words().days
    out = []
    for raw in raws:
        kept: Raw | None = raw
        if raw.weak:
            if raw.name in kinds:
                raw.kind = kinds[raw.name]
            else:
                kept = _known_inside(tokens, raw, kinds, people)
        elif raw.kind == "other":
            raw.kind = kinds[raw.name]
        if kept is not None and kept.name and not (kept.name in days and kept.last - kept.first == 1):
            out.append(kept)
    return out


def settle(tokens: Tokens, raws: list[Raw], zones: Sequence[Zone]) -> list[Mention]:
    """The raw mentions of a document as records, each with the name its thing has throughout the document."""
    if all(raw.weak for raw in raws):
        return []
    aside = [(z.start, z.end) for z in zones if z.kind in {"related", "boilerplate"}]
    # unknown names of several words
    loose = [k for k, raw in enumerate(raws) if raw.form == "name" and raw.kind == "other" and raw.last > raw.first + 1]
    _listed_people(tokens, raws, loose)
    _shortened(raws, loose)
    people = _People(tokens, raws, aside)
    _link_people(raws, people)
    _link_bodies(raws)
    _acronyms(tokens, raws)
    settle_places(tokens, raws)
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    out = []
    for raw in _supported(tokens, raws, people):
        first, last = raw.first, raw.last
        start, end = starts[first], ends[last - 1]
        out.append(
            Mention(
                first=first,
                last=last,
                start=start,
                end=end,
                text=text[start:end],
                name=raw.name,
                kind=raw.kind,
                demonym=raw.demonym,
                known=raw.known,
            )
        )
    return out

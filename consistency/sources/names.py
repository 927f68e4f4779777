"""Names of publishers: canonical forms of the known ones, and what an unknown outlet's name looks like."""

from __future__ import annotations

import re
from functools import lru_cache

from consistency.rulebook import default_rulebook
from consistency.sources.dates import lexicon
from consistency.sources.lines import fold

_CALLSIGN = re.compile(r"[A-Z][A-Z0-9]{1,7}(?:[ -]?(?:TV|FM|AM|\d{1,2}|[A-Z]{2}))?(?:/[A-Z][A-Z0-9]{1,7})?$")
_CAMEL = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]*)+$")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    data = default_rulebook().load("lexicon/publishers.yaml")
    agencies = {fold(form): name for name, forms in data["agencies"].items() for form in (name, *forms)}
    outlets = {fold(form): name for name, forms in data["outlets"].items() for form in (name, *forms)}
    return agencies, {**outlets, **agencies}


def known_agency(name: str) -> str | None:
    """The news agency of that name, in its usual form; "AP/CBS" is read as its first part."""
    table = _tables()[0]
    return table.get(fold(name)) or table.get(fold(name.split("/")[0]))


def known_publisher(name: str) -> str | None:
    """The publisher of that name (agencies included), in its usual form."""
    return _tables()[1].get(fold(name))


def publishers() -> list[str]:
    """The names of the known publishers."""
    return list(_tables()[1])


def looks_like_callsign(name: str) -> bool:
    """Whether a name in a dateline's brackets is a station or agency by its looks: "WXYZ", "CBS4", "KUTV 2"."""
    return bool(_CALLSIGN.match(name.strip()))


def outlet(name: str) -> str | None:
    """The publisher a byline's name stands for, or None if it is a person's."""
    known = known_publisher(name)
    if known:
        return known
    words = fold(name).split()
    if _CAMEL.match(name) or set(words) & _outlet_words():
        return name
    return None


@lru_cache(maxsize=1)
def _outlet_words() -> frozenset[str]:
    return frozenset(lexicon()["outlet_words"])

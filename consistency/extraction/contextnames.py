"""What a name tells by itself, whatever the document: whether one can be about it, which place it holds. Remembered."""

from __future__ import annotations

import re
from functools import partial

import msgspec

from consistency.extraction.contextwords import context_words, squeeze
from consistency.extraction.gazetteer import resolve
from consistency.extraction.geography import geography, key_of
from consistency.extraction.memo import Memo

_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?TV)?\d{0,2}|[A-Z]{2,3}\d{1,2}")
_FIELD = {"place": "places", "person": "persons", "organisation": "organisations", "group": "organisations"}
_SEATS = frozenset(("County", "Parish", "Township", "City", "Beach"))


class Name(msgspec.Struct, frozen=True, gc=False):
    """field: of `Context`, where it stands. general: a publisher's, a broadcaster's or a general thing's name.

    squeezed: its letters, to be looked for in the publisher's, "" where that would tell nothing. inside: a second place
    it speaks of.
    """

    field: str
    general: bool
    squeezed: str
    inside: str | None


def _name_of(kind: str, name: str) -> Name:
    loose = kind in {"organisation", "other"}
    squeezed = squeeze(name) if loose and len(name) > 3 else ""
    return Name(_FIELD.get(kind, "others"), _general(name, loose), squeezed, _place_of(name, kind))


def _general(name: str, loose: bool) -> bool:
    table = context_words()
    if name in table.dull:
        return True
    if not loose:
        return False
    if squeeze(name) in table.publishers or _CALL_SIGN.fullmatch(name):
        return True
    entry = resolve(name)
    return entry is not None and entry.sort in {"media", "dull"}


def _place_of(name: str, kind: str) -> str | None:
    """A second place a name speaks of: the seat of a body, the plain name of a city told apart by its state."""
    if kind == "organisation":
        return place_inside(name)
    if kind == "place" and ", " in name and name not in geography().capitals:
        return name.split(", ")[0]
    return None


def place_inside(organisation: str) -> str | None:
    """The place an organisation's name begins with: "Denver Police Department" -> "Denver"."""
    words = organisation.replace("-", " - ").split()
    for size in range(min(4, len(words) - 1), 0, -1):
        part = " ".join(words[:size])
        entry = resolve(part)
        if words[size - 1] in _SEATS and size > 1:
            return entry.name if entry else part
        if entry is not None and entry.kind == "place" and not entry.demonym and entry.sort != "country":
            return entry.name
    return None


def _parts(name: str) -> tuple[str, ...]:
    return tuple(key_of(name).split(" "))


def _single_unknown(name: str) -> bool:
    return " " not in name and resolve(name) is None


class _ByKind(dict[str, Memo[Name]]):
    def __missing__(self, kind: str) -> Memo[Name]:
        memo = self[kind] = Memo(partial(_name_of, kind))
        return memo


NAMES = _ByKind()
"""What is known of a mention by its kind, then by its name."""
PARTS = Memo(_parts)
"""The lower-case tokens of a name."""
SINGLE_UNKNOWN = Memo(_single_unknown)
"""Whether a name is one word that no list knows."""

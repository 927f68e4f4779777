"""What a reader hands on: a text with what its file says about it, before the text itself is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from consistency.model import Layout, Zone
from consistency.sources.dates import lexicon


class Draft(msgspec.Struct, kw_only=True):
    """One source as read.

    own_id: an id the file states; part: what tells it apart within its file ("#3"); line: where it begins there;
    published: as written, in any notation; made: when the file was made, for want of anything better.
    """

    text: str
    own_id: str | None = None
    part: str = ""
    line: int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    made: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    language_stated: bool = False
    zones: tuple[Zone, ...] = ()
    layout: Layout = Layout()


_HALF = re.compile("[\ud800-\udfff]")  # half a surrogate pair cannot be encoded
_DEEPEST = 6
_LONGEST = 2_000


def words(value: Any, depth: int = 0) -> str | None:
    """A metadata value as one line of text; lists are joined, an object gives its name, anything empty None."""
    if value is None or isinstance(value, bool) or depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return words(value.get("name") or value.get("@value") or value.get("title"), depth + 1)
    if isinstance(value, (list, tuple)):
        parts = [w for w in (words(v, depth + 1) for v in value[:50]) if w]
        return ", ".join(dict.fromkeys(parts)) or None
    return _HALF.sub("\ufffd", " ".join(str(value)[:_LONGEST].split())) or None


@lru_cache(maxsize=1)
def _ranks() -> dict[str, tuple[str, int]]:
    """Metadata name -> the field it fills, and how good a name it is for that (0 is the best)."""
    return {name: (field, rank) for field, names in lexicon()["keys"].items() for rank, name in enumerate(names)}


def metadata(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Draft fields from a mapping of metadata, names in any notation; of several for one field the best wins."""
    best: dict[str, tuple[int, Any]] = {}
    out: dict[str, Any] = {}
    for key, value in values.items():
        name = str(key).strip().lower()
        if name == "id" and isinstance(value, (str, int)) and not isinstance(value, bool):
            out["own_id"] = words(value)
        field, rank = _ranks().get(name, ("", 0))
        if field and value not in (None, "", [], {}) and (field not in best or rank < best[field][0]):
            best[field] = (rank, value)
    out.update((field, words(value)) for field, (_, value) in best.items())
    return out

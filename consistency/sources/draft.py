"""What a reader hands on: a text with what its file says about it, before the text itself is looked at."""

from __future__ import annotations

import re
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


def pick(values: dict[str, Any], field: str) -> Any:
    """The first value among the names metadata has for `field` (`keys` of the lexicon). Keys are in lower case."""
    for name in lexicon()["keys"][field]:
        value = values.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def metadata(values: dict[str, Any]) -> dict[str, Any]:
    """Draft fields from a mapping of metadata with names in any notation."""
    low = {str(k).strip().lower(): v for k, v in values.items()}
    out = {field: words(pick(low, field)) for field in ("title", "publisher", "published", "author", "url", "language")}
    own = low.get("id")
    out["own_id"] = words(own) if isinstance(own, (str, int)) and not isinstance(own, bool) else None
    return out

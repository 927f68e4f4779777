"""RSS and Atom feeds, by feedparser (BSD): each entry is a source."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from consistency.errors import SourceError
from consistency.model import Layout, Skipped, Zone
from consistency.sources.draft import Draft, words


def read_feed(data: bytes, name: str) -> Iterator[Draft | Skipped]:
    """The entries of a feed, in its order. Raises SourceError: not XML, no feed, or entities that would unfold."""
    if re.search(rb"<!ENTITY", data[:200_000], re.IGNORECASE):
        raise SourceError("declares XML entities, which are not read", name)
    feed = _parse(data, name)
    if not feed.get("version") and not feed.entries:
        trouble = feed.get("bozo_exception")
        line = _line(trouble, data)
        reason = f"is not valid XML: {_message(trouble)}" if trouble and line else "is no RSS or Atom feed"
        raise SourceError(reason, name, line)
    site = words(feed.feed.get("title"))
    trouble = feed.get("bozo_exception")
    broken = trouble is not None and hasattr(trouble, "getLineNumber")
    for number, entry in enumerate(feed.entries, 1):
        draft = _entry(entry, number, site, name)
        if isinstance(draft, Draft) or not broken:
            yield draft
    if broken:
        reason = f"the rest is not valid XML: {_message(trouble)}"
        yield Skipped(source=name, reason=reason, line=_line(trouble, data))


def _line(error: Any, data: bytes) -> int | None:
    """The line an XML error names; feedparser puts a declaration on a line of its own before a text that has none."""
    line: int | None = getattr(error, "getLineNumber", lambda: None)()
    return line if line is None or data.lstrip().startswith(b"<?xml") else max(1, line - 1)


def _message(error: Any) -> str:
    return str(getattr(error, "getMessage", lambda: error)())


def _parse(data: bytes, name: str) -> Any:
    import feedparser

    try:  # given a stream: a string could be taken for an address to fetch
        return feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:
        raise SourceError(f"cannot be read as a feed: {error}", name) from error


def _entry(entry: Any, number: int, site: str | None, name: str) -> Draft | Skipped:
    title = plain(entry.get("title"))
    bodies = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
    body = max((plain(b, paragraphs=True) for b in bodies), key=len)
    text = "\n\n".join(part for part in (title, body if body != title else "") if part)
    if not text.strip():
        return Skipped(source=name, reason=f"entry {number} holds no text")
    source = entry.get("source")
    return Draft(
        text=text,
        part=f"#{number}",
        title=title or None,
        publisher=words(source.get("title")) if source else site,
        published=words(entry.get("published") or entry.get("updated") or entry.get("created")),
        url=words(entry.get("link")),
        author=words(entry.get("author")),
        language=words(entry.get("language")),
        zones=(Zone(start=0, end=len(title), kind="title"),) if title else (),
        layout=Layout(kind="none"),
    )


def plain(markup: Any, paragraphs: bool = False) -> str:
    """The text of a piece of HTML; block elements begin a new line."""
    raw = str(markup or "")
    if "<" not in raw and "&" not in raw:
        return raw.strip() if paragraphs else " ".join(raw.split())
    import lxml.html

    from consistency.sources.blocks import blocks

    try:
        tree = lxml.html.fragment_fromstring(raw, create_parent="div")
    except Exception:
        return " ".join(re.sub(r"<[^>]*>", " ", raw).split())
    lines = [b.text for b in blocks(tree)]
    return "\n\n".join(lines) if paragraphs else " ".join(lines)

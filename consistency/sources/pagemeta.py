"""What a web page says of itself: JSON-LD, meta elements, time elements. Nothing is guessed from its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from consistency.sources.dates import lexicon, metadata_date
from consistency.sources.draft import metadata, words

_ARTICLES = ("article", "report", "posting", "webpage", "creativework", "press")
_MOST_NODES = 2_000


def page_metadata(tree: Any) -> dict[str, Any]:
    """title, publisher, published, author, url and language of a page (an lxml tree); None where it is silent."""
    metas = _metas(tree)
    said = metadata(metas)
    linked = _linked_data(tree)
    title = words(linked.get("headline")) or said.get("title") or _headline(tree)
    published = next(
        (
            v
            for v in (words(linked.get("datePublished")), *_dates(metas), _time_element(tree))
            if v and metadata_date(v)
        ),
        None,
    )
    return {
        "title": title,
        "publisher": words(linked.get("publisher")) or said.get("publisher"),
        "published": published,
        "author": words(linked.get("author")) or said.get("author"),
        "url": _canonical(tree) or said.get("url") or words(linked.get("url")),
        "language": words(tree.get("lang")) or said.get("language"),
    }


def _metas(tree: Any) -> dict[str, Any]:
    """The first content of each meta element, by its name in lower case."""
    out: dict[str, Any] = {}
    for node in tree.iter("meta"):
        content = (node.get("content") or "").strip()
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            key = (node.get(attribute) or "").strip().lower()
            if key and content:
                out.setdefault(key, content)
    return out


def _dates(metas: dict[str, Any]) -> Iterator[str]:
    for name in lexicon()["keys"]["published"]:
        if metas.get(name):
            yield str(metas[name])


def _linked_data(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the article: the first of an article's type that has a date, else the first."""
    articles = [n for n in _nodes(tree) if any(a in str(n.get("@type", "")).lower() for a in _ARTICLES)]
    dated = [n for n in articles if metadata_date(words(n.get("datePublished")))]
    return (dated or articles or [{}])[0]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    left = _MOST_NODES
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            queue: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue and left:
            left -= 1
            node = queue.pop(0)
            if isinstance(node, list):
                queue += node
            elif isinstance(node, dict):
                yield node
                queue += [
                    node[k]
                    for k in ("@graph", "mainEntity", "mainEntityOfPage")
                    if isinstance(node.get(k), (dict, list))
                ]


def _time_element(tree: Any) -> str | None:
    """A time element that says it is the day of publication; failing that the only one on the page."""
    times = [t for t in tree.iter("time") if t.get("datetime")]
    for node in times:
        told = f"{node.get('itemprop', '')} {node.get('class', '')} {node.get('pubdate', '-')}".lower()
        if "datepublished" in told or "publish" in told or node.get("pubdate") is not None:
            return str(node.get("datetime"))
    days = {metadata_date(t.get("datetime")) for t in times}
    return str(times[0].get("datetime")) if len(days) == 1 else None


def _headline(tree: Any) -> str | None:
    """The heading that the page's title element begins with or holds ("Headline | Site"); else the first one."""
    page = next((words(node.text_content()) for node in tree.iter("title")), None) or ""
    headings = [h for h in (words(node.text_content()) for node in tree.iter("h1")) if h]
    for fits in (page.lower().startswith, page.lower().__contains__):
        named = [h for h in headings if fits(h.lower())]
        if named:
            return max(named, key=len)
    return next(iter(headings), page or None)


def _canonical(tree: Any) -> str | None:
    for node in tree.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            return words(node.get("href"))
    return None

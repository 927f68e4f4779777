"""The paragraphs of a web page in the order they are read, each with what the page's structure says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot
        thead tr ul""",
    )
)
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        """script style noscript template svg math iframe object embed canvas audio video select option button input
        textarea head meta link title""",
    )
)
_RELATED = re.compile(
    r"\b(?:related|recommend\w*|read-?more|more-?(?:stories|news|from)|most-?(?:read|popular)|trending|also-?like|outbrain|taboola|see-?also|further-?reading|promo|teasers?)\b"
)
_FURNITURE = re.compile(
    r"\b(?:nav|navbar|menu|breadcrumbs?|footer|sidebar|share|sharing|social|newsletter|subscribe|subscription|cookies?|consent|"
    r"advert\w*|ads?|sponsor\w*|comments?|disqus|byline|dateline|timestamp|toolbar|masthead|login|paywall|copyright|skip-?link)\b"
)
_CAPTION = re.compile(r"\b(?:captions?|wp-caption-text|photo-?credit|image-?credit|credits?)\b")
_CELL = "\x1f"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Block(msgspec.Struct, frozen=True):
    """A paragraph. hint: title | caption | related | boilerplate | body, by element and class; line: in the file."""

    text: str
    tag: str
    hint: str
    line: int | None


def blocks(root: Any) -> Iterator[Block]:
    """The paragraphs below an lxml element; hidden elements, scripts and forms give none.

    An explicit stack, no recursion: a hostile page may be nested deeply.
    """
    buffer: list[str] = []
    place: tuple[str, str, int | None] = ("div", "body", None)

    def flush() -> Iterator[Block]:
        cells = (" ".join(cell.split()) for cell in "".join(buffer).split(_CELL))
        text = "\t".join(cell for cell in cells if cell)
        buffer.clear()
        if text:
            yield Block(text, *place)

    stack: list[tuple[str, Any, tuple[str, str, int | None]]] = [("enter", root, place)]
    while stack:
        step, node, outer = stack.pop()
        if step == "tail":
            place = outer
            buffer.append(node.tail or "")
            continue
        if step == "leave":
            yield from flush()
            place = outer
            continue
        if not isinstance(node.tag, str) or node.tag.lower() in _DROPPED or _hidden(node):
            continue
        tag = node.tag.lower()
        inner = outer
        if tag in ("br", "td", "th"):
            buffer.append(" " if tag == "br" else _CELL)
        if tag in _BLOCKS:
            yield from flush()
            inner = place = (tag, _hint(tag, node, outer[1]), node.sourceline)
            stack.append(("leave", node, outer))
        buffer.append(node.text or "")
        for child in reversed(node):
            stack.append(("tail", child, inner))
            stack.append(("enter", child, inner))
    yield from flush()


def _hidden(node: Any) -> bool:
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(node.get("style", "")))
    )


def _hint(tag: str, node: Any, outer: str) -> str:
    """What the element and its class names make of a block; what an outer element is, its inner ones are too."""
    if outer in ("related", "boilerplate", "caption"):
        return outer
    if tag == "figcaption":
        return "caption"
    if tag in ("nav", "footer", "form", "dialog"):
        return "boilerplate"
    if tag == "h1":
        return "title"
    names = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}".lower()[:400].replace("_", "-")
    if names.strip() and tag not in ("html", "body", "main", "article") and not _holds_article(node):
        if _RELATED.search(names):
            return "related"
        if _CAPTION.search(names):
            return "caption"
        if _FURNITURE.search(names):
            return "boilerplate"
    if tag == "aside" and not _holds_article(node):
        return "related"
    return "body" if outer != "title" else outer


_MANY, _LONG = 3, 120


def _holds_article(node: Any) -> bool:
    """Whether an element is a wrapper around the article ("page has-sidebar"), whatever its class says: it has the main
    heading or several long paragraphs."""
    long = 0
    for inner in node.iter("h1", "p"):
        if inner.tag == "h1" and inner is not node:
            return True
        if inner.tag == "p" and inner is not node:
            long += len(inner.text or "") + sum(len(c.tail or "") for c in inner) >= _LONG
            if long >= _MANY:
                return True
    return False

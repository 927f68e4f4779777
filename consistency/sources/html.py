"""Web pages: the article as trafilatura (Apache-2.0) finds it, in page order, captions and links told apart."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from consistency.errors import SourceError
from consistency.model import Layout, Zone
from consistency.sources.attributes import MOST, overloaded_tag
from consistency.sources.blocks import Block, blocks
from consistency.sources.decoding import decode
from consistency.sources.draft import Draft
from consistency.sources.pagemeta import page_metadata

MOST_ELEMENTS = 50_000  # beyond, trafilatura takes its time; the structure of the page has to do
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes, name: str) -> Iterator[Draft]:
    """A page is one source: the article's paragraphs, a blank line between them. Raises SourceError."""
    markup = _decode(data, name)
    tree = _tree(markup, name)
    about = page_metadata(tree)
    simple = sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS + 1)) <= MOST_ELEMENTS
    chosen = _choose(list(blocks(tree)), _main_text(markup) if simple else "", about["title"])
    if not chosen:
        raise SourceError("holds no text that could be an article", name)
    text, zones, places, length = [], [], [], 0
    for block in chosen:
        if block.hint != "body":
            zones.append(Zone(start=length, end=length + len(block.text), kind=block.hint))
        places.append((length, block.line or 1))
        text.append(block.text)
        length += len(block.text) + 2
    yield Draft(
        text="\n\n".join(text),
        zones=tuple(zones),
        layout=Layout(kind="blocks", blocks=tuple(places)),
        **about,
    )


def _decode(data: bytes, name: str) -> str:
    """By mark, then by the page's own word, then as any text file."""
    stated = _CHARSET.search(data[:4096])
    if stated and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = stated[1].decode("ascii").lower()
        encoding = {
            "iso-8859-1": "cp1252",
            "latin1": "cp1252",
            "latin-1": "cp1252",
            "ascii": "cp1252",
            "us-ascii": "cp1252",
        }.get(encoding, encoding)
        try:
            if (
                encoding not in ("utf-8", "utf8")
                and not encoding.startswith("utf-16")
                and codecs.lookup(encoding)._is_text_encoding
            ):
                return data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            pass
    return decode(data, name)


def _tree(markup: str, name: str) -> Any:
    import lxml.html

    crowded = overloaded_tag(markup)
    if crowded is not None:
        line = markup.count("\n", 0, crowded) + 1
        raise SourceError(f"has a tag with more than {MOST:,} attributes", name, line)
    try:
        parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
        tree = lxml.html.document_fromstring(_DECLARATION.sub("", markup).replace("\x00", ""), parser=parser)
    except Exception as error:
        raise SourceError(f"cannot be read as a web page: {error}", name) from error
    if tree is None:
        raise SourceError("holds no text that could be an article", name)
    return tree


def _main_text(markup: str) -> str:
    """What trafilatura takes for the article; empty if it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            markup,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            favor_recall=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        return ""
    return str(getattr(found, "text", None) or "")


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _choose(found: list[Block], main: str, stated: str | None) -> list[Block]:
    """The blocks of the article, and the captions, links and furniture that stand between them, each with its role."""
    keys = [_key(b.text) for b in found]
    kept = _article(found, keys, main)
    if not kept:
        return []
    title = _heading(found, keys, stated)
    after_title = range(min(kept) if title is None else title + 1, max(kept) + 1)
    out: list[Block] = []
    for number, block in enumerate(found):
        hint = block.hint
        if number in kept and keys[number]:
            hint = hint if hint in ("caption", "related") else "body"
        elif number != title and hint in ("body", "title"):
            hint = "boilerplate"
        if number == title or number in kept or hint == "caption" or number in after_title:
            out.append(Block(block.text, block.tag, "title" if number == title else hint, block.line))
    return out


def _heading(found: list[Block], keys: list[str], stated: str | None) -> int | None:
    """The main heading: the one the metadata's title names, else the first; a site's own name may be one as well."""
    headings = [i for i, b in enumerate(found) if b.tag == "h1" and keys[i]]
    named = [i for i in headings if stated and keys[i] in _key(stated)]
    return max(named, key=lambda i: (len(keys[i]), -i)) if named else next(iter(headings), None)


def _article(found: list[Block], keys: list[str], main: str) -> set[int]:
    """Which blocks are the article: those trafilatura kept; where it found little, all that are not furniture."""
    known = _key(main)
    matched = {i for i, key in enumerate(keys) if key and key in known}
    article = {i for i in matched if found[i].hint == "body" or (found[i].hint != "boilerplate" and len(keys[i]) > 20)}
    if sum(len(found[i].text) for i in article) < 0.3 * len(main) or not article:
        article = {i for i, b in enumerate(found) if b.hint in ("body", "title")}
    return article or matched

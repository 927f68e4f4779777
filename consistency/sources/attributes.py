"""A web page's tags counted before it is parsed: libxml2 takes the square of the attributes of one tag."""

from __future__ import annotations

import re

MOST = 1_000  # attributes of a tag; pages have a dozen
_START = re.compile(r"<(?:!--|[A-Za-z])")
_ATTRIBUTE = r"""=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
_TAG = re.compile(rf"<([A-Za-z][^\s/>]*+)(?:[\s/=]++|{_ATTRIBUTE})*+(?:>|\Z)")  # to its end in any case: one pass
_ONE = re.compile(_ATTRIBUTE)
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}


def overloaded_tag(markup: str) -> int | None:
    """The place of the first tag with more than `MOST` attributes, as HTML tells tags apart; None if there is none."""
    at = 0
    while found := _START.search(markup, at):
        at = found.end()
        if found[0] == "<!--":
            at = markup.find("-->", at)
            if at < 0:
                return None
            continue
        tag = _TAG.match(markup, found.start())
        if tag is None:
            continue
        if tag.end() - tag.start() > 2 * MOST:
            inside = _ONE.finditer(markup, tag.end(1), tag.end())
            if any(number > MOST for number, _ in enumerate(inside, 1)):
                return tag.start()
        at = tag.end()
        closing = _RAW.get(tag[1].lower())
        if closing is not None:
            end = closing.search(markup, at)
            if end is None:
                return None
            at = end.start()
    return None

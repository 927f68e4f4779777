"""A claim in its article: the number marked, the paragraph around it, and the paragraphs before and after."""

from __future__ import annotations

import msgspec

from consistency.model import Claim, Source
from consistency.reporting.clean import clean, shorten, shorten_middle, shorten_start

PARAGRAPH = 1200
NEIGHBOUR = 600
_BREAK = "\n\n"


class Stand(msgspec.Struct, frozen=True):
    """Where a claim stands. earlier, later: the paragraphs around its own, "" where there are none."""

    earlier: str
    before: str
    marked: str
    after: str
    later: str


def stand(source: Source | None, claim: Claim) -> Stand | None:
    """The place of a claim in its text; None where that text does not have it (or none is kept).

    Every piece is cut before it is looked at, so that a line of megabytes costs no more than a paragraph.
    """
    if source is None or claim.start is None or claim.end is None or not claim.text:
        return None
    text, start, end = source.text, claim.start, claim.end
    if not 0 <= start < end <= len(text) or text[start:end] != claim.text:
        return None
    first = text.rfind(_BREAK, max(0, start - 4 * PARAGRAPH), start)
    head = first + len(_BREAK) if first >= 0 else max(0, start - 4 * PARAGRAPH)
    last = text.find(_BREAK, end, end + 4 * PARAGRAPH)
    tail = last if last >= 0 else min(len(text), end + 4 * PARAGRAPH)
    marked = claim.text if len(claim.text) <= 4 * PARAGRAPH else shorten_middle(claim.text, 4 * PARAGRAPH)
    return Stand(
        earlier=_earlier(text, first) if first >= 0 else "",
        before=shorten_start(clean(text[head:start]), PARAGRAPH),
        marked=shorten_middle(clean(marked), PARAGRAPH),
        after=shorten(clean(text[end:tail]), PARAGRAPH),
        later=_later(text, last) if last >= 0 else "",
    )


def _earlier(text: str, end: int) -> str:
    stop = len(text[max(0, end - 40) : end].rstrip()) + max(0, end - 40)
    start = text.rfind(_BREAK, max(0, stop - 4 * NEIGHBOUR), stop)
    return shorten_start(
        clean(text[start + len(_BREAK) if start >= 0 else max(0, stop - 4 * NEIGHBOUR) : stop]).strip(), NEIGHBOUR
    )


def _later(text: str, start: int) -> str:
    piece = text[start : start + 4 * NEIGHBOUR].lstrip()
    return shorten(clean(piece.partition(_BREAK)[0]).strip(), NEIGHBOUR)

"""Text to sentences: sentencex, then a pass that mends what news text breaks.

sentencex (MIT) splits well at full stops, in lower-case text too. Ours on top: it knows no headlines (a line without a
full stop), and keeps going over the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from sentencex import segment

_LINE_END = re.compile(r"\n\s*")
_MERGE_LEFT = re.compile(  # a "sentence" that ends so was cut inside: an abbreviated month, title or number sign
    r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|nos|vs|approx|est|incl|gov|sen|rep|gen|lt|col|sgt|capt|"
    r"rev|hon|st|mt|ft|fig|al|u\.s|u\.k|u\.n|e\.g|i\.e|a\.m|p\.m)\.)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(  # small letters, digits, capitals throughout, or the weekday of "10 p.m. Friday"
    r"[\s\"'“‘(]*(?:[a-z\d$€£¥]|[A-Z]{2,}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
_LONGEST = 9  # characters of the longest of these, its full stop, and the one before it
_MOST = 2_000  # characters of a sentence: news has none of 800
_STRETCH = 8_000  # characters sentencex gets at once: its time grows with the square where quotations are left open
_BLANK = frozenset(" \t\r")
_ENDS = "\"'”’)]» ."  # signs that make no sentence of their own
_MAY_END = (
    re.compile(  # a line that has none of these inside is one sentence: . ? ! \u2024 and all that is not in the ranges,
        # the marks of other scripts among it (told the other way round they take seven times as long to compile)
        '[^\\x00- "-\\-/->@-\u0588\u2010-\u2023\u2025-\u203b\u2050-\u2dff](?![a-z0-9]|\\Z)'
    )
)

_STOP = re.compile(r"[.?!][\"'”’)\]]*[ \t]+(?=[\"'“‘(\[`]*[A-Z])")  # most likely the end of a sentence
_WIDE_BEFORE_STOP = re.compile(r"[^\S\x00-\x7f](?=\.)")  # after a capital, sentencex 1.0.32 panics at it


def _wrap_width(text: str) -> int:
    """The column hard-wrapped text is wrapped at, or 0 if each line is a paragraph of its own."""
    if "\n" not in text:
        return 0
    inner = [a for a, b in pairwise(map(len, text[:40_000].split("\n"))) if a and b]
    if len(inner) < 4:
        return 0
    width = max(inner)
    full = sum(1 for n in inner if n > 0.75 * width)
    return width if 40 <= width <= 110 and full >= 0.6 * len(inner) else 0


@lru_cache(maxsize=4)  # quotations ask again for what sentences were read from, after the title was read
def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Character spans of the stretches no sentence and no quotation reaches across, in order.

    These are paragraphs, and single lines where the text is not wrapped.
    """
    width = _wrap_width(text)
    out: list[tuple[int, int]] = []
    start = 0
    for m in _LINE_END.finditer(text):
        low, high = m.span()
        end = low
        while end > start and text[end - 1] in _BLANK:
            end -= 1
        if width and text.count("\n", low, high) == 1:
            line = end - (text.rfind("\n", 0, end) + 1)
            if line > 0.6 * width or _GOES_ON.match(text, high):
                continue
        if end > start:
            out.append((start, end))
        start = high
    if start < len(text):
        out.append((start, len(text)))
    return tuple(out)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of `text`, in order, without the white space around them."""
    out: list[tuple[int, int]] = []
    plain = text if text.isascii() else _WIDE_BEFORE_STOP.sub(" ", text)
    for low, high in paragraphs(text):
        if not _MAY_END.search(text, low, high):
            _add(out, text, low, high)
            continue
        first = end = low  # of the sentence that is being put together
        for piece in _pieces(plain, low, high):
            if end > first and not _cut_inside(text, first, end, piece):
                _add(out, text, first, end)
                first = end
            end += len(piece)
        _add(out, text, first, end)
    return _cut(text, out) if len(text) > _MOST and any(high - low > _MOST for low, high in out) else out


def _pieces(text: str, low: int, high: int) -> Iterator[str]:
    """What sentencex makes of text[low:high], which is cut beforehand where it is longer than any paragraph."""
    while high - low > _STRETCH:
        half = low + _STRETCH // 2
        end = max((m.end() for m in _STOP.finditer(text, half, low + _STRETCH)), default=0)
        blank = text.rfind(" ", half, low + _STRETCH) + 1
        cut = end or blank or low + _STRETCH
        yield from segment("en", text[low:cut])
        low = cut
    yield from segment("en", text[low:high])


def _cut_inside(text: str, first: int, end: int, piece: str) -> bool:
    """Whether `piece`, which stands behind the sentence at first..end-1, belongs to it."""
    if not piece.strip(_ENDS):
        return True
    if not _GOES_ON.match(piece):
        return False
    before = text[first:end].rstrip()[-_LONGEST:]
    return before[-1:] == "." and _MERGE_LEFT.search(before) is not None


def _add(out: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds the span of a sentence, without white space; none if there is nothing else."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        out.append((start, end))
    elif bare := text[start:end].strip():
        start = text.index(bare[0], start)
        out.append((start, start + len(bare)))


def _cut(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with those that are no sentence any more cut between words: all later work is bounded by a sentence."""
    out: list[tuple[int, int]] = []
    for low, high in spans:
        while high - low > _MOST:
            blank = max(text.rfind(sign, low + _MOST // 2, low + _MOST) for sign in " \t\u00a0")
            cut = blank if blank > 0 else low + _MOST
            end = low + len(text[low:cut].rstrip())
            if end > low:
                out.append((low, end))
            low = cut
            while low < high and text[low].isspace():
                low += 1
        if low < high:
            out.append((low, high))
    return out

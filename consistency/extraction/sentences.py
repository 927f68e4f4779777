"""Text to sentences: sentencex, then a pass that mends what news text breaks.

sentencex (MIT) splits well at full stops, in lower-case text too. Ours on top: it knows no headlines (a line without a
full stop), and keeps going over the ends of lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

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
_BLANK = frozenset(" \t\r")
_CLOSERS = "\"'”’)]»"


def _wrap_width(text: str) -> int:
    """The column hard-wrapped text is wrapped at, or 0 if each line is a paragraph of its own."""
    lines = [len(line) for line in text[:40_000].split("\n")]
    inner = [a for a, b in pairwise(lines) if a and b]
    if len(inner) < 4:
        return 0
    width = max(inner)
    full = sum(1 for n in inner if n > 0.75 * width)
    return width if 40 <= width <= 110 and full >= 0.6 * len(inner) else 0


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the stretches no sentence reaches across: paragraphs, and single lines where the text is not wrapped."""
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
    return out


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of `text`, in order, without the white space around them."""
    out: list[tuple[int, int]] = []
    for low, high in _lines(text):
        line = text[low:high]
        if "." not in line and "?" not in line and "!" not in line and "。" not in line:
            out.append((low, high))
            continue
        pieces = [(b["start_index"], b["end_index"]) for b in get_sentence_boundaries("en", line)]
        merged: list[tuple[int, int]] = []
        for start, end in pieces:
            if start >= end:
                continue
            if merged:
                before = line[merged[-1][0] : merged[-1][1]].rstrip()[-_LONGEST:]
                if (before[-1:] == "." and _MERGE_LEFT.search(before) and _GOES_ON.match(line, start)) or not line[
                    start:end
                ].strip(_CLOSERS + " ."):
                    merged[-1] = (merged[-1][0], end)
                    continue
            merged.append((start, end))
        for start, end in merged:
            piece = line[start:end]
            bare = piece.strip()
            if bare:
                lead = len(piece) - len(piece.lstrip())
                out.append((low + start + lead, low + start + lead + len(bare)))
    return _cut(text, out) if any(high - low > _MOST for low, high in out) else out


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


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Character spans of the stretches no sentence and no quotation reaches across, in order."""
    return _lines(text)

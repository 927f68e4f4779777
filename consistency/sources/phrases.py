"""The phrases that tell captions, links to other stories and a site's furniture; data: `lexicon/zones.yaml`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any

import msgspec

from consistency.rulebook import default_rulebook
from consistency.sources.lines import fold
from consistency.sources.openings import Opening

EDGES = " \t.,:;!?|>»«<•·*-–—()[]{}\"'“”‘’…#+×↓"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*[ \t]+(?=[A-Z0-9(©\[\"“])")
_STATION = re.compile(
    r"\((?:[^()]{1,40} )?[KW][A-Z]{2,3}(?:-?TV)?(?!\w)[^()]{0,40}\)$"
)  # an American station's call sign
_LONGEST_CREDIT = 160
_AFTER_CREDIT = 40
_BEFORE_GALLERY = 80

_KINDS = ("caption", "related", "boilerplate")

Marked = tuple[int, int, str]


class _Phrases(msgspec.Struct, frozen=True):
    """All phrases, compiled; `patterns` are for lines as printed, all others for folded text."""

    starts: tuple[tuple[str, Opening], ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    ends: tuple[str, ...]
    lines: frozenset[str]
    headings: frozenset[str]
    captions: re.Pattern[str]
    furniture: re.Pattern[str]
    gallery: re.Pattern[str]
    longest: int


def _bare(phrase: Any) -> str:
    return fold(str(phrase)).strip(EDGES) or fold(str(phrase))


def _each(phrases: list[Any]) -> list[tuple[str, str]]:
    """Phrases, each with its pattern, the longest first."""
    folded = sorted((fold(str(p)) for p in phrases), key=lambda p: (-len(p), p))
    return [(p, re.escape(p) + (r"(?!\w)" if p[-1].isalpha() else "")) for p in folded]


def _any(phrases: list[Any]) -> str:
    return "|".join(pattern for _, pattern in _each(phrases))


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data = default_rulebook().load("lexicon/zones.yaml")
    return _Phrases(
        starts=tuple((kind, Opening(_each(data[kind]["starts"]))) for kind in _KINDS),
        patterns=tuple((kind, re.compile("|".join(data[kind]["patterns"]))) for kind in _KINDS),
        ends=tuple(fold(str(p)) for p in data["boilerplate"]["ends"]),
        lines=frozenset(_bare(p) for p in data["boilerplate"]["lines"]),
        headings=frozenset(_bare(p) for p in data["related"]["headings"]),
        captions=re.compile(_any(data["caption"]["contains"])),
        furniture=re.compile(_any(data["boilerplate"]["contains"])),
        gallery=re.compile("|".join(data["caption"]["galleries"]), re.IGNORECASE),
        longest=int(data["max_length"]),
    )


@lru_cache(maxsize=1)
def _credits() -> re.Pattern[str]:
    """What names a photographer in brackets, at the end of a line."""
    credit = _any(default_rulebook().load("lexicon/zones.yaml")["caption_credits"])
    return re.compile(rf"\((?:(?:{credit})(?!\w)[^()]{{0,60}}|[^()]{{1,60}}[ /](?:{credit}))\)$")


def is_heading(line: str) -> bool:
    """Whether a line heads a list of links to other stories ("Related stories")."""
    return _bare(line) in _phrases().headings


def classify_line(line: str) -> str | None:
    """What a line as a whole is: caption | related | boilerplate, or None for a line of the article."""
    known = _phrases()
    if known.gallery.search(line, 0, _BEFORE_GALLERY):
        return "caption"
    if len(line) > known.longest:
        return None
    low = fold(line)
    bare = low.strip(EDGES) or low
    if bare in known.headings:
        return "related"
    if bare in known.lines:
        return "boilerplate"
    for kind, starts in known.starts:
        if starts.match(low):
            return kind
    for kind, pattern in known.patterns:
        if pattern.fullmatch(line):
            return kind
    m = known.captions.search(low)
    if m and _credit_closes(low, m):
        return "caption"
    credited = low.endswith(")") and (_credits().search(low) or _STATION.search(line))
    return "caption" if credited else None


def _credit_closes(low: str, m: re.Match[str]) -> bool:
    """Whether the bracket a photo credit opens ends the line (or all but): else the line is an article's own."""
    if m[0][0] not in "([":
        return len(low) - m.end() <= _AFTER_CREDIT
    close = low.find(")" if m[0][0] == "(" else "]", m.start())
    return close < 0 or len(low) - close <= _AFTER_CREDIT


def mark_inside(text: str, start: int, end: int) -> list[Marked]:
    """Stretches inside a line of the article that are not: bracketed photo credits, sentences of furniture."""
    low = text[start:end].lower().replace("’", "'")
    if len(low) != end - start:  # a letter whose lower case is two letters
        low = "".join(c if len(c.lower()) > 1 else c.lower() for c in text[start:end])
    known = _phrases()
    out: list[Marked] = []
    for m in known.captions.finditer(low):
        if m[0][0] in "([":
            close = low.find(")" if m[0][0] == "(" else "]", m.end(), m.start() + _LONGEST_CREDIT)
            if close > 0:
                out.append((start + m.start(), start + close + 1, "caption"))
    hits = [m.start() for m in known.furniture.finditer(low)]
    hits += [len(low) - 1] if low.endswith(known.ends) else []
    if hits:
        breaks = [m.end() for m in _SENTENCE_END.finditer(text[start:end])]
        for hit in hits:
            first = bisect_right(breaks, hit)
            low_end = breaks[bisect_left(breaks, hit + 1)] if first < len(breaks) else end - start
            out.append((start + (breaks[first - 1] if first else 0), start + low_end, "boilerplate"))
    return sorted(set(out))

"""The headline of a text: the one its metadata names, or the line that looks and stands like one."""

from __future__ import annotations

import re

from consistency.sources.dateline import Printed
from consistency.sources.lines import Span, fold

_FIRST_LINES = 6
_LONGEST = 160
_MOST_WORDS = 24
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ENDS = re.compile(r"[.:;,]['\"”’)\]]*$")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor of to in on at by for from with as is are was were be it its vs via per up out over
        after into than""",
    )
)


def headline_like(line: str) -> bool:
    """Whether a line could be a headline: short, not a sentence closed by a full stop, not a field of a table."""
    words = line.split()
    if not 2 <= len(words) <= _MOST_WORDS or len(line) > _LONGEST or _ENDS.search(line):
        return False
    return bool(_WORD.search(line)) and not re.match(r"[^:]{1,40}:\s*[\d$€£+-]", line)


def title_case(line: str) -> bool:
    """Whether most longer words begin with a capital, as American headlines do."""
    words = [w for w in _WORD.findall(line) if w.lower() not in _SMALL]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def find_titles(
    text: str, lines: list[Span], kinds: dict[Span, str], printed: Printed, title: str | None
) -> tuple[list[Span], str | None]:
    """The spans that hold the title, and the title: the known one if there is one, else the one found."""
    known = title or printed.title
    named = [s for s, kind in kinds.items() if kind == "title"] + list(printed.titles)
    head = [s for s in lines[: _FIRST_LINES + 8] if s[0] < 4000]
    if known:
        return named + [s for s in head if s not in named and _same(text[s[0] : s[1]], known)], known
    if named:
        first = min(named)
        return named, " ".join(text[first[0] : first[1]].split())
    free = [s for s in head if s not in kinds][:_FIRST_LINES]
    found = _stands_alone(text, lines, kinds, free) or _after_the_standfirst(text, free)
    if not found:
        return [], None
    words = " ".join(text[found[0] : found[1]].split())
    return [s for s in head if s == found or (s not in kinds and fold(text[s[0] : s[1]]) == fold(words))], words


def _same(line: str, title: str) -> bool:
    a, b = (re.sub(r"\W+", " ", fold(s)).strip() for s in (line, title))
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)  # "Headline - Site name" in metadata against "Headline" on the page
    return len(short.split()) >= 3 and long.startswith(short) and len(long) <= len(short) + 40


def _stands_alone(text: str, lines: list[Span], kinds: dict[Span, str], free: list[Span]) -> Span | None:
    """The first line, if it is set apart: a blank line or a header line follows, then longer text."""
    if not free:
        return None
    start, end = free[0]
    line = text[start:end]
    if not headline_like(line):
        return None
    later = [s for s in lines if s[0] > start and s not in kinds]
    if not later or max(b - a for a, b in later) < 1.2 * (end - start):
        return None
    following = next(s for s in lines if s[0] > start)
    set_apart = text.count("\n", end, following[0]) > 1 or following in kinds
    alike = sum(1 for a, b in later if headline_like(text[a:b])) > 0.5 * len(later)
    return (start, end) if not alike and (set_apart or title_case(line)) else None


def _after_the_standfirst(text: str, free: list[Span]) -> Span | None:
    """A headline below the summary: in title case, or printed twice."""
    seen: dict[str, Span] = {}
    for start, end in free:
        line = text[start:end]
        if headline_like(line):
            if fold(line) in seen:
                return seen[fold(line)]
            seen[fold(line)] = (start, end)
    candidates = [s for s in free[1:3] if headline_like(text[s[0] : s[1]]) and title_case(text[s[0] : s[1]])]
    return candidates[0] if candidates else None

"""Which parts of a text are title, lead, caption, links to other stories, and furniture of the site.

Everything that is none of these is the body and has no zone of its own. The phrases are data: `lexicon/zones.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from consistency.model import Zone
from consistency.rulebook import default_rulebook
from consistency.sources.dateline import Printed
from consistency.sources.lines import Span, fold
from consistency.sources.titles import find_titles, headline_like

_EDGES = " \t.,:;!?|>»«<•·*-–—()[]{}\"'“”‘’…#+×↓"
_KINDS = ("caption", "related", "boilerplate")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*[ \t]+(?=[A-Z0-9(©\[\"“])")


class _Phrases(msgspec.Struct, frozen=True):
    """The compiled phrases of one kind."""

    kind: str
    starts: re.Pattern[str] | None
    ends: tuple[str, ...]
    contains: re.Pattern[str] | None
    lines: frozenset[str]


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[_Phrases, ...], frozenset[str], int, re.Pattern[str]]:
    data = default_rulebook().load("lexicon/zones.yaml")
    out = []
    for kind in _KINDS:
        part = data[kind]
        starts = [fold(str(p)) for p in part.get("starts", ())]
        contains = [fold(str(p)) for p in part.get("contains", ())]
        out.append(
            _Phrases(
                kind,
                re.compile("|".join(_bounded(p) for p in sorted(starts, key=len, reverse=True))) if starts else None,
                tuple(fold(str(p)) for p in part.get("ends", ())),
                re.compile("|".join(re.escape(p) for p in contains)) if contains else None,
                frozenset(fold(str(p)).strip(_EDGES) or fold(str(p)) for p in part.get("lines", ())),
            )
        )
    headings = frozenset(fold(str(p)).strip(_EDGES) for p in data["related"]["headings"])
    credits = re.compile(rf"\((?:[^()]{{0,60}}[ /])?(?:{'|'.join(map(re.escape, data['caption_credits']))}|[kw][a-z]{{2,3}}(?:-?tv)?)[^()]{{0,40}}\)$")
    return tuple(out), headings, int(data["max_length"]), credits


def _bounded(phrase: str) -> str:
    return re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalpha() else "")


def classify_line(line: str) -> str | None:
    """What a line on its own is: caption | related | boilerplate, or None for a line of the article."""
    tables, headings, longest, credits = _phrases()
    if len(line) > longest:
        return None
    low = fold(line)
    bare = low.strip(_EDGES)
    if bare in headings:
        return "related"
    if bare in tables[2].lines or low in tables[2].lines:
        return "boilerplate"
    for table in tables:
        if table.starts and table.starts.match(low):
            return table.kind
        if table.ends and low.endswith(table.ends):
            return table.kind
        m = table.contains.search(low) if table.contains else None
        if m and (table.kind != "caption" or _credit_closes(low, m)):
            return table.kind
    return "caption" if low.endswith(")") and credits.search(low) else None


def _credit_closes(low: str, m: re.Match[str]) -> bool:
    """Whether the bracket a photo credit opens ends the line (or all but): else the line is an article's own."""
    if not m[0].startswith(("(", "[")):
        return len(low) - m.end() <= 40
    close = low.find(")" if m[0].startswith("(") else "]", m.start())
    return close < 0 or len(low) - close <= 40


def _inside(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The marked stretches inside a line of the article: bracketed photo credits, and sentences of furniture."""
    low = text[start:end].lower()
    if len(low) != end - start:
        return []
    out: list[tuple[int, int, str]] = []
    for table in _phrases()[0]:
        for m in table.contains.finditer(low) if table.contains else ():
            if m[0][0] in "([" and table.kind == "caption":
                close = low.find(")" if m[0][0] == "(" else "]", m.end())
                if 0 <= close - m.start() <= 160:
                    out.append((start + m.start(), start + close + 1, "caption"))
            elif table.kind == "boilerplate" and end - start > 0:
                before = [e.end() for e in _SENTENCE_END.finditer(low if False else text[start:end], 0, m.start() + 1)]
                after = _SENTENCE_END.search(text[start:end], m.end())
                out.append((start + (before[-1] if before else 0), start + after.end() if after else end, "boilerplate"))
    return out


def mark_zones(
    text: str,
    lines: list[Span],
    printed: Printed,
    title: str | None,
    given: Iterable[Zone] = (),
) -> tuple[tuple[Zone, ...], str | None]:
    """The zones of a text, sorted, without overlaps; and its title, found in the text if none is known.

    given: zones a reader knows from the file's own structure (headings, figure captions); they win.
    """
    kinds: dict[Span, str] = {}
    given = [z for z in given if z.end > z.start]
    for span in lines:
        kind = _given(span, given) or classify_line(text[span[0] : span[1]])
        if kind:
            kinds[span] = kind
    whole = set(printed.furniture)
    for span in lines:
        if span in whole:
            kinds[span] = "boilerplate"
    _follow_headings(text, lines, kinds)
    _link_lists(text, lines, kinds)
    titles, title = find_titles(text, lines, kinds, printed, title)
    marked = [(a, b, "title") for a, b in titles]
    lead = _lead(text, lines, kinds, titles, printed)
    taken = {s for s in titles}
    for span, kind in kinds.items():
        if span not in taken and not any(a <= span[0] and b >= span[1] for a, b in titles):
            marked.append((*span, kind))
    for span in printed.furniture:
        if span not in kinds:
            marked.append((*span, "boilerplate"))
    for span in lines:
        if span not in kinds and span not in taken:
            marked += _inside(text, *span)
    if lead:
        marked.append((*lead, "lead"))
    return tuple(_flatten(text, marked)), title


def _given(span: Span, given: list[Zone]) -> str | None:
    for z in given:
        if z.start <= span[0] and z.end >= span[1] and z.kind != "body":
            return z.kind
    return None


def _follow_headings(text: str, lines: list[Span], kinds: dict[Span, str]) -> None:
    """After "Related stories" come their headlines: the lines up to the first that is a sentence."""
    headings = _phrases()[1]
    following = 0
    for start, end in lines:
        line = text[start:end]
        if fold(line).strip(_EDGES) in headings or (kinds.get((start, end)) == "related" and line.rstrip().endswith(":")):
            following = 12
        elif following and headline_like(line) and (start, end) not in kinds:
            kinds[(start, end)] = "related"
            following -= 1
        elif (start, end) not in kinds:
            following = 0


def _link_lists(text: str, lines: list[Span], kinds: dict[Span, str]) -> None:
    """Three headlines or more at the end of a text, after its last sentence, are links to other stories."""
    tail: list[Span] = []
    for span in reversed(lines):
        if span in kinds:
            continue
        line = text[span[0] : span[1]]
        if not headline_like(line) or len(line.split()) < 4:
            break
        tail.append(span)
    if len(tail) >= 3 and len(tail) < len(lines) / 2:
        for span in tail:
            kinds[span] = "related"


def _lead(text: str, lines: list[Span], kinds: dict[Span, str], titles: list[Span], printed: Printed) -> Span | None:
    """The first paragraph of the article. In hard-wrapped text a paragraph has several lines."""
    last_title = max((b for a, b in titles), default=0)
    free = [s for s in lines if s not in kinds and s not in titles and not any(a <= s[0] < b for a, b in titles)]
    body = [s for s in free if s[0] >= last_title] or free
    if not body:
        return None
    start, end = body[0]
    number = lines.index(body[0])
    for before, after in zip(lines[number:], lines[number + 1 : number + 8], strict=False):
        gap = text[before[1] : after[0]]
        wrapped = 40 <= before[1] - before[0] <= 110 and gap.count("\n") < 2 and after in free
        if not wrapped or text[before[1] - 1] in ".!?:" and text[after[0]].isupper() or ":" in text[after[0] : after[0] + 40]:
            break
        end = after[1]
    for a, b in printed.furniture:
        if a <= start < b:
            start = b
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if end > start else None


def _flatten(text: str, marked: list[tuple[int, int, str]]) -> list[Zone]:
    """Sorted, disjoint zones: where two overlap the inner (later, shorter) one cuts the outer; neighbours of a kind join."""
    cuts = sorted({p for a, b, _ in marked for p in (a, b)})
    order = sorted(marked, key=lambda z: (z[0], -z[1], z[2]))
    out: list[Zone] = []
    open_: list[tuple[int, int, str]] = []
    following = 0
    for low, high in zip(cuts, cuts[1:], strict=False):
        while following < len(order) and order[following][0] <= low:
            open_.append(order[following])
            following += 1
        open_ = [z for z in open_ if z[1] > low]
        if not open_:
            continue
        kind = min(open_, key=lambda z: (z[1] - z[0], z[2]))[2]
        if out and out[-1].kind == kind and (out[-1].end == low or not text[out[-1].end : low].strip()):
            out[-1] = Zone(start=out[-1].start, end=high, kind=kind)
        else:
            out.append(Zone(start=low, end=high, kind=kind))
    return out
